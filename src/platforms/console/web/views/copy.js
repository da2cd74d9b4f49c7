/** Button that copies a text and confirms it. */

import { html } from '../lib/html.js';
import { announce } from '../lib/model.js';
import { t } from '../lib/words.js';

/** @param {string} text */
export function copyButton(text) {
  return html`
    <button
      type="button"
      class="button copy"
      onclick=${(/** @type {MouseEvent} */ event) => copy(text, event.currentTarget)}
    >
      ${t('copy')}
    </button>
  `;
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
  const label = button instanceof HTMLElement ? button.firstChild : null;
  if (!label) return;
  label.nodeValue = t('copied');
  setTimeout(() => {
    label.nodeValue = t('copy');
  }, 2_000);
}
