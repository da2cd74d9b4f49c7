import { assess } from '../../law/assess.ts';
import type { Regime } from '../../law/regime.ts';
import type { Assessment, Match, Obligation } from '../../law/types.ts';
import { readCase } from './classify-input.ts';

/** Error of the input: field, a code for translation, and in English what to do about it. */
export interface InputError {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** The verdict as `npx jishi classify` prints it (stable: tests from outside rely on it). */
export interface Classification
  extends Pick<Assessment, 'level' | 'floor' | 'ceiling' | 'ceilingByNumbers' | 'undetermined' | 'warnings'> {
  readonly matched: readonly Omit<Match, 'facts'>[];
  readonly obligations: readonly Omit<Obligation, 'content'>[];
}

export type ClassifyResult =
  | { readonly ok: true; readonly output: Classification | readonly Classification[] }
  | { readonly ok: false; readonly errors: readonly InputError[] };

/** Classifies one case, or an array of cases (then the output is an array). Bad input is a value, never an exception. */
export function classify(regimes: ReadonlyMap<string, Regime>, json: unknown): ClassifyResult {
  if (!Array.isArray(json)) {
    const result = classifyOne(regimes, json, '');
    return 'errors' in result ? { ok: false, errors: result.errors } : { ok: true, output: result.output };
  }
  const results = json.map((one, index) => classifyOne(regimes, one, `[${index}]`));
  const errors = results.flatMap((result) => ('errors' in result ? result.errors : []));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, output: results.flatMap((result) => ('output' in result ? [result.output] : [])) };
}

function classifyOne(
  regimes: ReadonlyMap<string, Regime>,
  json: unknown,
  at: string,
): { readonly output: Classification } | { readonly errors: readonly InputError[] } {
  const read = readCase(regimes, json);
  if ('errors' in read) {
    return {
      errors: read.errors.map((error) => ({ ...error, field: at === '' ? error.field : `${at}.${error.field}` })),
    };
  }
  return { output: toClassification(assess(read.regime, read.input)) };
}

function toClassification(assessment: Assessment): Classification {
  const { level, floor, ceiling, ceilingByNumbers, undetermined, warnings } = assessment;
  return {
    level,
    floor,
    ceiling,
    ceilingByNumbers,
    matched: assessment.matched.map(({ criterion, level: of, source }) => ({ criterion, level: of, source })),
    undetermined,
    obligations: assessment.obligations.map(({ content: _content, ...rest }) => rest),
    warnings,
  };
}
