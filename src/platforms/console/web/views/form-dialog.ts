/** Forms as dialogs. Entries survive an error, a closed dialog and a lost connection. */
import type { LocalForm } from '../../../../conversation/cards/localise.ts';
import { type Refused, submitForm } from '../lib/acts.ts';
import { attempt, call, download, reportAddress } from '../lib/api.ts';
import { keptIn } from '../lib/browser-storage.ts';
import { focusOn } from '../lib/focus.ts';
import { afterPaint, type Bound, boundTo, type FormRef, state, type Value, type Values } from '../lib/model.ts';
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
      open.delete();
    },
    body: (shut) => formView(entry, shut),
  });
  open.set({ ref, bound });
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
  const before = open.get();
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
    kept.set(entry.values, entry.id);
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

/** Renders the fields; ticks that qualify another field are shown with it. */
function fieldViews(form: LocalForm, entry: Entry, change: (field: string, value: Value) => void) {
  const { values, errors, bound } = entry;
  const compact = isPaper(entry);
  const filled = (id: string) => ({ value: values[id] ?? '', take: (value: Value) => change(id, value) });
  const { own = [], of = [] } = Object.groupBy(form.fields, (field) => ('of' in field ? 'of' : 'own'));
  return own.map((field) => {
    const beside = of.map((other) => 'of' in other && other.of === field.id && besideView(other, filled(other.id)));
    return fieldView(field, { ...filled(field.id), error: errors[field.id], bound, beside, compact });
  });
}

async function submit(entry: Entry, form: LocalForm, close: () => void, withFile = false) {
  const { id, bound, values } = entry;
  if (entry.sending) return;
  Object.assign(entry, { sending: true, errors: {}, trouble: null });
  entry.preview?.stop();
  const { ref } = form;
  const { done, refused } = await submitForm(bound.slot, `form:${id}`, { ref, revision: bound.revision, values });
  entry.sending = false;
  if (done) {
    kept.delete(id);
    close();
    if (COMPILES.has(ref.form)) openLatest(done);
    const { id: incident = '', drill, drafts } = done;
    if (ref.form === 'close' && drill) {
      state.replies.delete(bound.slot);
      openView({ view: 'score', args: { incident } }, bound);
    }
    const draft = drafts?.at(-1)?.draft;
    if (withFile && draft) download(reportAddress(incident, { format: 'docx', language: 'zh', draft }));
  } else if (refused) refuse(entry, form, refused);
}
const COMPILES = new Set(['first_report', 'statement']);

/** Shows why a form was refused: at the fields that the refusal names, or for the whole form. */
function refuse(entry: Entry, form: LocalForm, { text, problem }: Refused) {
  const { field = '', revision, errors = {} } = problem ?? {};
  const { '': whole = text, ...named } = errors;
  const isField = form.fields.some(({ id }) => id === field);
  entry.errors = Object.keys(named).length > 0 ? named : isField ? { [field]: text } : {};
  entry.trouble = Object.keys(entry.errors).length === 0 ? whole : null;
  if (revision !== undefined) entry.bound.revision = revision;
  entry.preview?.update(entry.values);
  afterPaint(() => focusOn('dialog[open] .wrong :is(input, textarea, select)'));
}
