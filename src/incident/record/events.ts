import type { Pack } from '../../law/pack.ts';
import type { FormReport } from '../../law/regime.ts';
import type { Assessment, ReportRole } from '../../law/types.ts';
import type { CommandOf, Proposable, StatedValue } from '../commands.ts';
import type { AbroadPart, Account, ActorId, Language, Role, Room } from '../identity.ts';
import type { Effect } from '../people/guard-table.ts';
import type { Organisation } from '../people/profile.ts';
import type { DraftText } from '../report-document.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Events of an incident. Payloads hold everything a person wrote or is named by; the envelope around them holds none of
 * it.
 */
export type IncidentEvent =
  | { type: 'declared'; payload: Declared }
  /** First act of somebody in this incident: from here on the opaque actor has a name. */
  | {
      type: 'person_joined';
      payload: {
        actor: ActorId;
        name: string;
        account: Account | null;
        person: string | null;
        roles: readonly Role[];
        language: Language | null;
        /** True if they had asked for the language themselves before they joined. */
        choseLanguage?: true;
        /** First met in a room abroad, and the profile does not say otherwise. */
        abroad?: true;
        /** True while their platform had not given a name: the name is that of the account. */
        unnamed?: true;
      };
    }
  /** A person who does not see the incident asked to take part; they do so once they are let in. */
  | { type: 'join_asked'; payload: EventOf<'person_joined'>['payload'] }
  /** A person without the right asked those who have it; `people` of the profile. */
  | { type: 'right_asked'; payload: { right: string; people: readonly string[] } }
  /** Taken out and kept out, until they are added again; what they wrote stays. */
  | { type: 'person_removed'; payload: EventOf<'person_joined'>['payload'] & { reason?: string } }
  /** Name or language of a person, given by their platform later than, or different from, the first time. */
  | { type: 'person_named'; payload: { actor: ActorId; name: string; was: string; language: Language | null } }
  | { type: 'renamed'; payload: { title: string } }
  /** Declared by mistake: over, and nothing of it is owed until it is reopened. */
  | { type: 'declaration_withdrawn'; payload: { reason?: string } }
  | { type: 'relation_set'; payload: Omit<CommandOf<'relate'>, 'type'> }
  | { type: 'fact_stated'; payload: { fact: string; value: StatedValue; basis?: string | undefined } & Unconfirmed }
  | {
      type: 'awareness_candidate_added';
      payload: {
        candidate: string;
        at: string;
        source: string;
        description?: string | undefined;
        reachedUs: boolean;
        link?: string | undefined;
        proofs?: readonly string[] | undefined;
        /** Earlier than the confirmed start, which therefore has to be confirmed again. */
        reopens?: true;
      };
    }
  | { type: 'awareness_confirmed'; payload: { candidate: string; at: string; reason: string } }
  | { type: 'level_decided'; payload: LevelDecided }
  /**
   * A decision that waits for a second person, and what it would do; until one agrees, it changes nothing. `recorded`:
   * what was said is on the record, not confirmed, and what stood before it stands beside it.
   */
  | {
      type: 'proposal_made';
      payload: { proposal: string; effects: readonly Effect[]; command: Proposable; recorded?: true };
    }
  /** `restored`: what was said before is what stands again. */
  | {
      type: 'proposal_settled';
      payload: { proposal: string; agreed: boolean; reason?: string; restored?: true };
    }
  /** Written by the first versions of this program, which knew proposals of a level only; no longer written. */
  | { type: 'level_override_proposed'; payload: LevelDecided }
  | { type: 'level_override_refused'; payload: { reason?: string } }
  | {
      type: 'not_reportable_decided';
      payload: {
        reason: string;
        reviewAt: string;
        floor: string;
        considered?: readonly string[] | undefined;
        regime: string | null;
        laws: Readonly<Record<string, string>>;
      };
    }
  /** `regime`: law or pack whose question it is; null in older records, which had one law. */
  | { type: 'question_settled'; payload: { question: string; reading: string; reason: string; regime: string | null } }
  | { type: 'state_secret_stopped'; payload: { reason?: string } }
  | { type: 'stop_lifted'; payload: { reason: string } }
  /** A law or contract was put in force, or another text of it; `pack` is the whole text. */
  | { type: 'law_taken'; payload: { pack: Pack; reason: string } }
  | { type: 'decision_withdrawn'; payload: { about: string; reason?: string } }
  | { type: 'lead_taken'; payload: { lead: ActorId } }
  /** A person took charge of what is due now. */
  | { type: 'charge_taken'; payload: Readonly<Record<never, never>> }
  | { type: 'handover_offered'; payload: { to: ActorId } }
  /** `from`: the person who handed over; what moved stands in events of its own. */
  | { type: 'handover_taken'; payload: { from: ActorId } }
  | { type: 'item_assigned'; payload: { item: string; owner: ActorId | null } }
  | { type: 'field_filled'; payload: Omit<CommandOf<'fill_field'>, 'type'> & { basedOn: number } }
  | { type: 'wording_confirmed'; payload: { field: string; wording: string } }
  | { type: 'version_chosen'; payload: { field: string; version: number } }
  | { type: 'note_added'; payload: Omit<CommandOf<'add_note'>, 'type'> & { note: string } }
  /** `uploaded`: the file came with the command. Absent in older records, which took the hash of any file. */
  | { type: 'evidence_added'; payload: Omit<CommandOf<'add_evidence'>, 'type'> & { uploaded?: true } }
  | {
      type: 'draft_compiled';
      payload: {
        draft: number;
        form: FilledForm | null;
        report: string;
        /** Role of that report in the form. */
        role: ReportRole;
        cannotDetermine: readonly ('cause' | 'impact' | 'trend')[];
        upTo: number;
        statement?: string | undefined;
        /** The exact text; drafts of the first versions of this program have none. */
        text?: DraftText;
      };
    }
  | { type: 'approval_requested'; payload: ApprovedText & { approvers: readonly ActorId[] } }
  | { type: 'draft_approved'; payload: ApprovedText }
  | { type: 'draft_sent_back'; payload: ApprovedText & { comments: CommandOf<'send_back'>['comments'] } }
  /** Differences of the record from the approved text; `changes` are ids of the changed statements. */
  | {
      type: 'approval_voided';
      payload: ApprovedText & { changes: readonly string[]; levelRose: boolean };
    }
  /** Assessment for counsel only: left out of bundles unless asked for. */
  | { type: 'point_assessed'; payload: Omit<CommandOf<'assess_point'>, 'type'> }
  | {
      type: 'filing_recorded';
      payload: Omit<CommandOf<'record_filing'>, 'type'> &
        FiledText & { due: string | null; lateSeconds: number } & Unconfirmed;
    }
  | {
      type: 'filing_corrected';
      payload: Omit<CommandOf<'correct_filing'>, 'type'> &
        Partial<FiledText> & { due?: string | null; lateSeconds?: number } & Unconfirmed;
    }
  | {
      type: 'filing_practised';
      payload: Omit<CommandOf<'practise_filing'>, 'type'> &
        FiledText & { at: string; due: string | null; lateSeconds: number };
    }
  | { type: 'delay_explained'; payload: { obligation: string; reason: string } }
  | { type: 'request_received'; payload: Omit<CommandOf<'add_request'>, 'type'> & { request: string } }
  | { type: 'request_dropped'; payload: { request: string; reason: string } }
  | { type: 'duty_not_owed'; payload: { obligation: string; reason: string } }
  | { type: 'task_added'; payload: TaskAdded }
  | {
      type: 'task_changed';
      payload: { task: string; owner?: ActorId | null | undefined; due?: string | null | undefined };
    }
  | { type: 'task_finished'; payload: { task: string; note?: string | undefined } }
  | { type: 'handling_ended'; payload: { regime: string | null; at: string; reason: string } }
  | { type: 'closed'; payload: { reason: string } }
  | { type: 'reopened'; payload: { reason: string } }
  | { type: 'held'; payload: { reason: string } }
  | { type: 'hold_released'; payload: { reason: string } }
  /** The last event of a record: the content of all before it is gone. `by` is null when time had run out. */
  | {
      type: 'erased';
      payload: {
        reason: string | null;
        drill: boolean;
        regimes: readonly string[];
        by: EventOf<'person_joined'>['payload'] | null;
        /** Days the register keeps; older records have none. */
        declaredAt?: string;
        closedAt?: string;
      };
    }
  /** `of`: whose reminders; absent: those of who acted. */
  | { type: 'snoozed'; payload: { until: string; of?: ActorId } }
  | { type: 'drill_speed_changed'; payload: { segment: ClockSegment } }
  /** News of the scenario, given to the people who play at its time. */
  | { type: 'inject_given'; payload: { inject: string } }
  | { type: 'room_added'; payload: { room: Room } }
  /** `shared`: people of another company read it. */
  | { type: 'room_removed'; payload: { room: string; why?: 'shared' } }
  | { type: 'room_confirmed'; payload: { room: string } }
  | { type: 'chat_left'; payload: ChatLeft }
  | { type: 'chat_returned'; payload: { reason: string } }
  | {
      type: 'released_abroad';
      payload: { room: string; what: readonly AbroadPart[]; reason: string; legalBasis: string };
    }
  | { type: 'release_withdrawn'; payload: { room: string; what: readonly AbroadPart[]; reason: string } }
  | { type: 'language_set'; payload: { language: Language } }
  /** A running duration reached a threshold at `at`, even if the bot noticed later. */
  | { type: 'threshold_crossed'; payload: { fact: string; criterion: string; level: string; at: string } }
  | {
      type: 'reminder_due';
      payload: {
        step: string;
        obligations: readonly string[];
        dueAt: string;
        lateSeconds: number;
        collapsed: readonly string[];
      };
    }
  /** A time-stamping authority stamped the hash of an earlier entry. */
  | { type: 'head_stamped'; payload: Omit<CommandOf<'record_stamp'>, 'type'> }
  /** `missing`: entries before the restore that are not there; `due`: the next deadline then. */
  | { type: 'record_restored'; payload: { upTo: string; missing?: number; due?: string } }
  | { type: 'notice_delivered'; payload: Omit<CommandOf<'record_delivery'>, 'type'> };

export type EventType = IncidentEvent['type'];
export type EventOf<T extends EventType> = Extract<IncidentEvent, { type: T }>;

export interface Declared {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly regimes: readonly string[];
  /** Version of the base regime; its text is kept in the store. */
  readonly law?: string;
  readonly segment: ClockSegment;
  readonly room: Room | null;
  readonly organisation: Organisation | null;
  /** Clock packs that entities of the profile name, whole: a later change of a file never rewrites a record. */
  readonly packs?: readonly Pack[];
  /** Story a drill plays, as it was when it began. */
  readonly scenario?: Scenario;
}

/** Law whose form a draft fills, which report of the form, and to whom; null in older records, which had one law. */
export interface FilledForm {
  readonly regime: string;
  readonly report: FormReport;
  readonly recipients: readonly string[];
}
interface ApprovedText {
  readonly draft: number;
  readonly hash: string;
  readonly form: FilledForm | null;
}

/** Filed text: recipient, kind of report, the hash of the text, and whether that text was approved. */
export interface FiledText {
  /** Content the obligation asks for, as the regime calls it. */
  readonly content?: string;
  /** Report of the regime's form that was sent; null for a paper, the answer to a request, or a duty of a pack. */
  readonly form: FormReport | null;
  readonly recipient?: string;
  readonly report?: string;
  readonly hash?: string;
  readonly approved?: boolean;
}

/**
 * `written`: the written version of an oral report by phone. `seal`: the sealed copy. `comment`: of the person who sent
 * a draft back.
 */
export const TASK_KINDS = ['written', 'seal', 'comment', 'other'] as const;
export interface TaskAdded {
  readonly task: string;
  readonly kind: (typeof TASK_KINDS)[number];
  /** Words of a person; null for tasks the bot sets, which are worded in the reader's language. */
  readonly text: string | null;
  readonly item: string | null;
  readonly owner: ActorId | null;
  readonly due: string | null;
  /** The obligation whose oral report is to be followed by a written one. */
  readonly obligation?: string;
}

export interface ChatLeft {
  readonly reason?: string;
  /** True if nobody is written to on the platforms that were left, not even without content. */
  readonly quiet?: true;
  /** Rooms taken off the incident, and those it goes on in that were not there before. */
  readonly left: readonly Room[];
  readonly added: readonly Room[];
  /** The platforms it goes on on; on any other nobody is written to and nothing can be read. */
  readonly platforms: readonly string[];
}

/** The proposal that something said waits for: until a second person agrees, the stricter state stands beside it. */
interface Unconfirmed {
  readonly unconfirmed?: string;
}

export interface LevelDecided {
  readonly level: string;
  readonly floor: Assessment['floor'];
  readonly ceiling: Assessment['ceiling'];
  readonly kind: 'confirmed' | 'raised' | 'below_floor' | 'authority';
  readonly authority?: string;
  readonly proof?: CommandOf<'decide_level'>['proof'];
  readonly reason?: string;
  readonly criteria: readonly string[];
  /** The regime it is a level of; null in older records: that of the incident. */
  readonly regime: string | null;
  /** Version of each law of the incident, by its id; empty in older records. */
  readonly laws: Readonly<Record<string, string>>;
}

/** From `wall` on, incident time is `incidentTime` + (wall clock − `wall`) × `rate`. Rate 1 outside drills, 0 while paused. */
export interface ClockSegment {
  readonly wall: string;
  readonly incidentTime: string;
  readonly rate: number;
}

/** An event as it is stored: `at` is wall time, ISO 8601 UTC. */
export interface RecordedEvent {
  readonly incident: string;
  readonly version: number;
  readonly at: string;
  readonly actor: ActorId;
  /** The id of the command it came from: the events of one command share it. */
  readonly command: string;
  readonly event: IncidentEvent;
}
