/** Page of one form or card opened from a chat, without the rest of the console. */
import { attempt } from '../lib/api.ts';
import { loadVisit } from '../lib/load.ts';
import { state } from '../lib/model.ts';
import type { Route } from '../lib/route.ts';
import { cardView, replyView } from './card.ts';
import { anyDialog } from './dialogs.ts';
import { brand, button, html, languageButton, t, trouble } from './elements.ts';
import { openForm, reopenForm } from './form-dialog.ts';

export type Visit = Extract<Route, { view: 'visit' }>;

const SLOT = 'visit';
const entry: { trouble: string | null } = { trouble: null };

/** Loads the page; a form opens at once, with entries from before a reload. */
export function openVisit(visit: Visit) {
  return attempt(entry, async () => {
    await loadVisit();
    if (visit.kind === 'form' && !reopenForm()) fillIn(visit);
  });
}

function fillIn({ name, args }: Visit) {
  const bound = { slot: SLOT, incident: args['incident'] ?? null, revision: state.visit.revision };
  openForm({ form: name, args }, bound);
}

export function visitView(visit: Visit) {
  const { card, revision } = state.visit;
  const bound = { slot: SLOT, incident: visit.args['incident'] ?? null, revision };
  return html`
    <main class="visit stack" tabindex="-1">
      <p class="brand">${brand()}</p>
      ${trouble(entry.trouble)}
      ${card && cardView(card, bound)}
      ${answer(card === null)}
      ${visit.kind === 'form' && !anyDialog() && button(t('visit.again'), () => fillIn(visit))}
      ${languageButton()}
    </main>
  `;
}

/** Renders the answer to a submission; the answer to a card's own button is shown on the card. */
function answer(isAlone: boolean) {
  const [slot, reply] = [...state.replies].find(([slot]) => isAlone || slot !== SLOT) ?? [];
  if (slot === undefined || !reply) return null;
  const isAsked = reply.kind === 'trouble' || reply.card?.blocks.some(({ kind }) => kind === 'actions');
  return html`
    ${replyView(slot) ?? html`<p class="reply">${t('visit.done')}</p>`}
    ${!isAsked && html`<p>${t('visit.close')}</p>`}
  `;
}
