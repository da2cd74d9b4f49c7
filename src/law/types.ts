/** Vocabulary of the law engine, without any regime: everything particular to one instrument is data (`regimes/`). */

/** `T` with every property and list in it read-only, for types that are inferred from a schema. */
export type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

/** ISO 8601 instant with offset, e.g. `2026-03-31T09:42:00+08:00`. */
export type Iso = string;

/** Text of a legal instrument, or a label made from it, in both languages of the product. The Chinese text governs. */
export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** Id of a level in the regime's list (`law/levels.ts` compares them). */
export type Level = string;

/** Inclusive range; either end may be missing (open). */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}
/** A duration that runs since an instant; without `until` it is still running. Measured in minutes when evaluated. */
export interface RunningDuration {
  readonly since: Iso;
  readonly until?: Iso;
}
/** Several durations in sequence, each with its times or as a length in minutes. */
export interface Spans {
  readonly spans: readonly (RunningDuration | number)[];
}
/** Value of a fact. `'unknown'` is neither 0 nor false; an absent fact means the same. */
export type FactValue = number | boolean | string | readonly string[] | Range | RunningDuration | Spans;
export type Facts = Readonly<Record<string, FactValue>>;

/** Id of a kind of operator in the regime's list. */
export type OperatorKind = string;
/**
 * One kind; several (all apply); one of several, not known which; some for certain and others perhaps; or `unknown`:
 * any of the regime's kinds.
 */
export type Operator =
  | OperatorKind
  | readonly OperatorKind[]
  | { readonly oneOf: readonly OperatorKind[] }
  | { readonly all: readonly OperatorKind[]; readonly perhaps: readonly OperatorKind[] }
  | 'unknown';

/** Id of a recipient in the regime's list. */
export type Recipient = string;

/** Id of an anchor: of the regime (`awareness`), of a pack (`materiality`), or `filing:DUTY`, the filing of a duty. */
export type AnchorName = string;
export type Anchors = Readonly<Record<AnchorName, Iso | undefined>>;

/** Rank of a rule: binding law, guidance of an authority, or a contract. */
export const RANKS = ['law', 'guideline', 'contract'] as const;
export type Rank = (typeof RANKS)[number];
/** Roles of a duty's document: notice to people concerned, first report, update, last report. */
export const ROLES_OF_CONTENT = ['notice', 'first', 'update', 'final'] as const;
/** Roles of the reports in a regime's form: 首报 · 补报 (missing parts) · 续报 (news) · 终报 · 更正 · 情况说明 in China. */
export const ROLES_OF_REPORT = ['first', 'supplement', 'update', 'final', 'correction', 'explanation'] as const;
export type ReportRole = (typeof ROLES_OF_REPORT)[number];

/**
 * Ways in which the record fills a point of the internal assessment: unknown facts; the decision on the level; the MLPS
 * filing of the system; personal data affected; or the filing of a duty: on suspicion of a crime, under the rules of a
 * sector, or to people.
 */
export const PREFILLS = [
  'facts',
  'level',
  'system_filing',
  'personal_data',
  'crime_duty',
  'sector_duty',
  'duty_to_people',
] as const;

export const FACT_UNITS = ['minutes', 'percent', 'people', 'cny', 'count'] as const;

/**
 * Verification of a text. `primary`: the official page or the gazette was read; `copy`: the full text in a copy kept by
 * others; `quoted`: quoted word for word by others, who name the official address; `secondary`: retold by others;
 * `unverified`: not compared with anything; `stated`: the organisation's own, of a contract or a figure it filled in.
 */
export const VERIFICATIONS = ['primary', 'copy', 'quoted', 'secondary', 'unverified', 'stated'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

export interface Source {
  readonly instrument: string;
  readonly article: string;
  readonly quote: string;
  readonly url: string;
  readonly effective: string;
  /** Date of the last comparison, as described by `compared` of its instrument. */
  readonly checked: string;
  readonly verification: Verification;
}

export interface AssessmentInput {
  readonly operator: Operator;
  readonly facts: Facts;
  readonly flags: Flags;
  readonly anchors: Anchors;
  /** Latest possible instants of anchors that are not known. An occurrence never lies after awareness. */
  readonly notAfter?: Anchors;
  /** Filings of each duty, earliest first: for periods that run from a named duty's filing, and for repeated duties. */
  readonly filings?: Readonly<Record<string, readonly Iso[]>>;
  /** Current time: measures durations without `until`, and chooses the law while the anchor of `lawOf` is unknown. */
  readonly now?: Iso;
  /** Level decided by a person: obligations exist as if the floor were at least this; the verdict is unchanged. */
  readonly decidedLevel?: Level;
  /** Open legal questions a person settled: question id → reading id. */
  readonly readings?: Readonly<Record<string, string>>;
  /**
   * Facts that people mentioned, if only as not known; no other facts make duties without a threshold possible. Absent:
   * all facts do.
   */
  readonly raised?: Pick<ReadonlySet<string>, 'has'>;
  /**
   * True: durations still running count as continuing, and the ceiling includes their later growth. Absent: their
   * length is as of now.
   */
  readonly openEnded?: boolean;
}

/**
 * Flags of the regime on which duties depend in addition to facts: yes, no or explicitly unknown. Absent: not stated; a
 * duty that depends on it is then not listed.
 */
export type Flags = Readonly<Record<string, boolean | 'unknown' | undefined>>;

/** A criterion met by known facts. */
export interface Match {
  readonly criterion: string;
  readonly level: Level;
  readonly source: Source;
  /** Facts that decided the criterion, with the values used. */
  readonly facts: Readonly<Record<string, FactValue>>;
}

export interface Obligation {
  readonly id: string;
  readonly recipient: Recipient;
  readonly due: Iso | null;
  /** Minutes after the anchor; null means "promptly" or a calendar period. */
  readonly dueMinutes: number | null;
  readonly anchor: AnchorName;
  /** Latest possible limit while the start is unknown; the true one may be earlier, even past. `due` is then null. */
  readonly latestDue?: Iso;
  readonly source: Source;
  /** True if the duty is only possible: its level, its facts or the kind of operator are not certain. */
  readonly provisional?: true;
  /** Id of the kind of content to send, in the regime's list; a duty of a pack has the role alone. */
  readonly content: string;
  /** Pack or contract of the duty; absent: the base regime. */
  readonly regime?: string;
  readonly rank?: Rank;
  /** Repeated duty; `due` is the next due time. */
  readonly repeats?: { readonly minutes: number };
  /** The due time cannot be calculated: the holiday calendar does not cover the date. */
  readonly uncovered?: { readonly calendar: string; readonly date: string };
  /** Due times under other readings of an open question, where they differ. */
  readonly otherwise?: readonly { readonly question: string; readonly reading: string; readonly due: Iso }[];
}

/** An open legal question that the facts touch. Both ids are explained in the regime's `openQuestions`. */
export interface Warning {
  readonly question: string;
  /** The cautious reading that was used. */
  readonly reading: string;
  /** Floor under the other reading; absent where the other reading cannot be expressed in figures. */
  readonly levelIfReadOtherwise?: Level;
}

/** Possible rise of the floor: it would rise if this fact reached this value. */
export interface Escalation {
  readonly fact: string;
  readonly criterion: string;
  readonly level: Level;
  /** The value to reach (inclusive), in the unit of the fact; absent for choices. */
  readonly threshold?: number;
  /** Instant at which a running duration will reach the figure if it continues. */
  readonly at?: Iso;
}

export interface Assessment {
  /** The floor; `undetermined` when the floor need not be reported and the ceiling is higher. */
  readonly level: Level;
  readonly floor: Level;
  readonly ceiling: Level;
  /** The ceiling with unknown judgements taken as none. */
  readonly ceilingByNumbers: Level;
  readonly matched: readonly Match[];
  /** Facts that could still change the level; the one with the largest possible change first. */
  readonly undetermined: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly warnings: readonly Warning[];
  readonly escalations: readonly Escalation[];
  /** Ids of the notes of the regime that concern this case. */
  readonly notes: readonly string[];
}
