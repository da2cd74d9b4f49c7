/** Declaring without typing a command. */
import { declare } from '../lib/acts.js';
import { changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { replyView } from './card.js';
import { openDialog } from './dialogs.js';
import { button, dialogFoot, html, submitButton, submitted, t, textOf, tick } from './elements.js';
import { writeReport } from './form-dialog.js';

/** @typedef {{ title: string, drill: boolean, again: boolean, empty: boolean }} DeclareEntry */

/** @returns {DeclareEntry} */
const newEntry = () => ({ title: '', drill: false, again: false, empty: false });

/** @param {DeclareEntry} entry @param {() => void} done @param {boolean} [writes] the form of the first report opens at once */
async function send(entry, done, writes = false) {
  entry.empty = entry.title.trim() === '';
  if (entry.empty) return changed();
  const drill = entry.drill ? { drill: true, speed: 60 } : {};
  const result = await declare({ title: entry.title.trim(), ...drill, ...(entry.again ? { anyway: true } : {}) });
  // Refused as a double: pressing again means it.
  entry.again = true;
  changed();
  if (!result || typeof result !== 'object') return;
  done();
  go({ view: 'incident', id: result.id, tab: 'now' });
  if (writes) writeReport(result);
}

/** Attributes of the input of the title. @param {DeclareEntry} entry @param {string} error id of the sentence that it is empty */
function titleInput(entry, error) {
  const typed = () => {
    entry.empty = false;
  };
  return {
    ...{ ...textOf(entry, 'title', typed), maxlength: '200', autocomplete: 'off' },
    ...{ 'aria-invalid': entry.empty ? 'true' : null, 'aria-describedby': error },
  };
}

/** @param {DeclareEntry} entry @param {string} id */
function emptyError(entry, id) {
  return html`<p class="error" id=${id} role="alert" hidden=${!entry.empty}>${t('declare.empty')}</p>`;
}

let here = newEntry();

/** One line on the empty page declares without a dialog. */
export function declareLine() {
  const error = 'declare-line-error';
  const done = () => {
    here = newEntry();
  };
  return html`
    <form class="declare-line" novalidate onsubmit=${submitted(() => send(here, done))}>
      <input ...${titleInput(here, error)} aria-label=${t('declare.title')} placeholder=${t('declare.example')} />
      ${submitButton(here.again ? t('declare.again') : t('declare'), 'button large')}
      ${button(t('declare.write'), () => send(here, done, true), 'button large')}
      ${emptyError(here, error)}
    </form>
  `;
}

export function openDeclare() {
  const entry = newEntry();
  state.replies.delete('declare');
  openDialog({
    title: () => t('declare'),
    dirty: () => entry.title !== '',
    body: (close) => declareForm(entry, close),
  });
}

/** @param {DeclareEntry} entry @param {() => void} close */
function declareForm(entry, close) {
  const error = 'declare-error';
  const toggleDrill = () => {
    entry.drill = !entry.drill;
  };
  return html`
    <form class="dialog-body" novalidate onsubmit=${submitted(() => send(entry, close))}>
      <p class="intro">${t('declare.intro')}</p>
      <div class="field">
        <label class="label" for="declare-title">${t('declare.title')}</label>
        <input id="declare-title" data-first ...${titleInput(entry, error)} />
        <p class="example">${t('example', { text: t('declare.example') })}</p>
        ${emptyError(entry, error)}
      </div>
      ${tick(entry.drill, toggleDrill, t('declare.drill'))}
      ${replyView('declare')}
      ${dialogFoot(close, submitButton(entry.again ? t('declare.again') : t('declare.do')))}
    </form>
  `;
}
