import type { RecordedEvent } from '../../incident/record/events.ts';
import type { ReportLanguage } from '../../incident/report-document.ts';
import { reportWith } from '../../law/regime.ts';
import type { DrillResult } from '../drills/score.ts';
import { resultOf } from '../drills/score.ts';
import { type Sheet, sheetFor, type Written } from '../sheet.ts';

/** Record of an incident or drill as an inspection reads it. */
export interface InspectedRecord extends Written {
  readonly events: readonly RecordedEvent[];
  /** Hashes of the entries that the chain proves, by version. */
  readonly hashes: ReadonlyMap<number, string>;
}

/** Entry of a record that proves a claim; `file`: SHA-256 of the file it names. */
export interface Pointer {
  readonly incident: string;
  readonly version: number;
  readonly hash: string;
  readonly file?: string;
}

export interface Claim {
  readonly text: string;
  readonly pointers: readonly Pointer[];
}

/** Statement of a topic with references to its entries; without entries it names a gap of the record. */
export interface Statement {
  readonly text: string;
  readonly of: readonly Pick<Pointer, 'incident' | 'version'>[];
  readonly file?: string | undefined;
}

/** Record with the sheet used for its words, and its result if it is a drill that has ended. */
export interface Dossier extends InspectedRecord {
  readonly sheet: Sheet;
  readonly result: DrillResult | null;
}

export function dossierOf(record: InspectedRecord, language: ReportLanguage): Dossier {
  const { state, regime, events } = record;
  const order = { report: reportWith(regime, 'final'), cannotDetermine: [] };
  const result = state.drill && state.closed ? resultOf(record, events) : null;
  return { ...record, sheet: sheetFor(record, order, language), result };
}

/** Claims, with the entries of equal texts merged, and the statements without evidence. */
export function settled(
  statements: readonly Statement[],
  records: ReadonlyMap<string, Dossier>,
): { readonly claims: readonly Claim[]; readonly missing: readonly string[] } {
  const claims = new Map<string, readonly Pointer[]>();
  const missing: string[] = [];
  for (const { text, of, file } of statements) {
    if (of.length === 0) missing.push(text);
    const pointers = of.flatMap(({ incident, version }): readonly Pointer[] => {
      const hash = records.get(incident)?.hashes.get(version);
      return hash === undefined ? [] : [{ incident, version, hash, ...(file === undefined ? {} : { file }) }];
    });
    // A claim is dropped unless the chain proves all its entries.
    if (pointers.length === 0 || pointers.length < of.length) continue;
    claims.set(text, [...(claims.get(text) ?? []), ...pointers]);
  }
  return { claims: [...claims].map(([text, pointers]) => ({ text, pointers })), missing };
}
