/** Forms as dialogs. What was entered survives an error, a closed dialog and a lost connection. */
import { act, wordsFor } from '../lib/acts.js';
import { call, Problem } from '../lib/api.js';
import { download, reportAddress } from '../lib/download.js';
import { html } from '../lib/html.js';
import { keptIn } from '../lib/kept.js';
import { changed, state } from '../lib/model.js';
import { t } from '../lib/words.js';
import { openDialog } from './dialogs.js';
import { openLatest } from './draft.js';
import { besideView, fieldView } from './field.js';
import { Preview } from './form-preview.js';
import { dialogFoot, submitted, trouble } from './parts.js';

/**
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalForm} LocalForm
 * @typedef {{ form: string, args: Readonly<Record<string, string>> }} FormRef
 * @typedef {Record<string, string | string[]>} Values
 * @typedef {{ form: LocalForm | null, values: Values, errors: Record<string, string>, trouble: string | null, sending: boolean, preview: Preview | null }} Entry
 */

/** Entries of forms that were closed without being sent, by form; and the form that is open. */
const kept = keptIn('form');
const OPEN = 'open';

/** @param {FormRef} ref @param {import('./card.js').Bound} bound */
export function openForm(ref, bound) {
  const id = JSON.stringify([ref.form, ref.args]);
  /** @type {Entry} */
  const entry = { form: null, values: kept.get(id) ?? {}, errors: {}, trouble: null, sending: false, preview: null };
  const close = openDialog({
    title: () => entry.form?.title ?? t('loading'),
    dirty: () => entry.sending,
    isWide: () => isPaper(entry),
    closed: () => {
      entry.preview?.stop();
      kept.delete(OPEN);
    },
    body: (shut) => formView(entry, id, bound, shut),
  });
  kept.set(OPEN, { ref, bound });
  call('/forms/open', { json: ref })
    .then((form) => {
      entry.form = form;
      for (const field of form.fields) if (!(field.id in entry.values)) entry.values[field.id] = field.value ?? '';
      if (form.preview) entry.preview = new Preview(form.ref, bound);
      entry.preview?.update(entry.values);
    })
    .catch((error) => {
      entry.trouble = wordsFor(error);
    })
    .finally(() => {
      changed();
      requestAnimationFrame(() => requestAnimationFrame(focusFirst));
    });
  return close;
}

/** The form that was open when the page was loaded again. */
export function reopenForm() {
  const open = kept.get(OPEN);
  if (open) openForm(open.ref, open.bound);
}

function focusFirst() {
  const field = document.querySelector(
    'dialog[open]:last-of-type .fields :is(input:not([type="checkbox"]), textarea, select)',
  );
  if (field instanceof HTMLElement) field.focus();
}

/** @param {Entry} entry */
const isPaper = ({ form }) => form?.preview === 'paper';

/** @param {Entry} entry @param {string} id @param {import('./card.js').Bound} bound @param {() => void} close */
function formView(entry, id, bound, close) {
  const { form, preview } = entry;
  if (!form) {
    return html`<div class="dialog-body" aria-busy=${entry.trouble ? null : 'true'}>${trouble(entry.trouble)}</div>`;
  }
  /** @param {string} field @param {string | string[]} value */
  const change = (field, value) => {
    entry.values[field] = value;
    delete entry.errors[field];
    kept.set(id, entry.values);
    if (!entry.sending) preview?.update(entry.values);
    changed();
  };
  /** @param {boolean} [withFile] */
  const send = (withFile) => submit(entry, form, id, bound, close, withFile);
  return html`
    <form
      class="dialog-body"
      novalidate
      onsubmit=${submitted(() => send())}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send();
      }}
    >
      ${form.intro.map((line) => html`<p class="intro">${line}</p>`)}
      <div class=${isPaper(entry) ? 'beside-paper' : null}>
        <div class="fields">${fieldViews(form, entry, change, bound)}</div>
        ${isPaper(entry) && preview?.paper()}
      </div>
      ${!isPaper(entry) && preview?.sentence()}
      ${trouble(entry.trouble)}
      ${dialogFoot(
        close,
        html`
        ${isPaper(entry) && html`<button type="button" class="button" onclick=${() => send(true)}>${t('form.docx')}</button>`}
        <button type="submit" class="button primary" aria-busy=${entry.sending ? 'true' : null}>${form.submit}</button>
      `,
      )}
    </form>
  `;
}

/**
 * A field named after another (`place#as` after `place`) qualifies it and stands with it.
 * @param {LocalForm} form @param {Entry} entry @param {import('./field.js').Change} change @param {import('./card.js').Bound} bound
 */
function fieldViews(form, entry, change, bound) {
  /** @param {LocalForm['fields'][number]} field */
  const qualifies = (field) =>
    form.fields.some((other) => field.kind === 'many' && field.id.startsWith(`${other.id}#`));
  return form.fields
    .filter((field) => !qualifies(field))
    .map((field) => {
      const beside = form.fields.filter((other) => qualifies(other) && other.id.startsWith(`${field.id}#`));
      const ticks = beside.map((other) => besideView(other, entry.values[other.id] ?? [], change));
      return fieldView(
        field,
        entry.values[field.id] ?? '',
        entry.errors[field.id],
        change,
        bound,
        ticks,
        isPaper(entry),
      );
    });
}

/**
 * @param {Entry} entry @param {LocalForm} form @param {string} id @param {import('./card.js').Bound} bound @param {() => void} close
 * @param {boolean} [withFile] the report that it makes is downloaded as well
 */
async function submit(entry, form, id, bound, close, withFile = false) {
  if (entry.sending) return;
  Object.assign(entry, { sending: true, errors: {}, trouble: null });
  entry.preview?.stop();
  changed();
  const done = await act(bound.slot, `form:${id}`, async (key) => {
    try {
      return await call('/forms/submit', {
        json: { ref: form.ref, revision: bound.revision, values: entry.values },
        key,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      entry.errors = error.errors;
      entry.trouble = Object.keys(error.errors).length === 0 ? error.message : null;
      // Shown in the form itself, where the entries are.
      return null;
    }
  });
  entry.sending = false;
  // No answer at all: said here, not on the card behind the form.
  const reply = done === false ? state.replies.get(bound.slot) : undefined;
  if (reply?.kind === 'trouble') {
    entry.trouble = reply.text;
    state.replies.delete(bound.slot);
  }
  const failed = Object.keys(entry.errors).length > 0 || entry.trouble !== null;
  if (done && !failed) {
    kept.delete(id);
    close();
    if (COMPILES.has(form.ref.form)) openLatest(done);
    if (withFile)
      download(reportAddress(done.id, { format: 'docx', language: 'zh', draft: String(done.drafts.at(-1).draft) }));
  } else {
    entry.preview?.update(entry.values);
    requestAnimationFrame(() => requestAnimationFrame(focusFirstError));
  }
  changed();
}
/** Forms that end in a draft. */
const COMPILES = new Set(['first_report', 'statement']);

function focusFirstError() {
  const field = document.querySelector('dialog[open] [aria-invalid="true"]');
  if (field instanceof HTMLElement) field.focus();
}
