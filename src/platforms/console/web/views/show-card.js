/** A card that the page of an incident shows already is gone to, not opened a second time. */
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';

/** Goes to a card of the incident on the page; answers whether it is there. @param {string} incident @param {string} surface */
export function showCard(incident, surface) {
  const { route } = state;
  const name = surface === 'owed' || ['question', 'checklist', 'draft'].includes(surface) ? surface : null;
  if (route.view !== 'incident' || route.id !== incident || name === null) return false;
  if (!document.querySelector(`.surface-${name} .card`)) return false;
  // On a phone the cards are on a tab of their own.
  if (route.tab !== 'now') go({ ...route, tab: 'now' });
  requestAnimationFrame(() => requestAnimationFrame(() => reach(name)));
  return true;
}

/** @param {string} name */
function reach(name) {
  const found = document.querySelector(`.surface-${name}`);
  if (found instanceof HTMLDetailsElement) found.open = true;
  found?.scrollIntoView({ block: 'start' });
  const control = found?.querySelector('.card button, .card input, .card a');
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
}
