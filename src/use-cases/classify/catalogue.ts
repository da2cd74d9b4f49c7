import type { Catalogue } from '../../incident/decide/context.ts';
import type { FactShape } from '../../incident/facts/context-facts.ts';
import { startOfDay } from '../../law/calendar.ts';
import { keptFor } from '../../law/kept-for.ts';
import { isJudgement } from '../../law/pack.ts';
import { channelsTo, type FactDefinition, type Regime } from '../../law/regime.ts';
import { toldPlace } from '../../law/told.ts';

/** Catalogue of a law set for deciding commands: its facts, items, fields, questions and channels. */
export const catalogueOf = keptFor(makeCatalogue);

function makeCatalogue(regime: Regime): Catalogue {
  const definitions = [...regime.factDefinitions, ...(regime.packFacts ?? [])];
  const instants = (regime.packAnchors ?? []).map(({ id }) => [id, { kind: 'instant' }] as const);
  const flags = regime.flags.filter(({ from }) => from === undefined);
  const facts = new Map<string, FactShape>([
    ['operator', { kind: 'operator', options: regime.operators.map(({ id }) => id) }],
    ...flags.map(({ id }) => [id, { kind: 'boolean' }] as const),
    ...definitions.map((d) => [d.id, shapeOf(d)] as const),
    ...instants,
  ]);
  const items = new Set([...regime.items.map((i) => i.id), ...regime.parts.map((p) => p.id)]);
  const fields = new Set([...regime.items.flatMap((i) => i.fields.map((f) => f.id)), ...regime.parts.map((p) => p.id)]);
  const readings = new Map(regime.openQuestions.map((q) => [q.id, q.readings.map((r) => r.id)]));
  const channels = new Map(regime.channels.map((c) => [c.id, c.kind]));
  const recipients = new Set(regime.recipients.map((r) => r.id));
  const all = regime.items.flatMap((i) => i.fields);
  const following = new Set(all.filter((f) => f.required === 'may_follow').map((f) => f.id));
  const level = all.find((f) => f.from === 'level');
  const types = new Set(regime.types.flatMap((category) => [category.id, ...category.types.map((t) => t.id)]));
  return {
    fact: (id) => facts.get(id) ?? null,
    isJudgement: (id) => isJudgement(regime, id),
    hasItem: (id) => items.has(id),
    hasField: (id) => fields.has(id),
    hasWords: (id) => fields.has(id) || toldPlace(regime, id) !== null,
    readings: (question) => readings.get(question) ?? null,
    hasChannel: (id) => channels.has(id),
    channelKind: (id) => channels.get(id) ?? null,
    channelsTo: (recipient) => channelsTo(regime, recipient).map(({ id }) => id),
    mayFollow: (field) => following.has(field),
    levelField: level?.id ?? null,
    hasRecipient: (id) => recipients.has(id),
    hasType: (id) => types.has(id),
    inForceFrom: startOfDay(regime.effective, regime.zone),
  };
}

function shapeOf(definition: FactDefinition): FactShape {
  const options = definition.options?.map((o) => o.id);
  return {
    kind: definition.kind === 'judgement' ? 'one' : definition.kind,
    ...(options ? { options } : {}),
    ...(definition.max === undefined ? {} : { max: definition.max }),
  };
}
