import { clashingVersions } from '../incident/facts/fields.ts';
import { onceFor } from '../incident/facts/once.ts';
import type { ReportLanguage, Run } from '../incident/report-document.ts';
import type { FieldEntry } from '../incident/state.ts';
import { entryOf } from '../law/lookup.ts';
import type { FieldDefinition } from '../law/regime.ts';
import { nameOfField } from '../law/regime.ts';
import { type Reader, toldField } from '../law/told.ts';
import { derivedRuns } from './derived.ts';
import { figuresOf } from './figures.ts';
import { clauses, estimatedWords, isName, languageOf, phrase, toSupplement, wordsRuns } from './runs.ts';
import { type Sheet, say } from './sheet.ts';

/**
 * State of a field. `derived`: filled from the record. `unconfirmed`: text without a confirmed report wording, so it is
 * not in the report. `clash`: texts of two people differ and none is chosen.
 */
export type FieldState = 'known' | 'estimate' | 'unknown' | 'missing' | 'clash' | 'derived' | 'unconfirmed';

export interface FieldReading {
  readonly definition: FieldDefinition;
  readonly state: FieldState;
  readonly entry: FieldEntry | null;
  /** Printed runs; null where the report leaves the field open. */
  readonly runs: readonly Run[] | null;
  /** True for a confirmed wording that is not Chinese. */
  readonly foreign: boolean;
}

const once = onceFor<FieldReading>();

/** State of one field, and the runs that the report prints for it; no other place decides these two. */
export function readField(sheet: Sheet, definition: FieldDefinition): FieldReading {
  // The status of the items, both languages of the text and its comparison ask for the same field.
  return once(sheet, `${sheet.role} ${sheet.language} ${definition.id}`, () => {
    const entry = sheet.state.fields[definition.id] ?? null;
    const worded = entry && wordedRuns(sheet, definition, entry);
    if (worded) {
      const foreign = languageOf(entry.wording?.text ?? '') === 'en';
      const state = entry.current?.state === 'estimate' ? 'estimate' : 'known';
      const figures = figuresBeside(sheet, definition, wordingOf(sheet, definition.id) ?? '');
      return { definition, state, entry, runs: [...worded, ...figures], foreign };
    }
    const derived = derivedRuns(sheet, definition) ?? fromFirstReport(sheet, definition);
    return { definition, state: stateOf(entry, derived !== null), entry, runs: derived, foreign: false };
  });
}

/**
 * Reading of a field for one kind of reader: the words written for that reader, otherwise the record's own data. A
 * foreign authority also gets the report's wording if that is in the paper's language; words for one reader are shown
 * to no other.
 */
export function readFor(
  sheet: Sheet,
  definition: FieldDefinition,
  reader: Reader,
  language: ReportLanguage,
): FieldReading {
  const told = readField(sheet, { ...definition, id: toldField(definition.id, reader) });
  const reading = reader === 'authority' && told.state !== 'known' ? readField(sheet, definition) : told;
  const isOther = !isName(definition) && !isReadable(sheet, reading.runs, language);
  return isOther ? { ...reading, definition, state: 'unconfirmed', runs: null } : { ...reading, definition };
}

/** Words of one line of a paper that a person wrote; null while there are none in the language of the paper. */
export function toldRuns(sheet: Sheet, id: string, language: ReportLanguage): readonly Run[] | null {
  const words = wordingOf(sheet, id);
  const runs = words === null ? null : wordsRuns(sheet, words, id);
  return isReadable(sheet, runs, language) ? runs : null;
}

/** Returns false for words that an English paper cannot print; a reading copy in the other language quotes them. */
function isReadable(sheet: Sheet, runs: readonly Run[] | null, language: ReportLanguage): boolean {
  if (sheet.language !== 'en' || language !== 'en') return true;
  return runs?.every((run) => run.kind !== 'words' || run.language === 'en') ?? true;
}

/** Text from fields of the first report, for a part of the summary that nobody wrote yet. */
function fromFirstReport(sheet: Sheet, { id }: FieldDefinition): readonly Run[] | null {
  const { regime } = sheet;
  const answers = regime.parts.find((part) => part.id === id)?.from ?? [];
  if (answers.length === 0) return null;
  const fields = regime.items.flatMap((item) => item.fields);
  const known = answers
    .flatMap((answer) => fields.find((field) => field.id === answer) ?? [])
    .flatMap((field) => {
      const { runs } = readField(sheet, field);
      return runs ? [runs] : [];
    });
  return known.length === 0 ? null : clauses(sheet, known);
}

function stateOf(entry: FieldEntry | null, derived: boolean): FieldState {
  if (entry && clashingVersions(entry).length > 0) return 'clash';
  if (entry?.current?.state === 'known' || entry?.current?.state === 'estimate') return 'unconfirmed';
  if (derived) return 'derived';
  return entry?.current?.state === 'unknown' ? 'unknown' : 'missing';
}

/** Wording of a field that a person confirmed; null if there is none, or if it is stale. */
export function wordingOf({ state }: Pick<Sheet, 'state'>, id: string): string | null {
  const entry = entryOf(state.fields, id);
  const text = entry?.wording?.text.trim();
  return !text || clashingVersions(entry).length > 0 || entry?.current?.state === 'unknown' ? null : text;
}

function wordedRuns(sheet: Sheet, { id, from }: FieldDefinition, entry: FieldEntry): readonly Run[] | null {
  const text = wordingOf(sheet, id);
  if (text === null || (from === 'level' && namesOtherLevel(sheet, text))) return null;
  return entry.current?.state === 'estimate'
    ? estimatedWords(sheet, text, id, entry.current.asOf)
    : wordsRuns(sheet, text, id);
}

/** Returns true for words about another level than the decided one: they were written earlier and are not used. */
function namesOtherLevel({ ia, regime }: Sheet, text: string): boolean {
  const level = regime.levels.find(({ id }) => id === ia.level);
  return ia.levelDecided && level !== undefined && !text.includes(level.short.zh);
}

/** Patterns of words that contain a figure, by the unit of a fact. */
const NAMES: Readonly<Record<string, RegExp>> = {
  people: /[\d一二三四五六七八九十百千万亿余多几]\s*(?:余|多)?(?:名|个|位|人|用户|会员|people|users|customers)/iu,
  cny: /[\d一二三四五六七八九十百千万亿余多几]\s*(?:余|多)?(?:元|yuan|RMB|CNY)/iu,
};

/** Recorded figures that a fixed wording omits or cannot contain: appended, as of the time of the report. */
function figuresBeside(sheet: Sheet, { id }: FieldDefinition, text: string): readonly Run[] {
  if (nameOfField(id) !== 'impact') return [];
  return figuresOf(sheet)
    .filter(({ running, unit }) => running || (unit !== null && NAMES[unit]?.test(text) === false))
    .flatMap(({ runs }) => [phrase(say(sheet, 'report.semicolon')), ...runs]);
}

/** Facts that are established by investigation, as opposed to facts that a person has to assess. */
const ESTABLISHED = new Set(['preservation']);

/** Fields that the unit itself knows or decides: they get a blank, because "being verified" would be untrue. */
const BLANKS = new Set(['unit', 'system', 'place', 'type', 'level']);

/** Returns true if the report leaves a blank for the field instead of a note on its verification. */
export function isLeftBlank({ definition, state }: FieldReading): boolean {
  return state === 'unconfirmed' || state === 'clash' || BLANKS.has(nameOfField(definition.id));
}

/** Blank for a field with text that a person still has to confirm or choose; null for any other field. */
export function openRun(sheet: Sheet, { definition, state }: FieldReading): Run | null {
  if (state === 'unconfirmed') return toSupplement(say(sheet, 'report.wording_open'), definition.id);
  return state === 'clash' ? toSupplement(say(sheet, 'report.version_open'), definition.id) : null;
}

/**
 * Placeholder for a field that is not printed. Only items that may follow are announced as following; a text that waits
 * for confirmation gets a blank.
 */
export function pendingRun(sheet: Sheet, reading: FieldReading): Run {
  const { id, required } = reading.definition;
  const name = nameOfField(id);
  const written = openRun(sheet, reading);
  if (written) return written;
  if (name === 'other') return phrase(say(sheet, 'report.nothing_more'));
  if (BLANKS.has(name)) return toSupplement(say(sheet, 'report.blank'), id);
  if (name === 'impact' && sheet.cannotDetermine.includes('impact')) {
    return toSupplement(say(sheet, 'report.analysing'), id);
  }
  if (required !== 'may_follow') return toSupplement(say(sheet, 'report.verifying_now'), id);
  return toSupplement(say(sheet, ESTABLISHED.has(name) ? 'report.verifying' : 'report.analysing'), id);
}

/** Returns true if the report omits the field when nobody filled it. */
export function isOptional({ id, required }: FieldDefinition): boolean {
  return required === 'optional' && nameOfField(id) !== 'occurrence_time' && nameOfField(id) !== 'other';
}
