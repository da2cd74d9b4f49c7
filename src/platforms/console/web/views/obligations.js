/** Board of all duties, one line and menu each: with a time limit, owed promptly, settled. */
import { actionViews, replyView } from './card.js';
import { foldedView } from './cards.js';
import { button, html, mark as markView, moreMenu, t } from './elements.js';
import { openView } from './view-dialog.js';

/** @typedef {import('../lib/model.js').Obligation} Obligation */

const GROUPS = /** @type {const} */ (['timed', 'promptly', 'settled']);
/** Number of duties without a time limit above which they are folded. */
const OPEN = 3;

/** @param {import('../lib/model.js').Incident} incident @param {boolean} folded shown as one line */
export function obligationBoard({ id, revision, obligations = [], open: needs = [] }, folded) {
  if (obligations.length === 0) return null;
  const news = needs.filter((need) => need.startsWith('report.')).length;
  const open = obligations.filter(({ group }) => group !== 'settled').length + news;
  const all = obligations.length + news;
  const bound = { slot: `owed:${id}`, incident: id, revision };
  const state = open === 0 ? t('owed.all') : t('owed.open', { n: open, all });
  const rows = html`
    ${GROUPS.map((group) =>
      groupView(
        obligations.filter((one) => one.group === group),
        group,
        bound,
      ),
    )}
    ${news > 0 && newsButton(news, bound)}
    ${replyView(bound.slot)}
  `;
  if (folded) return foldedView('owed', t('owed'), `${open}`, html`<article class="card">${rows}</article>`);
  return html`
    <section key="owed" class="surface surface-owed" aria-labelledby="owed-title">
      <article class="card">
        <header class="card-head wrap">
          <h2 class="card-title" id="owed-title">${t('owed')}</h2>
          <span class="faint">${state}</span>
        </header>
        ${rows}
      </article>
    </section>
  `;
}

/** Renders a button that opens the list of reports of news, with owners and buttons. @param {number} n @param {import('./card.js').Bound & { incident: string }} bound */
function newsButton(n, bound) {
  const open = () => openView({ view: 'owed', args: { incident: bound.incident } }, bound);
  return button(t('owed.news', { n }), open, 'button', { 'aria-haspopup': 'dialog' });
}

/** @param {Obligation[]} rows @param {typeof GROUPS[number]} group @param {import('./card.js').Bound} bound */
function groupView(rows, group, bound) {
  if (rows.length === 0) return null;
  const list = html`<ul class="duties">${rows.map((row) => dutyRow(row, bound))}</ul>`;
  if (group === 'timed' || (group === 'promptly' && rows.length <= OPEN)) return list;
  return html`
    <details key=${group} class="duty-group">
      <summary>${t(`owed.${group}`, { n: rows.length })}<span class="faint cut">${rows.map(({ what }) => what).join(' · ')}</span></summary>
      ${list}
    </details>
  `;
}

/** @param {Obligation} row @param {import('./card.js').Bound} bound */
function dutyRow({ id, what, to, by, owner, state, mark, rule, marks, actions }, bound) {
  const isDone = mark === 'done';
  return html`
    <li key=${id} class="duty mark-${mark}">
      ${markView(mark)}
      <p class="duty-what">${what}<span class="fine below">${[to, state, !isDone && owner, ...marks].filter(Boolean).join(' · ')}</span></p>
      <p class="duty-due">${!isDone && by}</p>
      ${(actions.length > 0 || rule) && moreMenu(what, [actionViews(actions, bound), rule && html`<p class="note">${t('why')} ${rule}</p>`])}
    </li>
  `;
}
