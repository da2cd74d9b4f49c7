import type { ViewRef } from '../../../../conversation/cards/card.ts';
import { fileRefusedCard } from '../../../../conversation/filing/file-refused.ts';
import { fileAsked } from '../../../../use-cases/platform-support.ts';
import { compose } from '../../cards/compose.ts';
import { aloneOf, type Intake, languageOf, line, type Spot, say, sentence } from './context.ts';

/** Views that are renewed in their place, and the question, are known by their name later. */
const AS_SURFACE: ReadonlySet<string> = new Set(['status', 'question', 'checklist', 'tasks']);

/** Shows what was asked for, where it was asked. */
export async function showView(intake: Intake, spot: Spot, ref: ViewRef): Promise<void> {
  const incident = ref.args['incident'] ?? null;
  if (ref.view === 'download' && ref.args['format'] !== undefined) return sendReport(intake, spot, ref);
  const shown = await intake.app.view(ref, spot.caller);
  const alone = 'code' in shown && shown.code === 'ask_directly' ? aloneOf(intake, spot) : null;
  if (alone) {
    await showView(intake, alone, ref);
    return line(intake, spot, 'wecom.sent_alone', { name: { raw: spot.caller.name } }, incident);
  }
  if ('code' in shown) return say(intake, spot, intake.explain(shown, null), { incident });
  return say(intake, spot, shown, { incident, surface: AS_SURFACE.has(ref.view) ? ref.view : null });
}

/** A draft, an e-mail or a fax sheet as a file with a line about it; from a room abroad only to the one who asked. */
export async function sendReport(intake: Intake, spot: Spot, ref: ViewRef): Promise<void> {
  const incident = ref.args['incident'] ?? '';
  const to = spot.room.location === 'abroad' ? spot.caller.account.id : spot.chat.id;
  const report = await fileAsked(intake.app, ref, spot.caller);
  if ('code' in report) return say(intake, spot, intake.explain(report, null), { incident });
  const about = compose(
    { incident, card: sentence({ raw: report.name }), language: languageOf(spot), revision: 0, surface: null },
    { flavour: 'bot' },
  );
  const outcome = await intake.sender.file(to, report, about, `file:${intake.ids.next()}`);
  if (outcome.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await say(intake, spot, fileRefusedCard(report.name, outcome.reason, ref), { incident });
}
