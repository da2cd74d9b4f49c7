import type { MessageKey } from '../../i18n/keys.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { EventOf } from '../../incident/record/events.ts';
import { NO_SNOOZE } from '../../incident/snooze.ts';
import type { Step } from '../../incident/steps.ts';
import { rankOf } from '../../law/levels.ts';
import { definitionOf } from '../../law/pack.ts';
import { thresholdsOf } from '../../law/regime.ts';
import { itemOf, itemStatuses } from '../../report/items.ts';
import { sheetNow } from '../../report/sheet.ts';
import { factName as factLabel } from '../../report/values.ts';
import { operatorOpen } from '../asking/context-questions.ts';
import { notKnownYet } from '../asking/open-facts.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { bareQuantity, figureLabel } from '../cards/fact-text.ts';
import { cardOf, dutyLine, namedTitle, standing, toneOf, twoStarts } from '../cards/headline.ts';
import { actionBlock, pairedBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  aboutBlocks,
  askedText,
  at,
  filedAt,
  fill,
  firstFiling,
  form,
  intent,
  joined,
  lawText,
  levelText,
  minutesUntil,
  openClocks,
  openInitial,
  pair,
  personText,
  plain,
  primary,
  type Situation,
  show,
  t,
  titled,
  titleText,
  view,
} from '../cards/situation.ts';
import { answerAction } from '../cards/status-card.ts';
import { needActions, needsText, ownedText } from '../closing.ts';
import { missingFor, missingText, owedText } from '../collecting/field-inputs.ts';
import { compileAction, fileAction, isOfAnHour, reportAction } from '../filing/report-actions.ts';
import { isReached, provisoOf } from '../level/conditions.ts';
import { nextClocks } from '../level/duties.ts';
import { hasVerdict, verdictActions } from '../level/verdict.ts';
import { isUndecided } from '../level/verdict-card.ts';
import { chargeLines, takeCharge } from './call-cards.ts';
import { bodyBlock, bodyText, type Due, type Focus, focusOf, leftTitle, otherLines } from './due-text.ts';

/**
 * Reminder on everything due now: for a person (`actor`) their own items, for a thread or room (null) all missing ones;
 * `inStead`: people who could not be notified. It contains no text of a person, so that it may go to any room.
 */
export function reminderCard(
  situation: Situation,
  due: Due,
  actor: ActorId | null,
  inStead: readonly ActorId[] = [],
): Card {
  if (due.step.kind === 'review') return reviewCard(situation);
  if (due.step.kind === 'crossing') return soonCard(situation, due, due.step);
  const focus = focusOf(situation, due);
  if (!focus) return overCard(situation, due);
  const [first] = focus.clocks;
  const late = focus.left <= 0;
  const isUrgent =
    focus.left <= NEAR || focus.others.some((clock) => Date.parse(clock.due) <= Date.parse(situation.ia.now));
  const summary = joined([bodyText(situation, focus), titleText(situation)], 'dot');
  const operator = operatorBlocks(situation, first, actor);
  const blocks = [
    bodyBlock(situation, focus),
    // The fastest way comes right after the due duties and the question that decides whom to call, because a platform may
    // cut the end of a card.
    ...operator,
    ...callBlocks(situation, focus, actor, operator.length > 0),
    ...aboutBlocks(situation),
    ...[...twoStarts(situation), ...otherLines(situation, focus)].map(textBlock),
    ...missingBlocks(situation, first, actor, inStead),
    ...(focus.left <= NEAR ? chargeLines(situation).map(textBlock) : []),
    actionBlock([
      ...withScript(
        situation,
        focus,
        actor === null ? threadActions(situation, first, late) : ownActions(situation, actor, focus),
      ),
      ...(focus.left <= NEAR && situation.state.charge?.by !== actor ? [takeCharge()] : []),
    ]),
  ];
  return cardOf(situation, leftTitle(situation, focus), summary, blocks, isUrgent ? 'urgent' : 'running');
}

/** Card on duties of which none is owed any more, e.g. because a filing was recorded while the reminder was sent. */
function overCard(situation: Situation, { obligations }: Due): Card {
  const filed = situation.ia.obligations.filter(({ id, filing }) => filing && obligations.includes(id));
  const filing = filed[0]?.filing;
  const what = needsText(situation, filing ? filed.map(({ id }) => id) : obligations);
  const text = filing ? t('remind.filed', { what, at: filedAt(situation, filing) }) : t('remind.not_owed', { what });
  return notice(situation, text, []);
}

/** Minutes before a limit from which a person is asked to take charge. */
const NEAR = 30;

/** Blocks on missing items: a person gets their own; the room and the lead get all, each item once. */
function missingBlocks(
  situation: Situation,
  clock: Clock,
  actor: ActorId | null,
  inStead: readonly ActorId[],
): readonly Block[] {
  if (clock.form !== 'first') return [];
  const own = actor === null ? null : owedText(missingFor(situation, actor));
  const theirs = inStead.flatMap((one) => {
    const missing = owedText(missingFor(situation, one));
    return missing ? [t('remind.theirs', { owner: personText(situation.state, one), missing })] : [];
  });
  const texts: Text[] = own ? [t('remind.yours', { missing: own })] : theirs;
  const open: Block[] = [];
  if (actor === null || actor === situation.state.lead) {
    const told = actor === null ? inStead : [actor];
    const others = itemStatuses(sheetNow(situation, 'zh', 'first')).filter(
      ({ owner }) => owner === null || !told.includes(owner),
    );
    const missing = missingText(situation, others);
    if (missing) texts.push(t('remind.missing', { missing }));
    else if (texts.length === 0) texts.push(t('remind.nothing_missing'));
    if (missing && actor === null) texts.push(t('remind.known_first'));
    if (!situation.state.levelDecision)
      open.push(
        isReached(situation)
          ? openBlock(t('remind.no_level'), 'row.level', 'row.unconfirmed')
          : openBlock(t('remind.level_open'), 'row.level', 'level.undetermined'),
      );
    // The open kind of operator has a line of its own.
    const facts = notKnownYet(situation).filter((fact) => fact !== 'operator' || !operatorOpen(situation));
    const unknown = facts.map((fact) => factLabel(situation.regime, fact));
    if (unknown.length > 0) open.push(textBlock(t('remind.unknown', { facts: joined(unknown) })));
  }
  return [...texts.map(textBlock), ...open];
}

/** Block on the open kind of operator, which decides the deadline: unanswered, or answered "not known". */
function operatorBlocks(situation: Situation, { form }: Clock, actor: ActorId | null): readonly Block[] {
  const { state, regime } = situation;
  if (form !== 'first' || !operatorOpen(situation) || (actor !== null && actor !== state.lead)) return [];
  const operator = askedText(regime);
  return state.facts['operator'] === undefined
    ? [openBlock(t('remind.operator_open', { operator }), 'row.operator', 'row.unanswered')]
    : [openBlock(t('remind.operator_unknown', { operator }), 'row.operator', 'row.not_known_yet')];
}

function openBlock(text: Text, label: MessageKey, value: MessageKey): Block {
  return pairedBlock(text, [pair(label, t(value))]);
}

/**
 * Returns true if a call may be the only way to be in time: a first report with a limit of an hour, near its limit, or
 * late. A drill has no phone call, and neither has a possible state secret.
 */
function needsCall({ state }: Situation, { clocks: [clock], left }: Focus): boolean {
  return clock.form === 'first' && !state.drill && !state.stopped && (left <= NEAR || isOfAnHour(clock));
}

/** Block that says to call first; a room whose report is late also reads the number. `isAsked`: below the open question. */
function callBlocks(situation: Situation, focus: Focus, actor: ActorId | null, isAsked: boolean): readonly Block[] {
  if (!needsCall(situation, focus)) return [];
  const [{ recipient }] = focus.clocks;
  const phone = situation.regime.channels.find((one) => one.kind === 'phone' && one.recipients.includes(recipient));
  if (!phone || actor !== null || focus.left > 0) {
    const why = whyCall(focus);
    const { operator, isUsual, level } = provisoOf(situation, focus.clocks[0]);
    if (isAsked && operator !== null && !isUsual) return [strongBlock(t('remind.call_open'))];
    // The title and the line above have the condition.
    return [strongBlock(t(operator !== null || level ? 'remind.call_if' : 'remind.call', { why }))];
  }
  const hotline = { law: phone.value };
  const split = { pairs: [pair('row.fastest', t('row.fastest_call', { hotline }))] };
  return [{ kind: 'text', text: t('remind.fastest', { hotline }), strong: true, split }];
}

/** Reason for a call: late, near the limit, or a limit of an hour; selects the words of the message. */
function whyCall({ left }: Focus): 'late' | 'near' | 'hour' {
  if (left <= 0) return 'late';
  return left <= NEAR ? 'near' : 'hour';
}

/** Actions with the phone script in second place, if a call is needed and none of them opens it. */
function withScript(situation: Situation, focus: Focus, [first, ...others]: readonly Action[]): readonly Action[] {
  const script = show(situation, 'script');
  const isThere = [first, ...others].some((action) => action?.id === script.id);
  if (!first || isThere || !needsCall(situation, focus)) return first ? [first, ...others] : [];
  return [first, script, ...others];
}

function ownActions(situation: Situation, actor: ActorId, { clocks, left }: Focus): readonly Action[] {
  const [clock] = clocks;
  const snooze = left > NO_SNOOZE ? [snoozeAction(left)] : [];
  if (clock.form !== 'first') return [...dutyActions(situation, clock), ...snooze];
  const [item] = missingFor(situation, actor);
  const args = { incident: situation.state.id, item: item?.id ?? '' };
  const own = item
    ? [form('fill_in', t('act.fill_in'), 'item', args), form('give', t('act.give'), 'assign', args)]
    : [view('questions', t('act.answer_questions'), 'question', { incident: situation.state.id })];
  // Near the deadline the first report's button comes first, and the reminder cannot be snoozed.
  const [first, ...others] = snooze.length > 0 ? own : [...reportActions(situation, left <= 0), ...own];
  return [...(first ? [primary(first)] : []), ...others, ...snooze];
}

/** Button that snoozes reminders: for 15 minutes, or for 4 hours while the deadline is over a day away. */
function snoozeAction(left: number): Action {
  return left > DAY
    ? intent('snooze_long', t('act.snooze_long'), { type: 'snooze', minutes: 240 })
    : intent('snooze', t('act.snooze'), { type: 'snooze', minutes: 15 });
}
const DAY = 24 * 60;

function threadActions(situation: Situation, clock: Clock, late: boolean): readonly Action[] {
  if (clock.form !== 'first') return dutyActions(situation, clock);
  const [first, ...others] = reportActions(situation, late);
  const actions = [...(first ? [primary(first)] : []), ...others];
  if (!late || situation.state.drill) return actions;
  const file = fileAction(situation);
  return actions.some(({ id }) => id === file.id) ? actions : [...actions, file];
}

/** Next action for the first report; once late, the phone script comes before an entry that sends nothing. */
function reportActions(situation: Situation, late: boolean): readonly Action[] {
  const next = reportAction(situation, 'first');
  const { drill, stopped } = situation.state;
  const isEntry = next.id === fileAction(situation).id;
  return late && isEntry && !drill && !stopped ? [show(situation, 'script'), next] : [next];
}

/** Actions for a duty other than the first report: the button that meets it, its papers, and the answer "not owed". */
function dutyActions(situation: Situation, clock: Clock): readonly Action[] {
  if (clock.form === 'final') return [primary(reportAction(situation, 'final'))];
  const [first, ...others] = needActions(situation, clock.id);
  const hasPaper = first?.does.kind === 'view' && first.does.view.view === 'papers';
  const papers = clock.content === 'authority_request' || hasPaper ? [] : [show(situation, 'papers')];
  return [...(first ? [primary(first)] : []), ...papers, ...others];
}

/** Card about a running outage that has crossed a threshold. */
export function crossedCard(situation: Situation, crossed: EventOf<'threshold_crossed'>['payload']): Card {
  const { regime, state } = situation;
  const level = levelText(regime, crossed.level);
  const text = t('remind.crossed', {
    label: figureLabel(regime, crossed.fact),
    threshold: thresholdText(situation, crossed.fact, crossed.criterion),
    at: at(situation, crossed.at),
    level,
  });
  const why = show(situation, 'why');
  // A confirmed level that is as high already leaves nothing to decide.
  const isCovered = rankOf(regime, state.levelDecision?.level ?? '') >= rankOf(regime, crossed.level);
  if (!firstFiling(situation)) {
    const blocks = isCovered
      ? [textBlock(t('remind.covered')), actionBlock([why])]
      : levelBlocks(situation, level, why);
    return notice(situation, text, [...lateBlocks(situation), ...blocks], 'urgent');
  }
  const next = isCovered ? t('remind.same_level') : t('remind.rose', { level });
  return notice(situation, text, [textBlock(next), actionBlock([compileAction(situation, 'update'), why])], 'urgent');
}

/** Blocks on a first report that is overdue for certain: its next step, with the buttons of a late reminder. */
function lateBlocks(situation: Situation): readonly Block[] {
  const [clock] = openInitial(situation);
  if (!clock || clock.provisional || operatorOpen(situation) || minutesUntil(situation, clock.due) > 0) return [];
  return [textBlock(t('remind.report_late')), actionBlock(threadActions(situation, clock, true))];
}

/**
 * Blocks on the level that a threshold gives: buttons to confirm it or decide another while it waits for a decision;
 * before a verdict, the level so far and the button that answers the next question.
 */
function levelBlocks(situation: Situation, level: Text, why: Action): readonly Block[] {
  const { state } = situation;
  if (isUndecided(situation)) return [actionBlock(verdictActions(situation))];
  if (hasVerdict(situation) || state.levelDecision || state.closed || state.stopped) return [actionBlock([why])];
  return [textBlock(t('remind.answer_rest', { level })), actionBlock([primary(answerAction(state)), why])];
}

/** Card before a running outage crosses a threshold, while people can still act. */
function soonCard(situation: Situation, due: Due, { fact, level }: Extract<Step, { kind: 'crossing' }>): Card {
  const criterion = due.obligations[0] ?? '';
  const crossing = situation.ia.crossings.find((c) => c.fact === fact && c.criterion === criterion);
  const text = t('remind.soon', {
    label: figureLabel(situation.regime, fact),
    threshold: thresholdText(situation, fact, criterion),
    at: crossing ? at(situation, crossing.at) : at(situation, due.dueAt),
    level: levelText(situation.regime, level),
  });
  return notice(situation, text, [actionBlock([fill(situation, 'correct', { fact })])]);
}

function thresholdText({ regime, ia }: Situation, fact: string, criterion: string): Text {
  const unit = definitionOf(regime, fact)?.unit;
  const escalation = ia.assessment.escalations.find((e) => e.fact === fact && e.criterion === criterion);
  const value = escalation?.threshold ?? thresholdsOf(regime, fact).find((one) => one.criterion === criterion)?.value;
  return value === undefined ? { raw: '' } : bareQuantity(unit, value);
}

/** Card on the review day of "not reportable for now". */
function reviewCard(situation: Situation): Card {
  const decided = situation.state.notReportable;
  if (!decided) return notice(situation, t('verdict.title'), [], 'running');
  const text = t('remind.review', { by: personText(situation.state, decided.by), at: at(situation, decided.at) });
  const actions = [answerAction(situation.state), fill(situation, 'not_reportable'), show(situation, 'why')];
  return notice(situation, text, [actionBlock(actions)], 'running');
}

/** Card to the new owner of an item or duty. */
export function itemTakenCard(situation: Situation, item: string): Card {
  const args = { incident: situation.state.id, item };
  const [does = form('fill_in', t('act.fill_in'), 'item', args)] = itemOf(situation, item)
    ? []
    : needActions(situation, item);
  const actions = [primary(does), form('give', t('act.give'), 'assign', args)];
  const text = t('remind.taken', { what: namedItem(situation, item) });
  return notice(situation, text, [actionBlock(actions)]);
}

/** Card to the previous owner of an item or duty. */
export function itemGivenCard(situation: Situation, item: string, owner: ActorId | null): Card {
  const params = { what: namedItem(situation, item), owner: personText(situation.state, owner) };
  return notice(situation, t('remind.given', params), []);
}

/** Item by number and title, for a message that is read without its report; another duty by its name. */
function namedItem(situation: Situation, id: string): Text {
  const item = itemOf(situation, id);
  return item ? t('owned.item_named', { n: item.n, title: lawText(item.title) }) : ownedText(situation, id);
}

/** Card for the thread on a person whom a reminder did not reach. */
export function undeliverableCard(situation: Situation, actor: ActorId): Card {
  const text = t('remind.undeliverable', { name: personText(situation.state, actor) });
  return notice(situation, text, [actionBlock([show(situation, 'people')])], 'urgent');
}

/**
 * Open clocks of a morning, one line each. `total` also counts those beyond the card; `say` removes content that the
 * reader may not see.
 */
export function digestCard(
  situations: readonly Situation[],
  total: number | null = null,
  say: (situation: Situation, text: Text) => Text = (_, text) => text,
): Card {
  const rows = situations.flatMap((situation) => {
    const [clock, ...others] = openClocks(situation);
    if (!clock) return [];
    const row = t('remind.digest_row', { id: plain(situation.state.id), what: dutyLine(situation, clock) });
    // Under several laws all open clocks are listed, not only the next.
    const lines = situation.regime.packs ? otherClocks(situation, others) : [];
    const text = lines.length > 0 ? joined([row, ...lines], 'semicolon') : row;
    return [say(situation, titled(situation.state, text))];
  });
  const title = t('remind.digest', { n: total ?? rows.length });
  const blocks = rows.map(textBlock);
  return { tone: rows.length > 0 ? 'running' : 'calm', drill: false, title, summary: title, blocks };
}

function otherClocks(situation: Situation, clocks: readonly Clock[]): readonly Text[] {
  const { shown, more } = nextClocks(situation, clocks);
  return [
    ...shown.map((clock) => dutyLine(situation, clock)),
    ...(more > 0 ? [t('status.more_clocks', { n: more })] : []),
  ];
}

function notice(situation: Situation, text: Text, blocks: readonly Block[], tone = toneOf(situation)): Card {
  const all = [...aboutBlocks(situation), ...blocks];
  return cardOf(situation, namedTitle(situation, text), standing(situation), all, tone);
}
