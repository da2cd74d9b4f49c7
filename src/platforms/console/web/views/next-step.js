/** The one thing to do next, below the clocks on every tab: a sentence, its button, for whom it waits. */
import { html } from '../lib/html.js';
import { actionView, replyView } from './card.js';

/** @typedef {NonNullable<import('../lib/model.js').Incident['next']>} Next */

/** @param {import('../lib/model.js').Loaded} loaded */
export function nextStep({ incident }) {
  const { next } = incident;
  if (!next) return null;
  const bound = { slot: slotOf(incident.id), incident: incident.id, revision: incident.revision };
  return html`
    <section class="next-step" aria-labelledby="next-step">
      <div class="next-line">
        <p class="next-text" id="next-step">
          ${next.text}
          ${next.why && html`<span class="next-meanwhile">${next.why}</span>`}
          ${next.meanwhile && html`<span class="next-meanwhile">${next.meanwhile}</span>`}
        </p>
        ${next.actions.length > 0 && html`<div class="actions">${next.actions.map((action) => actionView(action, bound))}</div>`}
      </div>
      ${replyView(bound.slot)}
    </section>
  `;
}

/** Place of replies to a press in the bar. @param {string} incident */
function slotOf(incident) {
  return `next:${incident}`;
}
