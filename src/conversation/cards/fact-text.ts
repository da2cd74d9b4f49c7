import type { StatedValue } from '../../incident/commands/parts.ts';
import { CIRCUMSTANCES, CRIME, factsOfTicks } from '../../incident/facts/circumstances.ts';
import { isUnconfirmed, standingValue } from '../../incident/facts/standing.ts';
import { canonical } from '../../incident/record/chain.ts';
import type { FactEntry } from '../../incident/state.ts';
import { definitionOf } from '../../law/pack.ts';
import { cutsOf, type FactDefinition, type FactUnit, type Regime } from '../../law/regime.ts';
import {
  type Bounds,
  type Figures,
  factName,
  type Medium,
  optionName,
  saidQuantity,
  saidValue,
} from '../../report/values.ts';
import type { Param, Text } from './card.ts';
import { at, joined, ofPart, type Situation, t } from './situation.ts';

/** Label of a figure without the unit in parentheses, because the value has the unit. */
export function figureLabel(regime: Regime, fact: string): Text {
  const label = factName(regime, fact);
  if (!('law' in label)) return label;
  const { zh, en } = label.law;
  return { law: { zh: zh.replace(/（[^（）]*）$/, ''), en: en.replace(/ \([^()]*\)$/, '') } };
}

/** Texts of figures on cards: short, as stated. */
const FIGURES: Figures<Param, Text> = {
  say: t,
  raw: (raw) => ({ raw }),
  figure: (n, unit) => (unit === 'minutes' ? { minutes: n } : { amount: n }),
  words: { about: 'report.n.exact', from: 'value.at_least', upTo: 'value.at_most', band: 'value.range_below' },
};
const onCard = (situation: Situation): Medium<Param, Text> => ({
  ...FIGURES,
  moment: (instant) => at(situation, instant),
  option: (fact, option) => optionText(situation, fact, option),
  list: (parts) => joined(parts),
});

/** Quantity with its unit: 1.2 million people, 120万人, 6 h, 30%; {min: 300000, max: 399999} → 30万至不足40万人. */
export function quantity(unit: FactUnit | undefined, value: number | Bounds): Text {
  return saidQuantity(FIGURES, { unit }, value);
}
/** Quantity for a label or question that names what is counted: such a number is without a unit, others keep theirs. */
export function bareQuantity(unit: FactUnit | undefined, value: number): Text {
  return unit === 'people' || unit === 'count' ? t('value.count', { n: { amount: value } }) : quantity(unit, value);
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
  return saidValue(onCard(situation), situation.regime, fact, value);
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

/** Text of a fact's stated value, in the words of the button for a band of figures, which the person has just read. */
export function chosenValueText(situation: Situation, fact: string, entry: Pick<FactEntry, 'value'>): Text {
  const definition = definitionOf(situation.regime, fact);
  const bands = definition && !isUnconfirmed(situation.state, fact) ? bandsOf(situation.regime, definition) : [];
  const band = bands.find(({ value }) => canonical(value) === canonical(entry.value));
  return band?.label ?? statedValueText(situation, fact, entry);
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
