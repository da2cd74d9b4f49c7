import { z } from 'zod';

/** Parts of schemas that several commands share; commands are embedded in buttons, cards, forms and the API alike. */

/** Instant with an offset, e.g. `2026-03-31T09:42:00+08:00`. */
export const iso = z.iso.datetime({ offset: true });

export const id = z.string().min(1).max(128);

export const address = z.string().min(1).max(420);

export const line = z.string().trim().min(1).max(200);

/** A title as one line: control characters and marks that turn the writing direction become spaces. */
export function titleOf(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

export const reason = z.string().trim().min(1).max(2_000);

export const prose = z.string().trim().min(1).max(20_000);

const range = z.strictObject({ min: z.number().nonnegative().optional(), max: z.number().nonnegative().optional() });

const running = z.strictObject({ since: iso, until: iso.optional() });

/** Several durations in sequence, each with its times or in minutes. */
const spans = z.strictObject({
  spans: z
    .array(z.union([running, z.number().nonnegative()]))
    .min(2)
    .max(20),
});
const oneOf = z.strictObject({ oneOf: z.array(id).min(1).max(10) });

/** A regime fact, or a context fact such as `operator`, `occurrence`, `affected`. `'unknown'` is a valid answer. */
export const statedValueSchema = z.union([
  z.number().nonnegative(),
  z.boolean(),
  z.string().max(500),
  z.array(id).max(40),
  running,
  spans,
  oneOf,
  range,
]);

export type StatedValue = z.infer<typeof statedValueSchema>;

/** Law of the command; absent: the grading law, or the law of the settled question. */
export const regime = id.optional();

export const level = z.string().min(1).max(128);

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

export const draft = z.number().int().positive();

export const evidenceRefSchema = z.strictObject({
  file: sha256,
  name: z.string().trim().min(1).max(255),
  size: z.number().int().nonnegative(),
  mediaType: z.string().min(1).max(127),
});

export type EvidenceRef = z.infer<typeof evidenceRefSchema>;

export function command<T extends string, S extends z.core.$ZodShape>(type: T, parts: S) {
  return z.strictObject({ type: z.literal(type), ...parts });
}
