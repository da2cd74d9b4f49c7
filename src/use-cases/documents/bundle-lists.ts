import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { EventType, RecordedEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { csvOf } from '../../report/csv.ts';
import { stampOf } from '../../report/format.ts';
import type { App } from '../app.ts';

type Lines = NonNullable<Awaited<ReturnType<App['timeline']>>>;

/** The lists of a bundle beside the record, by the name of their file: what somebody decided, approved and sent. */
const GROUPS: Readonly<Record<'decisions' | 'approvals' | 'filings', readonly EventType[]>> = {
  decisions: [
    'awareness_candidate_added',
    'awareness_confirmed',
    'proposal_made',
    'proposal_settled',
    'duty_not_owed',
    'level_decided',
    'level_override_proposed',
    'level_override_refused',
    'not_reportable_decided',
    'question_settled',
    'state_secret_stopped',
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
};

const BESIDE: readonly EventType[] = ['declared', 'draft_compiled', 'evidence_added'];
/** Kinds of events that are decisions, approvals or filings, or what these rest on. */
export function isStep(type: EventType): boolean {
  return BESIDE.includes(type) || Object.values(GROUPS).some((types) => types.includes(type));
}

/** Each group as JSON: entry of the record, when, who by name, what. */
export function eventGroups(
  state: IncidentState,
  events: readonly RecordedEvent[],
): Readonly<Record<string, readonly object[]>> {
  const listed = ({ version, at, actor, event }: RecordedEvent): object => ({
    version,
    at,
    by: state.people[actor]?.name ?? actor,
    type: event.type,
    what: event.payload,
  });
  return Object.fromEntries(
    Object.entries(GROUPS).map(([name, types]) => [
      name,
      events.filter(({ event }) => types.includes(event.type)).map(listed),
    ]),
  );
}

/** Time line as CSV. */
export function timelineTable(lines: Lines, language: Language): string {
  const head = (['version', 'at', 'who', 'what'] as const).map((column) => translate(language, `bundle.${column}`));
  const rows = lines.map(({ version, at, who, text }) => [String(version), stampOf(at), who, text]);
  return csvOf([head, ...rows]);
}
