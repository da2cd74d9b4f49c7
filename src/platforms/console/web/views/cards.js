/** Below the panel: the cards that are kept current, in the order of the server, folded ones as one line. */
import { cardView } from './card.js';
import { html, icon } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function cardViews({ incident, page }) {
  const { id, revision } = incident;
  return page.cards.map(({ surface, card, folded }) => {
    const view = cardView(card, { slot: `now:${id}:${surface}`, incident: id, revision, level: 2 });
    if (!folded) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
    return html`
      <details key=${surface} class="surface surface-${surface} folded">
        <summary>${card.tone === 'done' && icon('check')}<span>${card.title}</span>${!page.brief && card.summary && html`<span class="faint">${card.summary}</span>`}</summary>
        ${view}
      </details>
    `;
  });
}
