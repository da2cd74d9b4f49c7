/** Card for the user only: why, more, people, help. */
import type { ViewRef } from '../../../../conversation/cards/card.ts';
import type { LocalCard } from '../../../../conversation/cards/localise.ts';
import { attempt, call } from '../lib/api.ts';
import { focusOn, reveal } from '../lib/focus.ts';
import { afterPaint, type Bound, loadedOf, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage } from '../lib/route.ts';
import { cardView } from './card.ts';
import { openDialog } from './dialogs.ts';
import { html, t, trouble } from './elements.ts';

export type Viewed = { card: LocalCard | null; trouble: string | null; revision: number };

/** Loads the card of a view; returns what to show, and loads it anew once the record of its incident has changed. */
export function viewed(ref: ViewRef, incident: string | null): () => Viewed {
  const shown: Viewed = { card: null, trouble: null, revision: revisionOf(incident) };
  // The last card stays if a reload fails, e.g. because the reason for the card has ended.
  const load = () =>
    attempt(shown, async () => {
      shown.card = await call('view', '/views', { json: ref }).catch((error: unknown) => {
        if (!shown.card) throw error;
        return shown.card;
      });
    });
  void load();
  return () => {
    const revision = revisionOf(incident);
    if (revision > shown.revision) {
      shown.revision = revision;
      void load();
    }
    return shown;
  };
}

export function openView(ref: ViewRef, bound: Bound) {
  const view = viewed(ref, bound.incident);
  const slot = `view:${ref.view}:${bound.incident ?? ''}`;
  state.replies.delete(slot);
  openDialog({
    isWide: () => true,
    title: () => view().card?.title ?? t('loading'),
    body: () => {
      const { card, trouble: why, revision } = view();
      return html`
        <div class="dialog-body stack view" aria-busy=${card || why ? null : 'true'}>
          ${trouble(why)}
          ${card && cardView(card, { ...bound, revision: Math.max(bound.revision, revision), slot, level: 3 })}
        </div>
      `;
    },
  });
}

/** Returns the newest known revision of an incident. */
function revisionOf(id: string | null) {
  const open = state.open.find((row) => row.id === id);
  return Math.max(open?.version ?? 0, loadedOf(id ?? '')?.incident.revision ?? 0);
}

const SHOWN = new Set(['owed', 'proposals', 'question', 'checklist', 'draft']);
/** Scrolls to a card that the incident's page already shows, instead of opening it again; returns whether it is there. */
export function showCard(incident: string, surface: string) {
  const { route } = state;
  if (route.view !== 'incident' || route.id !== incident || !SHOWN.has(surface)) return false;
  if (!document.querySelector(`.surface-${surface} .card`)) return false;
  // Phones show the cards on their own tab.
  if (route.tab !== 'now') go(incidentPage(incident));
  afterPaint(() => {
    reveal(`.surface-${surface}`);
    focusOn(`.surface-${surface} .card :is(button, input, a)`, document, { preventScroll: true });
  });
  return true;
}
