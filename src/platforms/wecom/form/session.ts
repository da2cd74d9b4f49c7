import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FormRef, ViewRef } from '../../../conversation/cards/card.ts';
import { equalInConstantTime, expiringTokens, sign } from '../../../http/signing.ts';
import { type Account, accountSchema } from '../../../incident/identity.ts';
import { formRefSchema } from '../../shared/does.ts';

const MINUTE = 60_000;
/**
 * Lifetime (ms) of a session: long enough for a form filled in while phoning; then WeCom identifies the person again.
 */
const SESSION_LIFE = 60 * MINUTE;
const STATE_LIFE = 10 * MINUTE;
/** Lifetime (ms) of a link; after it the person requests another. */
const LINK_LIFE = 30 * MINUTE;

/** Session of a person who fills in forms in this browser, by OAuth or by a link. */
const sessionSchema = z.strictObject({
  account: accountSchema,
  /** Random: form tokens are made of it. */
  id: z.string().min(16),
  /** A link is for one form only; null is a person identified by WeCom. */
  only: formRefSchema.nullable(),
});
export type FormSession = z.infer<typeof sessionSchema>;
export const sessions = expiringTokens('form_session', sessionSchema, SESSION_LIFE);
export const SESSION_SECONDS = SESSION_LIFE / 1_000;

/** Time (ms) after its end for which a session opens nothing, but still identifies whose entries came too late. */
export const LATE_FOR = 24 * 60 * MINUTE;
export const COOKIE_SECONDS = (SESSION_LIFE + LATE_FOR) / 1_000;

/** Returns true if a session may open a form. */
export function allows(session: FormSession, ref: FormRef): boolean {
  return session.only === null || canonical(session.only) === canonical(ref);
}

export function canonical({ form, args }: FormRef): string {
  return JSON.stringify([form, Object.entries(args).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Token in a form, so that another site cannot send one in this person's name. */
export function formToken(session: Pick<FormSession, 'id'>, secret: string): string {
  return sign({ id: session.id }, 'form_session', secret);
}

export function isFormToken(given: string, session: Pick<FormSession, 'id'>, secret: string): boolean {
  return equalInConstantTime(given, formToken(session, secret));
}

/**
 * State that travels through WeCom's OAuth and comes back: the page, and the browser it began in (by the hash of its
 * cookie).
 */
const stateSchema = z.strictObject({
  path: z.string().startsWith('/wecom/form/'),
  browser: z.string(),
});
export const states = expiringTokens('form_state', stateSchema, STATE_LIFE);

export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const linkSchema = z.strictObject({ ref: formRefSchema, account: accountSchema, nonce: z.string().min(16) });
export const formLinks = expiringTokens('form_link', linkSchema, LINK_LIFE);

/**
 * A link that opens one form once, for one account, within half an hour. Whoever holds it is that account to the form, so it
 * is sent in a direct message only. `nonce`: unguessable, used once; `now` in epoch milliseconds.
 */
export function personalFormLink(
  ref: FormRef,
  account: Account,
  { publicUrl, secret, nonce, now }: Record<'publicUrl' | 'secret' | 'nonce', string> & { readonly now: number },
): string {
  return pageLink('/wecom/form/enter', { token: formLinks.seal({ ref, account, nonce }, secret, now) }, publicUrl);
}

/** Link for everybody: WeCom identifies the person who follows it. It holds no secret and may be posted in a group. */
export function formLink(ref: FormRef, publicUrl: string): string {
  return pageLink(`/wecom/form/open/${encodeURIComponent(ref.form)}`, ref.args, publicUrl);
}

/** The same for a card with its buttons, e.g. the question of the moment. */
export function cardLink(ref: ViewRef, publicUrl: string): string {
  return pageLink(`/wecom/form/card/${encodeURIComponent(ref.view)}`, ref.args, publicUrl);
}

function pageLink(path: string, args: FormRef['args'], publicUrl: string): string {
  const url = new URL(path, publicUrl);
  for (const [name, value] of Object.entries(args)) url.searchParams.set(name, value);
  return url.href;
}
