/** Field of a form: its label, an example, the bot's reading of a time or number, and the error. */
import { fileState, sendFile } from '../lib/acts.js';
import { understood } from '../lib/interpret.js';
import { boxes, html, onValue, option, select, t } from './elements.js';

/**
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalField} LocalField
 * @typedef {(field: string, value: string | string[]) => void} Change
 */

/**
 * @param {LocalField} field @param {string | string[]} value @param {string | undefined} error @param {Change} change
 * @param {import('./card.js').Bound} bound @param {import('preact').ComponentChild} beside what qualifies it
 * @param {boolean} compact in a form where nothing is required: without marks, the example inside the input
 */
export function fieldView(field, value, error, change, bound, beside, compact) {
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

/** Renders an amber hint on a report text without Chinese. @param {Extract<LocalField, { kind: 'text' }>} field @param {string | string[]} value */
function wordsHint({ words }, value) {
  const text = String(value);
  if (!words || /\p{Script=Han}/u.test(text) || !/\p{Script=Latin}{2}/u.test(text)) return null;
  return html`<p class="amber-hint" role="status">${t(words === 'name' ? 'form.as_registered' : 'form.not_chinese')}</p>`;
}

/** @param {LocalField} field @param {string | string[]} value @param {Change} change @param {Record<string, unknown>} common @param {import('./card.js').Bound} bound */
function input(field, value, change, common, bound) {
  const text = Array.isArray(value) ? value.join(', ') : value;
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
      return boxes(field.options, Array.isArray(value) ? value : [], (now) => change(field.id, now));
    case 'file':
      return upload(field, change, common, bound);
    default:
      return null;
  }
}

/**
 * Renders the reading of the input, or why it was not understood unless the error below says so.
 * @param {Extract<LocalField, { kind: 'time' | 'number' }>} field @param {string} text @param {Record<string, unknown>}
 * common
 */
function meaning(field, text, common) {
  const read = text.trim() === '' ? null : understood(field.kind, text, 'unit' in field ? field.unit : undefined);
  const found = common['aria-invalid'] && read !== 'asking' && !read?.understood ? null : read;
  const state = found === null || found === 'asking' ? '' : found.understood ? 'yes' : 'no';
  const words = found === null ? '' : found === 'asking' ? '…' : found.text;
  return html`<p class="means ${state}" id="${common.id}-means" aria-live="polite">${words}</p>`;
}

/** @param {Extract<LocalField, { kind: 'one' }>} field @param {string} value @param {Change} change */
function radios(field, value, change) {
  return html`
    <div class="options">
      ${field.options.map((one) => {
        const onchange = () => change(field.id, one.value);
        return option({ type: 'radio', name: field.id, checked: one.value === value, onchange }, one.label, one.value);
      })}
    </div>
  `;
}

/** @param {Extract<LocalField, { kind: 'one' }>} field @param {string} value @param {Change} change @param {Record<string, unknown>} common */
function list({ id, options }, value, change, common) {
  const choices = options.map((one) => /** @type {const} */ ([one.value, one.label]));
  return select(common, value === '' ? [['', t('choose')], ...choices] : choices, value, (now) => change(id, now));
}

/** Renders small ticks under the field they qualify. @param {LocalField} field @param {string | string[]} value @param {Change} change */
export function besideView(field, value, change) {
  if (field.kind !== 'many') return null;
  return html`
    <fieldset key=${field.id} class="beside">
      <legend class="unseen">${field.label}</legend>
      ${boxes(field.options, Array.isArray(value) ? value : [], (now) => change(field.id, now))}
    </fieldset>
  `;
}

/** Renders an upload; the file is sent at once, and the form then names it. @param {Extract<LocalField, { kind: 'file' }>} field @param {Change} change @param {Record<string, unknown>} common @param {import('./card.js').Bound} bound */
function upload(field, change, common, bound) {
  const slot = `${bound.incident}:${field.id}`;
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const picked = async ({ currentTarget: { files } }) => {
    const file = files?.[0];
    if (file && bound.incident && (await sendFile(slot, bound.incident, file))) change(field.id, file.name);
  };
  return [
    html`<input ...${common} type="file" onchange=${picked} />`,
    html`<p class="means" aria-live="polite">${fileState(slot) ?? ''}</p>`,
  ];
}
