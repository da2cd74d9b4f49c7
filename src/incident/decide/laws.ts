import { contractPack } from '../people/contracts.ts';
import { draftsNotAccepted, lawsOnOffer } from '../people/packs-in-use.ts';
import { type Decider, happened, nothing, refused } from './context.ts';

/**
 * Puts a law or contract in force for an incident that began without it, or the text of one as it is loaded now. Its clocks
 * run from what the record knows, late if late. Refused where nobody loaded or accepted it, or where another text was shown.
 */
export const takeLaw: Decider<'take_law'> = (state, { law, version, reason }, context) => {
  const { organisation, packs = [] } = context;
  if (state.organisation === null || organisation === null)
    return refused('unknown_law', { field: 'law', params: { law } });
  const { regime } = context.assess(state);
  const pack = lawsOnOffer(organisation, packs, (one) => contractPack(one, regime)).find(({ id }) => id === law);
  if (pack === undefined) {
    const isDraft = packs.some((one) => one.id === law) && draftsNotAccepted(organisation, packs, law).length > 0;
    return refused(isDraft ? 'draft_law' : 'unknown_law', { field: 'law', params: { law } });
  }
  if (version !== undefined && version !== pack.version) return refused('stale_law', { field: 'law', params: { law } });
  if (regime.packs?.some((one) => one.id === law && one.version === pack.version)) return nothing;
  return happened({ type: 'law_taken', payload: { pack, reason } });
};
