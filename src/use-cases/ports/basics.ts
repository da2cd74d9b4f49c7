/** Basic dependencies available to every part. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Wall time in epoch milliseconds. `at` runs a function once at or after an instant and returns its cancellation. */
export interface Clock {
  now(): number;
  at(instant: number, run: () => void): () => void;
}

/** Source of ids that are opaque, unguessable and unique. */
export interface IdSource {
  next(): string;
}

/** Log used by every part; never receives a payload, a secret or people's text. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, Json>>;
}
