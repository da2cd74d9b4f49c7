import { z } from 'zod';
import { assess } from '../../law/assess.ts';
import type { Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import type { Assessment, Match, Obligation } from '../../law/types.ts';
import { readCase } from './classify-input.ts';

/** Input error: field, a code for translation, and the remedy in English. */
export interface InputError {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** Verdict as printed by `npx jishi classify`; stable, because outside tests depend on it. */
export interface Classification
  extends Pick<Assessment, 'level' | 'floor' | 'ceiling' | 'ceilingByNumbers' | 'undetermined' | 'warnings'> {
  readonly matched: readonly Omit<Match, 'facts'>[];
  /** Duties; `draft`: of a pack that was not compared with the official text. */
  readonly obligations: readonly (Omit<Obligation, 'content'> & { readonly draft?: true })[];
}

export type ClassifyResult =
  | { readonly ok: true; readonly output: Classification | readonly Classification[] }
  | { readonly ok: false; readonly errors: readonly InputError[] };

/** Classifies one case, or an array of cases (then the output is an array). Bad input is a value, never an exception. */
export function classify(
  regimes: ReadonlyMap<string, Regime>,
  json: unknown,
  packs: ReadonlyMap<string, Pack> = new Map(),
): ClassifyResult {
  if (!Array.isArray(json)) {
    const result = classifyOne(regimes, packs, json, '');
    return 'errors' in result ? { ok: false, errors: result.errors } : { ok: true, output: result.output };
  }
  const results = json.map((one, index) => classifyOne(regimes, packs, one, `[${index}]`));
  const errors = results.flatMap((result) => ('errors' in result ? result.errors : []));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, output: results.flatMap((result) => ('output' in result ? [result.output] : [])) };
}

function classifyOne(
  regimes: ReadonlyMap<string, Regime>,
  packs: ReadonlyMap<string, Pack>,
  json: unknown,
  at: string,
): { readonly output: Classification } | { readonly errors: readonly InputError[] } {
  const placed = (errors: readonly InputError[]) =>
    errors.map((error) => ({ ...error, field: at === '' ? error.field : `${at}.${error.field}` }));
  const read = readCase(regimes, packs, json);
  if ('errors' in read) return { errors: placed(read.errors) };
  const assessment = assess(read.regime, read.input);
  const uncovered = assessment.obligations.flatMap(outsideCalendar);
  if (uncovered.length > 0) return { errors: placed(uncovered) };
  return { output: toClassification(assessment, read.regime) };
}

/** Error for a deadline outside the holiday calendar: it is never guessed. */
function outsideCalendar({ id, anchor, uncovered }: Obligation): readonly InputError[] {
  if (uncovered === undefined) return [];
  const { calendar, date } = uncovered;
  const detail = `the deadline of ${id} cannot be calculated: the holiday calendar ${calendar} does not cover ${date}`;
  return [{ field: `anchors.${anchor}`, code: 'outside_calendar', detail }];
}

function toClassification(assessment: Assessment, { id, packs }: Regime): Classification {
  const { level, floor, ceiling, ceilingByNumbers, undetermined, warnings } = assessment;
  const drafts = new Set(packs?.flatMap((pack) => (pack.status === 'draft' ? [pack.id] : [])));
  return {
    level,
    floor,
    ceiling,
    ceilingByNumbers,
    matched: assessment.matched.map(({ criterion, level: of, source }) => ({ criterion, level: of, source })),
    undetermined,
    obligations: assessment.obligations.map(({ content: _content, ...rest }) =>
      packs === undefined
        ? rest
        : {
            ...rest,
            regime: rest.regime ?? id,
            rank: rest.rank ?? 'law',
            ...(drafts.has(rest.regime ?? id) ? { draft: true as const } : {}),
          },
    ),
    warnings,
  };
}

/** Provision quoted by a rule, e.g. `{ law: 'cn-cac-2025', instrument: '…管理办法', article: '第四条', quote: '…' }`. */
export const provisionSchema = z.strictObject({
  /** Id of the regime or pack whose rule quotes it. */
  law: z.string(),
  instrument: z.string(),
  article: z.string(),
  quote: z.string(),
});
export type Provision = z.infer<typeof provisionSchema>;

/** Provisions quoted by a regime and its packs, without repetition, in the order of the rules. */
export function provisionsOf(regime: Regime, packs: readonly Pack[]): readonly Provision[] {
  const all = [regime, ...packs].flatMap((one) => quotedIn(one, one.id));
  const byText = new Map(all.map((one) => [`${one.instrument} ${one.article} ${one.quote}`, one]));
  return [...byText.values()];
}

export function provisionsWith(all: readonly Provision[], words: string): readonly Provision[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return all.filter(({ law, instrument, article, quote }) => {
    const text = `${law} ${instrument} ${article} ${quote}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function quotedIn(value: unknown, law: string): readonly Provision[] {
  if (typeof value !== 'object' || value === null) return [];
  const { instrument, article, quote } = { instrument: null, article: null, quote: null, ...value };
  const isProvision = typeof instrument === 'string' && typeof article === 'string' && typeof quote === 'string';
  const own = isProvision ? [{ law, instrument, article, quote }] : [];
  return [...own, ...Object.values(value).flatMap((one: unknown) => quotedIn(one, law))];
}
