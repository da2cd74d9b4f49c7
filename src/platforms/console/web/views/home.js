/** First page of a person: what waits for them, the most pressing first. */
import { html } from '../lib/html.js';
import { knowsTime, segmentOf, state } from '../lib/model.js';
import { t } from '../lib/words.js';
import { actionView, replyView, ticking } from './card.js';
import { composer } from './composer.js';
import { emptyRoom } from './empty.js';
import { link } from './link.js';

/** @typedef {import('../lib/model.js').Waiting} Waiting */

export function homeView() {
  const [room] = state.rooms;
  const isEmpty = state.openLoaded && state.open.length === 0;
  return html`
    <main key="home" class="main home" tabindex="-1" aria-label=${t('home')}>
      <section class="column">
        <header class="bar"><h1>${t('home')}</h1></header>
        <div class="home-body">
          ${isEmpty ? emptyRoom() : waitingRows()}
        </div>
        ${room && composer({ address: room.address, thread: null, incident: null })}
      </section>
    </main>
  `;
}

function waitingRows() {
  if (state.waiting.length === 0)
    return html`<p class="nothing">${t(state.openLoaded ? 'home.nothing' : 'loading')}</p>`;
  return html`<ul class="waiting">${state.waiting.map(row)}</ul>`;
}

/** @param {Waiting} waiting @param {number} nth */
function row({ id, title, drill, revision, due, steps }, nth) {
  const bound = { slot: `home:${id}`, incident: id, revision };
  const opened = state.open.find((one) => one.id === id);
  return html`
    <li key=${id} class="card${drill ? ' drill' : ''}">
      <header class="waiting-head" data-clock=${due ? 'running' : 'none'}>
        <h2>${link({ view: 'incident', id, tab: 'now' }, {}, title)}</h2>
        <span class="id">${id}${drill && html`<span class="tag drill">${t('drill')}</span>`}</span>
        ${due && opened && knowsTime(opened) && ticking(due, segmentOf(id))}
      </header>
      <ul class="steps">
        ${steps.map(
          ({ text, actions }, index) => html`
          <li key=${text}>
            <p>${text}</p>
            <div class="actions">
              ${actions.map((action) => actionView(nth === 0 && index === 0 ? action : plain(action), bound, `${id} ${text}`))}
            </div>
          </li>
        `,
        )}
      </ul>
      ${replyView(bound.slot)}
    </li>
  `;
}

/** One primary button in a view. @param {Waiting['steps'][number]['actions'][number]} action */
const plain = ({ style, ...action }) => (style === 'danger' ? { ...action, style } : action);
