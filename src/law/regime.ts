import type { Period } from './calendar.ts';
import type { Condition } from './condition.ts';
import type { Dated } from './dated.ts';
import { leavesOf, mentionsOf } from './mentions.ts';
import type {
  AnchorName,
  BilingualText,
  Flags,
  Instrument,
  Level,
  Obligation,
  OperatorKind,
  Recipient,
  Source,
  Verification,
} from './types.ts';

/** One legal instrument (and the duties beside it) as data. Loaded from YAML by `regimes/load.ts`. */
export interface Regime {
  readonly id: string;
  readonly title: BilingualText;
  /** IANA zone in which days begin and due times are written. */
  readonly zone: string;
  readonly effective: string;
  readonly checked: string;
  readonly instruments: Readonly<Record<string, Instrument>>;
  readonly levels: readonly LevelDefinition[];
  readonly operators: readonly Named<OperatorKind>[];
  readonly recipients: readonly RecipientDefinition[];
  readonly factDefinitions: readonly FactDefinition[];
  readonly criteria: readonly Criterion[];
  readonly obligations: readonly ObligationRule[];
  readonly openQuestions: readonly OpenQuestion[];
  /** Parts of the first report, in the order of the law. */
  readonly items: readonly ItemDefinition[];
  /** Later supplement that may follow, and its condition. */
  readonly later: LaterRule;
  /** Parts of the summary report. */
  readonly parts: readonly PartDefinition[];
  /** Papers for other duties, made from the same facts. */
  readonly papers: readonly PaperDefinition[];
  readonly channels: readonly ChannelDefinition[];
  readonly types: readonly TypeCategory[];
  readonly provinces: ProvinceList;
  /** Other provisions to show to people: contracts, penalties, leniency, secrets, … */
  readonly notes: readonly Note[];
}

export interface Named<Id extends string = string> {
  readonly id: Id;
  readonly name: BilingualText;
}
export interface LevelDefinition extends Named<Level> {
  /** The bare word, e.g. 较大 / major. */
  readonly short: BilingualText;
  readonly source: Source;
}
export interface RecipientDefinition extends Named<Recipient> {
  readonly description: BilingualText;
}

/** A paper to one recipient that serves every duty of these contents. */
export interface PaperDefinition {
  readonly id: string;
  readonly title: BilingualText;
  readonly recipient: Recipient;
  readonly contents: readonly Obligation['content'][];
  /** Sources of the duty and of its required contents. */
  readonly sources: readonly Source[];
  /** Notes for the sender, e.g. what to prepare; never printed on what is sent. */
  readonly before: readonly BilingualText[];
  readonly sections: readonly {
    readonly id: string;
    readonly heading: BilingualText;
    readonly lines: readonly PaperLine[];
  }[];
}
/**
 * Line of a paper: text from fields of the report, from facts, from data of the bot itself, or (`write`) by a person;
 * exactly one.
 */
export interface PaperLine {
  readonly id: string;
  readonly label: BilingualText;
  readonly fields?: readonly string[];
  readonly facts?: readonly string[];
  readonly own?: 'contact' | 'files';
  readonly write?: BilingualText;
}

/** A text of the law with its translation. The quotation in `source` governs. */
export interface Provision {
  readonly text: BilingualText;
  readonly source: Source;
}
export interface LaterRule extends Provision {
  /** Conditions that cannot be determined in time; each is enough. */
  readonly conditions: readonly ('cause' | 'impact' | 'trend')[];
  /** Items that may then follow. */
  readonly items: readonly string[];
}
export interface Note extends Provision {
  readonly id: string;
  readonly topic: NoteTopic;
  readonly from: string;
  readonly until?: string;
  /** Concerns an incident while this level and this condition are possible; absent: any. */
  readonly minLevel?: Level;
  readonly when?: Condition;
}
export type NoteTopic =
  | 'authority_duty'
  | 'supplier'
  | 'follow_up'
  | 'definition'
  | 'leniency'
  | 'neighbouring_duty'
  | 'penalty'
  | 'public'
  | 'state_secret'
  | 'cross_border';

export type FactKind = 'one' | 'many' | 'number' | 'duration' | 'boolean' | 'judgement';
export type FactUnit = 'minutes' | 'percent' | 'people' | 'cny' | 'count';
export interface FactDefinition {
  readonly id: string;
  readonly kind: FactKind;
  readonly unit?: FactUnit;
  readonly label: BilingualText;
  /** For lists of figures on one line; absent: the label. */
  readonly short?: BilingualText;
  readonly question: BilingualText;
  /** For `one`, `many` and `judgement`; judgements from `none` upwards. The option `none` stands alone. */
  readonly options?: readonly Named[];
  /** The choices of "what is affected" it belongs to. */
  readonly aspects: readonly string[];
  /** Id of what makes it worth asking at all (a kind of operator or of service); absent: whenever one of its aspects is affected. */
  readonly relevance?: string;
  /** Unknown counts as not applicable where none of these kinds of operator is involved. */
  readonly appliesTo?: readonly OperatorKind[];
  readonly max?: number;
}

export interface Criterion extends Dated {
  readonly level: Level;
  /** Short name for the trace, e.g. 较大第5项. */
  readonly label: BilingualText;
  readonly when: Condition;
  /** English of the quotation; ours, not official. */
  readonly translation: string;
  readonly source: Source;
}

export interface ObligationRule extends Dated {
  readonly title: BilingualText;
  /** Circumstances in which it is owed, for papers that list it outside an incident, e.g. 涉嫌违法犯罪（任何级别）. */
  readonly applies: BilingualText;
  readonly recipient: Recipient;
  readonly content: Obligation['content'];
  readonly anchor: AnchorName;
  readonly period: Period;
  /** Exists from this level up. Absent: no threshold; listed when its facts are met. */
  readonly minLevel?: Level;
  readonly when?: Condition;
  /** Listed only once its anchor is known. */
  readonly onceAnchored: boolean;
  /** One report serves every duty with the same word here, e.g. `police`. */
  readonly together?: string;
  readonly translation: string;
  readonly source: Source;
}

export interface OpenQuestion {
  readonly id: string;
  readonly topic: 'level' | 'clock' | 'recipient' | 'scope';
  readonly text: BilingualText;
  /** The first is the cautious one and is used until a person decides otherwise. */
  readonly readings: readonly Named[];
  /** Facts, duties or anchors it is about: where it is worth showing even if no verdict depends on it. */
  readonly concerns: readonly string[];
  /** Cases that touch it, beside changing a criterion. */
  readonly touchedBy?: Touch;
}
/** Any of these is enough. */
export interface Touch {
  readonly when?: Condition;
  /** The ceiling is no higher than this. */
  readonly ceiling?: Level;
  /** Learnt before this day, `YYYY-MM-DD`. */
  readonly learntBefore?: string;
}

export interface ItemDefinition {
  readonly id: string;
  readonly n: number;
  readonly title: BilingualText;
  readonly translation: string;
  readonly source: Source;
  /** May follow later when it cannot be determined in time. */
  readonly required: 'now' | 'may_follow';
  /** Leads for tracing: what investigators need, released abroad only by itself. */
  readonly tracing: boolean;
  readonly fields: readonly FieldDefinition[];
}
export interface FieldDefinition {
  readonly id: string;
  readonly label: BilingualText;
  readonly example: BilingualText;
  readonly required: 'now' | 'may_follow' | 'optional';
  /** Asked only under this flag. */
  readonly onlyIf?: 'ransomware';
  /** Answered by the record itself unless somebody writes it. */
  readonly from?: 'occurrence' | 'awareness' | 'level' | 'incident_type' | 'entity' | 'system';
  readonly multiline: boolean;
}
export interface PartDefinition {
  readonly id: string;
  readonly n: number;
  readonly label: BilingualText;
  readonly example: BilingualText;
}
export interface ChannelDefinition extends Named {
  readonly kind:
    | 'website'
    | 'phone'
    | 'mini_program'
    | 'public_account'
    | 'email'
    | 'fax'
    | 'in_person'
    | 'own_contact';
  readonly value: BilingualText;
  readonly recipients: readonly Recipient[];
  readonly sourceUrls: readonly string[];
  readonly checked: string;
  readonly verification: Verification;
}
export interface TypeDefinition extends Named {
  /** Flags such an incident leaves open (`unknown`) or states by itself (`true`) until somebody answers. */
  readonly suggests?: Flags;
  /** Facts such an incident raises although nobody stated them. */
  readonly raises?: readonly string[];
}
export interface TypeCategory extends TypeDefinition {
  readonly types: readonly TypeDefinition[];
}
export interface ProvinceList {
  readonly asOf: string;
  readonly verification: Verification;
  readonly note: BilingualText;
  readonly list: readonly Province[];
}
export interface Province {
  readonly id: string;
  /** Two-digit GB/T 2260 prefix. */
  readonly code: string;
  readonly name: BilingualText;
  /** Formal name of the provincial body, printed as the recipient. */
  readonly body: BilingualText;
  /** As people call it in conversation, e.g. 上海网信办. Never printed in a report. */
  readonly short: BilingualText;
}

/** Channels that reach a recipient; for one that no channel names, those that go to anybody (own contact, in person). */
export function channelsTo({ channels }: Regime, recipient: Recipient): readonly ChannelDefinition[] {
  const named = channels.filter(({ recipients }) => recipients.includes(recipient));
  return named.length > 0 ? named : channels.filter(({ kind }) => kind === 'own_contact' || kind === 'in_person');
}

export interface Threshold {
  /** Inclusive, in the unit of the fact. */
  readonly value: number;
  readonly level: Level;
  readonly criterion: string;
}

/** The thresholds of a figure, smallest first: they cut its values into bands that do not overlap. */
export function thresholdsOf(regime: Regime, factId: string): readonly Threshold[] {
  return thresholdsIn(regime.criteria, factId);
}

export function thresholdsIn(
  criteria: readonly Pick<Criterion, 'id' | 'level' | 'when'>[],
  factId: string,
): readonly Threshold[] {
  return criteria
    .flatMap(({ id, level, when }) => figuresIn(when, factId).map((value) => ({ value, level, criterion: id })))
    .toSorted((a, b) => a.value - b.value);
}

function figuresIn(condition: Condition, factId: string): readonly number[] {
  if (!mentionsOf(condition).facts.has(factId)) return [];
  return leavesOf(condition).flatMap((leaf) => ('atLeast' in leaf && leaf.fact === factId ? [leaf.atLeast] : []));
}
