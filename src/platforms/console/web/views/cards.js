/** Cards below the panel, in the server's order, folded ones as one line. */
import { cardView } from './card.js';
import { html, icon } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function cardViews({ incident: { id, revision }, page }) {
  return page.cards.map(({ surface, card, folded }) => {
    const view = cardView(card, { slot: `now:${id}:${surface}`, incident: id, revision, level: 2 });
    if (!folded) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
    return foldedView(surface, card.title, page.brief ? '' : card.summary, view, card.tone === 'done');
  });
}

/** Renders a card as one line that unfolds. @param {string} surface @param {string} title @param {string} about @param {import('preact').VNode} view @param {boolean} [isDone] */
export function foldedView(surface, title, about, view, isDone = false) {
  return html`
    <details key=${surface} class="surface surface-${surface} folded">
      <summary class="box">${isDone && icon('check')}<span class="cut">${title}</span>${about && html`<span class="faint cut">${about}</span>`}</summary>
      ${view}
    </details>
  `;
}
