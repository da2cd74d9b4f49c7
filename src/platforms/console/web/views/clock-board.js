/** The clocks of an incident, the next one largest: how long, until when, owed to whom. */
import { clockTime, day } from '../lib/time.js';
import { h } from '../lib/vdom.js';
import { t, tOr } from '../lib/words.js';
import { ticking } from './card.js';
import { icon } from './icons.js';
import { labelOf } from './names.js';

/** @typedef {import('../lib/model.js').ClockRow} ClockRow */

/** @param {import('../lib/model.js').Loaded} loaded */
export function clockBoard({ incident, segment }) {
  const clocks = incident.clocks.toSorted((a, b) => weight(a) - weight(b) || Date.parse(a.due) - Date.parse(b.due));
  if (clocks.length === 0)
    return h('section', { class: 'board none', 'aria-label': t('clocks') }, h('p', null, t('clock.none')));
  return h(
    'section',
    { class: 'board', 'aria-label': t('clocks') },
    clocks.map((clock, index) => clockFace(clock, segment, index === 0)),
  );
}

/** What still runs first. @param {ClockRow} clock */
function weight(clock) {
  if (clock.filedAt || clock.status === 'met') return 1;
  return clock.status === 'void' ? 2 : 0;
}

/** @param {ClockRow} clock @param {import('../lib/time.js').Segment | null} segment @param {boolean} first */
function clockFace(clock, segment, first) {
  const over = weight(clock) > 0;
  const state = clock.status === 'void' ? 'void' : over ? 'met' : 'running';
  return h(
    'article',
    {
      key: clock.id,
      class: `face${first ? ' first' : ''}${clock.provisional ? ' provisional' : ''}`,
      'data-clock': state,
      'data-whole': clock.dueMinutes ?? 0,
    },
    h('h3', { class: 'face-name' }, labelOf(clock.recipient)),
    over
      ? h('p', { class: 'face-digits still' }, icon(state === 'met' ? 'check' : 'close'), t(`clock.${state}`))
      : h('p', { class: 'face-digits' }, ticking(clock.due, segment, 'digits')),
    h('p', { class: 'face-due' }, dueText(clock)),
    clock.provisional && !over && h('p', { class: 'face-note' }, t('clock.provisional')),
    !over && h('span', { class: 'spent', 'aria-hidden': 'true' }),
  );
}

/** @param {ClockRow} clock */
function dueText(clock) {
  if (clock.filedAt) return t('clock.filed', { time: `${day(clock.filedAt)} ${clockTime(clock.filedAt)}` });
  const anchor = tOr(`anchor.${clock.anchor}`, clock.anchor);
  return t('clock.by', { time: clockTime(clock.due), day: day(clock.due), anchor });
}
