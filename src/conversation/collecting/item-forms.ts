import type { Command } from '../../incident/commands.ts';
import { clashingVersions } from '../../incident/facts/fields.ts';
import { isPerson } from '../../incident/people/people.ts';
import type { FieldReading } from '../../report/fields.ts';
import { fieldOf, type ItemStatus, itemsNow } from '../../report/items.ts';
import { readPast } from '../asking/value-readings.ts';
import type { FormField, Text } from '../cards/card.ts';
import { at, lawText, personText, type Situation, t } from '../cards/situation.ts';
import {
  type FormArgs,
  type FormKind,
  type FormValues,
  form,
  oneField,
  several,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { offeredLevel } from '../level-offer.ts';
import { refusalText } from '../record/refusals.ts';
import { derivedText } from './item-status.ts';
import { summaryMaterial } from './summary-material.ts';
import { timeWords } from './time-words.ts';

const FIELD_LENGTH = 5_000;
const asId = (field: string) => `${field}#as`;

function itemIn(situation: Situation, args: FormArgs): ItemStatus | null {
  return itemsNow(situation).find(({ id }) => id === args['item']) ?? null;
}

/** All fields of one item, an example under each, with ticks for estimates and for what is not known yet. */
export const itemForm: FormKind = {
  build(situation, args) {
    const item = itemIn(situation, args);
    if (!item) return null;
    const label = lawText(item.title);
    return form(
      t('form.item.title', { n: item.n, label }),
      [
        ...item.fields.flatMap((field) => fieldInputs(situation, field)),
        timeField('as_of', t('form.item.as_of')),
        {
          kind: 'many',
          id: 'words',
          label: t('form.item.words'),
          hint: t('form.item.words_hint'),
          required: false,
          options: [{ value: 'confirm', label: t('form.item.words_confirm') }],
          value: [],
        },
      ],
      { intro: [t('form.item.intro')] },
    );
  },
  parse(situation, args, values) {
    const item = itemIn(situation, args);
    if (!item) return { errors: { as_of: t('refuse.unknown_item', { n: situation.regime.items.length }) } };
    const asOfText = single(values, 'as_of');
    const asOf =
      asOfText === '' ? { ok: true as const, value: situation.ia.now } : readPast(asOfText, situation.ia.now);
    const confirmed = several(values, 'words').includes('confirm');
    const errors = { ...timeErrors(situation, item, values), ...tickErrors(item, values) };
    if (!asOf.ok) return { errors: { ...errors, as_of: asOf.error } };
    if (Object.keys(errors).length > 0) return { errors };
    const instant = asOf.value === 'unknown' ? situation.ia.now : asOf.value;
    const commands = item.fields.flatMap((field): Command[] => {
      const text = single(values, field.definition.id);
      const ticks = several(values, asId(field.definition.id));
      return fieldCommands(field, { text, ticks, asOf: instant, confirmed });
    });
    return { commands };
  },
};

/** "Not yet known" ticked beside an estimate or a new text: only one of them can be meant. */
function tickErrors(item: ItemStatus, values: FormValues): Record<string, Text> {
  const errors = item.fields.flatMap(({ definition: { id }, entry }): [string, Text][] => {
    const ticks = several(values, asId(id));
    const text = single(values, id);
    const isNew = text !== '' && text !== (entry?.current?.text ?? '');
    return ticks.includes('unknown') && (ticks.length > 1 || isNew) ? [[id, t('form.item.unknown_or_text')]] : [];
  });
  return Object.fromEntries(errors);
}

/** Times that cannot be or cannot be read, each beside its field. */
function timeErrors(situation: Situation, item: ItemStatus, values: FormValues): Record<string, Text> {
  const errors = item.fields.flatMap(({ definition: { id }, entry }): [string, Text][] => {
    const text = single(values, id);
    const read = text === entry?.current?.text ? { words: text } : timeWords(situation, id, text);
    return 'refusal' in read ? [[id, refusalText(read.refusal, situation)]] : [];
  });
  return Object.fromEntries(errors);
}

function fieldInputs(situation: Situation, field: FieldReading): FormField[] {
  const { definition, entry } = field;
  const { id } = definition;
  const label = lawText(definition.label);
  const hint = hintOf(situation, field);
  const current = entry?.current;
  return [
    textField(id, label, {
      multiline: definition.multiline,
      maxLength: FIELD_LENGTH,
      value: current?.text ?? summaryMaterial(situation, id),
      example: lawText(definition.example),
      ...(definition.required === 'now' ? { reported: true } : {}),
      ...(hint ? { hint } : {}),
    }),
    {
      kind: 'many',
      id: asId(id),
      of: id,
      label: t('form.item.as', { label }),
      required: false,
      options: [
        { value: 'estimate', label: t('form.item.as_estimate') },
        { value: 'unknown', label: t('form.item.as_unknown') },
      ],
      value: current?.state === 'estimate' || current?.state === 'unknown' ? [current.state] : [],
    },
  ];
}

function hintOf(situation: Situation, field: FieldReading): Text | null {
  if (field.state === 'clash') return t('form.two_versions');
  const derived = derivedText(situation, field);
  return derived && !field.entry?.current ? t('form.derived', { value: derived }) : null;
}

/** Only what changed becomes a command; confirming the words alone confirms the wording of what stands. */
function fieldCommands(
  { definition, entry }: FieldReading,
  entered: { text: string; ticks: readonly string[]; asOf: string; confirmed: boolean },
): Command[] {
  const field = definition.id;
  const current = entry?.current;
  const { text } = entered;
  const wording = entered.confirmed && text !== '' ? { wording: text } : {};
  if (entered.ticks.includes('unknown') && (text === '' || text === current?.text)) {
    return current?.state === 'unknown' ? [] : [{ type: 'fill_field', field, value: { state: 'unknown' } }];
  }
  if (text === '') return [];
  const state = entered.ticks.includes('estimate') ? 'estimate' : 'known';
  if (current?.text === text && current.state === state) {
    const worded = entered.confirmed && entry?.wording?.text !== text;
    return worded ? [{ type: 'confirm_wording', field, wording: text }] : [];
  }
  const value =
    state === 'estimate' ? ({ state, text, asOf: entered.asOf } as const) : ({ state: 'known', text } as const);
  return [{ type: 'fill_field', field, value, ...wording }];
}

/** The Chinese wording of one field, confirmed by a person. */
export const wordingForm: FormKind = {
  build(situation, args) {
    const id = args['field'] ?? '';
    const found = fieldOf(situation, id);
    if (!found) return null;
    const entry = situation.state.fields[id];
    const label = lawText(found.field.label);
    return form(
      t('form.wording.title', { label }),
      [
        textField('wording', t('form.wording.text'), {
          required: true,
          multiline: true,
          maxLength: FIELD_LENGTH,
          value: entry?.wording?.text ?? entry?.current?.text ?? offeredLevel(situation, id) ?? '',
          example: { raw: found.field.example.zh },
        }),
      ],
      entry?.current?.text ? { intro: [t('form.wording.intro', { text: { raw: entry.current.text } })] } : {},
    );
  },
  parse: (_, args, values) => ({
    commands: [{ type: 'confirm_wording', field: args['field'] ?? '', wording: single(values, 'wording') }],
  }),
};

/** Two people wrote different things: both are shown, one is chosen. */
export const versionForm: FormKind = {
  build(situation, args) {
    const clashes = (itemIn(situation, args)?.fields ?? []).filter(({ state }) => state === 'clash');
    if (clashes.length === 0) return null;
    const fields = clashes.map(({ definition, entry }) =>
      oneField(
        definition.id,
        lawText(definition.label),
        clashingVersions(entry ?? undefined).map((version) => ({
          value: String(version.version),
          label: t('form.version.option', {
            by: personText(situation.state, version.by),
            at: at(situation, version.at),
            text: version.text === null ? t('form.version.unknown') : { raw: version.text },
          }),
        })),
      ),
    );
    return form(t('form.version.title'), fields);
  },
  parse(situation, args, values) {
    const clashes = (itemIn(situation, args)?.fields ?? []).filter(({ state }) => state === 'clash');
    return {
      commands: clashes.map(({ definition }) => ({
        type: 'choose_version',
        field: definition.id,
        version: Number(single(values, definition.id)),
      })),
    };
  },
};

const NOBODY = '-';
/** Anybody of the incident or of the profile; somebody not yet in the incident is added first. */
export const assignForm: FormKind = {
  build(situation, args) {
    const item = itemIn(situation, args);
    if (!item) return null;
    const options = [...peopleOptions(situation), { value: NOBODY, label: t('who.nobody') }];
    return form(t('form.assign.title', { n: item.n }), [
      oneField('person', t('form.assign.person'), options, item.owner ?? ''),
    ]);
  },
  parse(situation, args, values) {
    const person = single(values, 'person');
    const item = args['item'] ?? '';
    if (person === NOBODY) return { commands: [{ type: 'assign_item', item, person: null }] };
    const joined = situation.state.people[person] !== undefined;
    const assign = { type: 'assign_item', item, person } as const;
    return { commands: joined ? [assign] : [{ type: 'add_person', person }, assign] };
  },
};

export function peopleOptions({ state }: Situation): readonly { readonly value: string; readonly label: Text }[] {
  const joined = Object.values(state.people).filter(isPerson);
  return [
    ...joined.map((p) => ({ value: p.actor, label: { raw: p.name } })),
    ...absentPeople(state).map((p) => ({ value: p.id, label: { raw: p.name } })),
  ];
}
/** People of the profile who are not in the incident yet. */
export function absentPeople(state: Situation['state']) {
  const joined = new Set(Object.values(state.people).map((p) => p.person));
  return (state.organisation?.people ?? []).filter((p) => !joined.has(p.id));
}
