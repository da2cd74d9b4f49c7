/** Short messages on what is new for the person here; each leads to its page. */
import { dismissToast, shownToasts } from '../lib/attention.js';
import { html } from '../lib/html.js';
import { t } from '../lib/words.js';
import { link } from './link.js';
import { iconButton } from './parts.js';

export function toastViews() {
  return shownToasts().map(
    ({ id, title, text, route, tone }) => html`
      <div key=${id} class="toast ${tone}" role="status">
        ${link(route, { class: 'toast-link' }, html`<strong>${title}</strong>`, text && html`<span class="faint">${text}</span>`)}
        ${iconButton(t('close'), 'close', () => dismissToast(id))}
      </div>
    `,
  );
}
