import { translate } from '../../i18n/translate.ts';
import { assessIncident } from '../../incident/facts/assessment.ts';
import type { Language } from '../../incident/identity.ts';
import { proposerOf } from '../../incident/proposals.ts';
import type { EventType, RecordedEvent } from '../../incident/record/events.ts';
import { evolve } from '../../incident/record/evolve.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Regime } from '../../law/regime.ts';
import { csvOf } from '../../report/csv.ts';
import { stampOf } from '../../report/format.ts';
import type { App } from '../app.ts';

type Lines = NonNullable<Awaited<ReturnType<App['timeline']>>>;

/** Lists of a bundle beside the record, by file name: decisions, approvals, filings and access. */
export const GROUPS: Readonly<Record<'decisions' | 'approvals' | 'filings' | 'access', readonly EventType[]>> = {
  decisions: [
    'awareness_candidate_added',
    'awareness_confirmed',
    'awareness_withdrawn',
    'proposal_made',
    'proposal_settled',
    'duty_not_owed',
    'level_decided',
    'level_override_proposed',
    'level_override_refused',
    'not_reportable_decided',
    'decision_withdrawn',
    'declaration_withdrawn',
    'question_settled',
    'law_taken',
    'state_secret_stopped',
    'stop_lifted',
    'chat_left',
    'chat_returned',
    'released_abroad',
    'release_withdrawn',
    'handling_ended',
    'closed',
    'reopened',
    'held',
    'hold_released',
    'erased',
  ],
  approvals: ['approval_requested', 'draft_approved', 'draft_sent_back', 'approval_voided'],
  filings: [
    'filing_recorded',
    'filing_corrected',
    'filing_practised',
    'delay_explained',
    'request_received',
    'request_dropped',
  ],
  // Entries on access: people, rooms, and releases to rooms abroad.
  access: [
    'person_joined',
    'person_removed',
    'join_asked',
    'room_added',
    'room_confirmed',
    'room_removed',
    'released_abroad',
    'release_withdrawn',
    'chat_left',
    'chat_returned',
  ],
};
/** Types of entries that are steps of handling: all groups but access. */
const STEPS = Object.entries(GROUPS).flatMap(([name, types]) => (name === 'access' ? [] : types));

const BESIDE: readonly EventType[] = ['declared', 'draft_compiled', 'evidence_added'];
/** Returns true for events that are decisions, approvals or filings, or the basis of one. */
export function isStep(type: EventType): boolean {
  return BESIDE.includes(type) || STEPS.includes(type);
}

interface DutyChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Duties with another deadline, or that changed between provisional and certain. */
  readonly changed: readonly string[];
}

/** Changes of duties by answers, by the version of the answer's entry. */
export function answersThatChangedDuties(
  events: readonly RecordedEvent[],
  regime: Regime,
): ReadonlyMap<number, DutyChange> {
  const changes = new Map<number, DutyChange>();
  let state: IncidentState | null = null;
  for (const event of events) {
    const before = event.event.type === 'fact_stated' && state ? dutiesOf(state, regime, event.at) : null;
    const next = evolve(state, event);
    state = next;
    if (!before) continue;
    const after = dutiesOf(next, regime, event.at);
    const change = {
      added: [...after.keys()].filter((id) => !before.has(id)),
      removed: [...before.keys()].filter((id) => !after.has(id)),
      changed: [...after].flatMap(([id, text]) => (before.has(id) && before.get(id) !== text ? [id] : [])),
    };
    if (Object.values(change).some((ids) => ids.length > 0)) changes.set(event.version, change);
  }
  return changes;
}

function dutiesOf(state: IncidentState, regime: Regime, at: string): ReadonlyMap<string, string> {
  const { obligations } = assessIncident(state, regime, at);
  const open = obligations.filter(({ status }) => status !== 'void');
  return new Map(open.map(({ id, due, provisional }) => [id, JSON.stringify([due, provisional])]));
}

/**
 * Entries by group as JSON: entry, time, author by name, content; for decisions of two people `by` is the second person
 * and the proposer is added. Answers in `changes` are listed among the decisions.
 */
export function eventGroups(
  state: IncidentState,
  events: readonly RecordedEvent[],
  changes: ReadonlyMap<number, DutyChange>,
): Readonly<Record<string, readonly object[]>> {
  const nameOf = (actor: string): string => state.people[actor]?.name ?? actor;
  const commands = new Map(events.map(({ version, command }) => [version, command]));
  const listed = ({ version, at, actor, command, event }: RecordedEvent): object => {
    // An event caused by an agreement directly follows it and has the same command.
    const proposer = commands.get(version - 1) === command ? proposerOf(state, { by: actor, at, version }) : null;
    return {
      version,
      at,
      ...(proposer === null ? {} : { proposedBy: nameOf(proposer) }),
      by: nameOf(actor),
      type: event.type,
      what: event.payload,
      ...(changes.has(version) ? { duties: changes.get(version) } : {}),
    };
  };
  return Object.fromEntries(
    Object.entries(GROUPS).map(([name, types]) => [
      name,
      events
        .filter(({ version, event }) => types.includes(event.type) || (name === 'decisions' && changes.has(version)))
        .map(listed),
    ]),
  );
}

export function timelineTable(lines: Lines, language: Language): string {
  const head = (['version', 'at', 'who', 'what'] as const).map((column) => translate(language, `bundle.${column}`));
  const rows = lines.map(({ version, at, who, text }) => [String(version), stampOf(at), who, text]);
  return csvOf([head, ...rows]);
}
