import type { Clock } from '../../incident/facts/owed.ts';
import type { Reminder } from '../../incident/state.ts';
import { operatorOpen } from '../asking/context-questions.ts';
import type { Block, Param, Text } from '../cards/card.ts';
import { dutyLine } from '../cards/headline.ts';
import {
  contentText,
  dueAt,
  joined,
  minutesUntil,
  openInitial,
  pair,
  plain,
  recipientsText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { conditionOf, firstCondition, provisoOf } from '../level/conditions.ts';
import { dutyName, hasOwnName } from '../level/duties.ts';
import { minutesBefore } from './ladder.ts';

/** Due reminder step with its obligations and its time (incident time). */
export type Due = Pick<Reminder, 'step' | 'obligations' | 'dueAt'>;

/** Focus of a reminder: clocks that end at the same time, the minutes left on them, and the other clocks it lists. */
export interface Focus {
  readonly clocks: readonly [Clock, ...Clock[]];
  readonly left: number;
  readonly others: readonly Clock[];
}

const MINUTE = 60_000;

/** Duties that a due reminder is about; null if none of them is owed any more. */
export function focusOf(situation: Situation, due: Due): Focus | null {
  const clocks = situation.ia.clocks
    .filter((clock) => due.obligations.includes(clock.id) && !clock.filing)
    .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const lead = operatorOpen(situation) ? leadWhileOpen(situation, due, clocks) : leadOf(due, clocks);
  if (!lead) return null;
  const others = clocks.filter((clock) => clock.due !== lead.due);
  return {
    clocks: [lead, ...clocks.filter((clock) => clock !== lead && !others.includes(clock))],
    left: Math.round((Date.parse(lead.due) - Date.parse(situation.ia.now)) / MINUTE),
    others,
  };
}

/** Clock to which the due step belongs. */
function leadOf(due: Due, clocks: readonly Clock[]): Clock | undefined {
  const before = minutesBefore(due.step);
  const end = before === null ? null : Date.parse(due.dueAt) + before * MINUTE;
  return clocks.find((clock) => Date.parse(clock.due) === end) ?? clocks[0];
}

/** Main clock while the kind of operator is open: only one clock applies, so a passed one must not hide a later one. */
function leadWhileOpen({ ia }: Situation, due: Due, clocks: readonly Clock[]): Clock | undefined {
  const ends =
    due.step.kind === 'due' ? clocks.find((clock) => Date.parse(clock.due) === Date.parse(due.dueAt)) : undefined;
  return ends ?? clocks.find((clock) => Date.parse(clock.due) > Date.parse(ia.now)) ?? clocks.at(-1);
}

/** Title with the remaining time first. */
export function leftTitle(situation: Situation, { clocks, left }: Focus): Text {
  const id = plain(situation.state.id);
  const title =
    left === 0
      ? t('remind.title_due', { id })
      : left < 0
        ? t('remind.title_overdue', { id, late: { minutes: -left } })
        : t('remind.title', { id, left: { minutes: left } });
  if (!isOfOperator(situation)) return title;
  const { operator } = provisoOf(situation, clocks[0], 'name');
  return onCondition(title, operator && t('remind.if_operator', { operator }));
}

/** Returns true if the title names the kind of operator that is late; once both deadlines have passed, somebody is. */
function isOfOperator(situation: Situation): boolean {
  const { now } = situation.ia;
  return operatorOpen(situation) && openInitial(situation).some(({ due }) => Date.parse(due) > Date.parse(now));
}

/** Duties and due times, below a title with the remaining time. */
export function bodyText(situation: Situation, focus: Focus): Text {
  const { condition, ...said } = whatAndWhen(situation, focus);
  const isAhead = focus.left > 0;
  if (condition === null) return t(isAhead ? 'remind.body' : 'remind.body_late', said);
  return t(isAhead ? 'remind.body_if' : 'remind.body_late_if', { ...said, condition });
}

export function bodyBlock(situation: Situation, focus: Focus): Block {
  const { what, due } = whatAndWhen(situation, focus, 'row.first_to');
  const pairs = [pair('row.duty', what), pair('row.due', t(focus.left > 0 ? 'row.due_at' : 'row.due_open', { due }))];
  return { kind: 'text', text: bodyText(situation, focus), strong: true, split: { pairs } };
}

/** Duties that end now and their time; the condition of a first report stands apart if it is the only one. */
function whatAndWhen(
  situation: Situation,
  { clocks }: Focus,
  firstTo: 'remind.first_to' | 'row.first_to' = 'remind.first_to',
): { readonly what: Text; readonly due: Param; readonly condition: Text | null } {
  const [initial = [], rest = []] = [true, false].map((is) => clocks.filter((c) => (c.form === 'first') === is));
  const [first] = initial;
  const due = dueAt(situation, clocks[0].due);
  const duties = dutiesOf(situation, rest);
  if (!first) return { what: joined(duties, 'semicolon'), due, condition: null };
  // The first report is named by its recipient, as on the status card; other duties by their own name.
  const report = t(firstTo, { recipient: recipientsText(situation, initial) });
  const condition = (firstTo === 'row.first_to' ? rowCondition : bodyCondition)(situation, first);
  if (duties.length === 0 && firstTo === 'remind.first_to') return { what: report, due, condition };
  return { what: joined([onCondition(report, condition), ...duties], 'semicolon'), due, condition: null };
}

/** Condition below a title, which has named the kind of operator. */
function bodyCondition(situation: Situation, clock: Clock): Text | null {
  if (!isOfOperator(situation)) return conditionOf(situation, clock);
  return firstCondition(situation.regime, { ...provisoOf(situation, clock), operator: null });
}

/** Condition in a short row, which leaves out the level beside the kind of operator that has the shorter limit. */
function rowCondition(situation: Situation, clock: Clock): Text | null {
  const proviso = provisoOf(situation, clock);
  const { operator, isUsual, level } = proviso;
  return firstCondition(situation.regime, { ...proviso, level: level && (operator === null || isUsual) });
}

/** Text of a duty by its full name; several duties by document and recipient, identical ones once. */
function dutiesOf(situation: Situation, clocks: readonly Clock[]): readonly Text[] {
  const [only, ...more] = clocks;
  if (only && more.length === 0) return [dutyName(situation, only)];
  const alike = Map.groupBy(clocks, ({ content, recipient }) => `${content} ${recipient}`);
  return [...alike.values()].flatMap(([clock]) => {
    if (!clock) return [];
    const recipient = recipientsText(situation, [clock]);
    return [t('remind.duty_to', { what: contentText(situation.regime, clock.content), recipient })];
  });
}

/** Lines for the other clocks; identical clocks share one line. */
export function otherLines(situation: Situation, { others }: Focus): readonly Text[] {
  const alike = Map.groupBy(others, (clock) =>
    hasOwnName(situation, clock) ? clock.id : `${clock.content} ${clock.due}`,
  );
  return [...alike.values()].flatMap((clocks) => {
    const [first] = clocks;
    if (!first) return [];
    if (hasOwnName(situation, first)) return [dutyLine(situation, first)];
    const passed = Date.parse(first.due) <= Date.parse(situation.ia.now);
    const params = {
      what: contentText(situation.regime, first.content),
      recipient: recipientsText(situation, clocks),
      due: dueAt(situation, first.due),
      left: { minutes: minutesUntil(situation, first.due) },
    };
    const line = t(passed ? 'remind.obligation_late' : 'remind.obligation', params);
    return [onCondition(line, conditionOf(situation, first))];
  });
}

function onCondition(what: Text, condition: Text | null): Text {
  return condition ? t('remind.on_condition', { what, condition }) : what;
}
