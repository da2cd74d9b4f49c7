/** Names of things of the law: from the regime, otherwise the page's own words, otherwise the id made readable. */
import { state } from '../lib/model.js';
import { h } from '../lib/vdom.js';
import { t, tOr } from '../lib/words.js';

/** @param {string} id */
export function labelOf(id) {
  return state.labels[id] ?? tOr(`name.${id}`, id.replaceAll('_', ' '));
}

/** @param {string} level */
export function levelTag(level) {
  return h('span', { class: `tag level-${level}` }, t(`level.${level}`));
}

/** @param {string} phase */
export function phaseTag(phase) {
  return h('span', { class: 'tag' }, t(`phase.${phase}`));
}
