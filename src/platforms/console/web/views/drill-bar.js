/** Controls of a drill above its page: pause, speed, score, end. */
import { sendIntent } from '../lib/acts.js';
import { state } from '../lib/model.js';
import { DRILL_SPEED } from '../lib/rules.js';
import { replyView } from './card.js';
import { button, html, t } from './elements.js';
import { openForm } from './form-dialog.js';
import { openView } from './view-dialog.js';

/** @param {import('../lib/model.js').Incident} incident */
export function drillBar(incident) {
  if (!incident.drill) return null;
  const args = { incident: incident.id };
  const slot = `drill:${incident.id}`;
  const bound = { slot, incident: incident.id, revision: incident.revision };
  const paused = incident.rate === 0;
  // The page itself shows what became of it; only a refusal needs words.
  const reply = state.replies.get(slot);
  const isOpen = incident.phase !== 'closed';
  // A paused clock starts again at its usual speed; another one is chosen in the form.
  const speed = paused ? DRILL_SPEED : 0;
  const go = () => sendIntent(slot, 'pause', incident.id, { type: 'set_drill_speed', speed }, incident.revision);
  const busy = { 'aria-busy': state.busy.has(`${slot}:pause`) ? 'true' : null };
  /** @param {string} label @param {() => void} press */
  const small = (label, press) => button(label, press, 'button small', busy);
  return html`
    <div class="drill-bar" role="group" aria-label=${t('drill')}>
      <strong>${t('drill.never_filed')}</strong>
      ${isOpen && small(t(paused ? 'drill.resume' : 'drill.pause'), go)}
      ${isOpen && small(t('drill.speed'), () => openForm({ form: 'drill_speed', args }, bound))}
      ${small(t('drill.score'), () => openView({ view: 'score', args }, bound))}
      ${isOpen && small(t('drill.end'), () => openForm({ form: 'close', args }, bound))}
      ${reply?.kind === 'trouble' && replyView(slot)}
    </div>
  `;
}
