/** Forms as dialogs. Entries survive an error, a closed dialog and a lost connection. */
import { act } from '../lib/acts.js';
import { attempt, call, download, Problem, reportAddress } from '../lib/api.js';
import { keptIn } from '../lib/browser-storage.js';
import { afterPaint, focusOn } from '../lib/focus.js';
import { changed, state } from '../lib/model.js';
import { openDialog } from './dialogs.js';
import { openLatest } from './draft.js';
import { button, dialogFoot, html, submitButton, submitted, t, trouble } from './elements.js';
import { besideView, fieldView } from './field.js';
import { Preview } from './form-preview.js';
import { openView } from './view-dialog.js';

/**
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalForm} LocalForm
 * @typedef {{ form: string, args: Readonly<Record<string, string>> }} FormRef
 * @typedef {Record<string, string | string[]>} Values
 * @typedef {{ form: LocalForm | null, values: Values, errors: Record<string, string>, trouble: string | null, sending: boolean, preview: Preview | null }} Entry
 */

/** Entries of forms closed without sending, by form; and the open form. */
const kept = keptIn('form');
const OPEN = 'open';

/** @param {FormRef} ref @param {import('./card.js').Bound} bound */
export function openForm(ref, bound) {
  const id = JSON.stringify([ref.form, ref.args]);
  /** @type {Entry} */
  const entry = { form: null, values: kept.get(id) ?? {}, errors: {}, trouble: null, sending: false, preview: null };
  openDialog({
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
  attempt(entry, async () => {
    const form = await call('/forms/open', { json: ref });
    // Visits have no file fields: files go to the bot.
    if (isVisit()) form.fields = form.fields.filter((/** @type {{ kind: string }} */ { kind }) => kind !== 'file');
    entry.form = form;
    for (const field of form.fields) if (!(field.id in entry.values)) entry.values[field.id] = field.value ?? '';
    if (form.preview) entry.preview = new Preview(form.ref, bound);
    if (isComplete(entry)) entry.preview?.update(entry.values);
  }).then(() =>
    afterPaint(() => focusOn('dialog[open]:last-of-type .fields :is(input:not([type="checkbox"]), textarea, select)')),
  );
}

const isVisit = () => state.route.view === 'visit';

/** Opens the form of the first report. @param {{ id: string, revision: number }} incident */
export function writeReport({ id, revision }) {
  openForm({ form: 'first_report', args: { incident: id } }, { slot: `early:${id}`, incident: id, revision });
}

/** Opens the form that was open when the page was reloaded; returns whether there was one. */
export function reopenForm() {
  const open = kept.get(OPEN);
  if (open) openForm(open.ref, open.bound);
  return open !== null;
}

/** Returns whether every required field is filled in; a preview needs that. @param {Entry} entry */
const isComplete = ({ form, values }) =>
  form?.fields.every(({ id, required }) => !required || values[id]?.length) ?? false;
/** @param {Entry} entry */
const isPaper = ({ form }) => form?.preview === 'paper';

/** @param {Entry} entry @param {string} id @param {import('./card.js').Bound} bound @param {() => void} close */
function formView(entry, id, bound, close) {
  const { form, preview } = entry;
  if (!form) {
    return html`<div class="dialog-body stack" aria-busy=${entry.trouble ? null : 'true'}>${trouble(entry.trouble)}</div>`;
  }
  /** @param {string} field @param {string | string[]} value */
  const change = (field, value) => {
    entry.values[field] = value;
    delete entry.errors[field];
    kept.set(id, entry.values);
    if (!entry.sending && isComplete(entry)) preview?.update(entry.values);
    changed();
  };
  /** @param {boolean} [withFile] */
  const send = (withFile) => submit(entry, form, id, bound, close, withFile);
  return html`
    <form
      class="dialog-body stack"
      novalidate
      onsubmit=${submitted(() => send())}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send();
      }}
    >
      ${form.intro.map((line) => html`<p class="intro">${line}</p>`)}
      <div class=${isPaper(entry) ? 'beside-paper' : null}>
        <div class="fields stack">${fieldViews(form, entry, change, bound)}</div>
        ${isPaper(entry) && preview?.paper()}
      </div>
      ${dialogFoot(close, [
        entry.trouble
          ? trouble(entry.trouble)
          : !isPaper(entry) && Object.keys(entry.errors).length === 0 && preview?.sentence(),
        isPaper(entry) && !isVisit() && button(t('form.docx'), () => send(true)),
        submitButton(form.submit, 'button primary', { 'aria-busy': entry.sending ? 'true' : null }),
      ])}
    </form>
  `;
}

/**
 * Renders the fields. A field named after another (`place#as` after `place`) qualifies it and is shown with it.
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
      const { [field.id]: value = '' } = entry.values;
      return fieldView(field, value, entry.errors[field.id], change, bound, ticks, isPaper(entry));
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
    const json = { ref: form.ref, revision: bound.revision, values: entry.values };
    try {
      return await call('/forms/submit', { json, key });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Refusals that name a field are shown at that field.
      const { field } = error;
      const { '': whole = error.message, ...errors } = error.errors;
      const isShown = field !== undefined && form.fields.some(({ id }) => id === field);
      entry.errors = Object.keys(errors).length > 0 ? errors : isShown ? { [field]: error.message } : {};
      entry.trouble = Object.keys(entry.errors).length === 0 ? whole : null;
      if (error.revision !== undefined) bound.revision = error.revision;
      // The error is shown in the form itself, with the entries.
      return null;
    }
  });
  entry.sending = false;
  // The error is shown here if there was no answer, not on the card behind the form.
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
    if (form.ref.form === 'close' && done.drill) {
      state.replies.delete(bound.slot);
      openView({ view: 'score', args: { incident: done.id } }, bound);
    }
    if (withFile)
      download(reportAddress(done.id, { format: 'docx', language: 'zh', draft: String(done.drafts.at(-1).draft) }));
  } else {
    entry.preview?.update(entry.values);
    afterPaint(() => focusOn('dialog[open] [aria-invalid="true"]'));
  }
  changed();
}
/** Forms that end in a draft. */
const COMPILES = new Set(['first_report', 'statement']);
