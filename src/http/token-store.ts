import { z } from 'zod';
import { addSecret, KeptRows, type KeptRowsNeeds, type NamedRow, rowOfSecret, secretShape } from './kept-rows.ts';
import { consoleName } from './sessions.ts';

/** Scopes: read incidents; declare; submit intents; download reports, records, files; read `/metrics`; send alerts. */
export const SCOPES = ['read', 'declare', 'answer', 'export', 'metrics', 'alert'] as const;
export type Scope = (typeof SCOPES)[number];

const tokenSchema = z.strictObject({ name: z.string(), scopes: z.array(z.enum(SCOPES)), ...secretShape });
export type Token = z.infer<typeof tokenSchema>;

/** Tokens of programs that use the API. */
export type Tokens = KeptRows<Token>;
export const openTokens = (needs: KeptRowsNeeds): Promise<Tokens> => KeptRows.open('token:', tokenSchema, needs);

/** Request for a token, valid for 90 days by default. */
export const tokenBody = z.strictObject({
  name: z.string().trim().min(1).max(64),
  scopes: z.array(z.enum(SCOPES)).min(1),
  days: z.number().int().min(1).max(366).default(90),
});

/** Makes a token, e.g. `jishi_x1y2.…`, which is shown only now. */
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

/** Returns the token with this text; null if there is none, or it expired or was revoked. */
export async function tokenOf(tokens: Tokens, text: string): Promise<NamedRow<Token> | null> {
  return text.startsWith('jishi_') ? rowOfSecret(tokens, text.slice('jishi_'.length)) : null;
}

const SIGN_IN_WAYS = ['local', 'link', 'guest', 'oidc', 'auditor'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

export const sessionSchema = z.strictObject({
  /** Id of the console account, which is its name. */
  name: consoleName,
  way: z.enum(SIGN_IN_WAYS),
  /** Id in the profile; null for a guest, or without a profile. */
  person: z.string().nullable(),
  /** Hash of the person's roles at sign-in: changed roles require a new sign-in. */
  version: z.string(),
  /** Groups of the identity provider to which the settings give roles. */
  groups: z.array(z.string()),
  /** Entity whose incidents an auditor reads; absent for everybody else. */
  entity: z.string().optional(),
  since: z.number(),
  until: z.number(),
  /** Time (epoch ms) at which the session was ended early. */
  ended: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;
export type NamedSession = Session & { readonly id: string };

/** Console sessions in the store, so that every instance can list and end each. */
export type Sessions = KeptRows<Session>;
export const openSessions = (needs: KeptRowsNeeds): Promise<Sessions> =>
  KeptRows.open('session:', sessionSchema, needs);
