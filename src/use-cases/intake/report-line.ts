import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { t } from '../../conversation/cards/situation.ts';
import { decidedText, reportCard, reportsCard } from '../../conversation/intake-cards.ts';
import type { TextCommand } from '../../conversation/text/commands/commands.ts';
import { roomId } from '../../incident/identity.ts';
import type { App, TextReply } from '../app.ts';
import { openSeenBy } from '../list.ts';
import type { UseCaseContext } from '../use-case-context.ts';

/** Maximum number of incidents that a card may offer for a report. */
const OPEN = 20;

/** Answer to a line about reports from outside: the list, one report, or the result of a decision. */
export async function reportLine(
  context: UseCaseContext & Pick<App, 'reports' | 'decideReport'>,
  { caller, room }: Parameters<App['text']>[0],
  { ref, id, choice = id, reason }: Extract<TextCommand, { type: 'report' }>,
): Promise<TextReply> {
  if (ref !== undefined && choice !== undefined) {
    const result = await context.decideReport({ ref, choice, reason, caller, room });
    if (result.kind === 'said') return { kind: 'card', card: result.card, incident: null };
    return { kind: 'submitted', result };
  }
  const { reports } = await context.reports(caller);
  const { rows } = await openSeenBy(context, caller, OPEN);
  // In a group all members read the answer.
  const group = caller.aloud && caller.room ? roomId(caller.room) : null;
  const open = rows.filter((row) => !row.drill && (group === null || row.rooms.includes(group))).map(({ id }) => id);
  const one = reports.find((report) => report.ref === ref);
  if (ref === undefined) {
    const waiting = reports.filter(({ decided }) => decided === null);
    return { kind: 'card', card: reportsCard(waiting, open), incident: null };
  }
  if (!one)
    return { kind: 'card', card: sentenceCard(t('refuse.unknown_report', { ref: { raw: ref } })), incident: null };
  const card = one.decided ? sentenceCard(decidedText(ref, one.decided)) : reportCard(one, open);
  return { kind: 'card', card, incident: null };
}
