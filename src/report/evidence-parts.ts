import type { MessageKey } from '../i18n/keys.ts';
import type { Stamp } from '../incident/state.ts';
import { stampOf } from './format.ts';
import type { Section } from './model.ts';
import { proseOf, tableOf } from './paper.ts';
import { type Sheet, say } from './sheet.ts';
import { decidersText } from './timeline.ts';

/** Parts of the evidence paper: statements beside their proof, and missing points. */
export type Part = Omit<Section, 'number'> | null;

/** Proof of a statement: author, time and version in the record. */
export function proof(sheet: Sheet, stamp: Stamp): string {
  const { at, version } = stamp;
  return say(sheet, 'leniency.proof', { who: decidersText(sheet, stamp), at: stampOf(at), version });
}

export function missing(sheet: Sheet, id: string, key: MessageKey) {
  return proseOf(`${id}.missing`, say(sheet, key), say(sheet, 'leniency.missing'));
}

/** Statements in a table, each beside its proof. */
export function proven(
  sheet: Sheet,
  id: string,
  title: MessageKey,
  rows: readonly (readonly [string, string])[],
  beside: MessageKey = 'leniency.evidence',
) {
  return tableOf(sheet, id, rows, [
    [title, 58, ([text]) => text],
    [beside, 42, ([, source]) => source],
  ]);
}
