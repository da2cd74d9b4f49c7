import type { Pack } from '../../law/pack.ts';
import type { BilingualText, Iso } from '../../law/types.ts';
import type { IncidentState } from '../state.ts';
import { assessIncident, type IncidentAssessment } from './assessment.ts';

/** A duty whose limit another text of the law changes; null: it is not owed before, or after. */
export interface DutyChange {
  readonly duty: string;
  readonly title: BilingualText | null;
  readonly before: { readonly due: Iso | null } | null;
  readonly after: { readonly due: Iso | null } | null;
}

/** A law that the incident could be given, and what that would change; `replaces`: an earlier text of it is in force. */
export interface LawOffer {
  readonly law: Pack;
  readonly replaces: boolean;
}

/** Laws on offer that are not in force in this text, corrected ones first. */
export function lawOffers({ regime }: Pick<IncidentAssessment, 'regime'>): readonly LawOffer[] {
  const inForce = new Map(regime.packs?.map(({ id, version }) => [id, version]));
  const offers = (regime.onOffer?.() ?? []).flatMap((law): readonly LawOffer[] =>
    inForce.get(law.id) === law.version ? [] : [{ law, replaces: inForce.has(law.id) }],
  );
  return offers.toSorted((a, b) => Number(b.replaces) - Number(a.replaces));
}

/** Duties of an open incident that would be owed differently if a law were put in force now. */
export function changesBy(law: Pack, state: IncidentState, ia: IncidentAssessment): readonly DutyChange[] {
  const { regime, now } = ia;
  const stamp = { by: '', at: now, version: state.version };
  const given: IncidentState = {
    ...state,
    packs: [...state.packs.filter(({ id }) => id !== law.id), law],
    taken: { ...state.taken, [law.id]: { ...stamp, reason: '' } },
  };
  // The set of laws carries everything of its base, which is what a new set is made from.
  const { packs: _, packFacts: __, packAnchors: ___, ...rest } = regime;
  const base = { ...rest, obligations: regime.obligations.filter((rule) => rule.regime === undefined) };
  const next = assessIncident(given, base, now);
  const titles = new Map([...regime.obligations, ...law.duties].map(({ id, title }) => [id, title]));
  const [before, after] = [ia, next].map(
    ({ obligations }) =>
      new Map(
        obligations.flatMap(({ id, due, filing, status }) => (filing || status === 'void' ? [] : [[id, { due }]])),
      ),
  );
  const ids = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...ids].flatMap((duty): readonly DutyChange[] => {
    const [from, to] = [before?.get(duty) ?? null, after?.get(duty) ?? null];
    if (from !== null && to !== null && from.due === to.due) return [];
    return [{ duty, title: titles.get(duty) ?? null, before: from, after: to }];
  });
}
