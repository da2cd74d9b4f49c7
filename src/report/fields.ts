import { clashingVersions } from '../incident/fields.ts';
import type { FieldEntry } from '../incident/state.ts';
import type { FieldDefinition } from '../law/regime.ts';
import { derivedRuns, nameOfField } from './derived.ts';
import { figuresOf } from './figures.ts';
import type { Run } from './model.ts';
import { estimatedWords, languageOf, phrase, toSupplement, wordsRuns } from './runs.ts';
import { type Sheet, say } from './sheet.ts';

/**
 * `derived`: the record itself answers it. `unconfirmed`: somebody wrote it, nobody confirmed a report wording, so it is
 * not in the report. `clash`: two people wrote different things and none is chosen.
 */
export type FieldState = 'known' | 'estimate' | 'unknown' | 'missing' | 'clash' | 'derived' | 'unconfirmed';

export interface FieldReading {
  readonly definition: FieldDefinition;
  readonly state: FieldState;
  /** What the report says; null where nothing is known. */
  readonly runs: readonly Run[] | null;
  /** A confirmed wording that is not Chinese. */
  readonly foreign: boolean;
}

/** How one field stands and what the report says for it. */
export function readField(sheet: Sheet, definition: FieldDefinition): FieldReading {
  const entry = sheet.state.fields[definition.id];
  const worded = entry ? wordedRuns(sheet, definition.id, entry) : null;
  if (worded) {
    const foreign = languageOf(entry?.wording?.text ?? '') === 'en';
    const state = entry?.current?.state === 'estimate' ? 'estimate' : 'known';
    return { definition, state, runs: [...worded, ...stillRunning(sheet, definition)], foreign };
  }
  const derived = derivedRuns(sheet, definition);
  return { definition, state: stateOf(entry, derived !== null), runs: derived, foreign: false };
}

function stateOf(entry: FieldEntry | undefined, derived: boolean): FieldState {
  if (entry && clashingVersions(entry).length > 0) return 'clash';
  if (entry?.current?.state === 'known' || entry?.current?.state === 'estimate') return 'unconfirmed';
  if (derived) return 'derived';
  return entry?.current?.state === 'unknown' ? 'unknown' : 'missing';
}

/** Only a wording that a person confirmed, and that still belongs to the version that counts. */
function wordedRuns(sheet: Sheet, id: string, entry: FieldEntry): readonly Run[] | null {
  const text = entry.wording?.text.trim();
  if (!text || clashingVersions(entry).length > 0 || entry.current?.state === 'unknown') return null;
  return entry.current?.state === 'estimate'
    ? estimatedWords(sheet, text, id, entry.current.asOf)
    : wordsRuns(sheet, text, id);
}

/** What goes on cannot be in a fixed wording: it is added as of the time of the report. */
function stillRunning(sheet: Sheet, { id }: FieldDefinition): readonly Run[] {
  if (nameOfField(id) !== 'impact') return [];
  return figuresOf(sheet)
    .filter(({ running }) => running)
    .flatMap(({ runs }) => [phrase(say(sheet, 'report.semicolon')), ...runs]);
}

/** Facts that are being established, as against what somebody has to assess. */
const ESTABLISHED = new Set(['preservation', 'occurrence_time']);

/** What stands where nothing can be said yet. */
export function pendingRun(sheet: Sheet, { id, required }: FieldDefinition): Run {
  if (nameOfField(id) === 'other') return phrase(say(sheet, 'report.nothing_more'));
  const impact = nameOfField(id) === 'impact' && sheet.cannotDetermine.includes('impact');
  const assessed = impact || (required === 'may_follow' && !ESTABLISHED.has(nameOfField(id)));
  return toSupplement(say(sheet, assessed ? 'report.analysing' : 'report.verifying'), id);
}

/** Whether the report leaves the field out when nobody filled it. */
export function isOptional({ id, required }: FieldDefinition): boolean {
  return required === 'optional' && nameOfField(id) !== 'occurrence_time' && nameOfField(id) !== 'other';
}
