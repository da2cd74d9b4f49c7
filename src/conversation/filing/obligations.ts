import { OWED_REPORTS, type OwedRole, reportNeed } from '../../incident/closing.ts';
import { entityOf } from '../../incident/facts/law-facts.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { addresseesOf } from '../../incident/facts/owed.ts';
import { waiverOf } from '../../incident/facts/waivers.ts';
import { switchedOff } from '../../incident/people/law-in-use.ts';
import { reportWith } from '../../law/regime.ts';
import { updatesSince } from '../../report/updates.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { actionBlock, present, rowBlock, strongBlock } from '../cards/sentence.ts';
import {
  contentText,
  decidersText,
  dutyRecipient,
  filedAt,
  fill,
  form,
  joined,
  lawText,
  minutesUntil,
  ofPart,
  personText,
  plain,
  recipientText,
  reportText,
  type Situation,
  show,
  t,
} from '../cards/situation.ts';
import { needActions, needsNow } from '../closing.ts';
import { conditionOf } from '../level/conditions.ts';
import { dueOf, dutyName, marksOf, ruleText } from '../level/duties.ts';
import { lawRows } from '../level/law-offers.ts';
import { withdrawAction } from '../proposals.ts';
import { correctAction } from './report-actions.ts';

/** Duty as the board shows it: content, recipient, deadline, owner, state. */
export interface DutyRow {
  readonly duty: OwedObligation;
  readonly what: Text;
  readonly recipient: Text;
  /** Due time, or the law's word where there is no figure (及时, 立即). */
  readonly due: Text;
  /** Article of the rule, in the language of the law; null for a contract without a clause. */
  readonly rule: Text | null;
  /** Rank of the rule, how well it is verified, other readings. */
  readonly marks: readonly Text[];
  readonly owner: Text;
  readonly state: Text;
  readonly mark: 'done' | 'partly' | 'open';
  readonly actions: readonly Action[];
}

/**
 * Duties of the incident: open ones by date, then merely possible ones, then settled ones. With clock packs, duties to
 * one recipient stay together, at the place of the first.
 */
export function dutyRows(situation: Situation): readonly DutyRow[] {
  const { obligations, regime } = situation.ia;
  const groups = Map.groupBy(obligations, (duty) => `${rank(duty)} ${duty.recipient}`);
  const first = (duty: OwedObligation): number =>
    Math.min(...(groups.get(`${rank(duty)} ${duty.recipient}`) ?? []).map(when));
  const grouped = (a: OwedObligation, b: OwedObligation): number =>
    regime.packs ? first(a) - first(b) || a.recipient.localeCompare(b.recipient) : 0;
  return obligations
    .toSorted((a, b) => rank(a) - rank(b) || grouped(a, b) || when(a) - when(b))
    .map((duty) => rowOf(situation, duty));
}

function rank({ filing, status, provisional }: OwedObligation): number {
  if (filing) return 2;
  if (status === 'void') return 3;
  return provisional ? 1 : 0;
}
function when({ due }: OwedObligation): number {
  return due === null ? Number.MAX_SAFE_INTEGER : Date.parse(due);
}

function rowOf(situation: Situation, duty: OwedObligation): DutyRow {
  const { state } = situation;
  const isSettled = duty.filing !== null || duty.status === 'void';
  const owner = duty.filing?.by ?? state.owners[duty.id]?.owner ?? null;
  return {
    duty,
    what: dutyWords(situation, duty),
    recipient: dutyRecipient(situation, duty),
    due: dueOf(situation, duty),
    rule: duty.rank === 'contract' && duty.source.article === '' ? null : ruleText(duty),
    marks: marksOf(situation, duty),
    owner: personText(state, owner),
    state: stateText(situation, duty),
    mark: isSettled ? 'done' : duty.provisional ? 'partly' : 'open',
    actions:
      isSettled || state.closed
        ? [
            // One filing may meet several duties, so the button's id comes from the duty.
            ...(duty.filing ? [{ ...correctAction(situation, duty.filing), id: `correct_${duty.id}` }] : []),
            ...(isWithdrawable(state, duty) ? [withdrawAction(situation, duty.id)] : []),
          ]
        : [...needActions(situation, duty.id), fill(situation, 'assign', { item: duty.id }, `assign_${duty.id}`)],
  };
}

/** Returns true if a duty is recorded as not owed, and one button can withdraw that. */
function isWithdrawable(state: Situation['state'], duty: OwedObligation): boolean {
  return !state.closed && duty.filing === null && waiverOf(state, duty) !== undefined;
}

/** Name of the report that meets a duty (the recipient is shown beside it); for a request the authority's words. */
export function dutyWords(situation: Situation, duty: OwedObligation): Text {
  return duty.form !== null || duty.content === 'authority_request'
    ? kindOf(situation, duty)
    : dutyName(situation, duty);
}

/** Short name of a duty, as on a clock. */
export function kindOf({ state, regime }: Situation, { id, content }: Pick<OwedObligation, 'id' | 'content'>): Text {
  const request = state.requests.find((one) => one.id === id);
  return request ? ofPart('texts', request.what) : contentText(regime, content);
}

function stateText(situation: Situation, duty: OwedObligation): Text {
  const { state } = situation;
  if (duty.filing)
    return t(duty.status === 'late' ? 'owed.filed_late' : 'owed.filed', { at: filedAt(situation, duty.filing) });
  const dropped = waiverOf(state, duty);
  if (dropped) {
    return t('owed.not_owed', { by: decidersText(state, dropped), reason: ofPart('texts', dropped.reason) });
  }
  if (duty.status === 'void') return t('owed.void');
  const late = duty.due === null ? 0 : -minutesUntil(situation, duty.due);
  const condition = conditionOf(situation, duty);
  if (condition) return condition;
  return late > 0 ? t('owed.late', { late: { minutes: late } }) : t('owed.open');
}

/** Reply to "what do we owe": duties in rows below their recipients; "all filed" only if every row is done. */
export function owedCard(situation: Situation): Card {
  const rows = dutyRows(situation);
  const news = newsRows(situation);
  const open = rows.filter(({ mark }) => mark !== 'done').length + news.length;
  const all = rows.length + news.length;
  const summary = all === 0 ? t('owed.none') : open === 0 ? t('owed.all') : t('owed.summary', { n: open, all });
  return cardOf(situation, t('owed.title'), summary, [
    strongBlock(summary),
    ...openGroups(rows).flatMap(([first, ...more]) => [
      strongBlock(first.recipient),
      ...[first, ...more].map(({ what, due, owner, state, mark, actions, rule, marks }) =>
        rowBlock(mark, joined([what, due, owner, state, ...present(rule), ...marks], 'dot'), actions),
      ),
    ]),
    ...(news.length > 0 ? [strongBlock(addressees(situation)), ...news] : []),
    ...rows
      .filter(({ mark }) => mark === 'done')
      .map(({ what, recipient, due, state, mark, actions, rule, marks }) =>
        rowBlock(mark, joined([what, recipient, due, state, ...present(rule), ...marks], 'dot'), actions),
      ),
    ...offRows(situation),
    ...draftRows(situation),
    ...lawRows(situation),
    actionBlock([show(situation, 'papers')]),
  ]);
}

/** Rows of reports on changes (续报, 更正 or 补报), each with its owner, until filed or waived by two people. */
function newsRows(situation: Situation): readonly Block[] {
  const { state } = situation;
  const needs = state.closed ? [] : needsNow(situation);
  return OWED_REPORTS.filter((role) => needs.includes(reportNeed(role))).map((role): Block => {
    const id = reportNeed(role);
    const owner = personText(state, state.owners[id]?.owner ?? null);
    const corrects = role === 'update' && updatesSince(situation)?.levelFell === true;
    const actions = [
      ...needActions(situation, id),
      ...(corrects ? [form('statement', t('act.statement'), 'statement', { incident: state.id })] : []),
      fill(situation, 'assign', { item: id }, `assign_${id}`),
    ];
    const what = newsText(situation, role, corrects);
    return rowBlock('open', joined([what, t('urgency.promptly'), owner, t('owed.open')], 'dot'), actions);
  });
}

function newsText({ regime }: Situation, role: OwedRole, corrects: boolean): Text {
  const name = (of: OwedRole | 'correction'): Text => reportText(regime, reportWith(regime, of));
  return corrects ? joined([name(role), name('correction')], 'or') : name(role);
}

/** Recipients of the first report: later reports have the same ones. */
function addressees(situation: Situation): Text {
  return joined(addresseesOf(situation.ia.obligations, 'first').map((one) => recipientText(situation, one)));
}

/** Open rows by recipient; the recipient of the most urgent duty first. */
function openGroups(rows: readonly DutyRow[]): readonly (readonly [DutyRow, ...DutyRow[]])[] {
  const open = rows.filter(({ mark }) => mark !== 'done');
  return [...Map.groupBy(open, ({ duty, recipient }) => duty.recipient + JSON.stringify(recipient)).values()].flatMap(
    ([first, ...more]) => (first ? [[first, ...more] as const] : []),
  );
}

/** Row on packs that the entity names but that are not in force, e.g. drafts; their duties are not in the list. */
function draftRows({ state }: Situation): readonly Block[] {
  const entity = entityOf(state);
  const names = (entity ? [entity] : (state.organisation?.entities ?? [])).flatMap(({ packs = [] }) => packs);
  const missing = [...new Set(names)].filter((name) => !state.packs.some(({ id }) => id === name));
  if (missing.length === 0) return [];
  return [rowBlock('partly', t('board.not_running', { packs: joined(missing.map(plain)) }))];
}

/** Rows of duties that the profile leaves out, with approvers and reason. */
function offRows({ state }: Situation): readonly Block[] {
  const rules = state.packs.flatMap(({ duties }) => duties);
  return switchedOff(state.organisation).flatMap(({ duty, reason, by }): readonly Block[] => {
    const rule = rules.find(({ id }) => id === duty);
    if (!rule) return [];
    const params = { what: lawText(rule.title), reason: ofPart('texts', reason), by: joined(by.map(plain)) };
    return [rowBlock('done', t('owed.off', params))];
  });
}
