import { byName } from '../../conversation/cards/address-by-name.ts';
import type { Card } from '../../conversation/cards/card.ts';
import type { Situation } from '../../conversation/cards/situation.ts';
import { elsewhereCard, routeReason, stateCard } from '../../conversation/reminding/fallback-cards.ts';
import { isBesideClocks } from '../../conversation/reminding/ladder.ts';
import { reminderCard } from '../../conversation/reminding/reminders.ts';
import type { IncidentState, Reminder } from '../../incident/state.ts';
import { seriesOf } from '../../incident/steps.ts';
import type { Notice } from '../ports.ts';
import { filingStepTold } from './filing-notices.ts';
import { formatKey, parseKey } from './notice-key.ts';
import { clocksToMind } from './timer-plan.ts';

export interface Reminding {
  readonly key: string;
  readonly due: Reminder;
}
/** Reminder with the others of its series, oldest first. */
export interface InSeries extends Reminding {
  readonly earlier: readonly Reminding[];
  readonly later: readonly Reminding[];
}

/** Reminder of a notice on a step of the ladder or a request for approval; null for any other notice. */
export function reminderOf(state: IncidentState, { key }: Pick<Notice, 'key'>): InSeries | null {
  const parsed = parseKey(key);
  const due =
    parsed && (state.reminders.find((one) => one.version === parsed.version) ?? requestOf(state, parsed.version));
  if (!due) return null;
  const same = state.reminders
    .filter(({ step }) => seriesOf(step) === seriesOf(due.step))
    .map((one) => ({ key: formatKey({ ...parsed, version: one.version }), due: one }));
  return {
    key,
    due,
    earlier: same.filter((one) => one.due.version < due.version),
    later: same.filter((one) => one.due.version > due.version),
  };
}

/** Reminder entry for a request for approval, so that a delayed one is sent once, in its current state. */
function requestOf({ approvals }: IncidentState, version: number): Reminder | null {
  const asked = approvals.find((one) => one.version === version);
  // The entry of an approver who decided without being asked is no request.
  if (!asked || asked.approved?.version === version || asked.sentBack?.version === version) return null;
  const obligations = [`approval.${version}`];
  const { by, at } = asked;
  return {
    by,
    at,
    version,
    step: { kind: 'approval', round: 0 },
    obligations,
    dueAt: at,
    lateSeconds: 0,
    collapsed: [],
  };
}

/** Card of a reminder now, on duties still open; null if none is. A notice sent by another route keeps its reason. */
export function reminderNow(
  situation: Situation,
  notice: Pick<Notice, 'key' | 'to' | 'content'>,
  { due }: Reminding,
  obligations: readonly string[] = due.obligations,
): Card | null {
  const key = parseKey(notice.key);
  if (key?.kind !== 'told') return null;
  const actor = notice.to.kind !== 'room' && situation.state.people[key.to] ? key.to : null;
  const card = cardNow(situation, due, obligations, actor);
  const why = routeReason(notice.content.card);
  if (!card || !key.by || !why) return card;
  return elsewhereCard(why, isBesideClocks(due.step) ? stateCard(situation) : card);
}

function cardNow(
  situation: Situation,
  due: Reminder,
  obligations: readonly string[],
  actor: string | null,
): Card | null {
  const { state, ia } = situation;
  const told = filingStepTold(situation, due);
  if (told) {
    if (told.people.length === 0 && !told.ring) return null;
    return actor === null ? byName(told.card(null), told.people) : told.card(actor);
  }
  if (due.step.kind === 'review')
    return state.notReportable?.reviewAt === due.dueAt ? reminderCard(situation, due, actor) : null;
  if (due.step.kind === 'crossing') {
    const { fact } = due.step;
    const ahead = ia.crossings.some(
      (one) => one.fact === fact && due.obligations.includes(one.criterion) && Date.parse(one.at) > Date.parse(ia.now),
    );
    return ahead && !state.closed ? reminderCard(situation, due, actor) : null;
  }
  const open = clocksToMind(state, ia).flatMap(({ id }) => (obligations.includes(id) ? [id] : []));
  return open.length > 0 ? reminderCard(situation, { ...due, obligations: open }, actor) : null;
}
