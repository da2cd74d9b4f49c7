import { z } from 'zod';
import { deliverySchema } from '../use-cases/events-out/delivery-log.ts';
import { reportSchema } from '../use-cases/intake/report.ts';
import { rowSchema } from '../use-cases/register.ts';
import { registerFigures } from '../use-cases/register-figures.ts';
import { instant, named, nullable } from './answers.ts';
import { SCOPES } from './token-store.ts';

export const registerAnswer = z.strictObject({
  register: z.array(named('RegisterRow', rowSchema)),
  figures: named('RegisterFigures', registerFigures),
});
export const registerPageAnswer = registerAnswer.pick({ register: true }).extend({ total: z.number().int() });
export const reportsAnswer = z.strictObject({
  reports: z.array(
    reportSchema.extend({ title: nullable(z.string()), files: z.array(z.looseObject({ name: z.string() })) }),
  ),
  /** `before` of the next page; null after the last one. */
  next: nullable(z.string()),
});
/** Incident the report belongs to; null if the report was set aside. */
export const decidedAnswer = z.strictObject({ ref: z.string(), incident: nullable(z.string()), said: z.string() });

export const deliveriesAnswer = z.strictObject({
  deliveries: z.array(deliverySchema.omit({ notice: true }).extend({ at: instant, lastAttempt: instant })),
});

/** Outcome of importing earlier incidents; `id` is null after a mere check, `known` were imported before. */
export const importAnswer = z.strictObject({
  problems: z.array(z.string()),
  incidents: z.array(
    z.strictObject({ line: z.number(), reference: z.string(), title: z.string(), id: nullable(z.string()) }),
  ),
  known: z.array(z.string()),
});

const link = { id: z.string(), kind: z.enum(['supplier', 'calendar']), who: z.string(), until: instant };
export const linksAnswer = z.strictObject({
  links: z.array(z.strictObject({ ...link, by: z.string(), since: instant })),
});
export const linkAnswer = z.strictObject({ ...link, url: z.string() });

const session = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Name in the profile, or that of the account. */
  who: z.string(),
  person: nullable(z.string()),
  way: z.string(),
  since: instant,
  until: instant,
  own: z.boolean(),
});
export const sessionsAnswer = z.strictObject({ sessions: z.array(session) });
const tokenShape = { id: z.string(), name: z.string(), scopes: z.array(z.enum(SCOPES)), until: instant };
export const tokensAnswer = z.strictObject({
  tokens: z.array(z.strictObject({ ...tokenShape, by: z.string(), since: instant })),
});
export const tokenAnswer = z.strictObject({ ...tokenShape, token: z.string() });
