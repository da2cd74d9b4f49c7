import { readFigure } from '../conversation/asking/read-answer.ts';
import { readPast } from '../conversation/asking/value-readings.ts';
import { fold } from '../conversation/text/characters.ts';
import { yesOrNoIn } from '../conversation/text/commands/command-words.ts';
import { type StatedValue, statedValueSchema } from '../incident/commands/parts.ts';
import { isoOf } from '../incident/drill-clock.ts';
import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import { CONTEXT_FACTS, type FactShape } from '../incident/facts/context-facts.ts';
import type { Supposition, supposing } from '../incident/facts/what-if.ts';
import type { IncidentState } from '../incident/state.ts';
import { dateOf, startOfDay } from '../law/calendar.ts';
import { rankOf } from '../law/levels.ts';
import { entryOf } from '../law/lookup.ts';
import { definitionOf, type Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { catalogueOf } from './classify/catalogue.ts';
import type { Refusal } from './ports.ts';
import type { WhatIfInput } from './what-if-answer.ts';

/** Law with this name; undefined for no name, null for an unknown one. */
export function lawNamed(
  { regime, packs }: { readonly regime: Regime; readonly packs: readonly Pack[] },
  name: string | undefined,
): Supposition['law'] | null {
  if (name === undefined || name === '') return undefined;
  const pack = packs.find(({ id }) => id === name);
  if (pack) return { pack };
  const edition = name === regime.id || name === regime.version ? regime : regime.editions?.get(name);
  return edition ? { regime: edition } : null;
}

/** Offset (ms) of a day's last minute. */
const LAST_MINUTE = 86_340_000;

/** Circumstances as the engine needs them; a refusal names the unreadable one. `now`: incident time. */
export function suppositionOf(
  state: IncidentState,
  { awareness, facts = {}, readings }: WhatIfInput,
  law: Regime,
  now: string,
): Supposition | Refusal {
  // A clock time is on the day of the incident, however long ago.
  const date = dateOf(state.awareness?.instant ?? state.declared.at, law.zone);
  const day = isoOf(Math.min(Date.parse(now), Date.parse(startOfDay(date, law.zone)) + LAST_MINUTE));
  const start = awareness === undefined || awareness === '' ? undefined : readPast(awareness, day);
  if (start && (!start.ok || start.value === 'unknown'))
    return { code: 'no_such_time', field: 'awareness', params: { words: awareness ?? '' } };
  const values: [string, StatedValue][] = [];
  for (const [fact, given] of Object.entries(facts)) {
    const stated =
      typeof given === 'string' ? valueRead(law, fact, given, day) : statedValueSchema.safeParse(given).data;
    const value = stated ?? null;
    if (value === null) return explained({ code: 'invalid_value', field: `facts.${fact}`, params: { fact } }, law);
    values.push([fact, value]);
  }
  return { facts: Object.fromEntries(values), readings, awareness: start?.value };
}

/** Value of a fact from words; null if unreadable. The engine refuses an unknown fact, so its words are passed on. */
function valueRead(law: Regime, fact: string, words: string, day: string): StatedValue | null {
  const shape = shapeOf(law, fact);
  if (words === 'unknown') return words;
  switch (shape?.kind) {
    case 'number':
    case 'duration': {
      const read = readFigure(definitionOf(law, fact), words);
      return read.ok ? read.value : null;
    }
    case 'boolean':
      return yesOrNoIn(fold(words)) ?? (words === 'true' ? true : words === 'false' ? false : null);
    case 'many':
      return words.split(/[,，、]/).map((one) => one.trim());
    case 'operator':
      return words.includes(',') ? words.split(',').map((one) => one.trim()) : words;
    case 'instant': {
      const read = readPast(words, day);
      return read.ok ? read.value : null;
    }
    default:
      return words;
  }
}

/** Allowed values of a fact under a law; null if it has no such fact. */
export function shapeOf(law: Regime, fact: string): FactShape | null {
  return entryOf(CONTEXT_FACTS, fact) ?? catalogueOf(law).fact(fact);
}

/** Refusal with the accepted values, for people without a form. */
export function explained(refusal: Refusal, law: Regime): Refusal {
  const { code, field = '', params = {} } = refusal;
  const fact = field.replace(/^facts\./, '');
  if (code === 'unknown_fact') return { code: 'no_such_fact', field, params: { fact } };
  const question = law.openQuestions.find(({ id }) => field === `readings.${id}`);
  if (code === 'unknown_question' || code === 'unknown_reading') {
    const known = question ? question.readings : law.openQuestions;
    const name = params[question ? 'reading' : 'question'] ?? '';
    return { code: 'no_such_reading', field, params: { name, known: known.map(({ id }) => id).join(', ') } };
  }
  const options = shapeOf(law, fact)?.options;
  if (code !== 'invalid_value' || !options) return refusal;
  return { code: 'no_such_option', field, params: { fact, known: options.join(', ') } };
}

/** Name that stands for the reading of a question with the highest level and, among equals, the earliest limit. */
const STRICT = 'strict';

/** Supposition with `strict` replaced by the reading with the highest level, then the earliest limit. */
export function withStrictReadings(
  supposition: Supposition,
  suppose: ReturnType<typeof supposing>,
  { openQuestions }: Regime,
): Supposition {
  let meant = supposition;
  for (const [question, reading] of Object.entries(supposition.readings ?? {})) {
    const readings = openQuestions.find(({ id }) => id === question)?.readings ?? [];
    if (reading !== STRICT || readings.some(({ id }) => id === STRICT)) continue;
    const before = meant;
    const tried = readings.flatMap(({ id }) => {
      const one = { ...before, readings: { ...before.readings, [question]: id } };
      const found = suppose(one);
      return found.ok ? [{ one, rank: strictness(found.would) }] : [];
    });
    const [strictest] = tried.toSorted((a, b) => b.rank.level - a.rank.level || a.rank.due - b.rank.due);
    meant = strictest?.one ?? before;
  }
  return meant;
}

function strictness({ regime, assessment, clocks }: IncidentAssessment): {
  readonly level: number;
  readonly due: number;
} {
  const dues = clocks.flatMap(({ status, due }) => (status === 'void' ? [] : [Date.parse(due)]));
  return { level: rankOf(regime, assessment.floor), due: Math.min(...dues) };
}
