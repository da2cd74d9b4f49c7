/** Controls of a drill above its page, in their own colour. */
import { state } from '../lib/model.js';
import { actionViews, replyView } from './card.js';
import { html, t } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function drillBar({ incident: { id, drill, revision }, page }) {
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
