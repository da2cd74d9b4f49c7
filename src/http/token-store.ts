import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { KeptRows, type KeptRowsNeeds } from './kept-rows.ts';
import { equalInConstantTime } from './signing.ts';

/** Rights of a token: reads incidents; declares; gives intents; downloads reports, records and files; reads `/metrics`; sends alerts. */
export const SCOPES = ['read', 'declare', 'answer', 'export', 'metrics', 'alert'] as const;
export type Scope = (typeof SCOPES)[number];

const tokenSchema = z.strictObject({
  name: z.string(),
  /** Of the secret part: whoever reads the store cannot use a token. */
  hash: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** Maker of the token: id in the profile, or `operator` for the command line. */
  by: z.string(),
  since: z.number(),
  until: z.number(),
  ended: z.number().optional(),
});
export type Token = z.infer<typeof tokenSchema>;

/** Tokens of programs that use the API. */
export type Tokens = KeptRows<Token>;
export const openTokens = (needs: KeptRowsNeeds): Promise<Tokens> => KeptRows.open('token:', tokenSchema, needs);

const DAY = 86_400_000;
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
  const secret = randomBytes(32).toString('base64url');
  const until = now + days * DAY;
  const id = await tokens.add({ name, hash: hashOf(secret), scopes: [...new Set(scopes)], by, since: now, until });
  return { id, token: `jishi_${id}.${secret}`, until };
}

/** The token with this text; null if there is none, or it ran out, or was revoked. */
export async function tokenOf(tokens: Tokens, text: string): Promise<(Token & { readonly id: string }) | null> {
  const [, id = '', secret = ''] = /^jishi_([\w-]{1,64})\.([\w-]{43})$/.exec(text) ?? [];
  const token = id ? await tokens.find(id) : null;
  return token && equalInConstantTime(hashOf(secret), token.hash) ? token : null;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
