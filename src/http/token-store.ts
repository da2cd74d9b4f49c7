import { z } from 'zod';
import { addSecret, KeptRows, type KeptRowsNeeds, type NamedRow, rowOfSecret, secretShape } from './kept-rows.ts';
import { consoleName } from './sessions.ts';

/** Rights of a token: reads incidents; declares; gives intents; downloads reports, records and files; reads `/metrics`; sends alerts. */
export const SCOPES = ['read', 'declare', 'answer', 'export', 'metrics', 'alert'] as const;
export type Scope = (typeof SCOPES)[number];

const tokenSchema = z.strictObject({ name: z.string(), scopes: z.array(z.enum(SCOPES)), ...secretShape });
export type Token = z.infer<typeof tokenSchema>;

/** Tokens of programs that use the API. */
export type Tokens = KeptRows<Token>;
export const openTokens = (needs: KeptRowsNeeds): Promise<Tokens> => KeptRows.open('token:', tokenSchema, needs);

/** Request for a token; without `days` it works for 90. */
export const tokenBody = z.strictObject({
  name: z.string().trim().min(1).max(64),
  scopes: z.array(z.enum(SCOPES)).min(1),
  days: z.number().int().min(1).max(366).default(90),
});

/** Makes a token; it is shown this once, e.g. `jishi_x1y2.…`. */
export async function makeToken(
  tokens: Tokens,
  { name, scopes, days }: z.output<typeof tokenBody>,
  by: string,
  now: number,
): Promise<{ readonly id: string; readonly token: string; readonly until: number }> {
  const { id, text, until } = await addSecret(tokens, { days, by, now }, (fields) => ({
    ...{ name, scopes: [...new Set(scopes)] },
    ...fields,
  }));
  return { id, token: `jishi_${text}`, until };
}

/** The token with this text; null if there is none, or it ran out, or was revoked. */
export async function tokenOf(tokens: Tokens, text: string): Promise<NamedRow<Token> | null> {
  return text.startsWith('jishi_') ? rowOfSecret(tokens, text.slice('jishi_'.length)) : null;
}

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
