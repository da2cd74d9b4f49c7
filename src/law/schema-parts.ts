import { z } from 'zod';
import { URGENCIES } from './calendar.ts';
import { conditionSchema, id } from './condition-schema.ts';
import { FACT_UNITS, VERIFICATIONS } from './types.ts';

/** Parts of the schemas that a regime and a clock pack have in common. */
export const text = z.string().trim().min(1);
export const bilingual = z.strictObject({ zh: text, en: text });
export const named = z.strictObject({ id, name: bilingual });
export const day = z.iso.date();
export const level = id;
export const verification = z.enum(VERIFICATIONS).exclude(['stated']);
export const kind = <const K extends string, S extends z.core.$ZodLooseShape>(name: K, shape: S) =>
  z.strictObject({ kind: z.literal(name), ...shape });

/** `instrument` is a key of `instruments`, which has url, effective date, date of comparison and verification. */
export const source = z.strictObject({
  instrument: id,
  article: text,
  quote: text,
  verification: verification.exactOptional(),
});

export const holidays = z.strictObject({ off: z.array(day), worked: z.array(day) });
export const count = z.number().int().positive();
export const period = z.discriminatedUnion('kind', [
  kind('promptly', { word: z.enum(URGENCIES).exclude(['promptly']).exactOptional() }),
  kind('minutes', { minutes: count }),
  kind('calendar_days', {
    days: count,
    firstDay: z.enum(['excluded', 'included']),
    ends: z.enum(['day_end', 'same_time']),
    rollOver: z.enum(['none', 'next_business_day']),
    holidays: holidays.exactOptional(),
  }),
  kind('business_days', { days: count, holidays }),
  kind('months', { months: count }),
]);

export const dated = { id, from: day, until: day.exactOptional() };

/** `short`: label for lists of figures on one line; absent: the label. `aspects`: its choices of "what is affected". */
export const fact = z.strictObject({
  id,
  kind: z.enum(['one', 'many', 'number', 'duration', 'boolean', 'judgement']),
  unit: z.enum(FACT_UNITS).exactOptional(),
  /** ISO 4217 code of a figure (unit `count`) of money in another currency than CNY; currencies are never converted. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .exactOptional(),
  label: bilingual,
  short: bilingual.exactOptional(),
  /** Clause for a running outage after “since …”, e.g. the site cannot be reached; absent: the label. */
  running: bilingual.exactOptional(),
  question: bilingual,
  /** True for a yes-or-no or other fact that only legal or the lead may judge (须由法务或牵头人研判). */
  judged: z.literal(true).exactOptional(),
  /** Options of `one`, `many` and `judgement`; judgements from `none` upwards. The option `none` excludes others. */
  options: z.array(named).min(2).exactOptional(),
  aspects: z.array(id).min(1),
  /** Kind of operator or service for which the fact is asked; absent: asked if one of its aspects is affected. */
  relevance: id.exactOptional(),
  /** Kinds of operator to which the fact applies: if none is involved, an unknown value counts as not applicable. */
  appliesTo: z.array(id).min(1).exactOptional(),
  max: z.number().positive().exactOptional(),
  /** Id of the open question whose reading `longest` means that several durations are not added up. */
  several: id.exactOptional(),
});
export const question = z.strictObject({
  id,
  topic: z.enum(['level', 'clock', 'recipient', 'scope']),
  text: bilingual,
  /** Readings, the cautious one first; the first is used until a person decides otherwise. */
  readings: z.array(named).min(2),
  /** Facts, duties or anchors with which the question is shown, even if no verdict depends on it. */
  concerns: z.array(id).min(1),
  /** Conditions of which one is enough to touch the question. `ceiling`: the case's ceiling is at most this level. */
  touchedBy: z
    .strictObject({
      when: conditionSchema.exactOptional(),
      ceiling: level.exactOptional(),
      learntBefore: day.exactOptional(),
    })
    .exactOptional(),
});
/**
 * Text from fields of the report, from facts, from data of the bot itself, or (`write`) by a person; exactly one,
 * except that `write` may replace empty fields.
 */
export const paperLine = z.strictObject({
  id,
  label: bilingual,
  fields: z.array(id).min(1).exactOptional(),
  facts: z.array(id).min(1).exactOptional(),
  /** Source in the record: `dpo` (data protection officer), `aware` (instant only), `requests` (open ones), … */
  own: z.enum(['contact', 'dpo', 'files', 'aware', 'filings', 'requests']).exactOptional(),
  write: bilingual.exactOptional(),
  /** Text of the request, word for word, where the paper is a request. */
  text: bilingual.exactOptional(),
  /** True for a line that is left blank for the recipient. */
  theirs: z.literal(true).exactOptional(),
});
export const instrument = z.strictObject({
  title: text,
  /** Official address of the text; if its page is not known, of the official database that contains it. */
  url: z.url(),
  effective: day,
  verification,
  /** Stored text, one paragraph a line: its file below the folder of these data, its origin, its SHA-256. */
  text: z
    .strictObject({ file: text, whole: z.boolean(), from: text, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .exactOptional(),
  /**
   * Texts that were read, each with a hash: SHA-256 of the file or of a web page's words, or the Git commit with the
   * text. A rule counts as compared if these include the official text, or two other texts.
   */
  read: z
    .array(
      z.strictObject({
        what: text,
        at: z.url(),
        hash: z.string().regex(/^(sha256:[0-9a-f]{64}|git:[0-9a-f]{40})$/),
      }),
    )
    .default([]),
  /** Comparisons of the quoted text; the date of the last one is printed as checked. */
  compared: z.array(z.strictObject({ on: day, with: bilingual, found: bilingual })).default([]),
});
