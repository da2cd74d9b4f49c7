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
  /** @type {{ card: import('../lib/model.js').LocalCard | null, trouble: string | null, revision: number }} */
  const shown = { card: null, trouble: null, revision: revisionOf(bound.incident) };
  const slot = `view:${ref.view}:${bound.incident ?? ''}`;
  state.replies.delete(slot);
  openDialog({
    isWide: () => true,
    title: () => shown.card?.title ?? t('loading'),
    body: () => {
      const revision = revisionOf(bound.incident);
      // The record has changed, also by a button of this card.
      if (revision > shown.revision) {
        Object.assign(shown, { revision });
        load();
      }
      return html`
        <div class="dialog-body view" aria-busy=${shown.card || shown.trouble ? null : 'true'}>
          ${shown.trouble && html`<p class="reply trouble">${shown.trouble}</p>`}
          ${shown.card && cardView(shown.card, { ...bound, revision: Math.max(bound.revision, shown.revision), slot, level: 3 })}
        </div>
      `;
    },
  });
  const load = () =>
    call('/views', { json: ref })
      .then((card) => Object.assign(shown, { card, trouble: null }))
      .catch((error) => {
        // A card that was read stays; it may be about something that is over.
        if (!shown.card) shown.trouble = wordsFor(error);
      })
      .finally(changed);
  load();
}

/** Newest revision of an incident that the page knows of. @param {string | null} id */
function revisionOf(id) {
  const loaded = state.incidents.get(id ?? '');
  const open = state.open.find((row) => row.id === id);
  return Math.max(open?.version ?? 0, loaded && loaded !== 'missing' ? loaded.incident.revision : 0);
}
