import type { Pack } from '../../law/pack.ts';
import type { OwedReport } from '../closing.ts';
import type { Command, CommandOf, Payloads } from '../commands.ts';
import type { CallEnd, DrillCall, Prompt } from '../drill-call.ts';
import { isoOf, toIncidentTime } from '../drill-clock.ts';
import type { IncidentAssessment } from '../facts/assessment.ts';
import type { FactShape } from '../facts/context-facts.ts';
import type { Account, ActorId, Language, Role, Room } from '../identity.ts';
import { isGone, participantOf } from '../people/people.ts';
import type { Organisation } from '../people/profile.ts';
import type { EventOf, EventType, IncidentEvent } from '../record/events.ts';
import type { DraftText } from '../report-document.ts';
import type { Scenario } from '../scenario.ts';
import type { Draft, IncidentState } from '../state.ts';
import type { Step } from '../steps.ts';
import type { Visibility } from '../visibility.ts';

/** Refusal of a command: `code`, e.g. `unknown_draft`; `params` fill the sentence that tells the person what to do. */
export interface RefusedCommand {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number | null | readonly string[]>>;
}
export type Decision =
  | { readonly ok: true; readonly events: readonly IncidentEvent[] }
  | { readonly ok: false; readonly refusal: RefusedCommand };

/** Regime data that `decide` needs. */
export interface Catalogue {
  fact(id: string): FactShape | null;
  /** Returns true for a fact that is a person's judgement, not a figure. */
  isJudgement(id: string): boolean;
  hasItem(id: string): boolean;
  hasField(id: string): boolean;
  /** Returns true for a field, or a part of a paper that a person writes (`law/told`). */
  hasWords(id: string): boolean;
  /** The readings of an open legal question; null if there is no such question. */
  readings(question: string): readonly string[] | null;
  hasChannel(id: string): boolean;
  /** Kind of a channel: phone, email, website, …; null if there is no such channel. */
  channelKind(id: string): string | null;
  /** Channels that reach a recipient, in the order in which they are offered. */
  channelsTo(recipient: string): readonly string[];
  /** Returns true for a field that a report may leave open for its supplement. */
  mayFollow(field: string): boolean;
  readonly levelField: string | null;
  hasRecipient(id: string): boolean;
  /** Returns true for a category or type of the incident taxonomy. */
  hasType(id: string): boolean;
  /** Start (midnight in Beijing) of the day on which the law took effect. */
  readonly inForceFrom: string;
}

/** Due step of the reminder ladder (incident time). */
export interface DueStep {
  readonly step: Step;
  readonly obligation: string;
  readonly at: string;
}

/** External data on which a decision may depend. */
export interface DecisionContext {
  /** Id of the incident, known before `declared` is recorded. */
  readonly id: string;
  readonly actor: ActorId;
  readonly caller: {
    readonly name: string;
    readonly account: Account | null;
    readonly language: Language | null;
    /** True if the caller chose the language, which overrides the profile. */
    readonly choseLanguage?: boolean;
    /** Person of the profile to whom the account belongs, by the profile or by a confirmed link. */
    readonly person?: string | null;
    /** True while the platform has not given the caller's name: the name is that of the account. */
    readonly unnamed?: boolean;
    /** Roles from the sign-in, in addition to those of the profile. */
    readonly roles?: readonly Role[];
    /** True at the local console, whose one user may act under any name. */
    readonly isLocal?: boolean;
    /** True for an auditor: every command is refused. */
    readonly readsOnly?: boolean;
  };
  /** True if the command is only a proposal: a person must agree, whatever it would change. */
  readonly proposes?: boolean;
  /** Proposer of the decision that a second person agrees to now. */
  readonly onBehalf?: ActorId;
  /** Part of an incident that the actor sees in any place (`sight`); everything for the bot itself. */
  sees(state: IncidentState): Visibility;
  /** Wall time, epoch milliseconds. */
  readonly at: number;
  /** Revision of the record that the actor saw; null for the bot's own commands. */
  readonly revision: number | null;
  readonly room: Room | null;
  /** SHA-256 of the file stored with this request for this incident; null if it brings none. */
  readonly uploaded: string | null;
  /** Rooms the incident moves to when chat is left: the bot's own rooms, and the refuge the organisation named. */
  readonly elsewhere: { readonly own: readonly Room[]; readonly refuge: readonly Room[] };
  /** Profile in force now. An incident keeps that of its declaration, except for who left since and for retention. */
  readonly organisation: Organisation | null;
  readonly regimes: readonly string[];
  /** Version of the base regime that new incidents are graded by. */
  readonly law?: string;
  /** Clock packs available to a new incident; absent: none. */
  readonly packs?: readonly Pack[];
  /** Scenario that drills can play, by its id; null if there is none. */
  scenario(id: string): Scenario | null;
  readonly catalogue: Catalogue;
  readonly recent: { readonly id: string; readonly title: string } | null;
  /** Assessment at wall time `at` (epoch ms); without it at the time of the command. */
  assess(state: IncidentState, at?: number): IncidentAssessment;
  dueSteps(state: IncidentState): readonly DueStep[];
  compile(state: IncidentState, order: ReportOrder): DraftText;
  /** Ids of the statements in a draft that differ from the record now; empty when the draft still matches. */
  changes(state: IncidentState, draft: Draft): readonly string[];
  /** Ids of fields that would differ from the last filed text; null while no text compiled by the bot was filed. */
  sinceFiled(state: IncidentState, order: ReportOrder): readonly string[] | null;
  /** Returns the roles of reports on news since the last filing that are owed promptly, besides duties with a limit. */
  owedReports(state: IncidentState): readonly OwedReport[];
  /** Ids of contradictions to settle or justify before a draft is filed; without a draft, only those in the record. */
  contradictions(state: IncidentState, draft: Draft | null): readonly string[];
  /** The scripted officer of 12387 in a drill; the report is the one that would be sent now. */
  officer(state: IncidentState): Officer;
  /** Words of a field with their instant; refuses an impossible or unreadable time. Other words are unchanged. */
  timeWords(state: IncidentState, field: string, words: string): TimeWords;
}
/** Officer of 12387: the next turn of a call, the data that the call left open, and the phrase for unknown data. */
export interface Officer {
  prompt(call: DrillCall): Prompt | null;
  end(call: DrillCall): Omit<CallEnd, 'receipt'>;
  readonly notKnown: string;
}
export type TimeWords = { readonly words: string } | { readonly refusal: RefusedCommand };

/** A report to be written: its kind, and the points that cannot be determined yet. */
export type ReportOrder = Pick<Draft, 'report' | 'cannotDetermine' | 'statement'>;

export type Decider<T extends Command['type']> = (
  state: IncidentState,
  command: CommandOf<T>,
  context: DecisionContext,
) => Decision;
export type Deciders<T extends Command['type']> = { readonly [C in T]: Decider<C> };

export function happened<T extends EventType>(
  type: T,
  payload: Payloads[T],
): { readonly ok: true; readonly events: readonly EventOf<T>[] } {
  return { ok: true, events: [{ type, payload }] };
}
export const allHappened = (...events: readonly IncidentEvent[]): Decision => ({ ok: true, events });
export const nothing: Decision = { ok: true, events: [] };

export function refused(code: string, extra: Omit<RefusedCommand, 'code'> = {}): Decision {
  return { ok: false, refusal: { code, ...extra } };
}

/** Incident time now, ISO. */
export function nowOf(state: IncidentState, context: DecisionContext): string {
  return isoOf(toIncidentTime(state.segments, context.at));
}

/** Refuses an awareness before the law took effect: a mistyped year would end all clocks without notice. */
export function beforeLawRefusal(
  { catalogue }: Pick<DecisionContext, 'catalogue'>,
  field: string,
  instant: string,
): Decision | null {
  if (Date.parse(instant) >= Date.parse(catalogue.inForceFrom)) return null;
  return refused('before_law', { field, params: { value: instant, start: catalogue.inForceFrom } });
}

/** Refuses instants after now; null if all are past. A minute of grace covers clocks that differ. */
export function futureRefusal(
  state: IncidentState,
  context: Pick<DecisionContext, 'at'>,
  field: string,
  instants: readonly string[],
): Decision | null {
  if (instants.length === 0) return null;
  const now = toIncidentTime(state.segments, context.at);
  const late = instants.find((instant) => Date.parse(instant) > now + 60_000);
  return late ? refused('in_the_future', { field, params: { value: late, now: isoOf(now) } }) : null;
}

/** Participant whom a command names to do something; refused for nobody, and for somebody who is gone. */
export function named(
  state: IncidentState,
  person: string,
): { readonly actor: ActorId } | { readonly refusal: Decision } {
  const actor = participantOf(state, person);
  const one = actor === null ? undefined : state.people[actor];
  if (actor === null || !one) return { refusal: refused('unknown_person', { field: 'person' }) };
  return isGone(state, one) ? { refusal: personGone(one) } : { actor };
}

export function personGone({ name }: { readonly name: string }): Decision {
  return refused('person_gone', { field: 'person', params: { name } });
}
