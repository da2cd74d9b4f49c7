import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { KeptRows, type KeptRowsNeeds } from '../kept-rows.ts';
import { equalInConstantTime } from '../signing.ts';

/** Kinds of links that work without signing in: a supplier's form, and somebody's calendar feed. */
const KINDS = ['supplier', 'calendar'] as const;
export type LinkKind = (typeof KINDS)[number];

const linkSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** Supplier or person: id in the profile, or a name where it lists none. */
  who: z.string(),
  /** Of the secret part: whoever reads the store cannot use a link. */
  hash: z.string(),
  by: z.string(),
  since: z.number(),
  until: z.number(),
  ended: z.number().optional(),
});
export type OutsideLink = z.infer<typeof linkSchema>;
export type OutsideLinks = KeptRows<OutsideLink>;
export const openOutsideLinks = (needs: KeptRowsNeeds): Promise<OutsideLinks> =>
  KeptRows.open('outside:', linkSchema, needs);

const DAY = 86_400_000;
/** Request for a link; without `days` it works for a year. */
export const linkRequest = z.strictObject({
  kind: z.enum(KINDS),
  who: z.string().trim().min(1).max(64),
  days: z.number().int().min(1).max(1_100).default(366),
});

/** Makes a link and returns its path, e.g. `/supplier/x1.…`, which is shown this once. */
export async function makeOutsideLink(
  links: OutsideLinks,
  { kind, who, days }: z.output<typeof linkRequest>,
  by: string,
  now: number,
): Promise<{ readonly id: string; readonly path: string; readonly until: number }> {
  const secret = randomBytes(32).toString('base64url');
  const until = now + days * DAY;
  const id = await links.add({ kind, who, hash: hashOf(secret), by, since: now, until });
  return { id, path: `/${kind}/${id}.${secret}${kind === 'calendar' ? '.ics' : ''}`, until };
}

/** The link with this text; null if there is none of the kind, or it ran out, or was revoked. */
export async function outsideLinkOf(
  links: OutsideLinks,
  kind: LinkKind,
  text: string,
): Promise<(OutsideLink & { readonly id: string }) | null> {
  const [, id = '', secret = ''] = /^([\w-]{1,64})\.([\w-]{43})(?:\.ics)?$/.exec(text) ?? [];
  const link = id ? await links.find(id) : null;
  return link?.kind === kind && equalInConstantTime(hashOf(secret), link.hash) ? link : null;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
