import type { Regime } from './regime.ts';
import type { Source, Verification } from './types.ts';

/** Reasons for not relying on a rule before a person compared it; shown in the words of `verified.KIND` everywhere. */
export type RuleMark = 'draft' | Exclude<Verification, 'primary'>;

/**
 * Marks of a rule, for cards, the guide and papers alike: that its pack is a draft, and how its words were read. A rule of
 * a compared pack, or of the base regime, that was read in full has none.
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
