/** Cards below the panel, in the server's order, folded ones as one line. */
import type { Loaded } from '../lib/shapes.ts';
import { cardView } from './card.ts';
import { type Child, html, icon } from './elements.ts';

export function cardViews({ incident: { id, revision }, page }: Loaded) {
  return page.cards.map(({ surface, card, folded }) => {
    const view = cardView(card, { slot: `now:${id}:${surface}`, incident: id, revision, level: 2 });
    if (!folded) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
    return foldedView(surface, card.title, page.brief ? '' : card.summary, view, card.tone === 'done');
  });
}

/** Renders a card as one line that unfolds. */
export function foldedView(surface: string, title: string, about: string, view: Child, isDone: boolean = false) {
  return html`
    <details key=${surface} class="surface surface-${surface} folded">
      <summary class="box">${isDone && icon('check')}<span class="cut">${title}</span>${about && html`<span class="faint cut">${about}</span>`}</summary>
      ${view}
    </details>
  `;
}
