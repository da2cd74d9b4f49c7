/** Controls of a drill above its page, in their own colour. */
import { actionViews, replyView } from './card.js';
import { html, t } from './elements.js';

/** @param {import('../lib/model.js').Loaded} loaded */
export function drillBar({ incident: { id, drill, revision }, page }) {
  if (!drill) return null;
  const slot = `drill:${id}`;
  return html`
    <div class="drill-bar wrap" role="group" aria-label=${t('drill')}>
      <strong>${t('drill.never_filed')}</strong>
      ${actionViews(page.drill, { slot, incident: id, revision })}
      ${replyView(slot)}
    </div>
  `;
}
