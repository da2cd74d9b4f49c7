/** Forms as dialogs. Entries survive an error, a closed dialog and a lost connection. */
import type { LocalForm } from '../../../../conversation/cards/localise.ts';
import { act } from '../lib/acts.ts';
import { attempt, call, download, Problem, reportAddress } from '../lib/api.ts';
import { keptIn } from '../lib/browser-storage.ts';
import { afterPaint, focusOn } from '../lib/focus.ts';
import { type Bound, boundTo, changed, type FormRef, state, type Value, type Values } from '../lib/model.ts';
import { openDialog } from './dialogs.ts';
import { openLatest } from './draft.ts';
import { button, dialogFoot, html, submitButton, submitted, t, trouble } from './elements.ts';
import { besideView, fieldView } from './field.ts';
import { Preview } from './form-preview.ts';
import { openView } from './view-dialog.ts';

interface Entry {
  id: string;
  bound: Bound;
  form: LocalForm | null;
  values: Values;
  errors: Record<string, string>;
  trouble: string | null;
  sending: boolean;
  preview: Preview | null;
}

/** Entries of forms closed without sending, by form; and the open form. */
const kept = keptIn('values');
const open = keptIn('open');

export function openForm(ref: FormRef, bound: Bound) {
  const id = JSON.stringify([ref.form, ref.args]);
  const entry: Entry = {
    ...{ id, bound, form: null, preview: null },
    ...{ values: kept.get(id) ?? {}, errors: {}, trouble: null, sending: false },
  };
  openDialog({
    title: () => entry.form?.title ?? t('loading'),
    dirty: () => entry.sending,
    isWide: () => isPaper(entry),
    closed: () => {
      entry.preview?.stop();
      open.delete('');
    },
    body: (shut) => formView(entry, shut),
  });
  open.set('', { ref, bound });
  void attempt(entry, async () => {
    const form = await call('form', '/forms/open', { json: ref });
    // Visits have no file fields: files go to the bot.
    const fields = form.fields.filter(({ kind }) => !isVisit() || kind !== 'file');
    entry.form = { ...form, fields };
    for (const field of fields)
      if (!(field.id in entry.values)) entry.values[field.id] = ('value' in field && field.value) || '';
    if (form.preview) entry.preview = new Preview(form.ref, bound);
    if (isComplete(entry)) entry.preview?.update(entry.values);
  }).then(() =>
    afterPaint(() => focusOn('dialog[open]:last-of-type .fields :is(input:not([type="checkbox"]), textarea, select)')),
  );
}

const isVisit = () => state.route.view === 'visit';

export function writeReport(incident: { id: string; revision: number }) {
  openForm({ form: 'first_report', args: { incident: incident.id } }, boundTo('early', incident));
}

/** Opens the form that was open when the page was reloaded; returns whether there was one. */
export function reopenForm() {
  const before = open.get('');
  if (before) openForm(before.ref, before.bound);
  return before !== null;
}

/** Returns whether every required field is filled in; a preview needs that. */
const isComplete = ({ form, values }: Entry) =>
  form?.fields.every(({ id, required }) => !required || values[id]?.length) ?? false;
const isPaper = ({ form }: Entry) => form?.preview === 'paper';

function formView(entry: Entry, close: () => void) {
  const { form, preview } = entry;
  if (!form) {
    return html`<div class="dialog-body stack" aria-busy=${entry.trouble ? null : 'true'}>${trouble(entry.trouble)}</div>`;
  }
  const change = (field: string, value: Value) => {
    entry.values[field] = value;
    delete entry.errors[field];
    kept.set(entry.id, entry.values);
    if (!entry.sending && isComplete(entry)) preview?.update(entry.values);
  };
  const send = (withFile?: boolean) => submit(entry, form, close, withFile);
  return html`
    <form
      class="dialog-body stack"
      novalidate
      onsubmit=${submitted(() => send())}
      onkeydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
      }}
    >
      ${form.intro.map((line) => html`<p class="intro">${line}</p>`)}
      <div class=${isPaper(entry) ? 'beside-paper' : null}>
        <div class="fields stack">${fieldViews(form, entry, change)}</div>
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

/** Renders the fields. A field named after another (`place#as` after `place`) qualifies it and is shown with it. */
function fieldViews(form: LocalForm, entry: Entry, change: (field: string, value: Value) => void) {
  const { values, errors, bound } = entry;
  const compact = isPaper(entry);
  const filled = (id: string) => ({ value: values[id] ?? '', take: (value: Value) => change(id, value) });
  const qualifiersOf = ({ id }: { id: string }) =>
    form.fields.filter((other) => other.kind === 'many' && other.id.startsWith(`${id}#`));
  const all = new Set(form.fields.flatMap(qualifiersOf));
  return form.fields
    .filter((field) => !all.has(field))
    .map((field) => {
      const beside = qualifiersOf(field).map((other) => besideView(other, filled(other.id)));
      return fieldView(field, { ...filled(field.id), error: errors[field.id], bound, beside, compact });
    });
}

async function submit(entry: Entry, form: LocalForm, close: () => void, withFile = false) {
  const { id, bound } = entry;
  if (entry.sending) return;
  Object.assign(entry, { sending: true, errors: {}, trouble: null });
  entry.preview?.stop();
  changed();
  const done = await act(bound.slot, `form:${id}`, async (key) => {
    const json = { ref: form.ref, revision: bound.revision, values: entry.values };
    try {
      return await call('change', '/forms/submit', { json, key });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Refusals that name a field are shown at that field.
      const { field, revision } = error.body;
      const { '': whole = error.message, ...errors } = error.body.errors ?? {};
      const isShown = field !== undefined && form.fields.some(({ id }) => id === field);
      entry.errors = Object.keys(errors).length > 0 ? errors : isShown ? { [field]: error.message } : {};
      entry.trouble = Object.keys(entry.errors).length === 0 ? whole : null;
      if (revision !== undefined) bound.revision = revision;
      // The error is shown in the form itself, with the entries.
      return null;
    }
  });
  entry.sending = false;
  // The error is shown here if there was no answer, not on the card behind the form.
  const reply = done === null ? state.replies.get(bound.slot) : undefined;
  if (reply?.kind === 'trouble') {
    entry.trouble = reply.text;
    state.replies.delete(bound.slot);
  }
  const failed = Object.keys(entry.errors).length > 0 || entry.trouble !== null;
  if (done && !failed) {
    kept.delete(id);
    close();
    if (COMPILES.has(form.ref.form)) openLatest(done);
    const { id: incident = '', drill, drafts } = done;
    if (form.ref.form === 'close' && drill) {
      state.replies.delete(bound.slot);
      openView({ view: 'score', args: { incident } }, bound);
    }
    const draft = drafts?.at(-1)?.draft;
    if (withFile && draft) download(reportAddress(incident, { format: 'docx', language: 'zh', draft }));
  } else {
    entry.preview?.update(entry.values);
    afterPaint(() => focusOn('dialog[open] [aria-invalid="true"]'));
  }
  changed();
}
const COMPILES = new Set(['first_report', 'statement']);
