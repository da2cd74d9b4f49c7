/** Page of one form or card opened from a chat, without the rest of the console. */
import { attempt } from '../lib/api.js';
import { loadVisit } from '../lib/load.js';
import { state } from '../lib/model.js';
import { cardView, replyView } from './card.js';
import { anyDialog } from './dialogs.js';
import { brand, button, html, languageButton, t, trouble } from './elements.js';
import { openForm, reopenForm } from './form-dialog.js';

/** @typedef {Extract<import('../lib/route.js').Route, { view: 'visit' }>} Visit */

const SLOT = 'visit';
/** @type {{ trouble: string | null }} */
const entry = { trouble: null };

/** Loads the page; a form opens at once, with entries from before a reload. @param {Visit} visit */
export function openVisit(visit) {
  return attempt(entry, async () => {
    await loadVisit();
    if (visit.kind === 'form' && !reopenForm()) fillIn(visit);
  });
}

/** @param {Visit} visit */
function fillIn({ name, args }) {
  const bound = { slot: SLOT, incident: args['incident'] ?? null, revision: state.visit.revision };
  openForm({ form: name, args }, bound);
}

/** @param {Visit} visit @param {() => void} switchLanguage */
export function visitView(visit, switchLanguage) {
  const { card, revision } = state.visit;
  const bound = { slot: SLOT, incident: visit.args['incident'] ?? null, revision };
  return html`
    <main class="visit stack" tabindex="-1">
      <p class="brand">${brand()}</p>
      ${trouble(entry.trouble)}
      ${card && cardView(card, bound)}
      ${answer(card === null)}
      ${visit.kind === 'form' && !anyDialog() && button(t('visit.again'), () => fillIn(visit))}
      ${languageButton(switchLanguage)}
    </main>
  `;
}

/** Renders the answer to a submission; the answer to a card's own button is shown on the card. @param {boolean} isAlone */
function answer(isAlone) {
  const [slot, reply] = [...state.replies].find(([slot]) => isAlone || slot !== SLOT) ?? [];
  if (slot === undefined || !reply) return null;
  const isAsked = reply.kind === 'trouble' || reply.card?.blocks.some(({ kind }) => kind === 'actions');
  return html`
    ${replyView(slot) ?? html`<p class="reply">${t('visit.done')}</p>`}
    ${!isAsked && html`<p>${t('visit.close')}</p>`}
  `;
}
