/** Field of a form: its label, an example, the bot's reading of a time or number, and the error. */
import type { LocalField } from '../../../../conversation/cards/localise.ts';
import { understood } from '../lib/interpret.ts';
import type { Bound, Value } from '../lib/model.ts';
import { boxes, type Child, html, onValue, option, select, t } from './elements.ts';
import { uploadView } from './upload.ts';

type Attributes = Record<string, unknown>;
/** Value of a field with what belongs to it; `compact`: without marks, the example inside the input. */
interface Filled {
  value: Value;
  take: (value: Value) => void;
  error: string | undefined;
  bound: Bound;
  /** Ticks that qualify it. */
  beside: Child;
  compact: boolean;
}

export function fieldView(field: LocalField, { value, take, error, bound, beside, compact }: Filled) {
  const id = `f-${field.id}`;
  const example = !compact && field.example;
  // Beside its paper a form says so where such a text is typed; the paper shows the text of an empty field.
  const hint = compact && (field.id === 'words' || field.derived) ? null : field.hint;
  const focused = (field.derived && field.hint) || field.example;
  const about = [hint || example ? `${id}-hint` : '', error ? `${id}-error` : '', `${id}-means`];
  const common = {
    ...{ id, 'aria-describedby': about.filter(Boolean).join(' '), 'aria-invalid': error ? 'true' : null },
    ...{ 'aria-required': field.required ? 'true' : null, placeholder: (compact && focused) || null },
  };
  const group = field.kind === 'many' || (field.kind === 'one' && field.options.length <= 6);
  const mark = t(field.reported ? 'first_report' : 'optional');
  const label = [field.label, !compact && !field.required && html`<span class="optional fine">${mark}</span>`];
  return html`
    <${group ? 'fieldset' : 'div'} key=${field.id} class="field stack kind-${field.kind}${error ? ' wrong' : ''}">
      ${group ? html`<legend class="label">${label}</legend>` : html`<label class="label" for=${id}>${label}</label>`}
      ${hint && html`<p class="hint" id=${example ? undefined : `${id}-hint`}>${hint}</p>`}
      ${input(field, value, take, common, bound)}
      ${example && html`<p class="example" id="${id}-hint">${t('example', { text: example })}</p>`}
      ${field.kind === 'text' && field.words && wordsHint(field.words, String(value))}
      ${beside}
      <p class="error" id="${id}-error" hidden=${!error}>${error ?? ''}</p>
    <//>
  `;
}

function wordsHint(words: 'chinese' | 'name', text: string) {
  if (/\p{Script=Han}/u.test(text) || !/\p{Script=Latin}{2}/u.test(text)) return null;
  return html`<p class="amber-hint" role="status">${t(words === 'name' ? 'form.as_registered' : 'form.not_chinese')}</p>`;
}

function input(field: LocalField, value: Value, take: Filled['take'], common: Attributes, bound: Bound) {
  const text = typeof value === 'string' ? value : value.join(', ');
  const line = { ...common, type: 'text', value: text, autocomplete: 'off', oninput: onValue(take) };
  switch (field.kind) {
    case 'text':
      return field.multiline
        ? html`<textarea ...${common} rows=${common['placeholder'] ? 2 : 4} maxlength=${field.maxLength} value=${text} oninput=${line.oninput} />`
        : html`<input ...${line} maxlength=${field.maxLength} />`;
    case 'time':
    case 'number':
      return [html`<input ...${line} inputmode="text" />`, meaning(field, text, common)];
    case 'one':
      return oneOf(field, text, take, common);
    case 'many':
      return boxes(field.options, typeof value === 'string' ? [] : value, take);
    case 'file':
      return bound.incident && uploadView(`${bound.incident}:${field.id}`, bound.incident, take, common);
    default:
      return null;
  }
}

/** Renders the reading of the input, or why it was not understood unless the error below says so. */
function meaning(field: Extract<LocalField, { kind: 'time' | 'number' }>, text: string, common: Attributes) {
  const read = text.trim() === '' ? null : understood(field.kind, text, 'unit' in field ? field.unit : undefined);
  const found = common['aria-invalid'] && read !== 'asking' && !read?.understood ? null : read;
  const state = found === null || found === 'asking' ? '' : found.understood ? 'yes' : 'no';
  const words = found === null ? '' : found === 'asking' ? '…' : found.text;
  return html`<p class="means ${state}" id="${common.id}-means" aria-live="polite">${words}</p>`;
}

function oneOf(field: Extract<LocalField, { kind: 'one' }>, text: string, take: Filled['take'], common: Attributes) {
  const { id: name, options } = field;
  if (options.length > 6) {
    const choices = options.map(({ value, label }) => [value, label] as const);
    return select(common, text === '' ? [['', t('choose')], ...choices] : choices, text, take);
  }
  const radio = ({ value, label }: (typeof options)[number]) =>
    option({ type: 'radio', name, checked: value === text, onchange: () => take(value) }, label, value);
  return html`<div class="options">${options.map(radio)}</div>`;
}

export function besideView(field: LocalField, { value, take }: Pick<Filled, 'value' | 'take'>) {
  if (field.kind !== 'many') return null;
  const ticks = boxes(field.options, typeof value === 'string' ? [] : value, take);
  return html`<fieldset key=${field.id} class="beside"><legend class="unseen">${field.label}</legend>${ticks}</fieldset>`;
}
