import type { Paragraph, ReportLanguage, Run } from '../incident/report-document.ts';
import type { Filing } from '../incident/state.ts';
import type { FieldDefinition } from '../law/regime.ts';
import type { Iso } from '../law/types.ts';
import { asOfText, englishMoment, momentOf, stampOf } from './format.ts';
import { type Sheet, say } from './sheet.ts';

export function phrase(text: string): Run {
  return { kind: 'phrase', text };
}
export function factRun(text: string, of: string): Run {
  return { kind: 'fact', text: printable(text), of };
}
export function toSupplement(text: string, of: string): Run {
  return { kind: 'to_supplement', text, of };
}

/** Time of a filing, e.g. `2026年3月31日12时30分`, marked while no second person confirmed it. */
export function filedAtText(sheet: Pick<Sheet, 'language'>, { filedAt, unconfirmed }: Filing): string {
  return `${momentOf(filedAt, sheet.language)}${unconfirmed === undefined ? '' : say(sheet, 'report.unconfirmed')}`;
}

/** The same for tables, e.g. `2026-03-31 12:30`. */
export function filedStamp(sheet: Pick<Sheet, 'language'>, { filedAt, unconfirmed }: Filing): string {
  return `${stampOf(filedAt)}${unconfirmed === undefined ? '' : say(sheet, 'report.unconfirmed')}`;
}

/**
 * Text without characters that no file format can hold (control characters, half surrogates), or that turn the text
 * after them around, as in a malware's name that reads "invoiceexe.pdf"; line ends become \n.
 */
export function printable(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/ *\n\s*/g, '\n');
  return lines.replace(/[[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd-\uffff]--\n]/gv, '');
}

/** Language of a text: Chinese if it has a Chinese character, or only figures. */
export function languageOf(text: string): ReportLanguage {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{Script=Latin}{2}/u.test(text) ? 'en' : 'zh';
}

/** Returns true for a field that holds a registered name: of the unit or of a system. */
export function isName({ from }: Pick<FieldDefinition, 'from'>): boolean {
  return from === 'entity' || from === 'system';
}

/** Returns true for a text that may be report wording: Chinese, or a registered name. */
export function isReportWording(text: string, definition: Pick<FieldDefinition, 'from'>): boolean {
  return isName(definition) || languageOf(text) === 'zh';
}

/** Runs of a person's words; in the English version, words of another language are quoted as untranslated. */
export function wordsRuns(sheet: Sheet, text: string, of: string): readonly Run[] {
  const shown = printable(text)
    .trim()
    .replace(/[。；;.]+$/u, '');
  const moment = sheet.language === 'en' ? englishMoment(shown) : null;
  if (moment !== null) return [{ kind: 'words', text: moment, of, language: 'en' }];
  const run: Run = { kind: 'words', text: shown, of, language: languageOf(shown) };
  if (sheet.language === 'zh' || !/\p{Script=Han}/u.test(shown)) return [run];
  return [phrase('“'), run, phrase('”'), phrase(say(sheet, 'report.untranslated'))];
}

export const SAYS_ESTIMATE = /初步|估计|估算|预计/u;

/** Text of an estimated field: 初步统计约…（截至…）, without repeating words already in it. */
export function estimatedWords(sheet: Sheet, text: string, of: string, asOf: Iso | null): readonly Run[] {
  const said = SAYS_ESTIMATE.test(text);
  const counted = /^[\d０-９]/u.test(text) || /^(约|大约|近)/u.test(text);
  const opening = said ? [] : [estimateRun(say(sheet, counted ? openingOf(text) : 'report.estimate.clause'), of)];
  const dated = /截至|截止/u.test(text) || asOf === null;
  const closing = dated ? [] : [asOfRun(sheet, asOf, of)];
  return [...opening, ...wordsRuns(sheet, text, of), ...closing];
}
function openingOf(text: string): 'report.estimate.about' | 'report.estimate.plain' {
  return /^(约|大约|近)/u.test(text) ? 'report.estimate.plain' : 'report.estimate.about';
}

export function estimateRun(text: string, of: string, stable?: string): Run {
  return stable === undefined ? { kind: 'estimate', text, of } : { kind: 'estimate', text, of, stable };
}
/** Time up to which an estimate holds. On a later day it includes the date, which does not change the estimate. */
export function asOfRun(sheet: Sheet, asOf: Iso, of: string): Run {
  const said = (at: string) => say(sheet, 'report.estimate.as_of', { at });
  const stable = said(momentOf(asOf, sheet.language));
  return estimateRun(said(asOfText(asOf, sheet.compiledAt, sheet.language)), of, stable);
}

/** Several statements in one sentence, with semicolons between them. */
export function clauses(sheet: Sheet, all: readonly (readonly Run[])[]): readonly Run[] {
  return all.flatMap((runs, i) => (i === 0 ? runs : [phrase(say(sheet, 'report.semicolon')), ...runs]));
}

/** Runs as one sentence, with a full stop at the end unless they have one. */
export function sentence(sheet: Sheet, runs: readonly Run[]): readonly Run[] {
  const last = runs.at(-1)?.text ?? '';
  return /[。！？.!?]$/u.test(last) ? runs : [...runs, phrase(say(sheet, 'report.stop'))];
}

export function paragraph(
  id: string,
  runs: readonly Run[],
  { number = null, label = null }: { number?: string | null; label?: string | null } = {},
): Paragraph {
  return { kind: 'paragraph', id, number, label, runs };
}
