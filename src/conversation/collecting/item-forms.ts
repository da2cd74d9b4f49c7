import type { CommandOf } from '../../incident/commands.ts';
import { clashingVersions } from '../../incident/facts/fields.ts';
import { isPerson, peopleNow } from '../../incident/people/people.ts';
import type { FieldReading } from '../../report/fields.ts';
import { fieldOf, type ItemStatus, itemsNow } from '../../report/items.ts';
import { languageOf } from '../../report/runs.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Action, Text } from '../cards/card.ts';
import { at, lawText, personText, type Situation, t } from '../cards/situation.ts';
import { ownedText } from '../closing.ts';
import {
  type FormArgs,
  type FormKind,
  form,
  oneField,
  parseAs,
  parsed,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { offeredLevel } from '../level-offer.ts';
import { FIELD_LENGTH, fieldCommands, fieldErrors, fieldInputs, wordsField } from './field-inputs.ts';

function itemIn(situation: Situation, args: FormArgs): ItemStatus | null {
  return itemsNow(situation).find(({ id }) => id === args['item']) ?? null;
}

/** Form with all fields of one item, each with an example and ticks for "estimate" and "not known yet". */
export const itemForm: FormKind = {
  build(situation, args) {
    const item = itemIn(situation, args);
    if (!item) return null;
    const inputs = item.fields.flatMap((field) => fieldInputs(situation, field));
    return form(
      t('form.item.title', { n: item.n, label: lawText(item.title) }),
      [
        wordsField,
        ...inputs,
        ...(inputs.some(({ kind }) => kind === 'many') ? [timeField('as_of', t('form.item.as_of'))] : []),
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
    const errors = fieldErrors(situation, item.fields, values);
    if (!asOf.ok) return { errors: { ...errors, as_of: asOf.error } };
    if (Object.keys(errors).length > 0) return { errors };
    const instant = asOf.value === 'unknown' ? situation.ia.now : asOf.value;
    return { commands: item.fields.flatMap((field) => fieldCommands(field, values, instant)) };
  },
};

/** Form for the Chinese wording of one field, which a person confirms. */
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
  parse: parseAs('confirm_wording'),
};

/** Form with every wording to confirm; a field left empty stays open. */
export const wordingsForm: FormKind = {
  build(situation) {
    const fields = unworded(situation);
    if (fields.length === 0) return null;
    const inputs = fields.map(({ definition, entry }) => {
      const written = entry?.current?.text ?? '';
      const isChinese = languageOf(written) === 'zh';
      return textField(definition.id, lawText(definition.label), {
        multiline: true,
        maxLength: FIELD_LENGTH,
        value: isChinese ? written : '',
        example: { raw: definition.example.zh },
        ...(isChinese ? {} : { hint: t('form.wording.intro', { text: { raw: written } }) }),
      });
    });
    const title = t('form.wordings.title', { n: fields.length });
    return form(title, inputs, { intro: [t('form.wordings.intro')], submit: t('form.wordings.submit') });
  },
  parse(situation, _, values) {
    const commands = unworded(situation).flatMap(({ definition: { id } }) => {
      const wording = single(values, id);
      return wording === '' ? [] : [{ type: 'confirm_wording', field: id, wording } as const];
    });
    const [first] = unworded(situation);
    return commands.length > 0 || !first ? { commands } : { errors: { [first.definition.id]: t('form.required') } };
  },
};

/** Fields with a text that nobody has confirmed for the report. */
export function unworded(situation: Situation): readonly FieldReading[] {
  return itemsNow(situation).flatMap(({ fields }) => fields.filter(({ state }) => state === 'unconfirmed'));
}

/** Fields whose text is already Chinese, so that it can be printed unchanged. */
export function readyAsWritten(situation: Situation): readonly FieldReading[] {
  return unworded(situation).filter(({ entry }) => /\p{Script=Han}/u.test(entry?.current?.text ?? ''));
}

/** Commands that confirm Chinese texts as report wording without a change. */
export function wordingsAsWritten(situation: Situation): readonly CommandOf<'confirm_wording'>[] {
  return readyAsWritten(situation).flatMap(({ definition: { id }, entry }) => {
    const wording = entry?.current?.text ?? '';
    return wording === '' ? [] : [{ type: 'confirm_wording', field: id, wording }];
  });
}

/** Button [Put in as written (9)], which confirms all texts that are already Chinese; empty if there are none. */
export function asWrittenActions(situation: Situation): readonly Action[] {
  const n = readyAsWritten(situation).length;
  const label = t('act.as_written', { n });
  return n === 0 ? [] : [{ id: 'as_written', label, style: 'primary', does: { kind: 'line', text: '按原文写入' } }];
}

/** Form for a field of which two people wrote different versions: it shows both, and one is chosen. */
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
/** Form to assign an item to a person of the incident or the profile; a person of the profile is added first. */
export const assignForm: FormKind = {
  build(situation, args) {
    const { item = '' } = args;
    const options = [...peopleOptions(situation), { value: NOBODY, label: t('who.nobody') }];
    const owner = situation.state.owners[item]?.owner ?? '';
    return form(t('form.assign.title', { what: ownedText(situation, item) }), [
      oneField('person', t('form.assign.person'), options, owner),
    ]);
  },
  parse(situation, args, values) {
    const person = single(values, 'person');
    const item = args['item'] ?? '';
    if (person === NOBODY) return parsed({ type: 'assign_item', item, person: null });
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
  return (peopleNow(state)?.people ?? []).filter((p) => !joined.has(p.id));
}
