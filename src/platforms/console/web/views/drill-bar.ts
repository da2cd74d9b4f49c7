/** Controls of a drill above its page, in their own colour. */
import { state } from '../lib/model.ts';
import type { Loaded } from '../lib/shapes.ts';
import { actionViews, replyView } from './card.ts';
import { html, t } from './elements.ts';

export function drillBar({ incident: { id, drill, revision }, page }: Loaded) {
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
