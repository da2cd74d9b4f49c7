import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sign, unsign } from './signing.ts';

const MINUTE = 60_000;
/** Long enough to be carried from a terminal to a browser, short enough not to lie about in a chat. */
const LINK_LIFE = 15 * MINUTE;
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

const sessionSchema = z.strictObject({
  name: consoleName,
  /** `local`: chosen on the machine itself; counts only there. */
  by: z.enum(['local', 'login']),
  until: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

export function sealSession(name: string, by: Session['by'], secret: string, now: number): string {
  return sign({ name, by, until: now + SESSION_LIFE }, 'session', secret);
}

export function openSession(token: string, secret: string, now: number): Session | null {
  const parsed = sessionSchema.safeParse(unsign(token, 'session', secret));
  return parsed.success && parsed.data.until > now ? parsed.data : null;
}
export const SESSION_SECONDS = SESSION_LIFE / 1_000;

const linkSchema = z.strictObject({ name: consoleName, nonce: z.string().min(16), until: z.number() });
export type Login = z.infer<typeof linkSchema>;

/**
 * The link that signs one person in once, within a quarter of an hour (`jishi login NAME`).
 * `publicUrl` is the address of the console; throws when the name cannot be one.
 */
export function loginLink(options: { secret: string; name: string; publicUrl: string; now: number }): string {
  const payload = {
    name: consoleName.parse(options.name),
    nonce: randomBytes(16).toString('base64url'),
    until: options.now + LINK_LIFE,
  };
  const url = new URL('/login', options.publicUrl);
  url.searchParams.set('token', sign(payload, 'login', options.secret));
  return url.href;
}

export function openLogin(token: string, secret: string, now: number): Login | null {
  const parsed = linkSchema.safeParse(unsign(token, 'login', secret));
  return parsed.success && parsed.data.until > now ? parsed.data : null;
}

/** Remembers for good which links were used. */
export interface UsedLinks {
  /** True the first time a nonce is handed in, false ever after, also across restarts. */
  use(nonce: string, name: string): Promise<boolean>;
}
