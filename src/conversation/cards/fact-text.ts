import { isMessageKey } from '../../i18n/translate.ts';
import type { StatedValue } from '../../incident/commands.ts';
import { CIRCUMSTANCES, CRIME, factsOfTicks } from '../../incident/facts/circumstances.ts';
import { isUnconfirmed, standingValue } from '../../incident/facts/standing.ts';
import type { FactEntry } from '../../incident/state.ts';
import { definitionOf as definitionIn } from '../../law/pack.ts';
import { cutsOf, type FactDefinition, type FactUnit, type Regime } from '../../law/regime.ts';
import type { Text } from './card.ts';
import { at, joined, lawText, ofPart, type Situation, t } from './situation.ts';

/**
 * Definition of a fact in the law set; null if unknown. This file names facts, cuts them into bands and shows their
 * values.
 */
export function definitionOf(regime: Regime, fact: string): FactDefinition | null {
  return definitionIn(regime, fact) ?? null;
}

/** The label of a figure without the unit in parentheses that its value carries anyway. */
export function figureLabel(regime: Regime, fact: string): Text {
  const label = factLabel(regime, fact);
  if (!('law' in label)) return label;
  const { zh, en } = label.law;
  return { law: { zh: zh.replace(/（[^（）]*）$/, ''), en: en.replace(/ \([^()]*\)$/, '') } };
}

export function factLabel(regime: Regime, fact: string): Text {
  const definition = definitionOf(regime, fact);
  if (definition) return { law: definition.label };
  const anchor = regime.packAnchors?.find(({ id }) => id === fact);
  const named = anchor?.label ?? regime.flags.find(({ id }) => id === fact)?.name;
  if (named) return { law: named };
  const operator = fact === 'operator' ? regime.operatorQuestion?.label : undefined;
  if (operator) return lawText(operator);
  const key = `fact.${fact}`;
  return isMessageKey(key) ? t(key) : { raw: fact };
}

/** A quantity with its unit: 1.2 million people, 120万人, 6 h, 30 %. */
export function quantity(unit: FactUnit | undefined, value: number): Text {
  switch (unit) {
    case 'minutes':
      return t('value.count', { n: { minutes: value } });
    case 'people':
      return t('value.people', { n: { amount: value } });
    case 'cny':
      return t('value.cny', { n: { amount: value } });
    case 'percent':
      return t('value.percent', { n: { amount: value } });
    default:
      return t('value.count', { n: { amount: value } });
  }
}
/** Quantity of a fact: money in another currency carries its code. */
function amount(definition: FactDefinition | null, value: number): Text {
  const { unit, currency } = definition ?? {};
  if (currency === undefined) return quantity(unit, value);
  return t('value.money', { n: { amount: value }, currency: { raw: currency } });
}
/** Quantity without its unit, for places where a label or a question already names what is counted. */
export function bareQuantity(unit: FactUnit | undefined, value: number): Text {
  return unit === 'people' ? t('value.count', { n: { amount: value } }) : quantity(unit, value);
}

export interface Band {
  readonly value: { readonly min: number; readonly max?: number };
  readonly label: Text;
}

/** Smallest step of a unit: bands end one step below the next threshold, so that they neither overlap nor leave gaps. */
const STEP: Readonly<Record<FactUnit, number>> = { minutes: 1, percent: 0.01, people: 1, cny: 0.01, count: 1 };

/** Bands made from the thresholds of a figure, smallest first. */
export function bandsOf(regime: Regime, definition: FactDefinition): readonly Band[] {
  const cuts = cutsOf(regime, definition.id);
  const { unit } = definition;
  const step = STEP[unit ?? 'count'];
  const below = (value: number) => Math.round((value - step) * 100) / 100;
  return [0, ...cuts].map((from, index): Band => {
    const to = cuts[index];
    if (to === undefined) return { value: { min: from }, label: t('band.from', { from: bareQuantity(unit, from) }) };
    const value = { min: from, max: below(to) };
    if (from === 0) return { value, label: t('band.under', { to: bareQuantity(unit, to) }) };
    return { value, label: t('band.between', { from: bareQuantity(unit, from), to: bareQuantity(unit, to) }) };
  });
}

/** Text of a stated value, e.g. "12,000 people". */
export function valueText(situation: Situation, fact: string, value: StatedValue): Text {
  if (value === 'unknown') return t('value.unknown');
  const definition = definitionOf(situation.regime, fact);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number') return amount(definition, value);
  if (typeof value === 'string') return optionText(situation, fact, value);
  if (Array.isArray(value)) return joined(value.map((one) => optionText(situation, fact, one)));
  if ('oneOf' in value)
    return t('value.one_of', { options: joined(value.oneOf.map((o) => optionText(situation, fact, o))) });
  if ('since' in value) return spanText(situation, value);
  return rangeText(situation.regime, definition, value);
}

/** The stated value of a fact; one that waits for a second person says so, with the value that stands beside it. */
export function statedValueText(situation: Situation, fact: string, { value }: Pick<FactEntry, 'value'>): Text {
  const text = valueText(situation, fact, value);
  const { state } = situation;
  if (state.facts[fact]?.value !== value || !isUnconfirmed(state, fact)) return text;
  const was = standingValue(state, fact);
  return was
    ? t('value.unconfirmed', { value: text, was: valueText(situation, fact, was.value) })
    : t('value.unconfirmed_new', { value: text });
}

function spanText(situation: Situation, value: { since: string; until?: string | undefined }): Text {
  if (value.until === undefined) return t('value.since', { since: at(situation, value.since) });
  const minutes = (Date.parse(value.until) - Date.parse(value.since)) / 60_000;
  return t('value.span', { since: at(situation, value.since), until: at(situation, value.until), length: { minutes } });
}

function rangeText(
  regime: Regime,
  definition: FactDefinition | null,
  value: { min?: number | undefined; max?: number | undefined },
): Text {
  const unit = definition?.unit;
  const band =
    definition && bandsOf(regime, definition).find((b) => b.value.min === value.min && b.value.max === value.max);
  if (band) return band.label;
  return boundsText(unit, value, (n) => amount(definition, n));
}

/** Bounds of a quantity, e.g. {min: 300000, max: 399999} → 30万至不足40万人. */
export function boundsText(
  unit: FactUnit | undefined,
  { min, max }: { min?: number | undefined; max?: number | undefined },
  amountOf = (n: number): Text => quantity(unit, n),
): Text {
  if (max === undefined) return t('value.at_least', { n: amountOf(min ?? 0) });
  if (min === undefined || min === 0) return t('value.at_most', { n: amountOf(max) });
  // 1,299,999 is how "below 1.3 million" is kept.
  const below = max + 1;
  if (unit !== 'minutes' && below % ROUND === 0)
    return t('value.range_below', { min: bareQuantity(unit, min), below: quantity(unit, below) });
  return t('value.range', { min: bareQuantity(unit, min), max: quantity(unit, max) });
}
/** A bound that ends just below a multiple of this was given as "below" it. */
const ROUND = 1_000;

export function aspectText(aspect: string): Text {
  const key = `aspect.${aspect}`;
  return isMessageKey(key) ? t(key) : { raw: aspect };
}

function optionText(situation: Situation, fact: string, option: string): Text {
  const { regime, state } = situation;
  if (fact === 'affected') return aspectText(option);
  if (fact === CIRCUMSTANCES) return tickText(situation, option);
  if (fact === 'operator') return named(regime.operators, option);
  if (fact === 'incident_type') return typeText(regime, option);
  if (fact === 'system') {
    const system = state.organisation?.systems.find((s) => s.id === option);
    return system ? ofPart('answers', system.name) : t('ask.system.other');
  }
  if (fact === 'province') return named(regime.provinces.list, option);
  if (fact === 'signatory' || fact === 'contact_phone') return ofPart('texts', option);
  if (fact === 'occurrence' || regime.packAnchors?.some(({ id }) => id === fact))
    return t('value.count', { n: at(situation, option) });
  return named(definitionOf(regime, fact)?.options ?? [], option);
}

function tickText(situation: Situation, tick: string): Text {
  const [fact, value] = Object.entries(factsOfTicks([tick]) ?? {})[0] ?? [];
  if (fact === undefined || value === undefined) return { raw: tick };
  return fact === CRIME ? t('ask.circumstances.crime') : valueText(situation, fact, value);
}

function named(list: readonly { readonly id: string; readonly name: { zh: string; en: string } }[], id: string): Text {
  const found = list.find((one) => one.id === id);
  return found ? { law: found.name } : { raw: id };
}

/** A category or type of GB/T 20986. */
export function typeText(regime: Regime, id: string): Text {
  return named([...regime.types, ...regime.types.flatMap((category) => category.types)], id);
}
