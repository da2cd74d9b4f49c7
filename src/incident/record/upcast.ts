import type { EventType, IncidentEvent } from './events.ts';

/** The schema version each type of event is written with today. A new type does not compile until it stands here. */
const CURRENT: Readonly<Record<EventType, number>> = {
  declared: 1,
  person_joined: 1,
  join_asked: 1,
  person_named: 1,
  renamed: 1,
  fact_stated: 1,
  awareness_candidate_added: 1,
  awareness_confirmed: 1,
  level_decided: 2,
  proposal_made: 1,
  proposal_settled: 1,
  level_override_proposed: 2,
  level_override_refused: 1,
  not_reportable_decided: 2,
  question_settled: 1,
  state_secret_stopped: 1,
  lead_taken: 1,
  item_assigned: 1,
  field_filled: 1,
  wording_confirmed: 1,
  version_chosen: 1,
  note_added: 1,
  evidence_added: 1,
  draft_compiled: 1,
  filing_recorded: 1,
  filing_corrected: 1,
  filing_practised: 1,
  approval_requested: 1,
  draft_approved: 1,
  draft_sent_back: 1,
  approval_voided: 1,
  point_assessed: 1,
  delay_explained: 1,
  request_received: 1,
  request_dropped: 1,
  duty_not_owed: 1,
  task_added: 1,
  task_changed: 1,
  task_finished: 1,
  handling_ended: 1,
  closed: 1,
  reopened: 1,
  held: 1,
  hold_released: 1,
  erased: 1,
  snoozed: 1,
  drill_speed_changed: 1,
  inject_given: 1,
  room_added: 1,
  room_removed: 1,
  chat_left: 1,
  chat_returned: 1,
  released_abroad: 1,
  release_withdrawn: 1,
  language_set: 1,
  threshold_crossed: 1,
  reminder_due: 1,
  notice_delivered: 1,
  record_restored: 1,
};

/** Makes a payload of one schema version into one of the next. Pure. */
export type Upcaster = (payload: unknown) => unknown;
/** By `type@v`: the upcaster from v to v + 1. Rows are never rewritten, so an entry is never removed. */
export type Upcasters = ReadonlyMap<string, Upcaster>;

const withLaws: Upcaster = (payload) => ({ ...(typeof payload === 'object' ? payload : {}), laws: {} });
const withRegime: Upcaster = (payload) => ({ ...(typeof payload === 'object' ? payload : {}), regime: null, laws: {} });

const UPCASTERS: Upcasters = new Map([
  ['level_decided@1', withRegime],
  ['level_override_proposed@1', withRegime],
  ['not_reportable_decided@1', withLaws],
]);

/** The schema version to write an event of this type with. */
export function schemaVersion(type: EventType): number {
  return CURRENT[type];
}

/**
 * A stored payload as today's event. Throws for a type or schema version this program does not know (a newer one wrote
 * it) and for a missing upcaster: nothing must be concluded from an event that is not understood.
 */
export function upcast(
  stored: { readonly type: string; readonly v: number; readonly payload: unknown },
  upcasters: Upcasters = UPCASTERS,
  current: Readonly<Record<string, number>> = CURRENT,
): IncidentEvent {
  const wanted = Object.hasOwn(current, stored.type) ? current[stored.type] : undefined;
  if (wanted === undefined || stored.v > wanted) {
    throw new Error(`events of type ${stored.type} version ${stored.v} are not known to this version of Jishi`);
  }
  let payload = stored.payload;
  for (let v = stored.v; v < wanted; v += 1) {
    const step = upcasters.get(`${stored.type}@${v}`);
    if (!step) throw new Error(`no upcaster for ${stored.type} version ${v}`);
    payload = step(payload);
  }
  const event = { type: stored.type, payload };
  if (!isCurrent(event)) throw new Error(`events of type ${stored.type} are not known to this version of Jishi`);
  return event;
}

/** The chain vouches for the payload: it is what this program wrote, at the schema version its type has now. */
function isCurrent(event: { type: string; payload: unknown }): event is IncidentEvent {
  return typeof event.payload === 'object' && event.payload !== null;
}
