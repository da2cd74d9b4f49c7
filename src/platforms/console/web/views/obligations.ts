/** Board of all duties, one line and menu each: with a time limit, owed promptly, settled. */
import { type Bound, boundTo } from '../lib/model.ts';
import type { Incident, Obligation } from '../lib/shapes.ts';
import { actionViews, replyView } from './card.ts';
import { button, foldedView, html, mark as markView, moreMenu, t } from './elements.ts';
import { openView } from './view-dialog.ts';

const GROUPS = ['timed', 'promptly', 'settled'] as const;
/** Number of duties without a time limit above which they are folded. */
const OPEN = 3;

export function obligationBoard({ id, revision, obligations = [], open: needs = [] }: Incident, folded: boolean) {
  if (obligations.length === 0) return null;
  const news = needs.filter((need) => need.startsWith('report.')).length;
  const open = obligations.filter(({ group }) => group !== 'settled').length + news;
  const all = obligations.length + news;
  const bound = boundTo('owed', { id, revision });
  const state = open === 0 ? t('owed.all') : t('owed.open', { n: open, all });
  const openNews = () => openView({ view: 'owed', args: { incident: id } }, bound);
  const rows = html`
    ${GROUPS.map((group) => groupView(group, obligations, bound))}
    ${news > 0 && button(t('owed.news', { n: news }), openNews, 'button', { 'aria-haspopup': 'dialog' })}
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

function groupView(group: (typeof GROUPS)[number], all: readonly Obligation[], bound: Bound) {
  const rows = all.filter((one) => one.group === group);
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

function dutyRow({ id, what, to, by, owner, state, mark, rule, marks, actions }: Obligation, bound: Bound) {
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
