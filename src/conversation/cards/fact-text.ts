import type { StatedValue } from '../../incident/commands/parts.ts';
import { CIRCUMSTANCES, CRIME, factsOfTicks } from '../../incident/facts/circumstances.ts';
import { isUnconfirmed, standingValue } from '../../incident/facts/standing.ts';
import type { FactEntry } from '../../incident/state.ts';
import { definitionOf } from '../../law/pack.ts';
import { cutsOf, type FactDefinition, type FactUnit, type Regime, thresholdsOf } from '../../law/regime.ts';
import { type Bounds, factName, optionName, saidBounds } from '../../report/values.ts';
import type { Text } from './card.ts';
import { at, joined, ofPart, type Situation, t } from './situation.ts';

/** Label of a figure without the unit in parentheses, because the value has the unit. */
export function figureLabel(regime: Regime, fact: string): Text {
  const label = factName(regime, fact);
  if (!('law' in label)) return label;
  const { zh, en } = label.law;
  return { law: { zh: zh.replace(/（[^（）]*）$/, ''), en: en.replace(/ \([^()]*\)$/, '') } };
}

/** Quantity with its unit: 1.2 million people, 120万人, 6 h, 30 %. */
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
/** Quantity of a fact; money in another currency has its code. */
function amount(definition: FactDefinition | null, value: number): Text {
  const { unit, currency } = definition ?? {};
  if (currency === undefined) return quantity(unit, value);
  return t('value.money', { n: { amount: value }, currency: { raw: currency } });
}
/** Quantity for a label or question that names the unit: a number of people is without it, all others keep theirs. */
export function bareQuantity(unit: FactUnit | undefined, value: number): Text {
  return unit === 'people' ? t('value.count', { n: { amount: value } }) : quantity(unit, value);
}

export interface Band {
  readonly value: { readonly min: number; readonly max?: number };
  readonly label: Text;
}

/** Smallest step of a unit: a band ends one step below the next threshold, so bands neither overlap nor leave gaps. */
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
  if ('spans' in value) {
    const each = value.spans.map((one) =>
      typeof one === 'number' ? amount(definition, one) : spanText(situation, one),
    );
    return t('value.spans', { n: each.length, each: joined(each) });
  }
  return rangeText(situation.regime, definition, value);
}

/** Text of a fact's stated value; one that waits for a second person is marked and names the earlier value. */
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

function rangeText(regime: Regime, definition: FactDefinition | null, value: Bounds): Text {
  const { min = 0, max } = value;
  const band = definition && bandsOf(regime, definition).find((b) => b.value.min === min && b.value.max === max);
  if (band) return band.label;
  const limits = definition ? thresholdsOf(regime, definition.id).map((threshold) => threshold.value) : [];
  return boundsText(definition?.unit, value, (n) => amount(definition, n), limits);
}

/** Bounds of a quantity, e.g. {min: 300000, max: 399999} → 30万至不足40万人. */
export function boundsText(
  unit: FactUnit | undefined,
  bounds: Bounds,
  amountOf = (n: number): Text => quantity(unit, n),
  thresholds: readonly number[] = [],
): Text {
  const { min, max, below } = saidBounds(unit, bounds, thresholds);
  if (max === null) return t('value.at_least', { n: amountOf(min) });
  if (min === 0) return below ? t('band.under', { to: amountOf(max) }) : t('value.at_most', { n: amountOf(max) });
  const from = bareQuantity(unit, min);
  return below
    ? t('value.range_below', { min: from, below: amountOf(max) })
    : t('value.range', { min: from, max: amountOf(max) });
}

export function optionText(situation: Situation, fact: string, option: string): Text {
  if (fact === CIRCUMSTANCES) return tickText(situation, option);
  const name = optionName(situation, fact, option);
  if ('instant' in name) return t('value.count', { n: at(situation, name.instant) });
  if (fact === 'system' && 'raw' in name) return ofPart('answers', name);
  return fact === 'signatory' || fact === 'contact_phone' ? ofPart('texts', name) : name;
}

function tickText(situation: Situation, tick: string): Text {
  const [fact, value] = Object.entries(factsOfTicks([tick]) ?? {})[0] ?? [];
  if (fact === undefined || value === undefined) return { raw: tick };
  return fact === CRIME ? t('ask.circumstances.crime') : valueText(situation, fact, value);
}
