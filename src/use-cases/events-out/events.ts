import { createHash } from 'node:crypto';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { plain } from '../../conversation/cards/situation.ts';
import type { EventType, IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { type Entry, formatKey } from '../notices/notice-key.ts';
import type { Listener, NewNotice, OutgoingEvent } from '../ports.ts';

/** Events of the record that programs receive, named as in Standard Webhooks. */
const NAMES: Readonly<Partial<Record<EventType, string>>> = {
  declared: 'incident.declared',
  awareness_confirmed: 'incident.awareness_confirmed',
  level_decided: 'incident.level_decided',
  not_reportable_decided: 'incident.not_reportable_decided',
  lead_taken: 'incident.lead_taken',
  draft_approved: 'incident.report_approved',
  filing_recorded: 'incident.report_filed',
  filing_corrected: 'incident.filing_corrected',
  request_received: 'incident.request_received',
  reminder_due: 'incident.deadline_near',
  handling_ended: 'incident.handling_ended',
  closed: 'incident.closed',
  reopened: 'incident.reopened',
  state_secret_stopped: 'incident.stopped',
  erased: 'incident.erased',
};

/** Events whose entry a time-stamping authority stamps, as proof of the time of awareness, approval or filing. */
const STAMPED: ReadonlySet<EventType> = new Set([
  'declared',
  'awareness_candidate_added',
  'awareness_confirmed',
  'draft_approved',
  'filing_recorded',
  'filing_corrected',
]);

/** Events that programs still receive after a state-secret stop. */
const AFTER_STOP: ReadonlySet<string> = new Set(['incident.stopped', 'incident.closed', 'incident.erased']);

/** Returns true for an event that waited while the incident was stopped; `type`: its name for programs. */
export function isWithheld(
  { stopped }: Pick<IncidentState, 'stopped'>,
  { type }: Pick<OutgoingEvent, 'type'>,
): boolean {
  return stopped !== null && type.startsWith('incident.') && !AFTER_STOP.has(type);
}

/** Id of a message, without full stops, because signatures use them as separators. */
export function messageId(key: string): string {
  return `msg_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/**
 * Notice of one event to a listening program: its name, the incident and the revision, no content. After a state-secret
 * stop only the stop itself, the closing and the erasure are sent. Null if the program does not receive the event.
 */
export function eventNotice(
  state: Pick<IncidentState, 'id' | 'drill' | 'stopped'>,
  { type }: IncidentEvent,
  entry: Entry,
  at: number,
  { platform, address, stamps }: Listener,
): NewNotice | null {
  const { id, drill } = state;
  // A hash reveals nothing, so a stop withholds none; drills are not stamped.
  const name = stamps ? (STAMPED.has(type) && !drill ? type : undefined) : NAMES[type];
  if (name === undefined || isWithheld(state, { type: name })) return null;
  const key = formatKey({ kind: 'event', ...entry, to: `${platform}/${address}/${address}` });
  const event = { id: messageId(key), type: name, at: new Date(at).toISOString(), revision: entry.version, drill };
  return noticeOf(key, id, { platform, address }, event, at);
}

export function noticeOf(
  key: string,
  incident: string,
  { platform, address }: Listener,
  event: OutgoingEvent,
  at: number,
): NewNotice {
  return {
    key,
    incident,
    lane: 'status',
    to: { kind: 'outside', platform, tenant: address, address, language: 'en' },
    content: { kind: 'event', card: sentenceCard(plain(event.type)), event },
    dueAt: at,
  };
}
