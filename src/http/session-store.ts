import { z } from 'zod';
import { KeptRows, type KeptRowsNeeds } from './kept-rows.ts';
import { consoleName } from './sessions.ts';

/** Ways to sign in to the console. */
const SIGN_IN_WAYS = ['local', 'link', 'guest', 'oidc', 'auditor'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

export const sessionSchema = z.strictObject({
  /** Id of the console account, which is its name. */
  name: consoleName,
  way: z.enum(SIGN_IN_WAYS),
  /** Id in the profile; null for a guest, and where there is no profile. */
  person: z.string().nullable(),
  /** Hash of the person's roles at sign-in: other roles need another sign-in. */
  version: z.string(),
  /** Groups of the identity provider to which the settings give roles. */
  groups: z.array(z.string()),
  /** Entity whose incidents an auditor reads; absent for everybody else. */
  entity: z.string().optional(),
  since: z.number(),
  until: z.number(),
  /** Epoch ms of its end before its time. */
  ended: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;
export type NamedSession = Session & { readonly id: string };

/** Sessions of the console, so that each can be listed and ended on every instance. */
export type Sessions = KeptRows<Session>;
export const openSessions = (needs: KeptRowsNeeds): Promise<Sessions> =>
  KeptRows.open('session:', sessionSchema, needs);
