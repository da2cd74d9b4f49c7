/** The page before anything has happened: it teaches the one thing to try. */
import { declare } from '../lib/acts.js';
import { html } from '../lib/html.js';
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { t } from '../lib/words.js';
import { replyView } from './card.js';
import { declareLine } from './declare.js';
import { sign } from './icons.js';
import { openView } from './view-dialog.js';

/** Starts the drill that leads a newcomer through a first report. */
async function startDrill() {
  const result = await declare({ title: t('drill.title'), drill: true, scenario: 'first-steps', anyway: true });
  if (result && typeof result === 'object') go({ view: 'incident', id: result.id, tab: 'now' });
}

function chooseDrill() {
  openView({ view: 'scenarios', args: {} }, { slot: 'declare', incident: null, revision: 0 });
}

export function emptyRoom() {
  const busy = state.busy.has('declare:declare');
  return html`
    <section class="empty">
      ${sign()}
      <h2>${t('empty.title')}</h2>
      <p>${t('empty.text')}</p>
      <div class="empty-acts">
        <button type="button" class="button primary large" aria-busy=${busy ? 'true' : null} onclick=${startDrill}>
          ${t('empty.drill')}
        </button>
        ${declareLine()}
      </div>
      <p class="faint">
        ${t('empty.drill_hint')}
        <button type="button" class="plain" onclick=${chooseDrill}>${t('empty.drills')}</button>
      </p>
      ${replyView('declare')}
    </section>
  `;
}
