import type { IncidentState } from '../state.ts';
import {
  type Decider,
  type Decision,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  refused,
} from './context.ts';

export const takeItem: Decider<'take_item'> = (state, command, context) => {
  if (!context.catalogue.hasItem(command.item)) return refused('unknown_item', { field: 'item' });
  if (state.owners[command.item]?.owner === context.actor) return nothing;
  return happened({ type: 'item_assigned', payload: { item: command.item, owner: context.actor } });
};

export const assignItem: Decider<'assign_item'> = (state, command, context) => {
  if (!context.catalogue.hasItem(command.item)) return refused('unknown_item', { field: 'item' });
  const owner = command.person === null ? null : participantOf(state, command.person);
  if (command.person !== null && !owner) return refused('unknown_person', { field: 'person' });
  if ((state.owners[command.item]?.owner ?? null) === owner) return nothing;
  return happened({ type: 'item_assigned', payload: { item: command.item, owner } });
};

/** A person is named by actor or by the id of their profile entry. */
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
  const written = command.value.state === 'unknown' ? '' : command.value.text;
  const impossible = timeRefusal(state, { ...command, written: [written, command.wording ?? ''] }, context);
  if (impossible) return impossible;
  const current = state.fields[command.field]?.current;
  if (current && current.state === command.value.state && command.wording === undefined) {
    const text = command.value.state === 'unknown' ? null : command.value.text;
    const asOf = command.value.state === 'estimate' ? command.value.asOf : null;
    if (current.text === text && current.asOf === asOf) return nothing;
  }
  const { type: _, ...payload } = command;
  return happened({ type: 'field_filled', payload: { ...payload, basedOn: context.revision ?? state.version } });
};

/** Words that are new and name a time that cannot be; words that stand already were accepted when they were written. */
function timeRefusal(
  state: IncidentState,
  { field, written }: { readonly field: string; readonly written: readonly string[] },
  context: DecisionContext,
): Decision | null {
  const entry = state.fields[field];
  const isNew = (words: string): boolean => words !== entry?.current?.text && words !== entry?.wording?.text;
  const [refusal] = written.filter(isNew).flatMap((words) => context.timeRefusal(state, field, words) ?? []);
  return refusal ? { ok: false, refusal } : null;
}

export const confirmWording: Decider<'confirm_wording'> = (state, command, context) => {
  if (!context.catalogue.hasField(command.field)) return refused('unknown_field', { field: 'field' });
  if (state.fields[command.field]?.wording?.text === command.wording) return nothing;
  const impossible = timeRefusal(state, { ...command, written: [command.wording] }, context);
  if (impossible) return impossible;
  return happened({ type: 'wording_confirmed', payload: { field: command.field, wording: command.wording } });
};

/** One of two versions that stand against each other, or an earlier one that comes back. */
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
  state.lead === context.actor ? nothing : happened({ type: 'lead_taken', payload: { lead: context.actor } });
