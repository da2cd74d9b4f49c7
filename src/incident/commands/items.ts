import { z } from 'zod';
import { reportNeed } from '../closing.ts';
import type { CommandOf } from '../commands.ts';
import {
  type Deciders,
  type DecisionContext,
  futureRefusal,
  happened,
  named,
  nothing,
  refused,
  type TimeWords,
} from '../decide/context.ts';
import { evolveField } from '../facts/fields.ts';
import type { ActorId } from '../identity.ts';
import type { Reducers } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { command, evidenceRefSchema, id, iso, prose } from './parts.ts';

/** Items and fields of the report, notes and files. */

export const schemas = {
  assign_item: command('assign_item', { item: id, person: id.nullable() }),
  take_item: command('take_item', { item: id }),
  fill_field: command('fill_field', {
    field: id,
    value: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('known'), text: prose }),
      z.strictObject({ state: z.literal('estimate'), text: prose, asOf: iso }),
      z.strictObject({ state: z.literal('unknown') }),
    ]),
    wording: prose.optional(),
  }),
  confirm_wording: command('confirm_wording', { field: id, wording: prose }),
  /** Chooses one of the versions that people wrote of a field; all are kept. */
  choose_version: command('choose_version', { field: id, version: z.number().int().positive() }),
  add_note: command('add_note', {
    text: prose,
    happenedAt: iso.optional(),
    link: z.string().max(2_000).optional(),
    author: z.string().max(200).optional(),
  }),
  add_evidence: command('add_evidence', { evidence: evidenceRefSchema, item: id.optional() }),
};

export interface Events {
  item_assigned: { item: string; owner: ActorId | null };
  field_filled: Omit<CommandOf<'fill_field'>, 'type'> & { basedOn: number };
  wording_confirmed: { field: string; wording: string };
  version_chosen: { field: string; version: number };
  note_added: Omit<CommandOf<'add_note'>, 'type'> & { note: string };
  /** `uploaded`: the file came with the command. Absent in older records, which accepted any hash. */
  evidence_added: Omit<CommandOf<'add_evidence'>, 'type'> & { uploaded?: true };
}

export const deciders: Deciders<keyof typeof schemas> = {
  assign_item: (state, command, context) => {
    if (!canBeOwned(state, command.item, context)) return refused('unknown_item', { field: 'item' });
    const found = command.person === null ? { actor: null } : named(state, command.person);
    if ('refusal' in found) return found.refusal;
    const owner = found.actor;
    if ((state.owners[command.item]?.owner ?? null) === owner) return nothing;
    return happened('item_assigned', { item: command.item, owner });
  },
  take_item: (state, command, context) => {
    if (!canBeOwned(state, command.item, context)) return refused('unknown_item', { field: 'item' });
    if (state.owners[command.item]?.owner === context.actor) return nothing;
    return happened('item_assigned', { item: command.item, owner: context.actor });
  },
  fill_field: (state, command, context) => {
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
    return happened('field_filled', {
      field: command.field,
      value: value.state === 'unknown' ? value : { ...value, text: text.words ?? value.text },
      ...(wording.words === undefined ? {} : { wording: wording.words }),
      basedOn: context.revision ?? state.version,
    });
  },
  confirm_wording: (state, command, context) => {
    if (!context.catalogue.hasWords(command.field)) return refused('unknown_field', { field: 'field' });
    const read = wordsRead(state, command.field, context)(command.wording);
    if ('refusal' in read) return { ok: false, refusal: read.refusal };
    if (state.fields[command.field]?.wording?.text === read.words) return nothing;
    return happened('wording_confirmed', { field: command.field, wording: read.words });
  },
  /** Chooses one of two conflicting versions, or brings an earlier one back. */
  choose_version: (state, command) => {
    const entry = state.fields[command.field];
    const known = entry?.versions.some(({ version }) => version === command.version) ?? false;
    if (!known) return refused('no_such_version', { field: 'version' });
    if (entry?.current?.version === command.version) return nothing;
    return happened('version_chosen', { field: command.field, version: command.version });
  },
  add_note: (state, command, context) => {
    const future = command.happenedAt ? futureRefusal(state, context, 'happenedAt', [command.happenedAt]) : null;
    if (future) return future;
    const { type: _, ...payload } = command;
    return happened('note_added', { ...payload, note: `n${state.notes.length + 1}` });
  },
  /** Accepts a file stored with this request or already in the incident: a bare hash may be another incident's file. */
  add_evidence: (state, command, context) => {
    if (command.item && !context.catalogue.hasItem(command.item)) return refused('unknown_item', { field: 'item' });
    const { file, name } = command.evidence;
    const attached = state.evidence.filter((e) => e.file === file);
    const isUpload = context.uploaded === file;
    if (attached.some((e) => e.name === name && (e.uploaded || !isUpload))) return nothing;
    const [first] = attached;
    if (!isUpload && !first) return refused('unknown_file', { field: 'evidence.file' });
    const { type: _, ...payload } = command;
    // The same content under another name: size and type are those of the stored file.
    const known = first && !isUpload ? { size: first.size, mediaType: first.mediaType } : {};
    const evidence = { ...payload.evidence, ...known };
    return happened('evidence_added', {
      ...payload,
      evidence,
      ...(isUpload || first?.uploaded ? { uploaded: true } : {}),
    });
  },
};

export const reducers: Reducers<keyof Events> = {
  item_assigned: (s, p, stamp) => ({ owners: { ...s.owners, [p.item]: { ...stamp, owner: p.owner } } }),
  field_filled: (s, p, stamp) => ({
    fields: { ...s.fields, [p.field]: evolveField.filled(s.fields[p.field], p, stamp) },
  }),
  wording_confirmed: (s, p, stamp) => ({
    fields: { ...s.fields, [p.field]: evolveField.worded(s.fields[p.field], p.wording, stamp) },
  }),
  version_chosen: (s, p) => ({ fields: { ...s.fields, [p.field]: evolveField.chosen(s.fields[p.field], p.version) } }),
  note_added: (s, { note, ...rest }, stamp) => ({ notes: [...s.notes, { ...stamp, ...rest, id: note }] }),
  evidence_added: (s, { evidence, item = null, uploaded = false }, stamp) => ({
    evidence: [...s.evidence, { ...stamp, ...evidence, item, uploaded }],
  }),
};

/** Returns true for the id of an item of the report, of a duty of this incident, or of an owed report on news. */
function canBeOwned(state: IncidentState, id: string, context: DecisionContext): boolean {
  if (context.catalogue.hasItem(id) || context.assess(state).obligations.some((duty) => duty.id === id)) return true;
  return context.owedReports(state).some(({ role }) => reportNeed(role) === id);
}

/** Returns a reader for new words of a field: a time becomes its instant; unchanged words are not read again. */
function wordsRead(state: IncidentState, field: string, context: DecisionContext): (words: string) => TimeWords {
  const entry = state.fields[field];
  return (words) =>
    words === entry?.current?.text || words === entry?.wording?.text
      ? { words }
      : context.timeWords(state, field, words);
}
