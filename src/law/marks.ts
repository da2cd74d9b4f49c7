import type { Regime } from './regime.ts';
import type { Source, Verification } from './types.ts';

/** Reasons not to rely on a rule until a person has compared it; shown with the words of `verified.KIND` everywhere. */
export type RuleMark = 'draft' | Exclude<Verification, 'primary'>;

/**
 * Returns the marks of a rule, for cards, the guide and papers alike: a draft pack, and how far its text was read. A
 * rule of the base regime or of a compared pack has no mark if its text was read in full.
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
