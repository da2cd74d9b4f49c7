import { isTranslation, type Pack } from '../../law/pack.ts';
import type { BilingualText, Iso } from '../../law/types.ts';
import { canonical } from '../record/chain.ts';
import type { IncidentState } from '../state.ts';
import { assessIncident, type IncidentAssessment } from './assessment.ts';
import type { OwedObligation } from './owed.ts';
import { dutyChanges, withPack } from './what-if.ts';

/** Duty whose limit changes under another text of the law; null: the duty is not owed before, or after. */
export interface DutyChange {
  readonly duty: string;
  readonly title: BilingualText | null;
  readonly before: { readonly due: Iso | null } | null;
  readonly after: { readonly due: Iso | null } | null;
}

/** A law that could be put in force for the incident, and its effect; `replaces`: an earlier text of it is in force. */
export interface LawOffer {
  readonly law: Pack;
  readonly replaces: boolean;
}

/**
 * Laws on offer that are not in force in this text, corrected ones first. A text with the same rules is left out: only
 * a date of comparison, a source, a translation or advice to profiles changed its hash.
 */
export function lawOffers(
  { regime }: Pick<IncidentAssessment, 'regime'>,
  { packs }: Pick<IncidentState, 'packs'>,
): readonly LawOffer[] {
  const inForce = new Map(regime.packs?.map(({ id, version }) => [id, version]));
  const offers = (regime.onOffer?.() ?? []).flatMap((law): readonly LawOffer[] => {
    const version = inForce.get(law.id);
    const old = packs.find((one) => one.id === law.id && one.version === version);
    const isSame = version === law.version || (old !== undefined && rulesOf(old) === rulesOf(law));
    return isSame ? [] : [{ law, replaces: version !== undefined }];
  });
  return offers.toSorted((a, b) => Number(b.replaces) - Number(a.replaces));
}

/** Parts of a pack beside its rules: its hashes, how its sources were compared, advice to profiles. */
const ASIDE = new Set(['version', 'texts', 'checked', 'status', 'verification', 'suggests', 'excludes']);

function rulesOf(pack: Pack): string {
  const isAside = (key: string): boolean => ASIDE.has(key) || isTranslation(key);
  return canonical(JSON.parse(JSON.stringify(pack, (key, value: unknown) => (isAside(key) ? undefined : value))));
}

/** Duties of an open incident that would be owed differently if a law were put in force now. */
export function changesBy(law: Pack, state: IncidentState, ia: IncidentAssessment): readonly DutyChange[] {
  const { regime, now } = ia;
  // The base regime has to be without packs: a new set is built from it.
  const { packs: _, packFacts: __, packAnchors: ___, ...rest } = regime;
  const base = { ...rest, obligations: regime.obligations.filter((rule) => rule.regime === undefined) };
  const next = assessIncident(withPack(state, law, now), base, now);
  const titles = new Map([...regime.obligations, ...law.duties].map(({ id, title }) => [id, title]));
  const open = (duty: OwedObligation | null) =>
    duty === null || duty.filing || duty.status === 'void' ? null : { due: duty.due };
  return dutyChanges(ia, next).flatMap(({ id: duty, was, would }): readonly DutyChange[] => {
    const [before, after] = [open(was), open(would)];
    if (before?.due === after?.due && (before === null) === (after === null)) return [];
    return [{ duty, title: titles.get(duty) ?? null, before, after }];
  });
}
