import { z } from 'zod';
import type { FormRef, ViewRef } from '../../conversation/cards/card.ts';
import { type Account, accountSchema } from '../../incident/identity.ts';
import { formRef } from '../operations/people.ts';
import { expiringTokens } from '../signing.ts';

/** Lifetime (ms) of a personal link; afterwards the person requests a new one. */
const LINK_LIFE = 30 * 60_000;

export const visitLinks = expiringTokens(
  'visit_link',
  z.strictObject({ ref: formRef, account: accountSchema, nonce: z.string().min(16) }),
  LINK_LIFE,
);

/**
 * Makes a link that opens one form once, for one account, within half an hour. Its holder acts as that account in the
 * form, so it is sent in direct messages only. `nonce`: unguessable, used once; `now` in epoch ms.
 */
export function personalFormLink(
  ref: FormRef,
  account: Account,
  { publicUrl, secret, nonce, now }: Record<'publicUrl' | 'secret' | 'nonce', string> & { readonly now: number },
): string {
  return linkTo('/visit/enter', { token: visitLinks.seal({ ref, account, nonce }, secret, now) }, publicUrl);
}

/** Makes a link for everybody: the chat identifies the person who opens it. It has no secret: fit for groups. */
export function formLink({ form, args }: FormRef, publicUrl: string): string {
  return linkTo(`/visit/form/${encodeURIComponent(form)}`, args, publicUrl);
}

/** Makes a link to a card with its buttons, e.g. the current question. */
export function cardLink({ view, args }: ViewRef, publicUrl: string): string {
  return linkTo(`/visit/card/${encodeURIComponent(view)}`, args, publicUrl);
}

function linkTo(path: string, args: FormRef['args'], publicUrl: string): string {
  const url = new URL(path, publicUrl);
  for (const [name, value] of Object.entries(args)) url.searchParams.set(name, value);
  return url.href;
}
