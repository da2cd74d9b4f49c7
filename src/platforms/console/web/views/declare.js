/** Declaring without typing a command. */
import { declare } from '../lib/acts.js';
import { html } from '../lib/html.js';
import { changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { t } from '../lib/words.js';
import { replyView } from './card.js';
import { openDialog } from './dialogs.js';
import { writeReport } from './early-report.js';
import { dialogFoot, option, submitted } from './parts.js';

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

let here = newEntry();

/** One line on the empty page declares without a dialog. */
export function declareLine() {
  const done = () => {
    here = newEntry();
  };
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const typed = ({ currentTarget }) => {
    here.title = currentTarget.value;
    here.empty = false;
    changed();
  };
  return html`
    <form class="declare-line" novalidate onsubmit=${submitted(() => send(here, done))}>
      <input
        type="text"
        maxlength="200"
        autocomplete="off"
        value=${here.title}
        aria-label=${t('declare.title')}
        aria-invalid=${here.empty ? 'true' : null}
        aria-describedby="declare-line-error"
        placeholder=${t('declare.example')}
        oninput=${typed}
      />
      <button type="submit" class="button large">${here.again ? t('declare.again') : t('declare')}</button>
      <button type="button" class="button large" onclick=${() => send(here, done, true)}>${t('declare.write')}</button>
      <p class="error" id="declare-line-error" role="alert" hidden=${!here.empty}>${t('declare.empty')}</p>
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
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const typed = ({ currentTarget }) => {
    entry.title = currentTarget.value;
    entry.empty = false;
    changed();
  };
  const toggleDrill = () => {
    entry.drill = !entry.drill;
    changed();
  };
  return html`
    <form class="dialog-body" novalidate onsubmit=${submitted(() => send(entry, close))}>
      <p class="intro">${t('declare.intro')}</p>
      <div class="field">
        <label class="label" for="declare-title">${t('declare.title')}</label>
        <input
          id="declare-title"
          type="text"
          maxlength="200"
          autocomplete="off"
          value=${entry.title}
          data-first
          aria-invalid=${entry.empty ? 'true' : null}
          aria-describedby="declare-error"
          oninput=${typed}
        />
        <p class="example">${t('example', { text: t('declare.example') })}</p>
        <p class="error" id="declare-error" role="alert" hidden=${!entry.empty}>${t('declare.empty')}</p>
      </div>
      ${option({ type: 'checkbox', checked: entry.drill, onchange: toggleDrill }, t('declare.drill'))}
      ${replyView('declare')}
      ${dialogFoot(
        close,
        html`
        <button type="submit" class="button primary">${entry.again ? t('declare.again') : t('declare.do')}</button>
      `,
      )}
    </form>
  `;
}
