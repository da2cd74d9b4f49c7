/** Card for the user only: why, more, people, help. */
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
      // The record has changed, perhaps by a button of this card.
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
  // The last card stays if a reload fails, e.g. because the reason for the card has ended.
  const load = () =>
    attempt(shown, async () => {
      shown.card = await call('/views', { json: ref }).catch((error) => {
        if (!shown.card) throw error;
        return shown.card;
      });
    });
  load();
}

/** Returns the newest known revision of an incident. @param {string | null} id */
function revisionOf(id) {
  const open = state.open.find((row) => row.id === id);
  return Math.max(open?.version ?? 0, loadedOf(id ?? '')?.incident.revision ?? 0);
}

/**
 * Scrolls to a card that the incident's page already shows, instead of opening it again; returns whether it is there.
 * @param {string} incident @param {string} surface
 */
export function showCard(incident, surface) {
  const { route } = state;
  const name = surface === 'owed' || ['question', 'checklist', 'draft'].includes(surface) ? surface : null;
  if (route.view !== 'incident' || route.id !== incident || name === null) return false;
  if (!document.querySelector(`.surface-${name} .card`)) return false;
  // Phones show the cards on their own tab.
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
