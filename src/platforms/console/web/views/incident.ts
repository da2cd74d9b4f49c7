/** Page of one incident: a panel with the next step, the report's needs and the duties, and the activity beside it. */
import { state } from '../lib/model.ts';
import type { Route } from '../lib/route.ts';
import type { Loaded } from '../lib/shapes.ts';
import { activityView } from './activity.ts';
import { cardViews } from './cards.ts';
import { readersView } from './draft.ts';
import { drillBar } from './drill-bar.ts';
import { button, copyText, html, icon, levelTag, link, missing, t } from './elements.ts';
import { avatar } from './message.ts';
import { obligationBoard } from './obligations.ts';
import { openPalette } from './palette.ts';
import { panelView } from './panel.ts';
import { openView } from './view-dialog.ts';

export function incidentView(route: Extract<Route, { view: 'incident' }>) {
  const loaded = state.incidents.get(route.id);
  if (loaded === 'missing')
    return missing(
      t('missing', { id: route.id }),
      t('missing.text'),
      link({ view: 'list', query: '' }, { class: 'button' }, t('list')),
    );
  if (!loaded && state.connection === 'offline')
    return missing(route.id, t('missing.offline'), link({ view: 'home' }, { class: 'button' }, t('home')));
  if (!loaded)
    return html`
      <main class="main" tabindex="-1" aria-busy="true" key="incident:${route.id}">
        <p class="nothing">${t('loading')}</p>
      </main>
    `;
  const { incident, page } = loaded;
  return html`
    <main
      key="incident:${route.id}"
      class="main incident show-${route.tab}"
      tabindex="-1"
      aria-label="${route.id} ${incident.title}"
    >
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
  const bound = { slot: `people:${id}`, incident: id, revision: incident.revision };
  const openPeople = () => openView({ view: 'people', args: { incident: id } }, bound);
  const names = people.map(({ name }) => name);
  const drillName = [t(rate === 0 ? 'drill.paused' : 'drill'), rate > 1 && ` ${rate}×`];
  return html`
    <header class="incident-head">
      <span class="id">${id}</span>
      <h1 class="cut">${title}</h1>
      <div class="tags">
        ${drill && html`<span class="tag drill">${drillName}</span>`}
        ${recordedAfterwards && html`<span class="tag">${t('recorded_afterwards')}</span>`}
        ${levelTag(level)}
      </div>
      <div class="actions">
        ${button(
          [
            ...names.slice(0, FACES).map((name) => avatar(name)),
            html`<span class="unseen">${t('people', { names: names.join(', ') })}</span>`,
          ],
          openPeople,
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

/** Renders the stages of an incident and its current one. */
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
