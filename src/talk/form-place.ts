import { type Answered, answeredCard } from '../conversation/cards/answered-card.ts';
import type { Block, Card, Text } from '../conversation/cards/card.ts';
import { type LocalForm, localise } from '../conversation/cards/localise.ts';
import { buttons, noteBlock, sentenceCard, strongBlock, textBlock } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { Language } from '../incident/identity.ts';
import type { Filled } from './filling.ts';
import { colonOf } from './form-lines.ts';

type FormErrors = Readonly<Record<string, string>>;

/** Submitted card of a form, which its result replaces. */
export interface FormPlace {
  readonly incident: string;
  readonly heading: string;
  /** Person who submitted it, and when (epoch ms). */
  readonly by: string;
  readonly at: number;
  /** Fields that the card shows, and the values chosen on it. */
  readonly shown: readonly string[];
  readonly chosen: Readonly<Record<string, string>>;
  /** Replaces the card; returns false if that is not possible. */
  readonly put: (card: Card, revision: number, answered?: Answered) => Promise<boolean>;
}

/** Asks for the entries that are missing or wrong, below those that were chosen. */
export function correctionAsked(
  { chosen, put }: FormPlace,
  local: LocalForm,
  errors: FormErrors,
  { language, revision }: { readonly language: Language; readonly revision: number },
): Promise<boolean> {
  const again = buttons([{ id: 'again', label: t('form_lines.again'), does: { kind: 'form', form: local.ref } }]);
  const lines = wrongLines(local, errors, language).map(strongBlock);
  const intro = local.intro.map((raw) => noteBlock({ raw }));
  const title = t('form_lines.more', { title: local.title });
  return put(sentenceCard(title, [...chosenRows(local, chosen), ...lines, ...intro, ...again]), revision);
}

/** Shows the result of a form: who sent it, or the card that it leads to, with the fields a line may still fill in. */
export async function resultPut(
  place: FormPlace,
  local: LocalForm,
  { change, answers, revision }: Extract<Filled, { kind: 'done' }>,
  language: Language,
): Promise<boolean> {
  const { by, at, shown, put } = place;
  if (change?.kind === 'done') {
    const said = change.said()?.summary;
    const answered = { by, at, what: local.title, as: 'other' as const };
    const stored = said ? { ...answered, result: localise(said, language) } : answered;
    return put(answeredCard(place, answered, said), revision, stored);
  }
  const [first] = answers;
  if (first?.kind !== 'card') return false;
  const list = local.fields.flatMap(({ id, kind, label }) =>
    shown.includes(id) || kind === 'file' ? [] : [{ raw: label }],
  );
  const more = list.length === 0 ? [] : [textBlock(t('form_lines.may_add', { names: { list, joiner: 'comma' } }))];
  return put({ ...first.card, blocks: [...more, ...first.card.blocks] }, revision);
}

/** Returns choices as rows of the card. */
function chosenRows(form: LocalForm, chosen: FormPlace['chosen']): readonly Block[] {
  return form.fields.flatMap((field): readonly Block[] => {
    const value = chosen[field.id];
    if (value === undefined || field.kind === 'file') return [];
    const option = 'options' in field ? field.options.find((one) => one.value === value)?.label : value;
    if (option === undefined) return [];
    const pair = { label: { raw: field.label }, value: { raw: option } };
    return [{ kind: 'text', text: { list: [pair.label, pair.value], joiner: 'dot' }, split: { pairs: [pair] } }];
  });
}

/** Returns the lines of the wrong fields, each with its error. */
export function wrongLines({ fields }: LocalForm, errors: FormErrors, language: Language): readonly Text[] {
  return Object.entries(errors).map(([id, error]) => {
    const label = fields.find((field) => field.id === id)?.label ?? '';
    return { list: [{ raw: label === '' ? '' : `${label}${colonOf(language)}` }, { raw: error }], joiner: 'none' };
  });
}
