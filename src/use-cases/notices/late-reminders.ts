import { byName } from '../../conversation/cards/address-by-name.ts';
import type { Card } from '../../conversation/cards/card.ts';
import type { Situation } from '../../conversation/cards/situation.ts';
import { elsewhereCard, stateCard } from '../../conversation/reminding/fallback-cards.ts';
import { isBesideClocks } from '../../conversation/reminding/ladder.ts';
import { reminderCard } from '../../conversation/reminding/reminders.ts';
import { kindOfStep } from '../../incident/decide/handling.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Notice } from '../ports.ts';
import { filingStepTold, REQUEST } from './filing-notices.ts';
import { clocksToMind } from './timer-plan.ts';

/** Reminder a notice was made for, by the key of the notice: `INC-…:version:who-or-where`. */
export interface Reminder extends Step {
  /** The same notice of other reminders of its kind, oldest first. */
  readonly earlier: readonly Step[];
  readonly later: readonly Step[];
}
export interface Step {
  readonly key: string;
  readonly due: EventOf<'reminder_due'>['payload'];
}

/** Null for a notice that is about something else than a step of the ladder or a request for approval. */
export function reminderOf(state: IncidentState, { key }: Pick<Notice, 'key'>): Reminder | null {
  const [id = '', version = '', ...rest] = key.split(':');
  const due = state.reminders.find((one) => one.version === Number(version)) ?? requestOf(state, Number(version));
  if (!due) return null;
  const same = state.reminders
    .filter(({ step }) => kindOfStep(step) === kindOfStep(due.step))
    .map((one) => ({ key: [id, one.version, ...rest].join(':'), due: one }));
  return {
    key,
    due,
    earlier: same.filter((one) => one.due.version < due.version),
    later: same.filter((one) => one.due.version > due.version),
  };
}

/**
 * Reminder entry of a request for approval, its own first reminder: a waiting one is sent once, as things stand on
 * arrival.
 */
function requestOf({ approvals }: IncidentState, version: number): IncidentState['reminders'][number] | null {
  const asked = approvals.find((one) => one.version === version);
  // An approver who was not asked makes the entry by deciding: it is no request.
  if (!asked || asked.approved?.version === version || asked.sentBack?.version === version) return null;
  const obligations = [`approval.${version}`];
  const { by, at } = asked;
  return { by, at, version, step: REQUEST, obligations, dueAt: at, lateSeconds: 0, collapsed: [] };
}

/**
 * Reminder as of now, about obligations that are still open; null when none is. One that came another way keeps the
 * line with the reason.
 */
export function reminderNow(
  situation: Situation,
  notice: Notice,
  { due }: Step,
  obligations: readonly string[] = due.obligations,
): Card | null {
  const [base = '', ...way] = notice.key.split('~');
  const who = base.split(':').slice(2).join(':');
  const actor = notice.to.kind !== 'room' && situation.state.people[who] ? who : null;
  const card = cardNow(situation, due, obligations, actor);
  const [why] = notice.content.card.blocks;
  if (!card || way.length === 0 || !why) return card;
  return elsewhereCard(why, isBesideClocks(due.step) ? stateCard(situation) : card);
}

function cardNow(
  situation: Situation,
  due: Step['due'],
  obligations: readonly string[],
  actor: string | null,
): Card | null {
  const { state, ia } = situation;
  const told = filingStepTold(situation, due);
  if (told) {
    if (told.people.length === 0 && !told.ring) return null;
    return actor === null ? byName(told.card(null), told.people) : told.card(actor);
  }
  if (due.step === 'review')
    return state.notReportable?.reviewAt === due.dueAt ? reminderCard(situation, due, actor) : null;
  if (due.step.startsWith('crossing:')) {
    const [, fact] = due.step.split(':');
    const ahead = ia.crossings.some(
      (one) => one.fact === fact && due.obligations.includes(one.criterion) && Date.parse(one.at) > Date.parse(ia.now),
    );
    return ahead && !state.closed ? reminderCard(situation, due, actor) : null;
  }
  const open = clocksToMind(state, ia).flatMap(({ id }) => (obligations.includes(id) ? [id] : []));
  return open.length > 0 ? reminderCard(situation, { ...due, obligations: open }, actor) : null;
}
