import { formatInstant } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { Command } from '../../incident/commands.ts';
import type { ActorId } from '../../incident/identity.ts';
import { CREDIT_CODE } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { nameOfField } from '../../law/regime.ts';
import { lastFiledText } from '../../report/compile.ts';
import { type FieldReading, readField } from '../../report/fields.ts';
import { type ItemStatus, itemsNow, missingNow, owedOf } from '../../report/items.ts';
import { textOf } from '../../report/paper.ts';
import { isName, isReportWording } from '../../report/runs.ts';
import { courseOfHandling } from '../../report/sections.ts';
import { sheetNow } from '../../report/sheet.ts';
import type { FormField, Text } from '../cards/card.ts';
import { joined, lawText, ofPart, personText, type Situation, t } from '../cards/situation.ts';
import { type FormValues, several, single, textField } from '../forms/form-kind.ts';
import { refusalText } from '../record/refusals.ts';
import { timeWords } from './time-words.ts';

/** Text derived from the record for an empty field; null if a person wrote it or nothing can be derived. */
function derivedText(situation: Situation, { definition, state }: FieldReading): Text | null {
  if (state !== 'derived') return null;
  const said = (language: 'zh' | 'en'): string =>
    textOf(readField(sheetNow(situation, language), definition).runs ?? []);
  return ofPart('texts', lawText({ zh: said('zh'), en: said('en') }));
}

/** Parts that the first report needs and lacks, with owners, e.g. "item 2 place, measures (Chen Yu)"; null if none. */
export function missingText(situation: Situation, items: readonly ItemStatus[]): Text | null {
  return listed(items, missingNow, (text, { owner }) =>
    owner ? t('remind.owned', { missing: text, owner: personText(situation.state, owner) }) : text,
  );
}
/** Incomplete parts of these items, e.g. "item 2 place, measures"; null if there are none. */
export function owedText(items: readonly ItemStatus[]): Text | null {
  return listed(items, owedOf, (text) => text);
}

function listed(
  items: readonly ItemStatus[],
  fieldsOf: (item: ItemStatus) => readonly FieldReading[],
  withOwner: (text: Text, item: ItemStatus) => Text,
): Text | null {
  const parts = items.flatMap((item): readonly Text[] => {
    const fields = fieldTexts(fieldsOf(item));
    if (fields.length === 0) return [];
    return [withOwner(t('items.missing', { n: item.n, fields: joined(fields, 'semicolon') }), item)];
  });
  return parts.length > 0 ? joined(parts, 'semicolon') : null;
}

/** Labels of empty fields, then those of unconfirmed wording, which the report does not print either. */
function fieldTexts(fields: readonly FieldReading[]): readonly Text[] {
  const labels = (some: readonly FieldReading[]) => joined(some.map(({ definition }) => lawText(definition.label)));
  const unworded = fields.filter(({ state }) => state === 'unconfirmed');
  const empty = fields.filter(({ state }) => state !== 'unconfirmed');
  return [
    ...(empty.length > 0 ? [labels(empty)] : []),
    ...(unworded.length > 0 ? [t('items.unworded', { fields: labels(unworded) })] : []),
  ];
}

export function missingFor(situation: Situation, owner: ActorId): readonly ItemStatus[] {
  return itemsNow(situation).filter((item) => item.owner === owner && owedOf(item).length > 0);
}

/** Inputs of report fields, shared by all forms, and the commands for their texts; `FIELD_LENGTH` in characters. */

export const FIELD_LENGTH = 5_000;
const asId = (field: string) => `${field}#as`;

/**
 * Tick at the top of a form that confirms its Chinese texts as report wording. It is set in advance, because such texts
 * are written for the report; text in another language is never confirmed this way.
 */
export const wordsField: FormField = {
  kind: 'many',
  id: 'words',
  label: t('form.item.words'),
  hint: t('form.item.words_hint'),
  required: false,
  options: [{ value: 'confirm', label: t('form.item.words_confirm') }],
  value: ['confirm'],
};
export function areWordsConfirmed(values: FormValues): boolean {
  return several(values, 'words').includes('confirm');
}

/** Text of a field as a form shows it: the wording of the report, otherwise the text as written. */
export function shownText({ entry }: Pick<FieldReading, 'entry'>): string {
  return entry?.wording?.text ?? entry?.current?.text ?? '';
}

export type Certainty = 'estimate' | 'unknown';
/** Certainties offered for a field: none for the unit's name and systems, which it knows; no estimate of a decision. */
function certaintiesOf({ definition: { from } }: FieldReading): readonly Certainty[] {
  if (from === undefined) return ['estimate', 'unknown'];
  return from === 'entity' || from === 'system' ? [] : ['unknown'];
}

/** Inputs of one field: its text with an example and, below it, its certainty. */
export function fieldInputs(
  situation: Situation,
  field: FieldReading,
  certainties: readonly Certainty[] = certaintiesOf(field),
): readonly FormField[] {
  const { definition, entry } = field;
  const { id } = definition;
  const label = lawText(definition.label);
  const hint = hintOf(situation, field);
  const state = entry?.current?.state;
  const input = textField(id, label, {
    multiline: definition.multiline,
    maxLength: FIELD_LENGTH,
    words: isName(definition) ? 'name' : 'chinese',
    value: shownText(field) || summaryMaterial(situation, id),
    example: lawText(definition.example),
    ...(definition.required === 'now' ? { reported: true } : {}),
    ...hint,
  });
  if (certainties.length === 0) return [input];
  return [
    input,
    {
      kind: 'many',
      id: asId(id),
      of: id,
      label: t('form.item.as', { label }),
      required: false,
      options: certainties.map((value) => ({ value, label: t(`form.item.as_${value}`) })),
      value: certainties.filter((one) => one === state),
    },
  ];
}

function hintOf(situation: Situation, field: FieldReading): Pick<FormField, 'hint' | 'derived'> {
  if (field.state === 'clash') return { hint: t('form.two_versions') };
  const value = derivedText(situation, field);
  return value && !field.entry?.current ? { hint: t('form.derived', { value }), derived: true } : {};
}

/** Errors by field: entries that contradict themselves, and impossible or unreadable times. */
export function fieldErrors(
  situation: Situation,
  fields: readonly FieldReading[],
  values: FormValues,
): Readonly<Record<string, Text>> {
  const errors = fields.flatMap((field): [string, Text][] => {
    const { id } = field.definition;
    const text = single(values, id);
    const ticks = several(values, asId(id));
    const isNew = text !== '' && text !== shownText(field);
    if (ticks.includes('unknown') && (ticks.length > 1 || isNew)) return [[id, t('form.item.unknown_or_text')]];
    if (isNew && nameOfField(id) === 'credit_code' && !CREDIT_CODE.test(text)) return [[id, t('read.credit_code')]];
    const read = isNew ? timeWords(situation, id, text) : { words: text };
    return 'refusal' in read ? [[id, refusalText(read.refusal, situation)]] : [];
  });
  return Object.fromEntries(errors);
}

/** Commands for the fields that changed; a tick on confirmation alone confirms the wording of the current text. */
export function fieldCommands(
  { definition, entry }: FieldReading,
  values: FormValues,
  asOf: string,
): readonly Command[] {
  const field = definition.id;
  const current = entry?.current;
  const text = single(values, field);
  const certainty = values[asId(field)];
  const ticks = certainty === undefined ? [current?.state] : several(values, asId(field));
  if (ticks.includes('unknown') && (text === '' || text === current?.text)) {
    return current?.state === 'unknown' ? [] : [{ type: 'fill_field', field, value: { state: 'unknown' } }];
  }
  if (text === '') return [];
  const isWorded = areWordsConfirmed(values) && isReportWording(text, definition);
  const state = ticks.includes('estimate') ? 'estimate' : 'known';
  const stands = text === current?.text || text === entry?.wording?.text;
  if (stands && (current?.state ?? 'known') === state) {
    return isWorded && entry?.wording?.text !== text ? [{ type: 'confirm_wording', field, wording: text }] : [];
  }
  const value = state === 'estimate' ? ({ state, text, asOf } as const) : ({ state, text } as const);
  return [{ type: 'fill_field', field, value, ...(isWorded ? { wording: text } : {}) }];
}

/** Chinese text for every reader, because the report is in Chinese. */
const say = (key: MessageKey, params: Readonly<Record<string, string>> = {}): string => translate('zh-CN', key, params);

/**
 * Material of the record for a part of the summary report, prefilled in the form for a person to change and confirm. It
 * never enters the report by itself. Empty if there is none.
 */
function summaryMaterial(situation: Situation, part: string): string {
  const { state, regime } = situation;
  const { from = [], offers } = regime.parts.find(({ id }) => id === part) ?? {};
  const texts = [
    ...(offers === 'course' ? [timeline(situation)] : []),
    ...from.map((field) => stated(situation, field)),
    ...(offers === 'tasks' ? corrective(state) : []),
  ];
  return texts.filter((text) => text !== '').join('\n');
}

/** Text of a field: a person's wording or text, otherwise that of the last filed report. */
function stated({ state, ia }: Pick<Situation, 'state' | 'ia'>, field: string): string {
  const entry = state.fields[field];
  const own = entry?.wording?.text ?? entry?.current?.text;
  if (own) return own;
  const blocks = lastFiledText({ state, ia })?.document.sections.flatMap((section) => section.blocks) ?? [];
  const block = blocks.find(({ id }) => id === field);
  if (block?.kind !== 'paragraph' || block.runs.some(({ kind }) => kind === 'to_supplement')) return '';
  return block.runs.map(({ text }) => text).join('');
}

function timeline(situation: Situation): string {
  const course = courseOfHandling(sheetNow(situation, 'zh', 'final'));
  return course === '' ? '' : say('material.timeline', { steps: course });
}

/** Corrective actions: those finished, and those planned with their date. A report names no colleague. */
function corrective({ tasks }: IncidentState): readonly string[] {
  const own = tasks.filter(({ kind }) => kind === 'other');
  const done = own.filter(({ finished }) => finished).map(({ text }) => text ?? '');
  const planned = own
    .filter(({ finished }) => !finished)
    .map(({ text, due }) =>
      due === null ? (text ?? '') : say('material.by', { task: text ?? '', due: formatInstant(due, 'zh-CN', 'date') }),
    );
  return [
    done.length > 0 ? say('material.done', { tasks: done.join('；') }) : '',
    planned.length > 0 ? say('material.planned', { tasks: planned.join('；') }) : '',
  ];
}
