/** Several ticks, then one submit. Ticks are kept here until they are sent: a countdown must not undo them. */

import { sendIntent } from '../lib/acts.js';
import { state } from '../lib/model.js';
import { actButton, html, t, tick } from './elements.js';

/** @typedef {import('../../../../conversation/cards/localise.ts').LocalChoice} LocalChoice */

/** @type {Map<string, Set<string>>} */
const ticks = new Map();

/** @param {LocalChoice} choice @param {import('./card.js').Bound} bound */
export function choicesView(choice, bound) {
  const id = `${bound.slot}:${choice.fact}`;
  const chosen = ticks.get(id) ?? new Set(choice.chosen);
  const busy = state.busy.has(`${bound.slot}:${choice.fact}`);
  const submit = async () => {
    if (!bound.incident) return;
    // As in the ticks: what counts is what was ticked, painted or not.
    const intent = { type: 'answer', fact: choice.fact, value: [...(ticks.get(id) ?? chosen)] };
    if (await sendIntent(bound.slot, choice.fact, bound.incident, intent, bound.revision)) ticks.delete(id);
  };
  return html`
    <fieldset class="choices">
      <legend class="unseen">${t('choose_all')}</legend>
      <div class="options">${choice.options.map((option) => optionView(choice, option, id, chosen))}</div>
      ${actButton(choice.submit, submit, 'button', { disabled: chosen.size === 0, 'aria-busy': busy ? 'true' : null })}
    </fieldset>
  `;
}

/** @param {LocalChoice} choice @param {LocalChoice['options'][number]} option @param {string} id @param {Set<string>} chosen */
function optionView(choice, option, id, chosen) {
  const toggle = () => {
    // Not what was painted: a second tick may come before the first is.
    const next = new Set(ticks.get(id) ?? chosen);
    if (next.has(option.value)) next.delete(option.value);
    else {
      // "None of these" and "don't know" stand alone.
      const alone = (/** @type {string} */ value) => choice.options.find((o) => o.value === value)?.exclusive;
      for (const value of next) if (option.exclusive || alone(value)) next.delete(value);
      next.add(option.value);
    }
    ticks.set(id, next);
  };
  return tick(chosen.has(option.value), toggle, option.label, option.value);
}
