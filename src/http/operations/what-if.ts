import { z } from 'zod';
import { instant, named } from '../answers.ts';
import { type Operations, operation } from './operation.ts';

const words = z.string().trim().max(500);
const name = z.string().min(1).max(128);
const choice = z.strictObject({ id: z.string(), label: z.string() });
const side = named(
  'SupposedDuty',
  z.strictObject({
    due: instant.nullable(),
    dueMinutes: z.number().nullable(),
    anchor: z.string(),
    status: z.enum(['running', 'met', 'late', 'void']),
    provisional: z.boolean(),
    filedAt: instant.nullable(),
    /** Whole minutes from the filing, or from now, to the time limit; negative if late. */
    margin: z.number().nullable(),
    condition: z.string().nullable(),
  }),
).nullable();
const verdict = named(
  'SupposedVerdict',
  z.looseObject({
    level: z.string(),
    levelDecided: z.boolean(),
    floor: z.string(),
    ceiling: z.string(),
    undetermined: z.array(z.string()),
    matched: z.array(z.looseObject({ criterion: z.string(), text: z.string() })),
  }),
);
export const whatIfAnswer = z.strictObject({
  incident: z.string(),
  now: instant,
  supposed: z.looseObject({ awareness: instant.nullable(), law: z.string().nullable() }),
  verdict: z.strictObject({ was: verdict, would: verdict }),
  duties: z.array(
    z.strictObject({ id: z.string(), title: z.string(), to: z.string(), was: side, would: side, changed: z.boolean() }),
  ),
  steps: z.array(
    z.strictObject({
      step: z.string(),
      label: z.string(),
      at: instant.nullable(),
      minutes: z.number().nullable(),
      /** Median in minutes of the latest drills; null without any. */
      median: z.number().nullable(),
    }),
  ),
  tables: z.array(
    z.strictObject({
      title: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.strictObject({ cells: z.array(z.string()), under: z.string().optional(), changed: z.boolean() })),
    }),
  ),
});

export const choicesAnswer = z.strictObject({
  awareness: instant.nullable(),
  facts: z.array(
    choice.extend({
      kind: z.string(),
      unit: z.string().nullable(),
      options: z.array(choice),
      text: z.string().nullable(),
    }),
  ),
  readings: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string(),
      reading: z.string().nullable(),
      readings: z.array(choice),
    }),
  ),
  laws: z.array(choice),
});

/** Questions about an incident under supposed facts; they change nothing. */
export const suppositions: Operations = {
  'GET /incidents/{id}/what-if': operation(
    {
      summary: 'Facts, readings of open questions and laws that can be supposed of an incident',
      scope: 'read',
      gives: choicesAnswer,
    },
    ({ app, id, caller, language }) => app.whatIfChoices(id, caller, language),
  ),
  'POST /incidents/{id}/what-if': operation(
    {
      summary:
        'Verdict, limits and margins under other facts, readings or law, beside what they are; nothing is recorded',
      scope: 'read',
      body: z.strictObject({
        awareness: words.optional(),
        /** Supposed facts by name: values as in an intent, or text, e.g. `120万`. */
        facts: z.record(name, z.unknown()).optional(),
        readings: z.record(name, name).optional(),
        law: z.string().max(128).optional(),
      }),
      gives: whatIfAnswer,
    },
    ({ app, id, caller, body, language }) => app.whatIf(id, caller, body, language),
  ),
};
