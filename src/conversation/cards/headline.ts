import { workingStart } from '../../incident/facts/assessment.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import { isDecidedBelow } from '../../incident/facts/owed.ts';
import { isReported, rankOf } from '../../law/levels.ts';
import { incompleteNow, itemsNow, toFollow } from '../../report/items.ts';
import { updatesSince } from '../../report/updates.ts';
import { operatorOpen } from '../asking/context-questions.ts';
import { needsText } from '../closing.ts';
import { conditionOf, isReached, shownLevel } from '../level/conditions.ts';
import { dutyName, hasOwnName } from '../level/duties.ts';
import type { Block, Card, Param, Text, Tone } from './card.ts';
import { strongBlock } from './sentence.ts';
import {
  askedText,
  at,
  contentText,
  decidersText,
  dueAt,
  filedAt,
  firstFiling,
  firstFilings,
  fromText,
  joined,
  levelText,
  minutesUntil,
  openClocks,
  openInitial,
  pair,
  plain,
  recipientsText,
  type Situation,
  t,
  titled,
  titleText,
} from './situation.ts';

/**
 * Line with both deadlines, until the report is filed, if the confirmed time of awareness is later than the earliest
 * one stated for the company; empty otherwise.
 */
export function twoStarts(situation: Situation): readonly Text[] {
  const { state, ia } = situation;
  const earliest = workingStart(state)?.instant;
  const start = state.awareness?.instant;
  const [clock] = openInitial(situation);
  if (!clock || !earliest || !start || Date.parse(earliest) >= Date.parse(start)) return [];
  const early = new Date(Date.parse(clock.due) - (Date.parse(start) - Date.parse(earliest))).toISOString();
  const late = -minutesUntil(situation, early);
  const params = { first: at(situation, earliest), start: at(situation, start), due: dueAt(situation, clock.due) };
  return [
    Date.parse(early) < Date.parse(ia.now)
      ? t('status.two_starts_late', { ...params, late: { minutes: late } })
      : t('status.two_starts', { ...params, early: dueAt(situation, early) }),
  ];
}

/** Minutes before a deadline at which its clock turns red and the report is due with the facts known so far. */
export const URGENT_MINUTES = 30;

/** Tone of the cards: `urgent` shortly before the next deadline and when overdue. */
export function toneOf(situation: Situation): Tone {
  if (situation.state.closed) return 'done';
  const [next] = openClocks(situation);
  if (next) return minutesUntil(situation, next.due) <= URGENT_MINUTES ? 'urgent' : 'running';
  return firstFiling(situation) ? 'done' : 'calm';
}

/** Card about an incident in its present state. */
export function cardOf(
  situation: Situation,
  title: Text,
  summary: Text,
  blocks: readonly Block[],
  tone = toneOf(situation),
): Card {
  const { state } = situation;
  return { tone, drill: state.drill, title: titled(state, title), summary, blocks };
}

/** Title of a card that is read among cards of other incidents, e.g. "INC-2026-0007 · draft 2 approved". */
export function namedTitle({ state }: Pick<Situation, 'state'>, title: Text): Text {
  return t('card.incident', { id: plain(state.id), title });
}

/**
 * Title, level and deadline of the incident in one line, for cards with another title: a phone's notification shows no
 * more. It names the next deadline of the document that is due first, and changes by time only when a deadline passes.
 */
export function standing(situation: Situation): Text {
  if (situation.state.closed) {
    const level = levelAndLimit(situation, undefined, false);
    return joined([titleText(situation), level, reportLine(situation)], 'dot');
  }
  const clocks = openClocks(situation);
  // A passed deadline of the first report is not replaced by a later one of another duty.
  const coming = clocks.find(
    ({ due, content }) => content === clocks[0]?.content && Date.parse(due) > Date.parse(situation.ia.now),
  );
  const next = coming ?? clocks[0];
  return joined([titleText(situation), levelAndLimit(situation, next, coming !== undefined)], 'dot');
}

/** Level and the deadline of a clock, with the condition on which the clock runs. */
function levelAndLimit(situation: Situation, clock: Clock | undefined, isComing: boolean): Text {
  const level = levelNow(situation);
  if (!clock) return t('card.level', { level });
  const params = { level, due: dueAt(situation, clock.due) };
  const condition = conditionOf(situation, clock, 'name');
  if (condition) return t(isComing ? 'card.level_due_if' : 'card.level_over_if', { ...params, condition });
  return t(isComing ? 'card.level_due' : 'card.level_over', params);
}

/** Current level; one that no person confirmed is marked, and so is one that open facts can still raise. */
export function levelNow({ state, regime, ia }: Situation): Text {
  const { floor } = ia.assessment;
  const isOpen = state.levelDecision === null && !state.imported;
  if (isOpen && rankOf(regime, ia.level) < 0 && isReported(regime, floor))
    return t('status.level_at_least', { level: levelText(regime, floor) });
  const level = levelText(regime, ia.level);
  return isOpen && rankOf(regime, ia.level) >= 0 ? t('status.level_unconfirmed', { level }) : level;
}

/**
 * State and deadline in one line; a duty beside the reports comes first if its deadline is earlier. `withLeft`: each of
 * two possible deadlines has its time left.
 */
export function headline(situation: Situation, withLeft = false): Text {
  const ahead = dutyAhead(situation);
  const rest = reportLine(situation, withLeft);
  return ahead ? joined([dutyLine(situation, ahead), rest], 'dot') : rest;
}

/** Duty beside the reports (police, sector, contract, request) if its deadline is the earliest of all. */
export function dutyAhead(situation: Situation): Clock | null {
  if (situation.state.closed || situation.state.stopped) return null;
  const clocks = openClocks(situation);
  const isReport = ({ form }: Clock): boolean => form === 'first' || form === 'final';
  // A merely possible duty is not named before the first report.
  const hasFirst = clocks.some(({ form }) => form === 'first');
  const [first] = clocks.filter((clock) => isReport(clock) || !(hasFirst && clock.provisional));
  return first && !isReport(first) ? first : null;
}

/** Line on a duty beside the reports: content, recipient, deadline, and how long it is overdue. */
export function dutyLine(situation: Situation, clock: Clock): Text {
  const late = -minutesUntil(situation, clock.due);
  const isNamed = hasOwnName(situation, clock);
  const params = {
    what: isNamed ? dutyName(situation, clock) : contentText(situation.regime, clock.content),
    recipient: recipientsText(
      situation,
      openClocks(situation).filter(({ content, due }) => content === clock.content && due === clock.due),
    ),
    due: dueAt(situation, clock.due),
  };
  const line =
    late < 1
      ? t(isNamed ? 'status.other_clock' : 'status.report_clock', params)
      : t(isNamed ? 'status.other_clock_late' : 'status.report_clock_late', { ...params, late: { minutes: late } });
  const condition = conditionOf(situation, clock, 'name');
  return condition ? t('remind.on_condition', { what: line, condition }) : line;
}

function reportLine(situation: Situation, withLeft = false): Text {
  const { state, ia } = situation;
  if (state.stopped) return t('status.stopped');
  if (state.imported) return t('status.imported', { at: at(situation, state.imported.closedAt) });
  if (state.closed) return t('status.closed', { at: at(situation, state.closed.at) });
  const open = deadlines(situation);
  if (open.length > 0) return deadlineLine(situation, open, withLeft);
  const filed = firstFiling(situation);
  if (state.handlingEnded) return endedLine(situation, state.handlingEnded.instant);
  if (filed) return filedLine(situation, firstFiledAt(situation, filed));
  if (state.notReportable) {
    const { reviewAt } = state.notReportable;
    return t('status.not_reportable', { by: decidersText(state, state.notReportable), at: at(situation, reviewAt) });
  }
  if (state.levelDecision && isDecidedBelow(state, situation.regime)) {
    return t('status.general', {
      level: levelText(situation.regime, state.levelDecision.level),
      by: decidersText(state, state.levelDecision),
    });
  }
  return ia.anchors.awareness ? t('status.no_clock_level') : t('status.no_clock');
}

/** Open clocks of the first report, unless it was filed and all of them are provisional. */
function deadlines(situation: Situation): readonly Clock[] {
  const open = openInitial(situation);
  return firstFiling(situation) && open.every(({ provisional }) => provisional) ? [] : open;
}

function endedLine(situation: Situation, instant: string): Text {
  const summary = situation.ia.obligations.find((o) => o.form === 'final');
  if (summary?.filing) {
    const filed = filedAt(situation, summary.filing);
    const { owed } = situation.ia;
    if (owed.length === 0) return t('status.summary_filed', { at: filed });
    return t('status.summary_filed_open', { at: filed, duties: needsText(situation, owed) });
  }
  if (!summary?.due) return t('status.ended', { at: at(situation, instant) });
  return t('status.summary_by', { at: at(situation, instant), due: dueAt(situation, summary.due) });
}

/** Time of the first report; the earliest is marked if several recipients got it at different times. */
function firstFiledAt(situation: Situation, first: Parameters<typeof filedAt>[1]): Param {
  const value = filedAt(situation, first);
  const times = firstFilings(situation.ia.obligations).map((one) => Date.parse(one.filedAt));
  return new Set(times).size > 1 ? t('value.earliest', { value }) : value;
}

function filedLine(situation: Situation, filed: Param): Text {
  // Changes since the last report are owed promptly, so the line must not say that nothing is left to report.
  const updates = updatesSince(situation);
  if (updates && (updates.levelChanged || updates.changes.length > 0)) {
    const key = updates.important ? 'status.filed_update' : 'status.filed_supplement';
    return t(key, { at: filed });
  }
  const items = itemsNow(situation);
  const [incomplete, n] = [incompleteNow(items).length, toFollow(items).length];
  if (incomplete + n === 0) return t('status.filed_done', { at: filed });
  return t('status.filed_more', { at: filed, incomplete, n });
}

function deadlineLine(situation: Situation, open: readonly Clock[], withLeft: boolean): Text {
  const { ia, regime } = situation;
  const [first] = open;
  if (!first) return t('status.no_clock');
  const reached = isReached(situation);
  const level = levelText(regime, shownLevel(situation));
  const passed = Date.parse(ia.now) >= Date.parse(first.due);
  const other = open.find((c) => c.due !== first.due);
  if (operatorOpen(situation) && other) {
    const both = {
      cii: dueAt(situation, first.due),
      other: dueAt(situation, other.due),
      asked: askedText(regime),
      from: fromText(regime),
      first: recipientsAt(situation, open, first.due),
      recipient: recipientsAt(situation, open, other.due),
    };
    if (Date.parse(ia.now) >= Date.parse(other.due)) return bothPassed(situation, [first, other], both, reached);
    if (passed) return t(reached ? 'status.cii_passed' : 'status.cii_passed_if', both);
    const leftOf = ({ due }: Clock): Text =>
      withLeft ? t('status.left_each', { left: { minutes: minutesUntil(situation, due) } }) : plain('');
    const lefts = { ...both, cii_left: leftOf(first), other_left: leftOf(other) };
    return reached ? t('status.by_cii_or_other_reached', { ...lefts, level }) : t('status.by_cii_or_other', lefts);
  }
  const params = {
    due: dueAt(situation, first.due),
    recipient: recipientsAt(situation, open, first.due),
    from: fromText(regime),
  };
  if (passed) return passedLine(params, -minutesUntil(situation, first.due), reached);
  return reached ? t('status.by', { ...params, level }) : t('status.by_if', params);
}

function recipientsAt(situation: Situation, open: readonly Clock[], instant: string): Text {
  const due = open.filter((clock) => clock.due === instant);
  return recipientsText(situation, due);
}

/** Line on the two possible deadlines, both passed, while the kind of operator is open; with the time since each. */
function bothPassed(
  situation: Situation,
  [first, last]: readonly [Clock, Clock],
  both: Readonly<Record<'cii' | 'other' | 'asked' | 'from', Param>>,
  reached: boolean,
): Text {
  const late = -minutesUntil(situation, last.due);
  if (late < 1) return t(reached ? 'status.other_due' : 'status.other_due_if', both);
  const by = { cii_late: { minutes: -minutesUntil(situation, first.due) }, late: { minutes: late } };
  return t(reached ? 'status.both_passed' : 'status.both_passed_if', { ...both, ...by });
}

/** Line on an overdue clock, by minutes; while the level is open it names the level from which the clock applies. */
function passedLine(
  params: Readonly<Record<'due' | 'recipient' | 'from', Param>>,
  late: number,
  reached: boolean,
): Text {
  if (late < 1) return t(reached ? 'status.due_now' : 'status.due_now_if', params);
  return t(reached ? 'status.overdue' : 'status.overdue_if', { ...params, late: { minutes: late } });
}

/** Returns the clock of the status card, the duty ahead of it if that is not passed, and the clocks that are not. */
function clockShown(situation: Situation) {
  const now = Date.parse(situation.ia.now);
  const duty = dutyAhead(situation);
  const ahead = duty && Date.parse(duty.due) > now ? duty : null;
  const clocks = ahead ? [ahead] : reportClocks(situation);
  const coming = clocks.filter(({ due }) => Date.parse(due) > now);
  // While the kind of operator is open, the passed deadline for CII does not hide the later one for others.
  const first = operatorOpen(situation) ? (coming[0] ?? clocks.at(-1)) : clocks[0];
  return { first, ahead, coming, due: (duty ?? first)?.due ?? '' };
}

/** Instant of the status card's clock while the deadline of the first report is its line; null otherwise. */
export function deadlineShown(situation: Situation): string | null {
  const { closed, imported } = situation.state;
  return closed || imported || deadlines(situation).length === 0 ? null : clockShown(situation).due;
}

/** Block with the deadline and the time left, which people read first. */
export function clockBlock(situation: Situation): Block {
  const text = headline(situation);
  const { first, ahead, coming, due } = clockShown(situation);
  // A closed incident has no running clock.
  if (!first || situation.state.closed) return strongBlock(text);
  const now = at(situation, situation.ia.now);
  const [next = 0, later] = [...new Set(coming.map((clock) => clock.due))].map((one) => minutesUntil(situation, one));
  const isComing = coming.includes(first);
  // While the kind of operator is open there are two times left.
  const second = isComing && operatorOpen(situation) ? later : undefined;
  const one = { left: { minutes: next }, now };
  const two = second === undefined ? null : { first: one.left, second: { minutes: second }, now };
  // The line with both deadlines has the time left to each; after one report it names neither.
  const hasLeft = two !== null && deadlines(situation).length > 0;
  const left = hasLeft ? t('status.as_of', { now }) : t('status.left', one);
  const row = two ? t('row.left_two', two) : t('row.left_one', one);
  const segment = situation.state.drill ? situation.state.segments.at(-1) : undefined;
  // The time left follows the duty's name.
  const parts = ahead
    ? [dutyLine(situation, ahead), left, reportLine(situation)]
    : [headline(situation, two !== null), left];
  return {
    kind: 'clock',
    text: isComing ? joined(parts, 'dot') : t('status.passed', { line: text, now }),
    ...(isComing ? { split: { sentence: text, pairs: [pair('row.left', row)] } } : {}),
    due,
    tone: toneOf(situation),
    ...(segment ? { segment } : {}),
  };
}

function reportClocks(situation: Situation): readonly Clock[] {
  const open = openInitial(situation);
  return open.length > 0 ? open : openClocks(situation).filter((c) => c.form === 'final');
}
