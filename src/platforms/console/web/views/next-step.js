/** The one thing to do next, below the clocks on every tab: a sentence, its button, for whom it waits. */
import { segmentOf } from '../lib/model.js';
import { actionViews, replyView, ticking } from './card.js';
import { html } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function nextStep({ incident }) {
  const { next } = incident;
  if (!next) return null;
  const bound = { slot: `next:${incident.id}`, incident: incident.id, revision: incident.revision };
  return html`
    <section class="next-step" aria-labelledby="next-step">
      <div class="next-line">
        ${nextClock(incident)}
        <p class="next-text" id="next-step">
          ${next.text}
          ${next.why && html`<span class="next-meanwhile">${next.why}</span>`}
          ${next.meanwhile && html`<span class="next-meanwhile">${next.meanwhile}</span>`}
        </p>
        ${next.actions.length > 0 && html`<div class="actions">${actionViews(next.actions, bound)}</div>`}
      </div>
      ${replyView(bound.slot)}
    </section>
  `;
}

/** Time left, where the clocks are scrolled out of view. @param {import('../lib/model.js').Incident} incident */
function nextClock({ id, clocks }) {
  const running = clocks.filter(({ status, filedAt }) => !filedAt && (status === 'running' || status === 'late'));
  const [next] = running.toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  return next && html`<p class="next-clock" data-clock="running">${ticking(next.due, segmentOf(id))}</p>`;
}
