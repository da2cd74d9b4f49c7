import type { Period } from './calendar.ts';
import type { PackDocument } from './pack-schema.ts';
import type { FactDefinition, ObligationRule, OpenQuestion, PaperDefinition, Regime } from './regime.ts';
import type { Reader } from './told.ts';
import type { BilingualText, Rank } from './types.ts';

/** Instant that periods of a pack run from; a person states it, or it is the time of the answer that meets `when`. */
export type AnchorDefinition = PackDocument['anchors'][number];

export interface PackRecipient extends Omit<PackDocument['recipients'][number], 'reader'> {
  /** True for a proper name, which is not translated, e.g. a customer's. */
  readonly proper?: true;
  /** Kind of reader whose wording the papers to this recipient use; absent in older records. */
  readonly reader?: Reader;
}

export interface PackHead {
  readonly id: string;
  /** SHA-256 of the pack's content without translations, in hexadecimal; the first twelve digits are shown. */
  readonly version: string;
  readonly title: BilingualText;
  readonly rank: Rank;
  readonly zone: string;
  /** Date of the last comparison with its sources. */
  readonly checked: string;
  /** Draft: not compared with the official text or two full copies. Absent in older records. */
  readonly status?: 'compared' | 'draft';
  /** Event whose awareness starts the clocks of the pack, in the law's words; absent: the incident. */
  readonly aware?: BilingualText;
}

/**
 * A clock pack as the engine uses it: plain data, complete in itself (sources, holiday calendars and shared facts are
 * part of it), so that an incident can keep the text it began with.
 */
export interface Pack extends PackHead {
  /** SHA-256 of the pack with translations; in older records absent, as `version` was that. */
  readonly texts?: string;
  readonly bound: BilingualText;
  readonly suggests: { readonly sectors: readonly string[]; readonly countries: readonly string[] };
  readonly excludes?: readonly { readonly pack: string; readonly why: BilingualText }[];
  readonly recipients: readonly PackRecipient[];
  readonly anchors: readonly AnchorDefinition[];
  readonly facts: readonly FactDefinition[];
  readonly duties: readonly ObligationRule[];
  readonly openQuestions: readonly OpenQuestion[];
  readonly papers: readonly PaperDefinition[];
}

/** Returns true for keys of our English translations: a better one is no other text of the law. */
export const isTranslation = (key: string): boolean => key === 'en' || key === 'translation';

/** Organisation's setting for a duty of a pack: the figure that the law leaves blank, or `off` for a duty not used. */
export interface DutySetting {
  readonly hours?: number | undefined;
  readonly off?: boolean | undefined;
}

/**
 * Combines the base regime with clock packs into one set of rules. Without packs it is the base regime itself. A fact,
 * anchor or open question that several of them define appears once.
 */
export function lawSet(
  base: Regime,
  packs: readonly Pack[],
  settings: Readonly<Record<string, DutySetting>> = {},
): Regime {
  if (packs.length === 0) return base;
  const duties = packs.flatMap((pack) => pack.duties.flatMap((rule) => asSet(rule, settings[rule.id])));
  return {
    ...base,
    packs: packs.map(({ id, version, title, rank, zone, checked, status, aware }) => ({
      ...{ id, version, title, rank, zone, checked },
      ...(status === undefined ? {} : { status }),
      ...(aware === undefined ? {} : { aware }),
    })),
    packFacts: unique(packs.flatMap(({ facts }) => facts)),
    packAnchors: unique(packs.flatMap(({ anchors }) => anchors)),
    recipients: [...base.recipients, ...unique(packs.flatMap(({ recipients }) => recipients))],
    obligations: [...base.obligations, ...duties],
    openQuestions: [...base.openQuestions, ...unique(packs.flatMap(({ openQuestions }) => openQuestions))],
    papers: [...base.papers, ...packs.flatMap(({ papers }) => papers)],
  };
}

function asSet(rule: ObligationRule, setting: DutySetting | undefined): readonly ObligationRule[] {
  if (setting?.off) return [];
  if (setting?.hours === undefined || rule.period.kind !== 'blank') return [rule];
  const period: Period = { kind: 'minutes', minutes: Math.round(setting.hours * 60) };
  return [{ ...rule, period, source: { ...rule.source, verification: 'stated' } }];
}

function unique<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}

/** Returns the definition of a fact of the base regime or of a pack; null if there is none. */
export function definitionOf(regime: Regime, fact: string): FactDefinition | null {
  const own = regime.factDefinitions.find(({ id }) => id === fact);
  return own ?? regime.packFacts?.find(({ id }) => id === fact) ?? null;
}

/** Returns true for a fact that is a judgement under the law, made by legal or the lead, and not a figure. */
export function isJudgement(regime: Regime, fact: string): boolean {
  const definition = definitionOf(regime, fact);
  return definition?.kind === 'judgement' || definition?.judged === true;
}
