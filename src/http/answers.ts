import { z } from 'zod';
import { iso, statedValueSchema } from '../incident/commands/parts.ts';
import { commandSchema } from '../incident/commands.ts';
import { ROLES } from '../incident/identity.ts';
import { importedSchema } from '../incident/imported.ts';

/**
 * Schemas of the API's answers. They make `openapi.json`, and the tests check every answer against them. The registry
 * contains the names of the schemas there.
 */
export const NAMES = z.registry<{ readonly id: string }>();

export function named<T extends z.ZodType>(id: string, schema: T): T {
  NAMES.add(schema, { id });
  return schema;
}

export const instant = named('Instant', iso);
/** Id of a level of the regime, e.g. `major`; `undetermined` while it is open. */
export const level = z.string();
export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const intent = named('Intent', commandSchema);
const value = named('FactValue', statedValueSchema);
export const phase = z.enum(['classifying', 'reporting', 'handling', 'ended', 'closed']);
const rank = z.enum(['law', 'guideline', 'contract']).optional();

const args = z.record(z.string(), z.string());
export const formRef = z.strictObject({ form: z.string(), args });
const viewRef = z.strictObject({ view: z.string(), args });
const does = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('intent'), intent }),
  z.strictObject({ kind: z.literal('form'), form: formRef }),
  z.strictObject({ kind: z.literal('view'), view: viewRef }),
  z.strictObject({ kind: z.literal('link'), url: z.string() }),
  z.strictObject({ kind: z.literal('line'), text: z.string() }),
]);
const action = named('Action', z.looseObject({ id: z.string(), label: z.string(), does }));
export const stamp = { by: z.string(), at: instant };
const proposal = z.strictObject({
  id: z.string(),
  /** Kind of the first effect, for which a second person must agree. */
  ground: nullable(z.string()),
  /** Effects on the duties; `duty` null: all of them; `stays`: the duty is no longer certain, but still possible. */
  effects: z.array(
    z.strictObject({
      ...{ kind: z.string(), duty: nullable(z.string()), certain: z.boolean() },
      ...{ ends: z.string().optional(), floor: z.string().optional(), stays: z.literal(true).optional() },
    }),
  ),
  /** True if the statement is on the record but not confirmed, so only its effect waits. */
  recorded: z.boolean(),
  command: intent,
  ...stamp,
});
const clock = named(
  'Clock',
  z.strictObject({
    id: z.string(),
    recipient: z.string(),
    due: instant,
    dueMinutes: nullable(z.number()),
    anchor: z.string(),
    provisional: z.boolean().optional(),
    status: z.enum(['running', 'met', 'late', 'void']),
    filedAt: nullable(instant),
    /** True while no second person confirmed `filedAt`: the filing counts as late. */
    unconfirmed: z.boolean(),
    regime: z.string().optional(),
    rank,
    what: z.string(),
    condition: nullable(z.string()),
  }),
);
const obligation = named(
  'Obligation',
  z.strictObject({
    id: z.string(),
    recipient: z.string(),
    due: nullable(instant),
    content: z.string(),
    provisional: z.boolean().optional(),
    status: z.string(),
    article: z.string(),
    quote: z.string(),
    regime: z.string().optional(),
    rank,
    verification: z.string().optional(),
    what: z.string(),
    to: z.string(),
    by: z.string(),
    owner: z.string(),
    state: z.string(),
    mark: z.enum(['done', 'partly', 'open']),
    /** `timed`: unsettled duty with a time limit; `promptly`: unsettled duty without one. */
    group: z.enum(['timed', 'promptly', 'settled']),
    /** Article of the rule, in the language of the law; null for a contract without a clause. */
    rule: nullable(z.string()),
    /** Rank of the rule, how well it is verified, other readings. */
    marks: z.array(z.string()),
    actions: z.array(action),
  }),
);
const field = named(
  'Field',
  z.strictObject({
    id: z.string(),
    state: z.string(),
    /** Text a person entered; absent if it may not be shown, null if there is none or two versions conflict. */
    value: nullable(
      z.strictObject({
        state: z.enum(['known', 'estimate', 'unknown']),
        text: nullable(z.string()),
        asOf: nullable(z.string()),
        ...stamp,
      }),
    ).optional(),
    /** Text a person confirmed for the report. */
    wording: nullable(z.strictObject({ text: z.string(), ...stamp })).optional(),
  }),
);
const item = named(
  'Item',
  z.strictObject({ n: z.number(), id: z.string(), owner: nullable(z.string()), fields: z.array(field) }),
);
const filing = z.strictObject({
  /** Record entry of the filing, given as `filing` in `correct_filing`. */
  version: z.number(),
  obligation: z.string(),
  recipient: z.string(),
  to: z.string().nullish(),
  channel: z.string(),
  filedAt: instant,
  draft: z.number().nullish(),
  hash: z.string().nullish(),
  receipt: z.string().nullish(),
  approved: z.boolean().nullish(),
  lateSeconds: z.number(),
  /** True while no second person confirmed `filedAt`: by it a filing counts as late, whatever `lateSeconds`. */
  unconfirmed: z.boolean(),
  by: z.string(),
  practised: z.boolean(),
});
const question = named(
  'Question',
  z.strictObject({
    id: z.string(),
    kind: z.enum(['one', 'many', 'number', 'time', 'text']),
    text: z.string(),
    options: z.array(z.strictObject({ label: z.string(), intent })),
  }),
);
/** Blocks of a card, told apart by `kind`: text, quote, clock, note, row, choices, actions. */
export const cardAnswer = named(
  'Card',
  z.looseObject({
    tone: z.enum(['calm', 'running', 'urgent', 'done']),
    drill: z.boolean(),
    title: z.string(),
    summary: z.string(),
    blocks: z.array(z.looseObject({ kind: z.string() })),
  }),
);
const next = z.strictObject({
  text: z.string(),
  intent: intent.optional(),
  form: formRef.optional(),
  view: viewRef.optional(),
  actions: z.array(action),
  meanwhile: nullable(z.string()),
  about: z.string().nullish(),
  why: z.string().optional(),
});
const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const regime = z.strictObject({
  id: z.string(),
  title: bilingual,
  rank: z.string(),
  level: z.string().optional(),
  floor: level.optional(),
  ceiling: level.optional(),
  version: z.string().optional(),
  checked: z.string().optional(),
  clocks: z.array(z.string()),
});
/** Fields for everyone who may know of the incident; all other fields are only for callers who may see it. */
const incidentShape = {
  id: z.string(),
  drill: z.boolean(),
  revision: z.number(),
  lead: z.string(),
  title: z.string(),
  phase,
  level,
  floor: level,
  ceiling: level,
  clocks: z.array(clock),
  facts: z.record(z.string(), z.strictObject({ value, ...stamp })),
  items: z.array(item),
  question: nullable(question),
};
const incidentRest = z
  .strictObject({
    levelDecided: z.boolean(),
    ceilingByNumbers: level,
    now: instant,
    rate: z.number(),
    declaredAt: instant,
    recordedAfterwards: nullable(importedSchema.extend({ recordedAt: instant })),
    stopped: z.boolean(),
    regimes: z.array(regime),
    obligations: z.array(obligation),
    undetermined: z.array(z.string()),
    warnings: z.array(z.looseObject({ question: z.string(), reading: z.string() })),
    awareness: z.strictObject({
      confirmed: z.boolean(),
      at: nullable(instant),
      earliest: nullable(instant),
      candidates: z.array(z.strictObject({ id: z.string(), at: instant, source: z.string(), reachedUs: z.boolean() })),
    }),
    proposals: z.array(proposal),
    open: z.array(z.string()),
    /** Related incidents; absent if people's words may not be shown. */
    relations: z.array(z.strictObject({ incident: z.string(), how: z.string(), at: instant })).optional(),
    drafts: z.array(
      z.strictObject({
        draft: z.number(),
        report: z.string(),
        at: instant,
        hash: nullable(z.string()),
        approval: z.string(),
      }),
    ),
    filings: z.array(filing),
    tasks: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.string(),
        text: nullable(z.string()),
        item: nullable(z.string()).optional(),
        owner: nullable(z.string()),
        due: nullable(instant).optional(),
        finished: z.boolean(),
      }),
    ),
    people: z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)) })),
    next: nullable(next),
  })
  .partial();
export const incidentAnswer = named('Incident', z.strictObject({ ...incidentShape, ...incidentRest.shape }));
const said = { said: cardAnswer.optional() };
/** New state with the change in one line; only the id if the caller may not read the incident. */
export const submittedAnswer = z.union([
  named('ChangedIncident', incidentAnswer.extend(said)),
  named('ChangedUnseen', z.strictObject({ id: z.string(), ...said })),
]);
export const incidentsAnswer = z.strictObject({
  incidents: z.array(
    named(
      'IncidentRow',
      z.strictObject({
        id: z.string(),
        title: z.string(),
        drill: z.boolean(),
        phase,
        level: z.string(),
        lead: z.string(),
        imported: z.literal(true).optional(),
        declaredAt: instant,
        nextDue: nullable(instant),
        version: z.number(),
        participants: z.array(z.string()),
        rooms: z.array(z.string()),
      }),
    ),
  ),
});
export const waitingAnswer = z.strictObject({
  waiting: z.array(
    named(
      'Waiting',
      z.strictObject({
        id: z.string(),
        title: z.string(),
        drill: z.boolean(),
        revision: z.number(),
        due: nullable(instant),
        segment: nullable(z.strictObject({ wall: instant, incidentTime: instant, rate: z.number() })),
        steps: z.array(z.strictObject({ text: z.string(), actions: z.array(action) })),
      }),
    ),
  ),
});
