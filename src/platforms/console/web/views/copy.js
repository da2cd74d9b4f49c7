/** Button that copies a text and confirms it. */
import { announce } from '../lib/model.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';

/** @param {string} text */
export function copyButton(text) {
  return h(
    'button',
    {
      type: 'button',
      class: 'button copy',
      onclick: (/** @type {MouseEvent} */ event) => copy(text, event.currentTarget),
    },
    t('copy'),
  );
}

/** @param {string} text @param {EventTarget | null} button */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard outside a secure page: the old way, through a field that is selected.
    const field = document.createElement('textarea');
    field.value = text;
    const dialog = button instanceof Element ? button.closest('dialog') : null;
    (dialog ?? document.body).append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  announce(t('copied'));
  if (button instanceof HTMLElement) {
    button.textContent = t('copied');
    setTimeout(() => {
      button.textContent = t('copy');
    }, 2_000);
  }
}
