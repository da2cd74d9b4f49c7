import type { Regime } from './regime.ts';
import type { Source, Verification } from './types.ts';

/** Reason not to rely on a rule until a person has compared its text; worded by the message `verified.KIND`. */
export type RuleMark = 'draft' | Exclude<Verification, 'primary'>;

/**
 * Returns the marks of a rule, for cards, the guide and papers alike: `draft` if its pack is a draft, and how far its
 * text was read. A rule of the base regime or of a compared pack has no mark if its text was read in full.
 */
export function ruleMarks(
  { packs = [] }: Pick<Regime, 'packs'>,
  { regime, source }: { readonly regime?: string | undefined; readonly source: Pick<Source, 'verification'> },
): readonly RuleMark[] {
  const draft = packs.some(({ id, status }) => id === regime && status === 'draft');
  const { verification } = source;
  const isRead = verification === 'primary' || (verification === 'copy' && !draft);
  return [...(draft ? ['draft' as const] : []), ...(isRead ? [] : [verification])];
}
