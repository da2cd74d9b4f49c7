import type { Assessment } from '../law/types.ts';
import type { CommandOf, StatedValue } from './commands.ts';
import type { Account, ActorId, Language, Role, Room } from './identity.ts';
import type { Organisation } from './profile.ts';

/** What happened. Payloads hold everything a person wrote or is named by; the envelope around them holds none of it. */
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
      };
    }
  | { type: 'renamed'; payload: { title: string } }
  | { type: 'fact_stated'; payload: { fact: string; value: StatedValue; basis?: string | undefined } }
  | {
      type: 'awareness_candidate_added';
      payload: {
        candidate: string;
        at: string;
        source: string;
        description?: string | undefined;
        reachedUs: boolean;
        link?: string | undefined;
      };
    }
  | { type: 'awareness_confirmed'; payload: { candidate: string; at: string; reason: string } }
  | { type: 'level_decided'; payload: LevelDecided }
  | { type: 'level_override_proposed'; payload: LevelDecided }
  | { type: 'level_override_refused'; payload: { reason?: string } }
  | { type: 'not_reportable_decided'; payload: { reason: string; reviewAt: string; floor: string } }
  | { type: 'question_settled'; payload: { question: string; reading: string; reason: string } }
  | { type: 'state_secret_stopped'; payload: { reason?: string } }
  | { type: 'lead_taken'; payload: { lead: ActorId } }
  | { type: 'item_assigned'; payload: { item: string; owner: ActorId | null } }
  | { type: 'field_filled'; payload: Omit<CommandOf<'fill_field'>, 'type'> & { basedOn: number } }
  | { type: 'wording_confirmed'; payload: { field: string; wording: string } }
  | { type: 'version_chosen'; payload: { field: string; version: number } }
  | { type: 'note_added'; payload: Omit<CommandOf<'add_note'>, 'type'> & { note: string } }
  | { type: 'evidence_added'; payload: Omit<CommandOf<'add_evidence'>, 'type'> }
  | {
      type: 'draft_compiled';
      payload: {
        draft: number;
        report: CommandOf<'compile_draft'>['report'];
        cannotDetermine: readonly ('cause' | 'impact' | 'trend')[];
        upTo: number;
      };
    }
  | {
      type: 'filing_recorded';
      payload: Omit<CommandOf<'record_filing'>, 'type'> & { due: string | null; lateSeconds: number };
    }
  | { type: 'handling_ended'; payload: { at: string; reason: string } }
  | { type: 'closed'; payload: { reason: string } }
  | { type: 'reopened'; payload: { reason: string } }
  | { type: 'snoozed'; payload: { until: string } }
  | { type: 'drill_speed_changed'; payload: { segment: ClockSegment } }
  | { type: 'room_added'; payload: { room: Room } }
  | { type: 'room_removed'; payload: { room: string } }
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
  | { type: 'notice_delivered'; payload: Omit<CommandOf<'record_delivery'>, 'type'> };

export type EventType = IncidentEvent['type'];
export type EventOf<T extends EventType> = Extract<IncidentEvent, { type: T }>;

export interface Declared {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly regimes: readonly string[];
  readonly segment: ClockSegment;
  readonly room: Room | null;
  readonly organisation: Organisation | null;
}

export interface LevelDecided {
  readonly level: string;
  readonly floor: Assessment['floor'];
  readonly ceiling: Assessment['ceiling'];
  readonly kind: 'confirmed' | 'raised' | 'below_floor';
  readonly reason?: string;
  readonly criteria: readonly string[];
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
