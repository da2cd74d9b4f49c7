import type { Pack } from '../law/pack.ts';
import type { Act } from './acts.ts';
import type { ClockSegment } from './commands/clock.ts';
import type { LevelDecided } from './commands/decisions.ts';
import type { EvidenceRef, StatedValue } from './commands/parts.ts';
import type { TaskAdded } from './commands/requests.ts';
import type { ChatLeft } from './commands/rooms.ts';
import type { Proposable } from './commands.ts';
import type { DrillCall } from './drill-call.ts';
import type { Naming } from './facts/law-facts.ts';
import type { AbroadPart, Account, ActorId, Language, Role, Room, RoomId } from './identity.ts';
import type { Imported } from './imported.ts';
import type { Effect } from './people/guard-table.ts';
import type { Organisation } from './people/profile.ts';
import type { EventOf, FilledForm } from './record/events.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './steps.ts';

/** Actor and time (incident time) of a change, and the version of the record that made it. */
export interface Stamp {
  readonly by: ActorId;
  readonly at: string;
  readonly version: number;
}

export interface Participant {
  readonly actor: ActorId;
  readonly name: string;
  readonly account: Account | null;
  readonly person: string | null;
  readonly roles: readonly Role[];
  readonly language: Language | null;
  /** True if the person had chosen the language before joining. */
  readonly choseLanguage?: true;
  /** True for a person first met in a room abroad, unless the profile says otherwise. */
  readonly abroad?: true;
  /** True while the platform has not given the person's name: the name is that of the account. */
  readonly unnamed?: true;
  /** Removed person: nothing is shown to them, and their acts are refused. */
  readonly removed?: true;
}

export interface FactEntry extends Stamp {
  readonly value: StatedValue;
  /** Value before the last change; undefined if there was none. */
  readonly previous?: StatedValue | undefined;
  readonly basis?: string | undefined;
}

export interface AwarenessCandidate extends Stamp {
  readonly id: string;
  readonly instant: string;
  readonly source: string;
  readonly description?: string | undefined;
  readonly link?: string | undefined;
  /** Ids of files that prove the filing. */
  readonly proofs?: readonly string[] | undefined;
  /** False for a time at which only a supplier knew: it never starts the clock. */
  readonly reachedUs: boolean;
}

export interface FieldVersion extends Stamp {
  readonly state: 'known' | 'estimate' | 'unknown';
  readonly text: string | null;
  readonly asOf: string | null;
  /** Version of the field that the author had seen. */
  readonly basedOn: number;
}

export interface FieldEntry {
  readonly versions: readonly FieldVersion[];
  /** Version in force; null while the versions of two people conflict. */
  readonly current: FieldVersion | null;
  readonly wording: (Stamp & { readonly text: string }) | null;
}

export interface Note extends Stamp {
  readonly id: string;
  readonly text: string;
  readonly happenedAt?: string | undefined;
  readonly link?: string | undefined;
  readonly author?: string | undefined;
}
export interface Evidence extends Stamp, EvidenceRef {
  readonly item: string | null;
  /** The record proves that the file was uploaded for this incident. */
  readonly uploaded: boolean;
}
export type Draft = Stamp & EventOf<'draft_compiled'>['payload'];
/**
 * Filing of a report. `at`: when it was recorded, `filedAt`: when it was sent. `practised`: simulated in a drill.
 * `corrected`: last correction.
 */
export type Filing = Stamp &
  Omit<EventOf<'filing_recorded'>['payload'], 'at'> & {
    readonly filedAt: string;
    /** Answers that named the recipient then. */
    readonly naming?: Naming | undefined;
    readonly practised?: true;
    readonly corrected?: Stamp;
  };
export type TrustedStamp = Stamp & {
  /** Version of the entry that was stamped. */
  readonly entry: number;
  readonly stampedAt: string;
  readonly authority: string;
  /** TimeStampResp (DER) in Base64. */
  readonly response: string;
};
export type VoidedFiling = Filing & {
  readonly voided: Stamp & { readonly reason: string; readonly sentTo: string | null };
};
/** Text put before the approvers. `by` and `at`: requester and time; without a request, the approver's. */
export interface Approval extends Stamp {
  readonly draft: number;
  /** SHA-256 of the exact text (`Draft.text.hash`). */
  readonly hash: string;
  readonly form: FilledForm | null;
  readonly approvers: readonly ActorId[];
  readonly approved: Stamp | null;
  readonly sentBack: (Stamp & Pick<EventOf<'draft_sent_back'>['payload'], 'comments'>) | null;
  readonly voided: (Stamp & Pick<EventOf<'approval_voided'>['payload'], 'changes' | 'levelRose'>) | null;
}
export type PointAssessment = Stamp & Omit<EventOf<'point_assessed'>['payload'], 'point'>;
export type Task = Stamp &
  Omit<TaskAdded, 'task'> & {
    readonly id: string;
    /** Last change of owner or time, at first the task's addition. */
    readonly changed: Stamp;
    readonly finished: (Stamp & { readonly note: string | null; readonly needless?: true }) | null;
  };
/** Authority's request; its id is the id of the obligation. */
export type AuthorityRequest = Stamp &
  Omit<EventOf<'request_received'>['payload'], 'request'> & {
    readonly id: string;
    readonly dropped: (Stamp & { readonly reason: string }) | null;
  };
export type LevelDecision = Stamp & LevelDecided;
/** A decision that waits, or waited, for a second person. */
export interface Proposal extends Stamp {
  readonly id: string;
  readonly effects: readonly Effect[];
  readonly command: Proposable;
  /** True if the statement is on the record already, and only its effect waits. */
  readonly recorded: boolean;
  /** Id of the earlier proposal of another decision on the same subject, which this one replaced, e.g. `p1`. */
  readonly replaces?: string;
  /** Agreed to, refused or overtaken. */
  readonly settled: (Stamp & { readonly agreed: boolean }) | null;
}
export type Release = Stamp & { readonly reason: string; readonly legalBasis: string };

export interface Reminder extends Stamp, Omit<EventOf<'reminder_due'>['payload'], 'step' | 'collapsed'> {
  readonly step: Step;
  /** Earlier steps that this reminder replaces, e.g. those due while the bot was down. */
  readonly collapsed: readonly Step[];
}

/** Answers before an unconfirmed one: the duties that follow from them are owed until its proposal is settled. */
export interface Standing {
  readonly proposal: string;
  readonly facts: Readonly<Record<string, FactEntry>>;
}

/** State of an incident, folded from its record. The legal assessment is computed, never stored. */
export interface IncidentState {
  readonly id: string;
  readonly title: string;
  /** Last change of the title; null while it is that of the declaration. */
  readonly renamed: Stamp | null;
  readonly drill: boolean;
  readonly version: number;
  /** Latest wall time of an entry, in ms: a late entry stays late, even if the machine's clock is set back. */
  readonly latestAt: number;
  readonly regimes: readonly string[];
  /** Version of the base regime at the declaration; null in older records. */
  readonly law: string | null;
  readonly organisation: Organisation | null;
  /** Profile in force, whose people and roles count now; absent: those of the declaration. */
  readonly inForce?: Organisation;
  /** Rooms that are abroad by the profile in force and at home by the record. */
  readonly turnedAbroad?: readonly RoomId[];
  /** Clock packs as they were at the declaration; `lawOf` says which of them apply. */
  readonly packs: readonly Pack[];
  /** Packs and contracts adopted later, by id: `lawOf` applies them whatever packs the profile names. */
  readonly taken: Readonly<Record<string, Stamp & { readonly reason: string }>>;
  readonly declared: Stamp;
  /** Import of an incident recorded afterwards from a list; null for any other. */
  readonly imported: Imported | null;
  /** Relations to other incidents, by the id of the other incident; one that was ended stays with `how: 'none'`. */
  readonly relations: Readonly<Record<string, Stamp & Omit<EventOf<'relation_set'>['payload'], 'incident'>>>;
  /** Last actor who took the lead, at first the declarer; `leadOf` checks if that person leads. */
  readonly lead: ActorId;
  readonly leadTaken: boolean;
  readonly people: Readonly<Record<ActorId, Participant>>;
  /** People who asked to take part; once let in they are in `people`. */
  readonly asked: Readonly<Record<ActorId, Participant>>;
  /** Last request to use a right that its author lacks, by the right. */
  readonly askedFor: Readonly<Record<string, Stamp & { readonly people: readonly string[] }>>;
  readonly rooms: Readonly<Record<RoomId, Room>>;
  /** Room of declaration; null for the API and the command line. */
  readonly homeRoom: RoomId | null;
  /** Rooms removed by hand: their card is replaced by a final message. */
  readonly takenOff: Readonly<Record<RoomId, Room>>;
  /** Record of leaving a compromised chat, with the `home` room to return to; null while chat is in use. */
  readonly chatLeft: (Stamp & ChatLeft & { readonly home: RoomId | null }) | null;
  /** Parts released to a room abroad and not withdrawn. */
  readonly releases: Readonly<Record<RoomId, Readonly<Partial<Record<AbroadPart, Release>>>>>;
  readonly facts: Readonly<Record<string, FactEntry>>;
  /** Earlier answers that still count beside unconfirmed ones; empty while every answer is confirmed. */
  readonly standing: readonly Standing[];
  /** True once type, time and suspected crime were answered together (not "don't know"): then each is asked alone. */
  readonly circumstancesTold: boolean;
  readonly candidates: readonly AwarenessCandidate[];
  readonly withdrawnCandidates: readonly AwarenessCandidate[];
  readonly awareness:
    | (Stamp & { readonly candidate: string; readonly instant: string; readonly reason: string })
    | null;
  readonly levelDecision: LevelDecision | null;
  /** Levels decided so far, the last one included, without those taken back or corrected before a filing. */
  readonly gradings: readonly LevelDecision[];
  readonly proposals: readonly Proposal[];
  readonly notReportable:
    | (Stamp & {
        readonly regime: string | null;
        readonly reason: string;
        /** Level by the figures at the time of the decision. */
        readonly floor: string;
        readonly reviewAt: string;
        readonly considered: readonly string[];
      })
    | null;
  readonly readings: Readonly<
    Record<string, Stamp & { readonly reading: string; readonly reason: string; readonly regime: string | null }>
  >;
  readonly stopped: (Stamp & { readonly reason?: string }) | null;
  readonly owners: Readonly<Record<string, Stamp & { readonly owner: ActorId | null }>>;
  readonly fields: Readonly<Record<string, FieldEntry>>;
  readonly notes: readonly Note[];
  readonly evidence: readonly Evidence[];
  readonly drafts: readonly Draft[];
  readonly approvals: readonly Approval[];
  readonly points: Readonly<Record<string, PointAssessment>>;
  readonly filings: readonly Filing[];
  /** Withdrawn filings; `sentTo`: other office that received the filing, null if the entry was wrong. */
  readonly voidedFilings: readonly VoidedFiling[];
  /** Duties, and drafts that were not sent (`draft.N`), that people decided are not owed. */
  readonly notOwed: Readonly<Record<string, Stamp & Omit<EventOf<'duty_not_owed'>['payload'], 'obligation'>>>;
  /** Reasons for late filings, by obligation. */
  readonly delays: Readonly<Record<string, Stamp & { readonly reason: string }>>;
  readonly requests: readonly AuthorityRequest[];
  readonly tasks: readonly Task[];
  readonly crossings: readonly (Stamp &
    Omit<EventOf<'threshold_crossed'>['payload'], 'at'> & { readonly crossedAt: string })[];
  readonly handlingEnded:
    | (Stamp & { readonly regime: string | null; readonly instant: string; readonly reason: string })
    | null;
  /** Closing of the incident; `mistaken`: declared by mistake, so nothing is owed. */
  readonly closed: (Stamp & { readonly reason: string; readonly mistaken?: true }) | null;
  readonly hold: (Stamp & { readonly reason: string }) | null;
  /** Erasure of the incident: the rest of the state is empty. The reason is null if the retention time had run out. */
  readonly erased: (Stamp & { readonly reason: string | null }) | null;
  readonly snoozes: Readonly<Record<ActorId, string>>;
  readonly segments: readonly ClockSegment[];
  /** Story a drill plays; null outside drills and for a drill without one. */
  readonly scenario: Scenario | null;
  readonly injects: readonly (Stamp & { readonly inject: string })[];
  /** Practised calls to 12387, oldest first; empty outside drills. */
  readonly calls: readonly DrillCall[];
  /** Stamps of a time-stamping authority (RFC 3161), each of the hash of one entry. */
  readonly stamps: readonly TrustedStamp[];
  /** Version of the last entry by a person. */
  readonly lastAct: number;
  readonly acts: Readonly<Record<ActorId, Act>>;
  /** Last entry of a person who took charge of the open duties and was not removed since. */
  readonly charge: Stamp | null;
  /** Last offer to hand over that is open: author and recipient, neither of them removed; none once closed. */
  readonly handover: (Stamp & { readonly to: ActorId }) | null;
  readonly reminders: readonly Reminder[];
  readonly undeliverable: readonly (Stamp & EventOf<'notice_delivered'>['payload'])[];
}

/** Parts whose keys are ids that people enter. */
const TABLES = [
  'relations',
  'people',
  'asked',
  'rooms',
  'takenOff',
  'releases',
  'facts',
  'readings',
  'owners',
  'fields',
  'points',
  'delays',
  'notOwed',
  'snoozes',
  'acts',
] as const satisfies readonly (keyof IncidentState)[];

/**
 * Makes new tables inherit nothing and returns them: `people['constructor']` is undefined like any unknown id. V8 makes
 * `{ __proto__: null }` a hash table, which is slower to copy than an object that loses its prototype later.
 */
export function withoutInherited<T extends Partial<IncidentState>>(parts: T): T {
  for (const name of TABLES) {
    const table = parts[name];
    if (table && Object.getPrototypeOf(table) !== null) Object.setPrototypeOf(table, null);
  }
  return parts;
}
