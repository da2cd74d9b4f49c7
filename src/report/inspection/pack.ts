import type { ReportLanguage } from '../../incident/report-document.ts';
import type { InspectionItem, InspectionMap } from '../../law/inspection.ts';
import { type Claim, dossierOf, type InspectedRecord, type Pointer, settled } from './dossier.ts';
import { STATEMENTS } from './topics.ts';

/** Answer to one item: claims with their entries, and the points without evidence. */
export interface InspectionLine {
  readonly item: InspectionItem;
  readonly claims: readonly Claim[];
  /** Statements that no entry proves, e.g. a duty without a filing. */
  readonly missing: readonly string[];
}

/**
 * Answers every item from the records alone, as a generator, so that a caller may run other work in between. A claim is
 * made only if all its entries exist and its record's chain proves them; an item without a claim has no evidence.
 */
export function* inspect(
  records: readonly InspectedRecord[],
  { groups }: InspectionMap,
  language: ReportLanguage,
): Generator<InspectionLine> {
  const dossiers = records.map((record) => dossierOf(record, language));
  const byId = new Map(dossiers.map((one) => [one.state.id, one]));
  for (const item of groups.flatMap(({ items }) => items)) {
    yield { item, ...settled(STATEMENTS[item.topic](dossiers, item), byId) };
  }
}

export function pointedTo(lines: readonly InspectionLine[]): ReadonlyMap<string, readonly Pointer[]> {
  const all = lines.flatMap(({ claims }) => claims.flatMap(({ pointers }) => pointers));
  return Map.groupBy(all, ({ incident }) => incident);
}
