import type { Holidays, Period } from './calendar.ts';
import type { Condition } from './condition.ts';
import { keptFor } from './kept-for.ts';
import { mentionsOf } from './mentions.ts';
import type { AnchorDefinition, Pack, PackHead } from './pack.ts';
import type { RawSource, RegimeDocument } from './regime-schema.ts';
import type { AnchorName, BilingualText, Level, Obligation, Rank, Recipient, ReportRole, Source } from './types.ts';

/** Data with every source in full: url, dates and verification come from its instrument. */
type Sourced<T> = T extends Condition
  ? T
  : T extends RawSource
    ? Source
    : T extends object
      ? { readonly [K in keyof T]: Sourced<T[K]> }
      : T;

/** One legal instrument (and the duties beside it) as data. Loaded from YAML by `regimes/load.ts`. */
export type Regime = Sourced<Omit<RegimeDocument, 'facts' | 'typeSource' | 'cases' | 'obligations' | 'notifiable'>> & {
  /** SHA-256 of the regime's content, in hexadecimal. */
  readonly version: string;
  readonly factDefinitions: readonly FactDefinition[];
  readonly obligations: readonly ObligationRule[];
  /** Clock packs that belong to the regime, with their facts and anchors; absent: none. */
  readonly packs?: readonly PackHead[];
  readonly packFacts?: readonly FactDefinition[];
  readonly packAnchors?: readonly AnchorDefinition[];
  /** Versions of the regime under which incidents were declared; absent: only this one. */
  readonly editions?: Editions;
  /** Packs and contracts as they are loaded now, which an open incident can be given; absent: none. */
  readonly onOffer?: () => readonly Pack[];
};
/** Stored versions of a regime; `first` is the oldest. */
export interface Editions {
  readonly first: string | null;
  readonly get: (version: string) => Regime | undefined;
}
export type FactDefinition = Sourced<RegimeDocument['facts'][number]>;
export type FactUnit = NonNullable<FactDefinition['unit']>;
export type Criterion = Regime['criteria'][number];
type BaseObligation = Sourced<RegimeDocument['obligations'][number]>;

/** One period, or several with their own anchors, of which the earliest or the latest limit counts. */
export type RulePeriod =
  | Period
  | {
      readonly kind: 'earliest_of' | 'latest_of';
      readonly of: readonly { readonly anchor: AnchorName; readonly period: Period; readonly lapses?: AnchorName }[];
    };
/** Duty of the base regime or of a clock pack; some of its fields occur in packs only. */
export interface ObligationRule extends Omit<BaseObligation, 'anchor' | 'period' | 'content'> {
  readonly content: Obligation['content'];
  readonly anchor: AnchorName;
  readonly period: RulePeriod;
  /** Pack or contract that contains the duty; absent: the base regime. */
  readonly regime?: string;
  readonly rank?: Rank;
  /** Zone in which its days begin; absent: that of the base regime. */
  readonly zone?: string;
  /** The law's own word, shown alone or beside the limit. */
  readonly urgency?: BilingualText;
  /** Meaning of the quotation; ours, not official. */
  readonly meaning?: BilingualText;
  readonly repeat?: { readonly minutes: number; readonly until: AnchorName };
  /** Filing of another duty as an anchor; this duty is listed once the other was filed. */
  readonly after?: AnchorName;
  /** True if the duty is owed again once its anchor is stated anew. */
  readonly again?: true;
  readonly weekend?: { readonly holidays: Holidays; readonly until: string; readonly unless?: Condition };
  /** Periods under readings of an open question other than the cautious one. */
  readonly readings?: readonly { readonly question: string; readonly reading: string; readonly period: RulePeriod }[];
}
export type OpenQuestion = Regime['openQuestions'][number];
export type Touch = NonNullable<OpenQuestion['touchedBy']>;
export type ItemDefinition = Regime['items'][number];
export type FieldDefinition = ItemDefinition['fields'][number];
export type PartDefinition = Regime['parts'][number];
export type PaperDefinition = Regime['papers'][number];
export type PaperLine = PaperDefinition['sections'][number]['lines'][number];
export type ChannelDefinition = Regime['channels'][number];
export type TypeCategory = Regime['types'][number];
export type TypeDefinition = TypeCategory['types'][number];
export type Note = Regime['notes'][number];
export type NoteTopic = Note['topic'];
export type Instrument = Regime['instruments'][string];

/** Returns the channels that reach a recipient; if none names it, those for any recipient (own contact, in person). */
export function channelsTo({ channels }: Regime, recipient: Recipient): readonly ChannelDefinition[] {
  const named = channels.filter(({ recipients }) => recipients.includes(recipient));
  return named.length > 0 ? named : channels.filter(({ kind }) => kind === 'own_contact' || kind === 'in_person');
}

export interface Threshold {
  /** Threshold (inclusive) in the unit of the fact. */
  readonly value: number;
  readonly level: Level;
  readonly criterion: string;
}

/** The thresholds of a figure, smallest first: they cut its values into bands that do not overlap. */
export function thresholdsOf({ criteria }: Regime, factId: string): readonly Threshold[] {
  return thresholdsIn(criteria).get(factId) ?? [];
}

/** Reports in the regime's own form: `first` is made of its items, `final` of its parts. */
export type FormReport = 'first' | 'final';

export function formOf(role: ReportRole): FormReport {
  return role === 'final' ? 'final' : 'first';
}

/** Returns the id of the report with a role; if the law has no such role, that of its first report. */
export function reportWith({ reports }: Pick<Regime, 'reports'>, role: ReportRole): string {
  return (reports.find((one) => one.role === role) ?? reports.find((one) => one.role === 'first'))?.id ?? role;
}
export function roleOf({ reports }: Pick<Regime, 'reports'>, report: string): ReportRole | null {
  return reports.find(({ id }) => id === report)?.role ?? null;
}

/** Last part of a field's id, which identifies its meaning to the bot: `place` of `art.2.place`. */
export function nameOfField(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** Ids of the fields of the first report with these names. */
export function fieldsNamed({ items }: Pick<Regime, 'items'>, names: readonly string[]): readonly string[] {
  const ids = items.flatMap(({ fields }) => fields.map(({ id }) => id));
  return names.flatMap((name) => ids.filter((id) => nameOfField(id) === name));
}

/** Returns true for the recipient whose name is that of the body of the province. */
export function isOfProvince({ recipients }: Regime, recipient: Recipient): boolean {
  return recipients.some(({ id, ofProvince }) => id === recipient && ofProvince === true);
}

/** Report of the regime's form for a content; null for a paper, and for every content of a clock pack. */
export function reportOf({ contents }: Regime, content: string): FormReport | null {
  return reportsOf(contents).get(content) ?? null;
}

const reportsOf = keptFor(
  (contents: Regime['contents']): ReadonlyMap<string, FormReport> =>
    new Map(contents.flatMap(({ id, role }) => (role === 'first' || role === 'final' ? [[id, role] as const] : []))),
);

/** Returns the version of each law of a set by its id; every verdict is stored with these versions. */
export function versionsOf({ id, version, packs = [] }: Regime): Readonly<Record<string, string>> {
  return Object.fromEntries([{ id, version }, ...packs].map((one) => [one.id, one.version]));
}

/** Figures of a fact at which the duties change, in the grading or in a clock pack, smallest first. */
export function cutsOf(regime: Regime, factId: string): readonly number[] {
  const packs = regime.obligations.flatMap(({ regime: of, when }) =>
    of !== undefined && when ? (mentionsOf(when).figures.get(factId) ?? []) : [],
  );
  const cuts = new Set([...thresholdsOf(regime, factId).map(({ value }) => value), ...packs]);
  return [...cuts].toSorted((a, b) => a - b);
}

/** Thresholds of every figure that criteria name, by the fact, smallest first. */
export const thresholdsIn = keptFor(
  (criteria: readonly Pick<Criterion, 'id' | 'level' | 'when'>[]): ReadonlyMap<string, readonly Threshold[]> => {
    const all = criteria.flatMap(({ id, level, when }) =>
      [...mentionsOf(when).figures].flatMap(([fact, values]) =>
        values.map((value) => ({ fact, threshold: { value, level, criterion: id } })),
      ),
    );
    return new Map(
      [...Map.groupBy(all, ({ fact }) => fact)].map(([fact, of]) => [
        fact,
        of.map(({ threshold }) => threshold).toSorted((a, b) => a.value - b.value),
      ]),
    );
  },
);

/** Facts without which a fact counts in no criterion, e.g. the spread of illegal content for its forwards. */
export const countedWith = keptFor(
  (criteria: readonly Pick<Criterion, 'when'>[]): ReadonlyMap<string, readonly string[]> => {
    const all = criteria.flatMap(({ when }) => {
      const needed = 'all' in when ? when.all.flatMap((one) => ('is' in one && one.is ? [one.fact] : [])) : [];
      return [...mentionsOf(when).facts].map((fact) => [fact, needed.filter((one) => one !== fact)] as const);
    });
    const byFact = Map.groupBy(all, ([fact]) => fact);
    return new Map(
      [...byFact].map(([fact, those]) => [
        fact,
        (those[0]?.[1] ?? []).filter((one) => those.every(([, needed]) => needed.includes(one))),
      ]),
    );
  },
);
