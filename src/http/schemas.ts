import { z } from 'zod';
import { commandSchema } from '../incident/commands.ts';
import { DRILL_SPEEDS } from '../incident/drill-clock.ts';
import { PHASES } from '../incident/facts/assessment.ts';
import { FACT_UNITS } from '../law/schema-parts.ts';

/** Request bodies of the API. The same schemas make `openapi.json`. */
export const declareBody = z.strictObject({
  title: z.string().trim().min(1).max(200),
  awareness: z.iso.datetime({ offset: true }).optional(),
  drill: z.boolean().optional(),
  speed: z.number().min(DRILL_SPEEDS.slowest).max(DRILL_SPEEDS.fastest).optional(),
  scenario: z.string().min(1).max(128).optional(),
  /** Declare although the same person declared one within five minutes. */
  anyway: z.boolean().optional(),
});

/** `who`: name, id, mail address or account of somebody in the profile. */
export const linkBody = z.strictObject({ who: z.string().trim().min(1).max(256) });

export const intentBody = z.strictObject({
  intent: commandSchema,
  revision: z.number().int().nonnegative(),
});

/** `choice`: `new`, the id of an incident, or `none`. */
export const decisionBody = z.strictObject({
  choice: z.string().min(1).max(64),
  reason: z.string().trim().max(2_000).optional(),
});

const args = z.record(z.string().max(64), z.string().max(2_000));
export const formRefSchema = z.strictObject({ form: z.string().min(1).max(64), args });
export const viewRefSchema = z.strictObject({ view: z.string().min(1).max(64), args });

export const formBody = z.strictObject({
  ref: formRefSchema,
  revision: z.number().int().nonnegative(),
  values: z.record(z.string().max(128), z.union([z.string().max(20_000), z.array(z.string().max(500)).max(60)])),
});

export const listQuery = z.object({
  open: z.enum(['true', 'false']).optional(),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
});

export const registerQuery = listQuery.pick({ open: true, search: true }).extend({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  drills: z.enum(['true', 'false']).default('false'),
  level: z.string().max(64).optional(),
  phase: z.enum(PHASES).optional(),
  lead: z.string().max(128).optional(),
});
export const drillsQuery = listQuery.pick({ limit: true });

export const reportQuery = z.object({
  format: z.enum(['md', 'docx', 'pdf', 'json']).default('md'),
  language: z.enum(['zh', 'en']).default('zh'),
  version: z.enum(['submission', 'internal']).default('submission'),
  draft: z.coerce.number().int().positive().optional(),
});

export const mailQuery = z.object({ recipient: z.string().max(64).optional() });
export const faxQuery = mailQuery.extend({ format: z.enum(['docx', 'pdf']).default('docx') });
export const article11Query = reportQuery
  .pick({ language: true })
  .extend({ format: z.enum(['md', 'docx', 'pdf']).default('docx') });
export const papersQuery = reportQuery.pick({ language: true });
export const paperQuery = papersQuery.extend({
  paper: z.string().max(128),
  format: z.enum(['docx', 'pdf', 'md', 'eml']).default('docx'),
});
export const counselQuery = z.object({ counsel: z.enum(['true', 'false']).default('false') });

export const interpretQuery = z.object({
  kind: z.enum(['time', 'number']),
  text: z.string().max(500),
  now: z.iso.datetime({ offset: true }).optional(),
  unit: z.enum(FACT_UNITS).optional(),
});

export const uploadQuery = z.object({
  name: z.string().trim().min(1).max(255),
  item: z.string().max(128).optional(),
});
