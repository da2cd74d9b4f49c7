/** A card for the asker only: why, more, people, help. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { changed, state } from '../lib/model.js';
import { t } from '../lib/words.js';
import { cardView } from './card.js';
import { openDialog } from './dialogs.js';

/** @param {{ view: string, args: Readonly<Record<string, string>> }} ref @param {import('./card.js').Bound} bound */
export function openView(ref, bound) {
  /** @type {{ card: import('../lib/model.js').LocalCard | null, trouble: string | null }} */
  const shown = { card: null, trouble: null };
  const slot = `view:${ref.view}:${bound.incident ?? ''}`;
  state.replies.delete(slot);
  openDialog({
    isWide: () => true,
    title: () => shown.card?.title ?? t('loading'),
    body: () =>
      html`
        <div class="dialog-body view" aria-busy=${shown.card || shown.trouble ? null : 'true'}>
          ${shown.trouble && html`<p class="reply trouble">${shown.trouble}</p>`}
          ${shown.card && cardView(shown.card, { ...bound, slot, level: 3 })}
        </div>
      `,
  });
  call('/views', { json: ref })
    .then((card) => {
      shown.card = card;
    })
    .catch((error) => {
      shown.trouble = wordsFor(error);
    })
    .finally(changed);
}
