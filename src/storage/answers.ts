import type { Json, Refusal } from '../use-cases/ports.ts';

/** Answer given under a delivery key. */
export type Answer = { readonly result: Json } | { readonly refusal: Refusal };
export interface KeptAnswer {
  readonly bodyHash: string;
  readonly incident: string | null;
  readonly answer: Answer;
}

export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('result' in value || 'refusal' in value);
}
