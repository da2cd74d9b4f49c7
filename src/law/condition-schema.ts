import { z } from 'zod';
import type { Condition } from './condition.ts';

/** Id of any entry in the data of a regime, e.g. `form.2.place`. */
export const id = z.string().regex(/^[a-z][a-z0-9_.-]*$/, 'small letters, digits and . _ - (starting with a letter)');

/** Conditions as they are written in the data. */
export const conditionSchema: z.ZodType<Condition> = z.union([
  z.strictObject({ fact: id, atLeast: z.number().nonnegative() }),
  z.strictObject({ fact: id, mayReach: z.number().positive() }),
  z.strictObject({ fact: id, in: z.array(id).min(1) }),
  z.strictObject({ fact: id, is: z.boolean() }),
  z.strictObject({ flag: id }),
  z.strictObject({ operator: id }),
  z.strictObject({ question: id, reading: id }),
  z.strictObject({
    get all() {
      return z.array(conditionSchema).min(1);
    },
  }),
  z.strictObject({
    get any() {
      return z.array(conditionSchema).min(1);
    },
  }),
  z.strictObject({
    atLeastOf: z.number().int().positive(),
    get of() {
      return z.array(conditionSchema).min(2);
    },
  }),
  z.strictObject({
    get not() {
      return conditionSchema;
    },
  }),
  z.strictObject({
    get possible() {
      return conditionSchema;
    },
  }),
  z.strictObject({
    get certainly() {
      return conditionSchema;
    },
  }),
]);
