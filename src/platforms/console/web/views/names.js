/** Names of things of the law: from the regime, otherwise the page's own words, otherwise the id made readable. */

import { html } from '../lib/html.js';
import { state } from '../lib/model.js';
import { t, tOr } from '../lib/words.js';

/** @param {string} id */
export function labelOf(id) {
  return state.labels[id] ?? tOr(`name.${id}`, id.replaceAll('_', ' '));
}

/** @param {string} level */
export function levelTag(level) {
  return html`<span class="tag level-${level}">${t(`level.${level}`)}</span>`;
}

/** @param {string} phase */
export function phaseTag(phase) {
  return html`<span class="tag">${t(`phase.${phase}`)}</span>`;
}
