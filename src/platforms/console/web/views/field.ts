/** Field of a form: its label, an example, the bot's reading of a time or number, and the error. */
import type { LocalField } from '../../../../conversation/cards/localise.ts';
import { fileState, sendFile } from '../lib/acts.ts';
import { understood } from '../lib/interpret.ts';
import type { Bound, Value } from '../lib/model.ts';
import { boxes, type Child, html, onValue, option, select, t } from './elements.ts';

export type Change = (field: string, value: Value) => void;

export function fieldView(
  field: LocalField,
  value: Value,
  error: string | undefined,
  change: Change,
  bound: Bound,
  beside: Child,
  compact: boolean,
) {
  const id = `f-${field.id}`;
  const example = !compact && field.example;
  const about = [field.hint || example ? `${id}-hint` : '', error ? `${id}-error` : '', `${id}-means`]
    .filter(Boolean)
    .join(' ');
  const common = {
    id,
    'aria-describedby': about,
    'aria-invalid': error ? 'true' : null,
    'aria-required': field.required ? 'true' : null,
    placeholder: compact ? field.example : null,
  };
  const group = field.kind === 'many' || (field.kind === 'one' && field.options.length <= 6);
  const mark = t(field.reported ? 'first_report' : 'optional');
  const optional = !compact && !field.required && html`<span class="optional fine">${mark}</span>`;
  const label = [field.label, optional];
  return html`
    <${group ? 'fieldset' : 'div'} key=${field.id} class="field stack kind-${field.kind}${error ? ' wrong' : ''}">
      ${group ? html`<legend class="label">${label}</legend>` : html`<label class="label" for=${id}>${label}</label>`}
      ${field.hint && html`<p class="hint" id=${example ? undefined : `${id}-hint`}>${field.hint}</p>`}
      ${input(field, value, change, common, bound)}
      ${example && html`<p class="example" id="${id}-hint">${t('example', { text: example })}</p>`}
      ${field.kind === 'text' && wordsHint(field, value)}
      ${beside}
      <p class="error" id="${id}-error" hidden=${!error}>${error ?? ''}</p>
    <//>
  `;
}

function wordsHint({ words }: Extract<LocalField, { kind: 'text' }>, value: Value) {
  const text = String(value);
  if (!words || /\p{Script=Han}/u.test(text) || !/\p{Script=Latin}{2}/u.test(text)) return null;
  return html`<p class="amber-hint" role="status">${t(words === 'name' ? 'form.as_registered' : 'form.not_chinese')}</p>`;
}

function input(field: LocalField, value: Value, change: Change, common: Record<string, unknown>, bound: Bound) {
  const text = typeof value === 'string' ? value : value.join(', ');
  const line = {
    ...common,
    type: 'text',
    value: text,
    autocomplete: 'off',
    oninput: onValue((now) => change(field.id, now)),
  };
  switch (field.kind) {
    case 'text':
      return field.multiline
        ? html`<textarea ...${common} rows=${common['placeholder'] ? 2 : 4} maxlength=${field.maxLength} value=${text} oninput=${line.oninput} />`
        : html`<input ...${line} maxlength=${field.maxLength} />`;
    case 'time':
    case 'number':
      return [html`<input ...${line} inputmode="text" />`, meaning(field, text, common)];
    case 'one':
      return field.options.length <= 6 ? radios(field, text, change) : list(field, text, change, common);
    case 'many':
      return boxes(field.options, typeof value === 'string' ? [] : value, (now) => change(field.id, now));
    case 'file':
      return upload(field, change, common, bound);
    default:
      return null;
  }
}

/** Renders the reading of the input, or why it was not understood unless the error below says so. */
function meaning(
  field: Extract<LocalField, { kind: 'time' | 'number' }>,
  text: string,
  common: Record<string, unknown>,
) {
  const read = text.trim() === '' ? null : understood(field.kind, text, 'unit' in field ? field.unit : undefined);
  const found = common['aria-invalid'] && read !== 'asking' && !read?.understood ? null : read;
  const state = found === null || found === 'asking' ? '' : found.understood ? 'yes' : 'no';
  const words = found === null ? '' : found === 'asking' ? '…' : found.text;
  return html`<p class="means ${state}" id="${common.id}-means" aria-live="polite">${words}</p>`;
}

function radios(field: Extract<LocalField, { kind: 'one' }>, value: string, change: Change) {
  return html`
    <div class="options">
      ${field.options.map((one) => {
        const onchange = () => change(field.id, one.value);
        return option({ type: 'radio', name: field.id, checked: one.value === value, onchange }, one.label, one.value);
      })}
    </div>
  `;
}

function list(
  { id, options }: Extract<LocalField, { kind: 'one' }>,
  value: string,
  change: Change,
  common: Record<string, unknown>,
) {
  const choices = options.map((one) => [one.value, one.label] as const);
  return select(common, value === '' ? [['', t('choose')], ...choices] : choices, value, (now) => change(id, now));
}

export function besideView(field: LocalField, value: Value, change: Change) {
  if (field.kind !== 'many') return null;
  return html`
    <fieldset key=${field.id} class="beside">
      <legend class="unseen">${field.label}</legend>
      ${boxes(field.options, typeof value === 'string' ? [] : value, (now) => change(field.id, now))}
    </fieldset>
  `;
}

/** Renders an upload; the file is sent at once, and the form then names it. */
function upload(
  field: Extract<LocalField, { kind: 'file' }>,
  change: Change,
  common: Record<string, unknown>,
  bound: Bound,
) {
  const slot = `${bound.incident}:${field.id}`;
  const picked = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const file = files?.[0];
    if (file && bound.incident && (await sendFile(slot, bound.incident, file))) change(field.id, file.name);
  };
  return [
    html`<input ...${common} type="file" onchange=${picked} />`,
    html`<p class="means" aria-live="polite">${fileState(slot) ?? ''}</p>`,
  ];
}
