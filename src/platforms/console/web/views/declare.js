/** Declaring without typing a command. */
import { declare } from '../lib/acts.js';
import { changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { h } from '../lib/vdom.js';
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
  const toggleDrill = () => {
    entry.drill = !entry.drill;
    changed();
  };
  return h(
    'form',
    {
      class: 'dialog-body',
      novalidate: true,
      onsubmit: submitted(send),
    },
    h('p', { class: 'intro' }, t('declare.intro')),
    h(
      'div',
      { class: 'field' },
      h('label', { class: 'label', for: 'declare-title' }, t('declare.title')),
      h('input', {
        id: 'declare-title',
        type: 'text',
        maxlength: '200',
        autocomplete: 'off',
        value: entry.title,
        'data-first': true,
        'aria-invalid': entry.empty ? 'true' : null,
        'aria-describedby': 'declare-error',
        oninput: (/** @type {{ currentTarget: HTMLInputElement }} */ event) => {
          entry.title = event.currentTarget.value;
          entry.empty = false;
          changed();
        },
      }),
      h('p', { class: 'example' }, t('example', { text: t('declare.example') })),
      h('p', { class: 'error', id: 'declare-error', role: 'alert', hidden: !entry.empty }, t('declare.empty')),
    ),
    option({ type: 'checkbox', checked: entry.drill, onchange: toggleDrill }, t('declare.drill')),
    replyView('declare'),
    dialogFoot(
      close,
      h('button', { type: 'submit', class: 'button primary' }, entry.again ? t('declare.again') : t('declare.do')),
    ),
  );
}
