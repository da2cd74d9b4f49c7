/** Everything that is owed, one row each: what, to whom, until when, by whom, what became of it. */
import { replyView, rowActions } from './card.js';
import { html, mark as markView, t } from './elements.js';

/** @typedef {import('../lib/model.js').Obligation} Obligation */

/** @param {import('../lib/model.js').Incident} incident */
export function obligationBoard(incident) {
  const rows = incident.obligations ?? [];
  if (rows.length === 0) return null;
  const open = rows.filter(({ mark }) => mark !== 'done').length;
  const bound = { slot: `owed:${incident.id}`, incident: incident.id, revision: incident.revision };
  return html`
    <section key="owed" class="surface surface-owed">
      <article class="card" aria-labelledby="owed-title">
        <header class="card-head">
          <h2 class="card-title" id="owed-title">${t('owed')}</h2>
          <span class="faint">${open === 0 ? t('owed.all') : t('owed.open', { n: open, all: rows.length })}</span>
        </header>
        <ul class="duties">${rows.map((row) => dutyRow(row, bound))}</ul>
        ${replyView(bound.slot)}
      </article>
    </section>
  `;
}

/** @param {Obligation} row @param {import('./card.js').Bound} bound */
function dutyRow({ id, what, to, by, owner, state, mark, marks, actions }, bound) {
  return html`
    <li key=${id} class="duty mark-${mark}">
      ${markView(mark)}
      <p class="duty-what">${what}<span class="faint">${to}</span></p>
      <p class="duty-due">${mark === 'done' ? null : by}<span class="faint">${state}</span></p>
      ${rowActions(what, actions, bound)}
      <p class="duty-more">${[...(mark === 'done' ? [] : [owner]), ...marks].join(' · ')}</p>
    </li>
  `;
}
