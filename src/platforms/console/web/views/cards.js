/** Below the panel: the cards that are kept current, in the order of the server, finished ones as one line. */
import { cardView } from './card.js';
import { html, icon } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function cardViews({ incident, page }) {
  const { id, revision } = incident;
  return page.cards.map(({ surface, card, finished }) => {
    const view = cardView(card, { slot: `now:${id}:${surface}`, incident: id, revision, level: 2 });
    if (!finished) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
    return html`
      <details key=${surface} class="surface surface-${surface} finished">
        <summary>${icon('check')}<span class="finished-title">${card.title}</span><span class="faint">${card.summary}</span></summary>
        ${view}
      </details>
    `;
  });
}
