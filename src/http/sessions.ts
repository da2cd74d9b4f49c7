import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { expiringTokens } from './signing.ts';

const MINUTE = 60_000;
/** Lifetime of a login link: long enough to copy it to a browser, short enough for one left in a chat. */
export const LINK_LIFE = 15 * MINUTE;
const SESSION_LIFE = 7 * 24 * 60 * MINUTE;

/**
 * Name of a console user. Two spellings of one name must not be two people, so nothing invisible is allowed: U+2800 is
 * a blank, U+3164 and similar letters are not visible.
 */
export const consoleName = z
  .string()
  .transform((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[^\p{C}\p{Default_Ignorable_Code_Point}\u2800/]+$/u, 'no invisible characters and no slash'),
  );

/** Cookie tokens of console sessions; the session data is in the store. */
export const sessionCookies = expiringTokens('session', z.strictObject({ id: z.string().min(16) }), SESSION_LIFE);
/** Shorter session lives: guests sign in again daily, and the provider confirms twice a day that an account exists. */
const LIVES: Readonly<Partial<Record<string, number>>> = { guest: 24 * 60 * MINUTE, oidc: 12 * 60 * MINUTE };
export const sessionLife = (way: string): number => LIVES[way] ?? SESSION_LIFE;

const loginSchema = z.strictObject({
  /** Name of the person. The page of the link uses the same key. */
  name: consoleName,
  /** Id in the profile; null for a guest, or without a profile. */
  person: z.string().nullable(),
  guest: z.boolean(),
  /** Auditor session: the entity whose incidents the auditor reads, and when it ends (epoch ms). */
  audits: z.strictObject({ entity: z.string(), until: z.number() }).optional(),
  /** Platform to which the link was sent; absent for one that the operator made. */
  sentTo: z.string().optional(),
  nonce: z.string().min(16),
});
export type Login = z.infer<typeof loginSchema>;
/** Login links; each signs one person in once. */
export const logins = expiringTokens('login', loginSchema, LINK_LIFE);

/**
 * Makes a link that signs one person in once, within a quarter of an hour (`jishi login NAME`). `publicUrl` is the
 * address of the console; throws if the name is not allowed.
 */
export function loginLink({
  secret,
  publicUrl,
  now,
  ...who
}: Pick<Login, 'name'> &
  Partial<Login> &
  Readonly<Record<'secret' | 'publicUrl', string>> & { readonly now: number }): string {
  const nonce = randomBytes(16).toString('base64url');
  const payload = { person: null, guest: false, ...who, name: consoleName.parse(who.name), nonce };
  const url = new URL('/login', publicUrl);
  url.searchParams.set('token', logins.seal(payload, secret, now));
  return url.href;
}

/** Proof that a request comes from the command line on the bot's machine, which can read the bot's secret. */
export const operatorTokens = expiringTokens('operator', z.strictObject({}), MINUTE);

/** Permanent record of used links. */
export interface UsedLinks {
  /** Returns true for the first use of a nonce, false for later ones, also after a restart. */
  use(nonce: string, name: string): Promise<boolean>;
}
