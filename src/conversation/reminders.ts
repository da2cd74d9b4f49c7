import type { EventOf } from '../incident/events.ts';
import type { ActorId } from '../incident/identity.ts';
import { thresholdsOf } from '../law/regime.ts';
import type { Action, Block, Card, Text } from './card.ts';
import { definitionOf, factLabel, quantity } from './facts.ts';
import { completeness, itemOf, missingFor, missingText } from './items.ts';
import { minutesBefore } from './ladder.ts';
import {
  at,
  dueAt,
  form,
  intent,
  joined,
  lawText,
  levelText,
  minutesUntil,
  personText,
  primary,
  recipientText,
  type Scene,
  t,
  titled,
  view,
} from './scene.ts';
import { toneOf } from './status.ts';

type Reminder = EventOf<'reminder_due'>['payload'];

/** One reminder of everything that is due, for one person (what is theirs) or for a room (who owes what). */
export function reminderCard(scene: Scene, due: Reminder, reader: ActorId | null): Card {
  const { state } = scene;
  const title = titled(state, titleOf(scene, due));
  return {
    tone: toneOf(scene),
    drill: state.drill,
    title,
    summary: summaryOf(scene, due),
    blocks: [
      ...obligationBlocks(scene, due),
      ...owedBlocks(scene, reader),
      ...(minutesBefore(due.step) === 0 ? fastestWay(scene) : []),
      { kind: 'actions', actions: actionsOf(scene, due, reader) },
    ],
  };
}

function clocksOf(scene: Scene, due: Reminder) {
  return scene.ia.clocks.filter((clock) => due.obligations.includes(clock.id));
}

function titleOf(scene: Scene, due: Reminder): Text {
  const id = { raw: scene.state.id };
  const [first] = clocksOf(scene, due);
  if (!first) return t('remind.title_due', { id });
  const left = minutesUntil(scene, first.due);
  if (left > 0) return t('remind.title', { id, left: { minutes: left } });
  return left >= -1 ? t('remind.title_due', { id }) : t('remind.title_overdue', { id, late: { minutes: -left } });
}

function summaryOf(scene: Scene, due: Reminder): Text {
  const clocks = clocksOf(scene, due);
  const [first] = clocks;
  if (due.step === 'review') return reviewText(scene);
  if (!first) return crossingSoon(scene, due) ?? titleOf(scene, due);
  const what = joined(clocks.slice(0, 1).map((c) => t(`content.${c.content}`)));
  const left = minutesUntil(scene, first.due);
  const params = { what, due: dueAt(scene, first.due) };
  if (left > 0) return t('remind.summary', { ...params, left: { minutes: left } });
  return left >= -1
    ? t('remind.summary_due', params)
    : t('remind.summary_overdue', { ...params, late: { minutes: -left } });
}

function reviewText({ state, regime, ia }: Scene): Text {
  const decision = state.notReportable;
  if (!decision) return t('remind.no_level');
  const scene = { state, regime, ia };
  const params = { by: personText(state, decision.by), at: at(scene, decision.at), reason: { raw: decision.reason } };
  return t('remind.review', params);
}

function obligationBlocks(scene: Scene, due: Reminder): readonly Block[] {
  return clocksOf(scene, due).map((clock): Block => {
    const params = {
      what: t(`content.${clock.content}`),
      recipient: recipientText(scene, clock.recipient),
      due: dueAt(scene, clock.due),
    };
    const key = clock.provisional ? 'remind.obligation_if' : 'remind.obligation';
    return { kind: 'text', text: t(key, params), strong: true };
  });
}

/** To a person only what is theirs; to a room who owes what. */
function owedBlocks(scene: Scene, reader: ActorId | null): readonly Block[] {
  const own = reader === null ? [] : missingFor(scene, reader);
  if (own.length > 0) {
    const missing = joined(own.map((field) => lawText(field.definition.label)));
    return [{ kind: 'text', text: t('remind.yours', { missing }) }];
  }
  const missing = missingText(scene, completeness(scene));
  const text = missing ? t('remind.missing', { missing }) : t('remind.nothing_missing');
  const early: readonly Block[] = missing ? [{ kind: 'note', text: t('remind.known_first') }] : [];
  return [{ kind: 'text', text }, ...early];
}

function fastestWay({ regime }: Scene): readonly Block[] {
  const hotline = regime.channels.find((channel) => channel.kind === 'phone');
  return hotline ? [{ kind: 'text', text: t('remind.fastest', { hotline: lawText(hotline.value) }) }] : [];
}

function actionsOf(scene: Scene, due: Reminder, reader: ActorId | null): readonly Action[] {
  const { state } = scene;
  const incident = { incident: state.id };
  const late = (minutesBefore(due.step) ?? 1) <= 0;
  const item = reader === null ? null : firstOwned(scene, reader);
  const fill = item === null ? [] : [primary(form('fill', t('act.fill_in'), 'item', { ...incident, item }))];
  const give = item === null ? [] : [form('give', t('act.give'), 'assign', { ...incident, item })];
  const snooze = reader === null || late ? [] : [intent('snooze', t('act.snooze'), { type: 'snooze', minutes: 15 })];
  const report = form('first_report_now', t('act.first_report_now'), 'first_report', incident);
  const file = state.drill ? [] : [form('file', t('act.file'), 'filing', incident)];
  const script = late ? [view('script', t('act.script'), 'script', incident)] : [];
  return [...fill, report, ...script, ...(late ? file : []), ...give, ...snooze];
}

function firstOwned(scene: Scene, reader: ActorId): string | null {
  const item = completeness(scene).find((one) => one.owner === reader && one.state !== 'done');
  return item?.id ?? null;
}

/** An item is now somebody's. */
export function itemTakenCard(scene: Scene, item: string): Card {
  return line(scene, t('remind.taken', { n: itemOf(scene, item)?.n ?? 0 }));
}
export function itemGivenCard(scene: Scene, item: string, owner: ActorId | null): Card {
  return line(scene, t('remind.given', { n: itemOf(scene, item)?.n ?? 0, owner: personText(scene.state, owner) }));
}

/** A running duration reached a threshold. */
export function crossedCard(scene: Scene, crossing: EventOf<'threshold_crossed'>['payload']): Card {
  const text = t('remind.crossed', { ...crossingParams(scene, crossing), at: at(scene, crossing.at) });
  return line(scene, scene.state.filings.length > 0 ? joined([text, rose(scene)], 'semicolon') : text);
}
function rose(scene: Scene): Text {
  return t('remind.rose', { level: levelText(scene.regime, scene.ia.assessment.floor) });
}
function crossingSoon(scene: Scene, due: Reminder): Text | null {
  const next = scene.ia.crossings.find((c) => due.obligations.includes(c.criterion) && minutesUntil(scene, c.at) >= 0);
  return next ? t('remind.soon', { ...crossingParams(scene, next), at: dueAt(scene, next.at) }) : null;
}
function crossingParams({ regime }: Scene, of: { fact: string; criterion: string; level: string }) {
  const threshold = thresholdsOf(regime, of.fact).find((one) => one.criterion === of.criterion);
  return {
    label: factLabel(regime, of.fact),
    threshold: quantity(definitionOf(regime, of.fact)?.unit, threshold?.value ?? 0),
    level: levelText(regime, of.level),
  };
}

function line(scene: Scene, text: Text): Card {
  const { state } = scene;
  const id = state.drill ? titled(state, { raw: state.id }) : { raw: state.id };
  return { tone: toneOf(scene), drill: state.drill, title: id, summary: text, blocks: [{ kind: 'text', text }] };
}
