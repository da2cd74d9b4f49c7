import { z } from 'zod';
import { addSecret, KeptRows, type KeptRowsNeeds, type NamedRow, rowOfSecret, secretShape } from '../kept-rows.ts';

/** Kinds of links that need no sign-in: a supplier's form, and a person's calendar feed. */
const KINDS = ['supplier', 'calendar'] as const;
export type LinkKind = (typeof KINDS)[number];

const linkSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** Supplier or person: id in the profile, or a name not listed there. */
  who: z.string(),
  ...secretShape,
});
export type OutsideLink = z.infer<typeof linkSchema>;
export type OutsideLinks = KeptRows<OutsideLink>;
export const openOutsideLinks = (needs: KeptRowsNeeds): Promise<OutsideLinks> =>
  KeptRows.open('outside:', linkSchema, needs);

/** Request for a link; `days` of validity default to a year. */
export const linkRequest = z.strictObject({
  kind: z.enum(KINDS),
  who: z.string().trim().min(1).max(64),
  days: z.number().int().min(1).max(1_100).default(366),
});

/** Makes a link and returns its path, e.g. `/supplier/x1.…`, which is shown only now. */
export async function makeOutsideLink(
  links: OutsideLinks,
  { kind, who, days }: z.output<typeof linkRequest>,
  by: string,
  now: number,
): Promise<{ readonly id: string; readonly path: string; readonly until: number }> {
  const { id, text, until } = await addSecret(links, { days, by, now }, (fields) => ({ kind, who, ...fields }));
  return { id, path: `/${kind}/${text}${kind === 'calendar' ? '.ics' : ''}`, until };
}

/** Returns the link with this text; null if none of this kind exists, or it expired or was revoked. */
export async function outsideLinkOf(
  links: OutsideLinks,
  kind: LinkKind,
  text: string,
): Promise<NamedRow<OutsideLink> | null> {
  const link = await rowOfSecret(links, text.replace(/\.ics$/, ''));
  return link?.kind === kind ? link : null;
}
