import { z } from 'zod';
import { instant, level, named, nullable, phase } from './answers.ts';
import { SCOPES } from './token-store.ts';

const count = z.number().int();
const figures = z.strictObject({
  incidents: count,
  /** Incidents by level. */
  levels: z.record(z.string(), count),
  /** First reports that were due, and those of them that were filed in time. */
  due: count,
  inTime: count,
  /** Median minutes from awareness; null where there is none. */
  verdict: nullable(z.number()),
  draft: nullable(z.number()),
  filing: nullable(z.number()),
});

export const registerAnswer = z.strictObject({
  register: z.array(
    named(
      'RegisterRow',
      z.strictObject({
        id: z.string(),
        drill: z.boolean(),
        title: nullable(z.string()),
        phase: nullable(phase),
        level: nullable(level),
        levelName: nullable(z.string()),
        levelDecided: nullable(z.boolean()),
        lead: nullable(z.string()),
        entity: nullable(z.string()),
        system: nullable(z.string()),
        declaredAt: nullable(instant),
        /** Confirmed time of awareness, or the working start while nobody confirmed one. */
        awareAt: nullable(instant),
        awarenessConfirmed: nullable(z.boolean()),
        verdictAt: nullable(instant),
        draftedAt: nullable(instant),
        nextDue: nullable(instant),
        overdue: nullable(z.number()),
        handlingEndedAt: nullable(instant),
        closedAt: nullable(instant),
        duties: z.array(
          z.strictObject({
            id: z.string(),
            content: z.string(),
            form: nullable(z.enum(['first', 'final'])),
            what: z.string(),
            to: z.string(),
            due: nullable(instant),
            provisional: z.boolean(),
            status: z.enum(['running', 'met', 'late', 'void']),
            filedAt: nullable(instant),
            receipt: nullable(z.string()),
          }),
        ),
      }),
    ),
  ),
  figures: named('RegisterFigures', figures.extend({ months: z.array(figures.extend({ month: z.string() })) })),
});

const ref = z.string();
export const reportsAnswer = z.strictObject({
  reports: z.array(
    z.strictObject({
      ref,
      kind: z.enum(['alert', 'supplier']),
      source: z.string(),
      title: nullable(z.string()),
      text: z.string(),
      link: nullable(z.string()),
      severity: nullable(z.string()),
      startedAt: nullable(instant),
      receivedAt: instant,
      more: z.number(),
      files: z.array(z.looseObject({ name: z.string() })),
      decided: nullable(
        z.strictObject({
          choice: z.enum(['opened', 'joined', 'dismissed']),
          incident: nullable(z.string()),
          by: z.string(),
          at: instant,
          reason: nullable(z.string()),
        }),
      ),
    }),
  ),
});

/** The incident the report belongs to; null if it was set aside. */
export const decidedAnswer = z.strictObject({ ref, incident: nullable(z.string()), said: z.string() });

export const deliveriesAnswer = z.strictObject({
  deliveries: z.array(
    z.strictObject({
      id: z.string(),
      endpoint: z.string(),
      type: z.string(),
      incident: z.string(),
      revision: z.number(),
      drill: z.boolean(),
      at: instant,
      attempts: z.number(),
      lastAttempt: instant,
      state: z.enum(['delivered', 'retrying', 'given_up']),
      status: nullable(z.number()),
    }),
  ),
});

const link = { id: z.string(), kind: z.enum(['supplier', 'calendar']), who: z.string(), until: instant };
export const linksAnswer = z.strictObject({
  links: z.array(z.strictObject({ ...link, by: z.string(), since: instant })),
});
export const linkAnswer = z.strictObject({ ...link, url: z.string() });

const session = z.strictObject({
  id: z.string(),
  /** Console account. */
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
