import { isSamePerson } from '../approvals.ts';
import { actingOf, isActing, leadOf } from '../people/acting.ts';
import { lacks } from '../people/rights.ts';
import type { IncidentState } from '../state.ts';
import {
  type Decider,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  refused,
  type TimeWords,
} from './context.ts';

export const takeItem: Decider<'take_item'> = (state, command, context) => {
  if (!canBeOwned(state, command.item, context)) return refused('unknown_item', { field: 'item' });
  if (state.owners[command.item]?.owner === context.actor) return nothing;
  return happened({ type: 'item_assigned', payload: { item: command.item, owner: context.actor } });
};

export const assignItem: Decider<'assign_item'> = (state, command, context) => {
  if (!canBeOwned(state, command.item, context)) return refused('unknown_item', { field: 'item' });
  const owner = command.person === null ? null : participantOf(state, command.person);
  if (command.person !== null && !owner) return refused('unknown_person', { field: 'person' });
  if ((state.owners[command.item]?.owner ?? null) === owner) return nothing;
  return happened({ type: 'item_assigned', payload: { item: command.item, owner } });
};

/** Returns true for an item of the report and for a duty of this incident, by their ids. */
function canBeOwned(state: IncidentState, id: string, context: DecisionContext): boolean {
  return context.catalogue.hasItem(id) || context.assess(state).obligations.some((duty) => duty.id === id);
}

/** Participant by actor id or by the id of their profile entry; null if neither fits. */
export function participantOf(state: IncidentState, person: string): string | null {
  if (state.people[person]) return person;
  return Object.values(state.people).find((p) => p.person === person)?.actor ?? null;
}

export const fillField: Decider<'fill_field'> = (state, command, context) => {
  if (!context.catalogue.hasField(command.field)) return refused('unknown_field', { field: 'field' });
  if (command.value.state === 'estimate') {
    const future = futureRefusal(state, context, 'asOf', [command.value.asOf]);
    if (future) return future;
  }
  const read = wordsRead(state, command.field, context);
  const { value } = command;
  const text = value.state === 'unknown' ? { words: null } : read(value.text);
  const wording = command.wording === undefined ? { words: undefined } : read(command.wording);
  if ('refusal' in text) return { ok: false, refusal: text.refusal };
  if ('refusal' in wording) return { ok: false, refusal: wording.refusal };
  const current = state.fields[command.field]?.current;
  if (current && current.state === value.state && wording.words === undefined) {
    const asOf = value.state === 'estimate' ? value.asOf : null;
    if (current.text === text.words && current.asOf === asOf) return nothing;
  }
  return happened({
    type: 'field_filled',
    payload: {
      field: command.field,
      value: value.state === 'unknown' ? value : { ...value, text: text.words ?? value.text },
      ...(wording.words === undefined ? {} : { wording: wording.words }),
      basedOn: context.revision ?? state.version,
    },
  });
};

/** Reads new words of a field, a time as the instant it means; words that stand already were read when they were written. */
function wordsRead(state: IncidentState, field: string, context: DecisionContext): (words: string) => TimeWords {
  const entry = state.fields[field];
  return (words) =>
    words === entry?.current?.text || words === entry?.wording?.text
      ? { words }
      : context.timeWords(state, field, words);
}

export const confirmWording: Decider<'confirm_wording'> = (state, command, context) => {
  if (!context.catalogue.hasField(command.field)) return refused('unknown_field', { field: 'field' });
  const read = wordsRead(state, command.field, context)(command.wording);
  if ('refusal' in read) return { ok: false, refusal: read.refusal };
  if (state.fields[command.field]?.wording?.text === read.words) return nothing;
  return happened({ type: 'wording_confirmed', payload: { field: command.field, wording: read.words } });
};

/** Chooses one of two conflicting versions, or brings an earlier one back. */
export const chooseVersion: Decider<'choose_version'> = (state, command) => {
  const entry = state.fields[command.field];
  const known = entry?.versions.some(({ version }) => version === command.version) ?? false;
  if (!known) return refused('no_such_version', { field: 'version' });
  if (entry?.current?.version === command.version) return nothing;
  return happened({ type: 'version_chosen', payload: { field: command.field, version: command.version } });
};

export const addNote: Decider<'add_note'> = (state, command, context) => {
  const future = command.happenedAt ? futureRefusal(state, context, 'happenedAt', [command.happenedAt]) : null;
  if (future) return future;
  const { type: _, ...payload } = command;
  return happened({ type: 'note_added', payload: { ...payload, note: `n${state.notes.length + 1}` } });
};

/** Accepts a file stored with this request, or one the incident has already: a hash alone proves nothing and could be a file of another incident. */
export const addEvidence: Decider<'add_evidence'> = (state, command, context) => {
  if (command.item && !context.catalogue.hasItem(command.item)) return refused('unknown_item', { field: 'item' });
  const { file, name } = command.evidence;
  const attached = state.evidence.filter((e) => e.file === file);
  const isUpload = context.uploaded === file;
  if (attached.some((e) => e.name === name && (e.uploaded || !isUpload))) return nothing;
  const [first] = attached;
  if (!isUpload && !first) return refused('unknown_file', { field: 'evidence.file' });
  const { type: _, ...payload } = command;
  // The same content under another name: size and type are those that were stored.
  const known = first && !isUpload ? { size: first.size, mediaType: first.mediaType } : {};
  const evidence = { ...payload.evidence, ...known };
  return happened({
    type: 'evidence_added',
    payload: { ...payload, evidence, ...(isUpload || first?.uploaded ? { uploaded: true } : {}) },
  });
};

/** The lead, people and rooms of an incident. */
export const takeLead: Decider<'take_lead'> = (state, _command, context) =>
  leadOf(state)?.actor === context.actor ? nothing : happened({ type: 'lead_taken', payload: { lead: context.actor } });

/** Said once between two reminders: after the next one it is news again. */
export const takeCharge: Decider<'take_charge'> = ({ charge, reminders }, _command, context) =>
  charge?.by === context.actor && !reminders.some(({ version }) => version > charge.version)
    ? nothing
    : happened({ type: 'charge_taken', payload: {} });

/** Offers what the actor has to another person; the lead only to somebody who may take it. */
export const handOver: Decider<'hand_over'> = (state, { person }, context) => {
  const to = participantOf(state, person);
  const one = to === null ? undefined : state.people[to];
  if (!one || to === null) return refused('unknown_person', { field: 'person' });
  if (isSamePerson(state, to, context.actor)) return nothing;
  const lead = leadOf(state);
  const leads = lead !== null && isSamePerson(state, lead.actor, context.actor);
  if (leads && lacks('take_lead', to, one.roles, state.organisation) !== null)
    return refused('cannot_lead', { field: 'person', params: { name: one.name } });
  const { handover } = state;
  if (handover?.to === to && handover.by === context.actor) return nothing;
  return happened({ type: 'handover_offered', payload: { to } });
};

/** Accepts an offer: the lead, the items and the open tasks of the person who made it are the actor's. */
export const takeOver: Decider<'take_over'> = (state, _command, context) => {
  const { handover, owners } = state;
  const acting = actingOf(state, { actor: context.actor, ...context.caller });
  if (!handover || !isActing(state, acting, handover.to)) return refused('no_handover');
  const from = handover.by;
  const isOf = (actor: string | null): boolean => actor !== null && isSamePerson(state, actor, from);
  const items = Object.entries(owners).filter(([, { owner }]) => isOf(owner));
  const tasks = state.tasks.filter(({ owner, finished }) => finished === null && isOf(owner));
  return happened(
    ...(isOf(leadOf(state)?.actor ?? null) ? [{ type: 'lead_taken', payload: { lead: context.actor } } as const] : []),
    ...items.map(([item]) => ({ type: 'item_assigned', payload: { item, owner: context.actor } }) as const),
    ...tasks.map(({ id }) => ({ type: 'task_changed', payload: { task: id, owner: context.actor } }) as const),
    { type: 'handover_taken', payload: { from } },
  );
};
