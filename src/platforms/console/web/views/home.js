/** First page of a person: what waits for them, the most pressing first. */
import { declare } from '../lib/acts.js';
import { knowsTime, segmentOf, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { actionView, plain, replyView, ticking } from './card.js';
import { composer } from './composer.js';
import { declareLine } from './declare.js';
import { button, html, link, sign, t } from './elements.js';
import { openView } from './view-dialog.js';

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

/** Starts the drill that leads a newcomer through a first report. */
async function startDrill() {
  const result = await declare({ title: t('drill.title'), drill: true, scenario: 'first-steps', anyway: true });
  if (result && typeof result === 'object') go({ view: 'incident', id: result.id, tab: 'now' });
}

function chooseDrill() {
  openView({ view: 'scenarios', args: {} }, { slot: 'declare', incident: null, revision: 0 });
}

/** Before anything has happened: it teaches the one thing to try. */
function emptyRoom() {
  const busy = state.busy.has('declare:declare');
  return html`
    <section class="empty">
      ${sign()}
      <h2>${t('empty.title')}</h2>
      <p>${t('empty.text')}</p>
      <div class="empty-acts">
        ${button(t('empty.drill'), startDrill, 'button primary large', { 'aria-busy': busy ? 'true' : null })}
        ${declareLine()}
      </div>
      <p class="faint">
        ${t('empty.drill_hint')}
        ${button(t('empty.drills'), chooseDrill, 'plain')}
      </p>
      ${replyView('declare')}
    </section>
  `;
}
