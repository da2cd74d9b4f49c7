/** A card for the asker only: why, more, people, help. */
import { attempt, call } from '../lib/api.js';
import { afterPaint, focusOn } from '../lib/focus.js';
import { loadedOf, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { cardView } from './card.js';
import { openDialog } from './dialogs.js';
import { html, t } from './elements.js';

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
        <div class="dialog-body stack view" aria-busy=${shown.card || shown.trouble ? null : 'true'}>
          ${shown.trouble && html`<p class="reply trouble">${shown.trouble}</p>`}
          ${shown.card && cardView(shown.card, { ...bound, revision: Math.max(bound.revision, shown.revision), slot, level: 3 })}
        </div>
      `;
    },
  });
  // A card that was read stays; it may be about something that is over.
  const load = () =>
    attempt(shown, async () => {
      shown.card = await call('/views', { json: ref }).catch((error) => {
        if (!shown.card) throw error;
        return shown.card;
      });
    });
  load();
}

/** Newest revision of an incident that the page knows of. @param {string | null} id */
function revisionOf(id) {
  const open = state.open.find((row) => row.id === id);
  return Math.max(open?.version ?? 0, loadedOf(id ?? '')?.incident.revision ?? 0);
}

/**
 * Goes to a card that the page of the incident shows already, so that it is not opened a second time; answers whether it
 * is there.
 * @param {string} incident @param {string} surface
 */
export function showCard(incident, surface) {
  const { route } = state;
  const name = surface === 'owed' || ['question', 'checklist', 'draft'].includes(surface) ? surface : null;
  if (route.view !== 'incident' || route.id !== incident || name === null) return false;
  if (!document.querySelector(`.surface-${name} .card`)) return false;
  // On a phone the cards are on a tab of their own.
  if (route.tab !== 'now') go({ ...route, tab: 'now' });
  afterPaint(() => reach(name));
  return true;
}

/** @param {string} name */
function reach(name) {
  const found = document.querySelector(`.surface-${name}`);
  if (found instanceof HTMLDetailsElement) found.open = true;
  found?.scrollIntoView({ block: 'start' });
  if (found) focusOn('.card :is(button, input, a)', found, { preventScroll: true });
}
