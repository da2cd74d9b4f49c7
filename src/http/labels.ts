import type { Regime } from '../law/regime.ts';
import type { BilingualText } from '../law/types.ts';

/** Returns the names of items, fields and other parts of the law by id, for pages that know only ids. */
export function labelsOf(regime: Regime): Readonly<Record<string, BilingualText>> {
  const named = [...regime.recipients, ...regime.channels].map(({ id, name }) => [id, name] as const);
  // English names start with the Chinese term of the law.
  const reports = regime.reports.map(({ id, name: { zh, en } }) => [id, { zh, en: `${zh} ${en}` }] as const);
  const packs = (regime.packs ?? []).map(({ id, title }) => [id, title] as const);
  const duties = regime.obligations.map(({ id, title }) => [id, title] as const);
  const facts = [...regime.factDefinitions, ...(regime.packFacts ?? []), ...(regime.packAnchors ?? [])].map(
    ({ id, label }) => [id, label] as const,
  );
  const items = regime.items.flatMap((item) => [
    [item.id, item.title] as const,
    ...item.fields.map(({ id, label }) => [id, label] as const),
  ]);
  return Object.fromEntries([...named, ...reports, ...packs, [regime.id, regime.title], ...duties, ...facts, ...items]);
}
