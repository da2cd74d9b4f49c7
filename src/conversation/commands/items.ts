import type { Events, schemas } from '../../incident/commands/items.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { fieldOf, fieldPart } from '../../report/items.ts';
import type { Text } from '../cards/card.ts';
import { at, joined, lawText, ofPart, personText, type Situation, t } from '../cards/situation.ts';
import { ownedText } from '../closing.ts';
import { assignForm, itemForm, versionForm, wordingForm, wordingsForm } from '../collecting/item-forms.ts';
import { paperWordsForm, toldText } from '../collecting/paper-words.ts';
import { headForm } from '../filing/report-forms.ts';
import { form, parseAs, textField, timeField } from '../forms/form-kind.ts';
import { writtenText } from '../record/recap.ts';
import { reachOf } from '../reminding/reachability.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  assign_item: (situation, { item }) => ownerLine(situation, item),
  take_item: (situation, { item }) => {
    const owner = situation.state.owners[item]?.owner ?? null;
    if (owner !== null && reachOf(situation, owner) === false) return ownerLine(situation, item);
    return t('said.item_yours', { what: ownedText(situation, item) });
  },
  fill_field: fieldLine,
  confirm_wording: (situation, { field }) => {
    const place = toldText(situation, field);
    return place ? t('said.told', { place }) : ofField(situation, field, 'said.wording');
  },
  choose_version: (situation, { field }) => ofField(situation, field, 'said.version_chosen'),
  add_note: (situation, { happenedAt }) =>
    happenedAt ? t('said.note_at', { at: at(situation, happenedAt) }) : t('said.note'),
  add_evidence: (_, { evidence }) => t('said.evidence', { name: ofPart('files', evidence.name) }),
};

export const tellers: Tellers<keyof Events> = {
  item_assigned: (situation, p) =>
    t('event.item_assigned', { what: ownedText(situation, p.item), owner: personText(situation.state, p.owner) }),
  field_filled: (situation, p) => {
    const where = place(situation, p.field);
    if (p.value.state === 'unknown') return t('event.field_unknown', where);
    const params = { ...where, text: ofPart(fieldPart(situation, p.field), p.value.text) };
    return p.value.state === 'estimate'
      ? t('event.field_estimate', { ...params, at: at(situation, p.value.asOf) })
      : t('event.field_filled', params);
  },
  wording_confirmed: (situation, p) => {
    const text = ofPart(fieldPart(situation, p.field), p.wording);
    const told = toldText(situation, p.field);
    return told ? t('event.told', { place: told, text }) : t('event.wording', { ...place(situation, p.field), text });
  },
  version_chosen: (situation, p) => t('event.version_chosen', place(situation, p.field)),
  note_added: (situation, p) =>
    p.happenedAt
      ? t('event.note_at', { text: raw(p.text), at: at(situation, p.happenedAt) })
      : t('event.note', { text: raw(p.text) }),
  evidence_added: (_, p) => t('event.evidence', { name: ofPart('files', p.evidence.name) }),
};

export const forms: Forms = {
  item: { gives: 'fill_field', part: 'drafts', ...itemForm },
  wording: { gives: 'confirm_wording', part: 'drafts', ...wordingForm },
  wordings: { gives: 'confirm_wording', part: 'drafts', ...wordingsForm },
  paper_words: { gives: 'confirm_wording', part: 'drafts', ...paperWordsForm },
  choose_version: { part: 'drafts', ...versionForm },
  assign: { gives: 'assign_item', part: 'overview', ...assignForm },
  note: {
    gives: 'add_note',
    part: 'overview',
    build: () =>
      form(t('form.note.title'), [
        textField('text', t('form.note.text'), {
          required: true,
          multiline: true,
          maxLength: NOTE_LENGTH,
          example: t('form.note.text_example'),
        }),
        timeField('at', t('form.note.at'), { hint: t('form.note.at_hint') }),
      ]),
    parse: parseAs('add_note', { happenedAt: { is: 'past', field: 'at' } }),
  },
  head: { gives: 'confirm_wording', ...headForm },
};

const NOTE_LENGTH = 20_000;

/** Line on the new owner of an item or duty; warns if reminders do not reach the owner. */
function ownerLine(situation: Situation, item: string): Text {
  const owner = situation.state.owners[item]?.owner ?? null;
  const what = ownedText(situation, item);
  if (owner === null) return t('said.item_free', { what });
  const name = personText(situation.state, owner);
  const line = t('said.item_owner', { what, owner: name });
  return reachOf(situation, owner) === false ? joined([line, t('said.unreached', { name })], 'sentence') : line;
}

/** Part of a confirmation that warns of a person whom reminders do not reach; null if there is none. */
export function unreachedIn(said: Text): Text | null {
  if (!('list' in said)) return null;
  return said.list.find((part) => 'key' in part && part.key === 'said.unreached') ?? null;
}

function ofField(
  situation: Situation,
  id: string,
  key: 'said.wording' | 'said.version_chosen' | 'said.field_clash' | 'said.field_unknown',
): Text | null {
  const found = fieldOf(situation, id);
  return found ? t(key, { n: found.item.n, field: lawText(found.field.label) }) : null;
}

function fieldLine(situation: Situation, { field, value }: CommandOf<'fill_field'>): Text | null {
  const found = fieldOf(situation, field);
  if (!found) return null;
  if (situation.state.fields[field]?.current === null) return ofField(situation, field, 'said.field_clash');
  if (value.state === 'unknown') return ofField(situation, field, 'said.field_unknown');
  return t('said.field', {
    n: found.item.n,
    field: lawText(found.field.label),
    text: ofPart(fieldPart(situation, field), writtenText(situation, field, value.text)),
  });
}

function place(situation: Situation, field: string): { readonly n: number; readonly field: Text } {
  const found = fieldOf(situation, field);
  return { n: found?.item.n ?? 0, field: found ? lawText(found.field.label) : raw(field) };
}
