import { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import { statedValueSchema } from '../../incident/commands/parts.ts';
import { commandSchema } from '../../incident/commands.ts';
import { DRILL_SPEEDS } from '../../incident/drill-clock.ts';
import { PHASES } from '../../incident/facts/assessment.ts';
import { FACT_UNITS } from '../../law/types.ts';
import { drillResultSchema } from '../../report/drills/score.ts';
import { type RegisterQuery, registerTable } from '../../use-cases/register.ts';
import { sortSchema } from '../../use-cases/register-found.ts';
import * as answers from '../answers.ts';
import { registerAnswer, registerPageAnswer } from '../integration-answers.ts';
import { problem } from '../problems.ts';
import { attachment, type Operations, operation, submitted } from './operation.ts';

/** Returns true for a time with offset, e.g. `2026-03-31T09:00:00+08:00`. */
function isInstant(text: string): boolean {
  return /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Boolean in a query: `true` or `false`. */
export const flag = z.enum(['true', 'false']);
const listQuery = z.object({
  open: flag.optional(),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
});
const registerQuery = listQuery.pick({ open: true, search: true }).extend({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  /** Filter for programs that poll: incidents with an entry at or after this instant. */
  since: z.string().refine(isInstant, 'must be a time with offset, e.g. 2026-03-31T09:00:00+08:00').optional(),
  drills: flag.default('false'),
  level: z.string().max(64).optional(),
  phase: z.enum(PHASES).optional(),
  lead: z.string().max(128).optional(),
});

const timelineAnswer = z.strictObject({
  timeline: z.array(
    z.strictObject({ version: z.number(), type: z.string(), at: answers.instant, who: z.string(), text: z.string() }),
  ),
});
const cardsAnswer = z.strictObject({
  cards: z.array(z.strictObject({ surface: z.string(), card: answers.cardAnswer })),
});

export const incidents: Operations = {
  'POST /incidents': operation(
    {
      summary: 'Declare an incident',
      scope: 'declare',
      body: z.strictObject({
        title: z.string().trim().min(1).max(200),
        awareness: answers.instant.optional(),
        drill: z.boolean().optional(),
        speed: z.number().min(DRILL_SPEEDS.slowest).max(DRILL_SPEEDS.fastest).optional(),
        scenario: z.string().min(1).max(128).optional(),
        /** True to declare although the same person declared an incident within five minutes. */
        anyway: z.boolean().optional(),
      }),
      gives: answers.submittedAnswer,
      status: 201,
    },
    async (asked) => submitted(asked, await asked.app.declare({ ...asked.body, ...asked.origin }), 201),
  ),
  'GET /incidents': operation(
    {
      summary: 'Incidents the caller may see, newest first',
      scope: 'read',
      query: listQuery,
      gives: answers.incidentsAnswer,
    },
    async ({ app, caller, query: { open, search, limit, before } }) => {
      const filter = {
        limit,
        ...(open ? { open: open === 'true' } : {}),
        ...(search ? { search } : {}),
        ...(before ? { before } : {}),
      };
      return { incidents: await app.incidents(caller, filter) };
    },
  ),
  'GET /register': operation(
    {
      summary:
        'The register of incidents with their duties, newest first, and figures over them; what the caller may not see is null',
      scope: 'export',
      query: registerQuery,
      gives: registerAnswer,
    },
    async ({ app, caller, language, query }) => {
      const asked = registerQueryOf(query);
      const register = await app.register(caller, asked, language);
      return { register, figures: await app.registerFigures(caller, asked, language) };
    },
  ),
  'GET /register/page': operation(
    {
      summary: 'One page of the register, sorted by a column (`-` in front: downwards), and how many incidents fit',
      scope: 'export',
      query: registerQuery.extend({
        sort: sortSchema.optional(),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
      gives: registerPageAnswer,
    },
    ({ app, caller, language, query: { sort, limit, ...query } }) =>
      app.registerPage(caller, { ...registerQueryOf(query), sort, limit }, language),
  ),
  'GET /register/figures': operation(
    {
      summary: 'Figures over the register alone',
      scope: 'export',
      query: registerQuery,
      gives: registerAnswer.pick({ figures: true }),
    },
    async ({ app, caller, language, query }) => ({
      figures: await app.registerFigures(caller, registerQueryOf(query), language),
    }),
  ),
  'GET /register.csv': operation(
    {
      summary: 'The register as a table, one line for each incident; Accept-Language gives its language',
      scope: 'export',
      query: registerQuery,
      answer: 'text/csv',
    },
    async ({ app, c, caller, language, query }) => {
      const rows = await app.register(caller, registerQueryOf(query), language);
      const content = new TextEncoder().encode(registerTable(rows, language));
      return attachment(c, { name: 'register.csv', mediaType: 'text/csv', content });
    },
  ),
  'GET /drills': operation(
    {
      summary: 'Results of the latest drills that have ended and that the caller may see, newest first',
      scope: 'read',
      query: listQuery.pick({ limit: true }),
      gives: z.strictObject({ drills: z.array(drillResultSchema) }),
    },
    async ({ app, caller, query }) => ({ drills: await app.drills(caller, query.limit) }),
  ),
  'GET /incidents/{id}': operation(
    { summary: 'The state of an incident', scope: 'read', gives: answers.incidentAnswer },
    ({ app, id, caller, language }) => app.incident(id, caller, language),
  ),
  'POST /incidents/{id}/intents': operation(
    {
      summary: 'Do something; answers the new state',
      scope: 'answer',
      body: z.strictObject({ intent: commandSchema, revision: z.number().int().nonnegative() }),
      gives: answers.submittedAnswer,
    },
    async (asked) => submitted(asked, await asked.app.submit({ incident: asked.id, ...asked.body, ...asked.origin })),
  ),
  'POST /incidents/{id}/proposals': operation(
    {
      summary: 'Propose an answer: nothing is answered before a person agrees to it; answers the new state',
      scope: 'answer',
      body: z.strictObject({
        fact: z.string().min(1),
        value: statedValueSchema,
        revision: z.number().int().nonnegative(),
      }),
      gives: answers.submittedAnswer,
    },
    async (asked) => {
      const { fact, value, revision } = asked.body;
      const intent = { type: 'answer', fact, value } as const;
      const { id, app, origin, c } = asked;
      // Only programs make proposals here: people answer themselves, or ask someone who may.
      if (asked.caller !== 'api') return problem(c, 403, 'forbidden');
      return submitted(asked, await app.submit({ incident: id, intent, revision, proposes: true, ...origin }));
    },
  ),
  'GET /incidents/{id}/timeline': operation(
    { summary: 'What happened, one line each', scope: 'read', gives: timelineAnswer },
    async ({ app, id, caller, language }) => {
      const timeline = await app.timeline(id, caller, language);
      return timeline && { timeline };
    },
  ),
  'GET /incidents/{id}/cards': operation(
    {
      summary: 'The cards that are kept current: status, verdict, proposals, question, checklist, draft',
      scope: 'read',
      gives: cardsAnswer,
    },
    async ({ app, id, caller, language }) => {
      const cards = await app.cards(id, caller);
      return cards && { cards: cards.map(({ key, card }) => ({ surface: key, card: localiseCard(card, language) })) };
    },
  ),
  'GET /labels': operation(
    { summary: 'Names of items, fields, facts and recipients', scope: 'read', gives: z.record(z.string(), z.string()) },
    ({ c, parts, language }) => {
      const pick = language === 'en' ? 'en' : 'zh';
      return c.json(Object.fromEntries(Object.entries(parts.labels()).map(([id, text]) => [id, text[pick]])));
    },
  ),
  'GET /interpret': operation(
    {
      summary: 'What is understood of a time or a number',
      scope: 'read',
      query: z.object({
        kind: z.enum(['time', 'number']),
        text: z.string().max(500),
        now: answers.instant.optional(),
        unit: z.enum(FACT_UNITS).optional(),
      }),
      gives: z.strictObject({ understood: z.boolean(), value: z.unknown(), text: z.string() }),
    },
    ({ app, parts, language, query: { kind, text, unit, now = new Date(parts.clock.now()).toISOString() } }) =>
      app.interpret(kind, text, now, language, unit),
  ),
};

function registerQueryOf({ open, drills, ...days }: z.output<typeof registerQuery>): RegisterQuery {
  return { ...days, drills: drills === 'true', ...(open ? { open: open === 'true' } : {}) };
}
