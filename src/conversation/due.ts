import type { Clock } from '../incident/assessment.ts';
import type { EventOf } from '../incident/events.ts';
import type { Param, Text } from './card.ts';
import { operatorOpen } from './context-questions.ts';
import { isReached } from './headline.ts';
import { minutesBefore } from './ladder.ts';
import { dueAt, joined, openInitial, plain, recipientsText, type Scene, t } from './scene.ts';
import { dutyName } from './verdict.ts';

/** The step that fell due, with what it speaks of and when that was (incident time). */
export type Due = Pick<EventOf<'reminder_due'>['payload'], 'step' | 'obligations' | 'dueAt'>;

/** What a reminder leads with: clocks that end at the same time, the minutes left of them, and the others it lists. */
export interface Focus {
  readonly clocks: readonly [Clock, ...Clock[]];
  readonly left: number;
  readonly others: readonly Clock[];
}

const MINUTE = 60_000;

/** Null if nothing of it is owed any more. */
export function focusOf(scene: Scene, due: Due): Focus | null {
  const clocks = scene.ia.clocks
    .filter((clock) => due.obligations.includes(clock.id) && !clock.filing)
    .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const lead = operatorOpen(scene) ? leadWhileOpen(scene, due, clocks) : leadOf(due, clocks);
  if (!lead) return null;
  const isLead = (clock: Clock): boolean => clock.due === lead.due;
  return {
    clocks: [lead, ...clocks.filter((clock) => clock !== lead && isLead(clock))],
    left: Math.round((Date.parse(lead.due) - Date.parse(scene.ia.now)) / MINUTE),
    others: clocks.filter((clock) => !isLead(clock)),
  };
}

/** The clock whose step this is. */
function leadOf(due: Due, clocks: readonly Clock[]): Clock | undefined {
  const before = minutesBefore(due.step);
  const end = before === null ? null : Date.parse(due.dueAt) + before * MINUTE;
  return clocks.find((clock) => Date.parse(clock.due) === end) ?? clocks[0];
}

/** While it is open whether a CII is involved only one of the clocks is real: a passed one does not hide what comes. */
function leadWhileOpen({ ia }: Scene, due: Due, clocks: readonly Clock[]): Clock | undefined {
  const ends = due.step === 'due' ? clocks.find((clock) => Date.parse(clock.due) === Date.parse(due.dueAt)) : undefined;
  return ends ?? clocks.find((clock) => Date.parse(clock.due) > Date.parse(ia.now)) ?? clocks.at(-1);
}

/** How much time is left, in front of everything else. */
export function titleText(scene: Scene, { clocks, left }: Focus): Text {
  const id = plain(scene.state.id);
  const title =
    left === 0
      ? t('remind.title_due', { id })
      : left < 0
        ? t('remind.title_overdue', { id, late: { minutes: -left } })
        : t('remind.title', { id, left: { minutes: left } });
  // Once both have passed it is true in any case.
  const isSure =
    !operatorOpen(scene) || openInitial(scene).every(({ due }) => Date.parse(due) <= Date.parse(scene.ia.now));
  return isSure ? title : onCondition(title, operatorText(scene, clocks[0], false));
}

/** What is due when, below a title that says how much time is left. */
export function bodyText(scene: Scene, focus: Focus): Text {
  return t(focus.left > 0 ? 'remind.body' : 'remind.body_late', whatAndWhen(scene, focus));
}

export function summaryText(scene: Scene, focus: Focus): Text {
  const params = whatAndWhen(scene, focus);
  const { left } = focus;
  if (left === 0) return t('remind.summary_due', params);
  if (left < 0) return t('remind.summary_overdue', { ...params, late: { minutes: -left } });
  return t('remind.summary', { ...params, left: { minutes: left } });
}

function whatAndWhen(scene: Scene, { clocks }: Focus): { readonly what: Text; readonly due: Param } {
  const [initial, rest] = [true, false].map((is) => clocks.filter((c) => (c.content === 'initial_report') === is));
  const [first] = initial ?? [];
  // The first report by the name of whom it goes to, as on the status card; other duties by theirs.
  const report = first
    ? [
        onCondition(
          t('remind.first_to', { recipient: recipientsText(scene, initial ?? []) }),
          conditionOf(scene, first),
        ),
      ]
    : [];
  const what = joined([...report, ...(rest ?? []).map((clock) => dutyName(scene, clock))]);
  return { what, due: dueAt(scene, clocks[0].due) };
}

/** The other clocks, those that are alike in one line. */
export function otherLines(scene: Scene, { others }: Focus): readonly Text[] {
  const alike = Map.groupBy(others, (clock) => `${clock.content} ${clock.due}`);
  return [...alike.values()].flatMap((clocks) => {
    const [first] = clocks;
    if (!first) return [];
    const passed = Date.parse(first.due) <= Date.parse(scene.ia.now);
    const params = {
      what: t(`content.${first.content}`),
      recipient: recipientsText(scene, clocks),
      due: dueAt(scene, first.due),
    };
    const line = t(passed ? 'remind.obligation_late' : 'remind.obligation', params);
    return [onCondition(line, conditionOf(scene, first))];
  });
}

function onCondition(what: Text, condition: Text | null): Text {
  return condition ? t('remind.on_condition', { what, condition }) : what;
}

/** On what it depends that this is owed at all; null if it is owed in any case. */
function conditionOf(scene: Scene, clock: Clock): Text | null {
  const level = clock.provisional && !isReached(scene);
  if (operatorOpen(scene)) return operatorText(scene, clock, level);
  return level ? t('remind.if_level') : null;
}

function operatorText({ regime }: Scene, clock: Clock, level: boolean): Text | null {
  const when = regime.obligations.find(({ id }) => id === clock.id)?.when;
  const operator = when && 'operator' in when ? when.operator : null;
  if (operator === 'cii_involved') return t('remind.if_cii');
  if (operator === 'central_state_organ') return t('remind.if_central');
  if (operator === 'other') return t(level ? 'remind.if_other_level' : 'remind.if_other');
  return level ? t('remind.if_level') : null;
}
