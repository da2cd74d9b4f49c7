/** Panel of an incident: time left and its condition, the next step, and its answers. */
import type { LocalCard } from '../../../../conversation/cards/localise.ts';
import { reveal } from '../lib/focus.ts';
import { type Bound, boundTo } from '../lib/model.ts';
import type { Face, Loaded } from '../lib/shapes.ts';
import { dayTime, deadline, incidentNow, ownTime } from '../lib/time.ts';
import { tOr, unbroken } from '../lib/words.ts';
import { actionView, blocksView, replyView, ticking } from './card.ts';
import { html, icon, submitted, t } from './elements.ts';

/** Number of clocks side by side; the list of duties has all. */
const SHOWN = 2;

export function panelView({ incident, page, segment }: Loaded) {
  const { panel, faces, foot, skip, why } = page;
  const bound = { ...boundTo('panel', incident), level: 2 as const, hasKeys: true };
  const below = { ...bound, hasKeys: false };
  if (!panel && faces.length === 0) return null;
  return html`
    <section class="panel card" aria-labelledby="panel-title">
      <div class="clocks wrap" aria-label=${t('clocks')} role="group">
        ${faces.length === 0 && html`<p class="faint">${t('clock.none')}</p>`}
        ${faces.slice(0, SHOWN).map((face, nth) => faceView(face, segment, nth === 0))}
        ${faces.length > SHOWN && html`<a class="face-more" href="#owed-title" onclick=${submitted(() => reveal('.surface-owed'))}>${t('clock.more', { n: faces.length - SHOWN })}</a>`}
      </div>
      ${panel && bodyView(panel, why, bound)}
      ${(foot.length > 0 || skip) && html`<footer class="panel-foot wrap">${blocksView(foot, below)}${skip && actionView({ ...skip, id: 'skip' }, below)}</footer>`}
    </section>
  `;
}

function bodyView({ title, blocks }: LocalCard, why: LocalCard['blocks'], bound: Bound) {
  return html`
    <div class="panel-body stack">
      <h2 id="panel-title" class="panel-title">${unbroken(title)}</h2>
      ${blocksView(blocks, bound)}
      ${why.length > 0 && html`<details key=${title} class="why"><summary>${t('why')}</summary>${blocksView(why, bound)}</details>`}
      ${replyView(bound.slot)}
    </div>
  `;
}

function faceView(face: Face, segment: Loaded['segment'], isFirst: boolean) {
  return html`
    <article key=${face.id} class="face${isFirst ? ' first' : ''}" data-clock=${face.state} data-whole=${face.dueMinutes ?? 0}>
      <p class="face-digits">
        ${face.state !== 'running' ? [icon(face.state === 'met' ? 'check' : 'close'), t(`clock.${face.state}`)] : ticking(face.due, segment, 'digits')}
      </p>
      <div>
        <p class="face-name">
          ${face.what}
          ${face.conditions.map((condition) => html`<span class="tag face-if">${condition}</span>`)}
          ${face.rank && face.rank !== 'law' && html`<span class="tag">${t(`rank.${face.rank}`)}</span>`}
        </p>
        <p class="face-due">${dueText(face, segment, isFirst)} · <span class="face-to">${face.to}</span></p>
      </div>
    </article>
  `;
}

/** Returns the due text, also in the reader's time zone, except in drills, whose time is artificial. */
function dueText(face: Face, segment: Loaded['segment'], isFirst: boolean) {
  if (face.filedAt) return t(face.unconfirmed ? 'clock.filed_open' : 'clock.filed', { time: dayTime(face.filedAt) });
  const from = t('clock.from', { anchor: tOr(`anchor.${face.anchor}`, face.anchor) });
  const own = segment ? null : ownTime(face.due);
  const due = deadline(face.due, incidentNow(segment));
  const time = own === null ? due : t('clock.beijing', { time: due });
  return [
    html`<span class="due-ahead" title=${from}>${t('clock.by', { time })}</span>`,
    html`<span class="due-past" title=${from}>${t('clock.was_due', { time })}</span>`,
    isFirst && own !== null && ` · ${t('clock.yours', { time: own })}`,
  ];
}
