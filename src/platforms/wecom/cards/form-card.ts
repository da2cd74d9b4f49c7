import type { LocalForm } from '../../../conversation/cards/localise.ts';
import { isMessageKey, translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS, CARD_LIMITS } from '../limits.ts';
import { cut, fits, oneLine } from '../text/cut.ts';
import type { ButtonEffects } from './button-effects.ts';
import { optionTexts } from './buttons.ts';
import { sourceOf } from './head.ts';
import type { WecomMessage } from './message.ts';
import { type Selection, SUBMIT_KEY, selection } from './template.ts';

/** Forms with choices mostly. They are sent as drop-downs; other fields are asked for in text afterwards. */
const AS_DROP_DOWNS: ReadonlySet<string> = new Set([
  'filing',
  'practise',
  'phone_report',
  'judgements',
  'not_reportable',
  'another_level',
  'assign',
  'confirm_awareness',
]);
/** Read back before they are recorded. */
const READ_BACK: ReadonlySet<string> = new Set(['filing', 'phone_report']);
/** Ids of options without a value: nothing chosen yet, and the one that shows all of a longer list. */
const NONE = '-';
const ALL = '+';

type Choice = { readonly id: string; readonly label: string; readonly value: string } & {
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

/** Fields of a form that are drop-downs; empty where its lines say more than the beginnings of its options. */
export function choicesOf({ ref, fields }: LocalForm): readonly Choice[] {
  if (!AS_DROP_DOWNS.has(ref.form)) return [];
  const choices = fields.flatMap((field): readonly Choice[] => {
    if (field.kind === 'one' && field.options.length > 0) return [field];
    if (field.kind !== 'time' || !field.choices) return [];
    return [{ ...field, value: '', options: field.choices.map((choice) => ({ value: choice, label: choice })) }];
  });
  return choices.every(canBeToldApart) ? choices : [];
}

/** Returns true if at most a third of the options begins like another one. */
function canBeToldApart({ options }: Choice): boolean {
  const shown = options.slice(0, CARD_COUNTS.selectOptions);
  const starts = new Set(shown.map(({ label }) => cut(label, CARD_LIMITS.bot.optionText - 2)));
  return starts.size * 3 >= shown.length * 2;
}

/** One page of a form as a card of up to three drop-downs; null if it has none. `values`: chosen on earlier pages. */
export function formCard(
  form: LocalForm,
  {
    page,
    values,
    language,
    opened,
  }: { page: number; values: Readonly<Record<string, string>>; language: Language; opened?: number },
): WecomMessage | null {
  const all = choicesOf(form);
  const choices = all.slice(page * CARD_COUNTS.selects, (page + 1) * CARD_COUNTS.selects);
  if (choices.length === 0) return null;
  const pages = Math.ceil(all.length / CARD_COUNTS.selects);
  const incident = form.ref.args['incident'] ?? '';
  const heading =
    pages > 1 ? translate(language, 'wecom.form.page', { title: form.title, page: page + 1, pages }) : form.title;
  const others = form.fields.filter(({ id, kind }) => kind !== 'file' && !all.some((choice) => choice.id === id));
  const isLast = page + 1 === pages;
  const isEnd = isLast && !READ_BACK.has(form.ref.form) && !others.some(({ required }) => required);
  const submit = isEnd ? form.submit : translate(language, 'wecom.form.next');
  const bound: ButtonEffects = {
    does: {},
    answers: [],
    submit: `${SUBMIT_KEY}-${page}`,
    form: {
      ref: form.ref,
      page,
      ...(opened === undefined ? {} : { opened }),
      fields: choices.map(({ id, options, value }) => ({ id, values: options.map((one) => one.value), preset: value })),
      values,
    },
  };
  return {
    revision: 0,
    incident,
    surface: null,
    language,
    repeated: false,
    heading,
    markdown: null,
    card: {
      card_type: 'multiple_interaction',
      ...sourceOf(incident, 'running'),
      main_title: {
        title: cut(oneLine(heading), CARD_LIMITS.bot.title),
        ...(others.length > 0
          ? { desc: cut(translate(language, 'wecom.form.others'), CARD_LIMITS.bot.description) }
          : {}),
      },
      select_list: choices.map((choice, index) => selectionOf(choice, index, language)),
      submit_button: { text: cut(oneLine(submit), CARD_COUNTS.submitText), key: bound.submit ?? SUBMIT_KEY },
    },
    bound,
  };
}

function selectionOf({ id, label, options, value }: Choice, index: number, language: Language): Selection {
  const key = [`wecom.field.${id}`, `ask.judgement.${id}`].find(isMessageKey);
  const isLong = key !== undefined && !fits(oneLine(label), CARD_COUNTS.selectTitle);
  const title = isLong ? translate(language, key) : label;
  const chosen = options.findIndex((option) => option.value === value);
  const extra = (chosen < 0 ? 1 : 0) + (options.length + (chosen < 0 ? 1 : 0) > CARD_COUNTS.selectOptions ? 1 : 0);
  const shown = options.slice(0, CARD_COUNTS.selectOptions - extra);
  const texts = optionTexts(
    shown.map((option) => option.label),
    CARD_LIMITS.bot.optionText,
  );
  const isPreset = chosen >= 0 && chosen < shown.length;
  const option_list = [
    ...(isPreset ? [] : [{ id: `${index}:${NONE}`, text: translate(language, 'wecom.choose_answer') }]),
    ...texts.map((text, n) => ({ id: `${index}:${n}`, text })),
    ...(shown.length < options.length ? [{ id: `${index}:${ALL}`, text: translate(language, 'wecom.form.all') }] : []),
  ];
  return selection(`q${index}`, title, option_list, `${index}:${isPreset ? chosen : NONE}`);
}

/** Values of a page by the ids of its chosen options; null where somebody wants to see all options of a field. */
export function chosenOn({ fields, values }: NonNullable<ButtonEffects['form']>, ids: readonly string[]) {
  if (ids.some((id) => id.endsWith(`:${ALL}`))) return null;
  const chosen = fields.map(({ id, values: options, preset }, index): readonly [string, string] => {
    const found = ids.find((one) => one.startsWith(`${index}:`));
    const option = found === undefined ? preset : (options[Number(found.slice(found.indexOf(':') + 1))] ?? '');
    return [id, option];
  });
  return { ...values, ...Object.fromEntries(chosen.filter(([, value]) => value !== '')) };
}
