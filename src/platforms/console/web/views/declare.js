/** Declaring without typing a command. */
import { declare } from '../lib/acts.js';
import { html } from '../lib/html.js';
import { changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { t } from '../lib/words.js';
import { replyView } from './card.js';
import { openDialog } from './dialogs.js';
import { dialogFoot, option, submitted } from './parts.js';

export function openDeclare() {
  const entry = { title: '', drill: false, again: false, empty: false };
  state.replies.delete('declare');
  openDialog({
    title: () => t('declare'),
    dirty: () => entry.title !== '',
    body: (close) => declareForm(entry, close),
  });
}

/** @param {{ title: string, drill: boolean, again: boolean, empty: boolean }} entry @param {() => void} close */
function declareForm(entry, close) {
  const send = async () => {
    entry.empty = entry.title.trim() === '';
    if (entry.empty) return changed();
    const drill = entry.drill ? { drill: true, speed: 60 } : {};
    const result = await declare({ title: entry.title.trim(), ...drill, ...(entry.again ? { anyway: true } : {}) });
    // Refused as a double: pressing again means it.
    entry.again = true;
    changed();
    if (!result || typeof result !== 'object') return;
    close();
    go({ view: 'incident', id: result.id, tab: 'now' });
  };
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
    <form class="dialog-body" novalidate onsubmit=${submitted(send)}>
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
