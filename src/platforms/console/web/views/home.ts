/** First page of a user: a line to declare, waiting steps, and all running incidents with whose turn it is. */
import { declare } from '../lib/acts.ts';
import { boundTo, type IncidentRow, state, type Waiting } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, listPage } from '../lib/route.ts';
import { actionView, plain, replyView, ticking } from './card.ts';
import { declareLine } from './declare.ts';
import { busyIf, button, type Child, html, levelTag, link, t } from './elements.ts';
import { openView } from './view-dialog.ts';

export function homeView() {
  const { waiting, open, total, deskLoaded } = state;
  const others = open.filter(({ id }) => waiting.every((one) => one.id !== id));
  return html`
    <main key="home" class="main home" tabindex="-1" aria-label=${t('home')}>
      <div class="home-body stack">
        <h1>${t('declare.title')}</h1>
        ${declareLine()}
        ${!deskLoaded && html`<p class="nothing">${t('loading')}</p>`}
        ${waiting.length > 0 && html`<h2>${t('home')}</h2><ul class="desk stack">${waiting.map(waitingRow)}</ul>`}
        ${deskLoaded && waiting.length === 0 && total > 0 && html`<p class="nothing">${t('home.nothing')}</p>`}
        ${others.length > 0 && html`<h2>${t('running')}<span class="faint">${total - waiting.length}</span></h2><ul class="desk stack">${others.map(runningRow)}</ul>`}
        ${total > open.length && html`<p>${link(listPage('open=true'), { class: 'button' }, t('running.all', { n: total }))}</p>`}
        ${deskLoaded && firstDrill()}
      </div>
    </main>
  `;
}

type Row = Pick<IncidentRow, 'id' | 'title' | 'drill' | 'segment'>;
function deskRow({ id, title, drill, segment }: Row, due: string | null, tag: Child, about: Child) {
  return html`
    <li key=${id} class="card${drill ? ' drill' : ''}" data-clock=${due ? 'running' : 'none'}>
      ${due && ticking(due, segment, 'desk-clock')}
      <div class="desk-body">
        <h3 class="wrap">${link(incidentPage(id), {}, title || id)}${tag}${drill && html`<span class="tag drill">${t('drill')}</span>`}</h3>
        ${about}
      </div>
    </li>
  `;
}

function waitingRow(row: Waiting, nth: number) {
  const { id, due, steps } = row;
  const bound = boundTo('home', row);
  const step = ({ text, actions }: (typeof steps)[number], index: number) => html`
    <li key=${text} class="wrap">
      <p>${text}</p>
      <div class="actions">
        ${actions.map((action) => actionView(nth === 0 && index === 0 ? action : plain(action), bound, `${id} ${text}`))}
      </div>
    </li>
  `;
  const about = [html`<ul class="steps">${steps.map(step)}</ul>`, replyView(bound.slot)];
  return deskRow(row, due, html`<span class="id">${id}</span>`, about);
}

const runningRow = (row: IncidentRow) =>
  deskRow(row, row.nextDue, levelTag(row.level), html`<p class="faint">${row.turn ?? row.id}</p>`);

/** Starts the drill that leads a newcomer through a first report. */
async function startDrill() {
  const result = await declare({ title: t('drill.title'), drill: true, scenario: 'first-steps', anyway: true });
  if (result?.id) go(incidentPage(result.id));
}

function firstDrill() {
  const chooseDrill = () => openView({ view: 'scenarios', args: {} }, { slot: 'declare', incident: null, revision: 0 });
  return html`
    <section class="first-drill wrap">
      <p><strong>${t('empty.title')}</strong> ${t('empty.text')}</p>
      <div class="actions">
        ${button(t('empty.drill'), startDrill, 'button', busyIf('declare:declare'))}
        ${button(t('empty.drills'), chooseDrill, 'plain')}
      </div>
    </section>
  `;
}
