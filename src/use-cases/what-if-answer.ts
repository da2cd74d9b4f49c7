import { z } from 'zod';
import { iso } from '../incident/commands/parts.ts';
import type { Immutable } from '../law/types.ts';

/** Schemas and types of suppositions; apart from their module, which loads on first use. */

const name = z.string().min(1).max(128);
/** Circumstances as typed: a value may be in words (`120万`, `yes`), a time may be a clock time (`09:10`). */
export const whatIfInput = z.strictObject({
  awareness: z.string().trim().max(500).optional(),
  /** Supposed facts by name: values as in an intent, or text, e.g. `120万`. */
  facts: z.record(name, z.unknown()).optional(),
  readings: z.record(name, name).optional(),
  /** Id of a pack, id of the base regime (as loaded now), or one of its stored versions. */
  law: z.string().max(128).optional(),
});
export type WhatIfInput = Immutable<z.infer<typeof whatIfInput>>;

/** Duty as it is or would be. */
export const supposedDuty = z.strictObject({
  due: iso.nullable(),
  dueMinutes: z.number().nullable(),
  anchor: z.string(),
  status: z.enum(['running', 'met', 'late', 'void']),
  provisional: z.boolean(),
  filedAt: iso.nullable(),
  /** Whole minutes from the filing, or from now, to the time limit; negative if late. */
  margin: z.number().nullable(),
  /** Condition on which a provisional duty is owed, in words, e.g. "if CII is involved"; null: none, or done. */
  condition: z.string().nullable(),
});
export type WhatIfDuty = Immutable<z.infer<typeof supposedDuty>>;

export const supposedVerdict = z.looseObject({
  level: z.string(),
  levelDecided: z.boolean(),
  floor: z.string(),
  ceiling: z.string(),
  undetermined: z.array(z.string()),
  matched: z.array(z.looseObject({ criterion: z.string(), text: z.string() })),
  /** Levels in words. */
  text: z.strictObject({ level: z.string(), floor: z.string(), ceiling: z.string() }),
});

/** Table of a comparison in words. The first cell of a row names it; `under` adds details. */
const comparedTable = z.strictObject({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      cells: z.array(z.string()),
      under: z.string().optional(),
      /** True if the row differs from the record, or took longer than in drills. */
      changed: z.boolean(),
    }),
  ),
});
export type ComparedTable = Immutable<z.infer<typeof comparedTable>>;

export const whatIfAnswer = z.strictObject({
  incident: z.string(),
  now: iso,
  supposed: z.looseObject({ awareness: iso.nullable(), law: z.string().nullable() }),
  verdict: z.strictObject({ was: supposedVerdict, would: supposedVerdict }),
  duties: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      to: z.string(),
      /** Null: not owed. */
      was: supposedDuty.nullable(),
      would: supposedDuty.nullable(),
      changed: z.boolean(),
    }),
  ),
  steps: z.array(
    z.strictObject({
      step: z.string(),
      label: z.string(),
      at: iso.nullable(),
      minutes: z.number().nullable(),
      /** Median in minutes of the latest drills; null without any. */
      median: z.number().nullable(),
    }),
  ),
  tables: z.array(comparedTable),
});
export type WhatIfAnswer = Immutable<z.infer<typeof whatIfAnswer>>;
