import { approvalOf } from '../incident/approvals.ts';
import type { Clock } from '../incident/assessment.ts';
import type { EventOf } from '../incident/events.ts';
import type { ActorId } from '../incident/identity.ts';
import { thresholdsOf } from '../law/regime.ts';
import { itemOf, itemStatuses } from '../report/items.ts';
import { sheetNow } from '../report/sheet.ts';
import type { Action, Block, Card, Text, Tone } from './card.ts';
import { operatorOpen } from './context-questions.ts';
import { bodyText, type Due, focusOf, otherLines, summaryText, titleText } from './due.ts';
import { bareQuantity, definitionOf, factLabel, figureLabel } from './facts.ts';
import { standing, toneOf, twoStarts } from './headline.ts';
import { missingFor, missingText, owedText } from './items.ts';
import { notKnownYet } from './open-facts.ts';
import {
  at,
  dueAt,
  firstFiling,
  form,
  intent,
  joined,
  levelText,
  openClocks,
  personText,
  plain,
  primary,
  type Scene,
  t,
  titled,
  view,
} from './scene.ts';
import { dutyName } from './verdict.ts';

/**
 * One reminder that lists everything due at this instant: to a person what is theirs, to a thread or room (`actor` null)
 * what is missing; `inStead` are those who could not be told themselves. Holds nothing a person wrote, so that it may go to any room.
 */
export function reminderCard(scene: Scene, due: Due, actor: ActorId | null, inStead: readonly ActorId[] = []): Card {
  if (due.step === 'review') return reviewCard(scene);
  if (due.step.startsWith('crossing:')) return soonCard(scene, due);
  const focus = focusOf(scene, due);
  if (!focus) return notice(scene, t('status.filed_plain'), toneOf(scene), []);
  const [first] = focus.clocks;
  const late = focus.left <= 0;
  const isUrgent = focus.left <= 30 || focus.others.some((clock) => Date.parse(clock.due) <= Date.parse(scene.ia.now));
  return {
    tone: isUrgent ? 'urgent' : 'running',
    drill: scene.state.drill,
    title: titled(scene.state, titleText(scene, focus)),
    summary: summaryText(scene, focus),
    blocks: [
      { kind: 'text', text: bodyText(scene, focus), strong: true },
      // Next to what is due: a card that is cut short somewhere must not lose it.
      ...(late && actor === null ? fastest(scene, first) : []),
      ...[...twoStarts(scene), ...otherLines(scene, focus)].map((text): Block => ({ kind: 'text', text })),
      ...missingBlocks(scene, first, actor, inStead),
      { kind: 'actions', actions: actor === null ? threadActions(scene, first, late) : ownActions(scene, actor) },
    ],
  };
}

/** To a person what is theirs; the room hears of everything, and so does the lead, but of nothing twice. */
function missingBlocks(
  scene: Scene,
  clock: Clock,
  actor: ActorId | null,
  inStead: readonly ActorId[],
): readonly Block[] {
  if (clock.content !== 'initial_report') return [];
  const own = actor === null ? null : owedText(missingFor(scene, actor));
  const theirs = inStead.flatMap((one) => {
    const missing = owedText(missingFor(scene, one));
    return missing ? [t('remind.theirs', { owner: personText(scene.state, one), missing })] : [];
  });
  const texts: Text[] = own ? [t('remind.yours', { missing: own })] : theirs;
  if (actor === null || actor === scene.state.lead) {
    const told = actor === null ? inStead : [actor];
    const others = itemStatuses(sheetNow(scene, 'zh', 'initial')).filter(
      ({ owner }) => owner === null || !told.includes(owner),
    );
    const missing = missingText(scene, others);
    if (missing) texts.push(t('remind.missing', { missing }));
    else if (!own) texts.push(t('remind.nothing_missing'));
    if (missing && actor === null) texts.push(t('remind.known_first'));
    if (operatorOpen(scene)) texts.push(t('remind.operator_open'));
    if (!scene.state.levelDecision) texts.push(t('remind.no_level'));
    const unknown = notKnownYet(scene).map((fact) => factLabel(scene.regime, fact));
    if (unknown.length > 0) texts.push(t('remind.unknown', { facts: joined(unknown) }));
  }
  return texts.map((text) => ({ kind: 'text', text }));
}

function fastest(scene: Scene, clock: Clock): readonly Block[] {
  const phone = scene.regime.channels.find((c) => c.kind === 'phone' && c.recipients.includes(clock.recipient));
  // Nobody is called in a drill, nor told of what may be a state secret.
  if (!phone || scene.state.drill || scene.state.stopped) return [];
  return [{ kind: 'text', text: t('remind.fastest', { hotline: { law: phone.value } }), strong: true }];
}

function ownActions(scene: Scene, actor: ActorId): readonly Action[] {
  const [item] = missingFor(scene, actor);
  const args = { incident: scene.state.id, item: item?.id ?? '' };
  const own = item
    ? [primary(form('fill_in', t('act.fill_in'), 'item', args)), form('give', t('act.give'), 'assign', args)]
    : [primary(view('questions', t('act.answer_questions'), 'question', { incident: scene.state.id }))];
  return [...own, intent('snooze', t('act.snooze'), { type: 'snooze', minutes: 15 })];
}

function threadActions(scene: Scene, clock: Clock, late: boolean): readonly Action[] {
  const incident = { incident: scene.state.id };
  if (clock.content !== 'initial_report') return [view('more', t('act.more'), 'more', incident)];
  const next = nextStep(scene);
  if (!late || scene.state.drill) return [primary(next)];
  const file = form('file', t('act.file'), 'filing', incident);
  return [primary(next), view('script', t('act.script'), 'script', incident), ...(next.id === file.id ? [] : [file])];
}

/**
 * One tap to the first report: what is not known is printed as to be supplemented. A text that waits for its approver, or
 * is approved, is not replaced by a new one.
 */
function nextStep({ state }: Scene): Action {
  const draft = state.drafts.at(-1);
  const status = draft ? approvalOf(state, draft.draft).status : 'none';
  const args = { incident: state.id, draft: String(draft?.draft ?? '') };
  if (status === 'asked') return view('review', t('act.review'), 'text', args);
  if (status === 'approved') {
    return state.drill
      ? form('file', t('act.practise'), 'practise', args)
      : form('file', t('act.file'), 'filing', args);
  }
  const order = { type: 'compile_draft' as const, report: 'initial' as const, cannotDetermine: [] };
  return intent('first_report', t('act.first_report'), order);
}

/** A running outage has crossed a threshold. */
export function crossedCard(scene: Scene, crossed: EventOf<'threshold_crossed'>['payload']): Card {
  const text = t('remind.crossed', {
    label: figureLabel(scene.regime, crossed.fact),
    threshold: thresholdText(scene, crossed.fact, crossed.criterion),
    at: at(scene, crossed.at),
    level: levelText(scene.regime, crossed.level),
  });
  const rose = firstFiling(scene) ? [t('remind.rose', { level: levelText(scene.regime, crossed.level) })] : [];
  return notice(scene, text, 'urgent', [
    ...rose.map((line): Block => ({ kind: 'text', text: line })),
    { kind: 'actions', actions: [view('why', t('act.why'), 'why', { incident: scene.state.id })] },
  ]);
}

/** Said before a threshold is crossed, while something can still be done about it. `crossing:<fact>:<level>`. */
function soonCard(scene: Scene, due: Due): Card {
  const [, fact = '', level = ''] = due.step.split(':');
  const criterion = due.obligations[0] ?? '';
  const crossing = scene.ia.crossings.find((c) => c.fact === fact && c.criterion === criterion);
  const text = t('remind.soon', {
    label: figureLabel(scene.regime, fact),
    threshold: thresholdText(scene, fact, criterion),
    at: crossing ? at(scene, crossing.at) : at(scene, due.dueAt),
    level: levelText(scene.regime, level),
  });
  const args = { incident: scene.state.id, fact };
  return notice(scene, text, toneOf(scene), [
    { kind: 'actions', actions: [form('correct', t('act.correct'), 'correct', args)] },
  ]);
}

function thresholdText({ regime, ia }: Scene, fact: string, criterion: string): Text {
  const unit = definitionOf(regime, fact)?.unit;
  const escalation = ia.assessment.escalations.find((e) => e.fact === fact && e.criterion === criterion);
  const value = escalation?.threshold ?? thresholdsOf(regime, fact).find((one) => one.criterion === criterion)?.value;
  return value === undefined ? { raw: '' } : bareQuantity(unit, value);
}

/** The decision that nothing need be reported for now has come to its day. */
function reviewCard(scene: Scene): Card {
  const decided = scene.state.notReportable;
  if (!decided) return notice(scene, t('verdict.title'), 'running', []);
  const text = t('remind.review', { by: personText(scene.state, decided.by), at: at(scene, decided.at) });
  const incident = { incident: scene.state.id };
  return notice(scene, text, 'running', [
    {
      kind: 'actions',
      actions: [
        primary(view('questions', t('act.answer_questions'), 'question', incident)),
        form('not_reportable', t('act.not_reportable'), 'not_reportable', incident),
        view('why', t('act.why'), 'why', incident),
      ],
    },
  ]);
}

/** To the new owner of an item. */
export function itemTakenCard(scene: Scene, item: string): Card {
  const definition = itemOf(scene, item);
  const text = t('remind.taken', { n: definition?.n ?? 0 });
  const args = { incident: scene.state.id, item };
  return notice(scene, text, toneOf(scene), [
    {
      kind: 'actions',
      actions: [primary(form('fill_in', t('act.fill_in'), 'item', args)), form('give', t('act.give'), 'assign', args)],
    },
  ]);
}

/** To the one who owned it before. */
export function itemGivenCard(scene: Scene, item: string, owner: ActorId | null): Card {
  const params = { n: itemOf(scene, item)?.n ?? 0, owner: personText(scene.state, owner) };
  return notice(scene, t('remind.given', params), toneOf(scene), []);
}

/** A reminder reached nobody: whoever reads the thread hears it. */
export function undeliverableCard(scene: Scene, actor: ActorId): Card {
  const text = t('remind.undeliverable', { name: personText(scene.state, actor) });
  return notice(scene, text, 'urgent', [
    { kind: 'actions', actions: [view('people', t('act.people'), 'people', { incident: scene.state.id })] },
  ]);
}

/**
 * The open clocks of a morning, one line each. `total` counts those that found no line as well; `say` leaves out what may
 * not be shown of an incident.
 */
export function digestCard(
  scenes: readonly Scene[],
  total: number | null = null,
  say: (scene: Scene, text: Text) => Text = (_, text) => text,
): Card {
  const rows = scenes.flatMap((scene) => {
    const [clock] = openClocks(scene);
    if (!clock) return [];
    const params = { id: plain(scene.state.id), due: dueAt(scene, clock.due), what: dutyName(scene, clock) };
    return [say(scene, t('remind.digest_row', params))];
  });
  const title = t('remind.digest', { n: total ?? rows.length });
  const blocks = rows.map((text): Block => ({ kind: 'text', text }));
  return { tone: rows.length > 0 ? 'running' : 'calm', drill: false, title, summary: title, blocks };
}

/** Late is said, never hidden; so is a possible repetition. For the platform that sends the card. */
export function withDelivery({
  card,
  late,
  possiblyRepeated,
}: {
  readonly card: Card;
  readonly late?: { readonly seconds: number };
  readonly possiblyRepeated?: boolean;
}): Card {
  const minutes = Math.floor((late?.seconds ?? 0) / 60);
  const notes: Text[] = [];
  if (minutes > 0) notes.push(t('remind.late', { minutes: { minutes } }));
  if (possiblyRepeated) notes.push(t('remind.repeated'));
  if (notes.length === 0) return card;
  return { ...card, blocks: [...notes.map((text): Block => ({ kind: 'note', text })), ...card.blocks] };
}

function notice(scene: Scene, text: Text, tone: Tone, blocks: readonly Block[]): Card {
  const title = titled(scene.state, t('card.incident', { id: plain(scene.state.id), title: text }));
  const now = standing(scene);
  return {
    tone,
    drill: scene.state.drill,
    title,
    summary: t('due' in now ? 'card.standing_below' : 'card.standing_below_no_clock', now),
    blocks,
  };
}
