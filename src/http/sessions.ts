import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { expiringTokens } from './signing.ts';

const MINUTE = 60_000;
/** Long enough to be carried from a terminal to a browser, short enough not to lie about in a chat. */
export const LINK_LIFE = 15 * MINUTE;
const SESSION_LIFE = 7 * 24 * 60 * MINUTE;

/**
 * A person of the console as they are called. Two spellings of one name must not be two people, so nothing invisible is
 * part of one: U+2800 is a blank, U+3164 and the like are letters that show nothing.
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

/** Sessions of the console as named by the cookie; their data is in the store. */
export const sessionCookies = expiringTokens('session', z.strictObject({ id: z.string().min(16) }), SESSION_LIFE);
/** Guests sign in again every day; the identity provider is asked twice a day whether the account still exists. */
const LIVES: Readonly<Partial<Record<string, number>>> = { guest: 24 * 60 * MINUTE, oidc: 12 * 60 * MINUTE };
export const sessionLife = (way: string): number => LIVES[way] ?? SESSION_LIFE;

const loginSchema = z.strictObject({
  /** Name of the person, under the key that the page of the link uses. */
  name: consoleName,
  /** Id in the profile; null for a guest, and without a profile. */
  person: z.string().nullable(),
  guest: z.boolean(),
  /** Auditor session: the entity whose incidents are read, and its end (epoch ms). */
  audits: z.strictObject({ entity: z.string(), until: z.number() }).optional(),
  nonce: z.string().min(16),
});
export type Login = z.infer<typeof loginSchema>;
/** Login links; each signs one person in once. */
export const logins = expiringTokens('login', loginSchema, LINK_LIFE);

/**
 * The link that signs one person in once, within a quarter of an hour (`jishi login NAME`).
 * `publicUrl` is the address of the console; throws when the name cannot be one.
 */
export function loginLink(options: {
  readonly secret: string;
  readonly name: string;
  readonly person?: string | null;
  readonly guest?: boolean;
  readonly audits?: Login['audits'];
  readonly publicUrl: string;
  readonly now: number;
}): string {
  const { name, person = null, guest = false, audits } = options;
  const nonce = randomBytes(16).toString('base64url');
  const payload = { name: consoleName.parse(name), person, guest, nonce, ...(audits ? { audits } : {}) };
  const url = new URL('/login', options.publicUrl);
  url.searchParams.set('token', logins.seal(payload, options.secret, options.now));
  return url.href;
}

/** Proof that a request comes from the command line on the bot's machine, which can read the bot's secret. */
export const operatorTokens = expiringTokens('operator', z.strictObject({}), MINUTE);

/** Remembers for good which links were used. */
export interface UsedLinks {
  /** True the first time a nonce is handed in, false ever after, also across restarts. */
  use(nonce: string, name: string): Promise<boolean>;
}
