/** Further actions of a row behind one small button. */
import { html } from '../lib/html.js';
import { actionView } from './card.js';
import { icon } from './icons.js';

/** @param {string} label @param {readonly import('./card.js').Action[]} actions @param {import('./card.js').Bound} bound */
export function actionMenu(label, actions, bound) {
  return html`
    <details class="menu" onfocusout=${closeOutside} onclick=${closeAfter}>
      <summary class="button" aria-label=${label} title=${label}>${icon('more')}</summary>
      <div class="menu-list">${actions.map((action) => actionView(action, bound))}</div>
    </details>
  `;
}

/** @param {FocusEvent} event */
export function closeOutside({ currentTarget, relatedTarget }) {
  if (!(currentTarget instanceof HTMLDetailsElement)) return;
  if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) currentTarget.open = false;
}

/** @param {MouseEvent} event */
export function closeAfter({ currentTarget, target }) {
  const isAction = target instanceof Element && target.closest('.menu-list button');
  if (isAction && currentTarget instanceof HTMLDetailsElement) currentTarget.open = false;
}
