/** Page of one incident: a panel with the next step, the report's needs and the duties, and the activity beside it. */
import { boundTo, state } from '../lib/model.ts';
import { listPage, type Route } from '../lib/route.ts';
import type { Loaded } from '../lib/shapes.ts';
import { activityView } from './activity.ts';
import { actionViews, cardView, replyView } from './card.ts';
import { readersView } from './draft.ts';
import { button, copyText, foldedView, html, icon, levelTag, link, missing, t } from './elements.ts';
import { obligationBoard } from './obligations.ts';
import { openPalette } from './palette.ts';
import { panelView } from './panel.ts';
import { avatar } from './room.ts';
import { openView } from './view-dialog.ts';

export function incidentView(route: Extract<Route, { view: 'incident' }>) {
  const loaded = state.incidents.get(route.id);
  if (loaded === 'missing')
    return missing(t('missing', { id: route.id }), t('missing.text'), link(listPage(), { class: 'button' }, t('list')));
  if (!loaded && state.connection === 'offline')
    return missing(route.id, t('missing.offline'), link('/', { class: 'button' }, t('home')));
  if (!loaded)
    return html`
      <main class="main" tabindex="-1" aria-busy="true" key="incident:${route.id}">
        <p class="nothing">${t('loading')}</p>
      </main>
    `;
  const { incident, page } = loaded;
  return html`
    <main key="incident:${route.id}" class="main incident show-${route.tab}" tabindex="-1"
      aria-label="${route.id} ${incident.title}">
      ${head(loaded)}
      ${drillBar(loaded)}
      <section class="pane now stack" aria-label=${t('tab.now')}>
        ${page.stage && way(page.stage)}
        ${readersView(incident.id)}
        ${panelView(loaded)}
        ${cardViews(loaded)}
        ${obligationBoard(incident, page.brief)}
      </section>
      ${activityView(route.tab, loaded)}
    </main>
  `;
}

const FACES = 4;

function head({ incident }: Loaded) {
  const { id, title, level, drill, recordedAfterwards, rate = 1, people = [], lead } = incident;
  const names = people.map(({ name }) => name);
  return html`
    <header class="incident-head">
      <span class="id">${id}</span>
      <h1 class="cut">${title}</h1>
      <div class="tags">
        ${drill && html`<span class="tag drill">${t(rate === 0 ? 'drill.paused' : 'drill')}${rate > 1 && ` ${rate}×`}</span>`}
        ${recordedAfterwards && html`<span class="tag">${t('recorded_afterwards')}</span>`}
        ${levelTag(level)}
      </div>
      <div class="actions">
        ${button(
          [
            ...names.slice(0, FACES).map((name) => avatar(name)),
            html`<span class="unseen">${t('people', { names: names.join(', ') })}</span>`,
          ],
          () => openView({ view: 'people', args: { incident: id } }, boundTo('people', incident)),
          'plain people-button',
          { title: lead ? t('led_by', { name: lead }) : null },
        )}
        ${button([icon('link'), html`<span class="unseen">${t('copy_link')}</span>`], ({ currentTarget }) => copyText(location.href, currentTarget), 'button small square copy-link', { title: t('copy_link') })}
        ${button(icon('more'), () => openPalette(), 'button small square', { 'aria-label': t('more'), 'aria-haspopup': 'dialog' })}
      </div>
    </header>
  `;
}

const STAGES = ['assess', 'report', 'approve', 'file', 'after'];

function way(stage: string) {
  const here = stage === 'closed' ? STAGES.length : STAGES.indexOf(stage);
  return html`
    <ol class="way" aria-label=${t('column.phase')}>
      ${STAGES.map((one, index) => html`<li class=${index < here ? 'past' : null} aria-current=${index === here ? 'step' : null}>${t(`stage.${one}`)}</li>`)}
    </ol>
  `;
}

/** Handles the page's keys on an incident: a digit gives the answer of that number. */
export function incidentKey(key: string) {
  if (state.route.view !== 'incident' || !/^[1-9]$/.test(key)) return false;
  const found = document.querySelectorAll('.panel-body .options input, .panel-body .actions button')[Number(key) - 1];
  if (found instanceof HTMLElement) found.click();
  return found !== undefined;
}

/** Cards below the panel, in the server's order, folded ones as one line. */
function cardViews({ incident: { id, revision }, page }: Loaded) {
  return page.cards.map(({ surface, card, folded }) => {
    const view = cardView(card, { slot: `now:${id}:${surface}`, incident: id, revision, level: 2 });
    if (!folded) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
    return foldedView(surface, card.title, page.brief ? '' : card.summary, view, card.tone === 'done');
  });
}

/** Controls of a drill, in their own colour. */
function drillBar({ incident: { id, drill, revision }, page }: Loaded) {
  if (!drill) return null;
  const slot = `drill:${id}`;
  // The page itself shows the result of an act; only a refusal needs a message.
  return html`
    <div class="drill-bar wrap" role="group" aria-label=${t('drill')}>
      <strong>${t('drill.never_filed')}</strong>
      ${actionViews(page.drill, { slot, incident: id, revision })}
      ${state.replies.get(slot)?.kind === 'trouble' && replyView(slot)}
    </div>
  `;
}
