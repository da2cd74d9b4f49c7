import { closingNeeds, OWED_REPORTS, reportNeed } from '../incident/closing.ts';
import { reportWith } from '../law/regime.ts';
import { itemOf } from '../report/items.ts';
import { owedReports } from '../report/updates.ts';
import type { Action, Block, Text } from './cards/card.ts';
import { present, rowBlock } from './cards/sentence.ts';
import { at, dueAt, form, joined, lawText, ofPart, plain, reportText, type Situation, t } from './cards/situation.ts';
import { compileAction, fileAction, noticeAction } from './filing/report-actions.ts';
import { conditionOf, isReached as isLevelReached } from './level/conditions.ts';
import { dutyName } from './level/duties.ts';

/** Ids of the open points that prevent closing now. */
export function needsNow(situation: Situation): readonly string[] {
  return closingNeeds(situation.state, situation.ia, owedReports(situation));
}

/** Rows of open needs with their buttons; `ids` as `closingNeeds` returns them. */
export function needRows(situation: Situation, ids: readonly string[]): readonly Block[] {
  return ids.map((id): Block => rowBlock('open', needLine(situation, id), needActions(situation, id)));
}

/** Maximum number of names in one line; a longer list gets its first names and the number of the others. */
const MOST_NAMED = 4;

/** Names of the open points in one line. */
export function needsText(situation: Situation, ids: readonly string[]): Text {
  const isLong = ids.length > MOST_NAMED;
  // A duty's name may have commas of its own.
  const names = joined(
    ids.slice(0, isLong ? MOST_NAMED - 2 : MOST_NAMED).map((id) => needText(situation, id)),
    'semicolon',
  );
  return isLong ? t('close.and_more', { names, n: ids.length - MOST_NAMED + 2 }) : names;
}

/** Name of an open point, with its deadline. */
export function needLine(situation: Situation, id: string): Text {
  const duty = situation.ia.obligations.find((one) => one.id === id);
  const what = unconfirmedLine(situation, id) ?? needText(situation, id);
  const named = duty?.due ? t('close.by', { what, due: dueAt(situation, duty.due) }) : what;
  const condition = duty?.form === 'first' ? conditionOf(situation, duty) : null;
  if (condition) return t('remind.on_condition', { what: named, condition });
  return duty?.provisional ? t('close.provisional', { what: named }) : named;
}

/** Line of a level or start nobody has confirmed: a sentence of its own, unlike its name in a list. */
function unconfirmedLine(situation: Situation, id: string): Text | null {
  if (id === 'level')
    return t(isLevelReached(situation) ? 'report.gap.level_unconfirmed' : 'report.gap.level_undetermined');
  return id === 'awareness' ? t('report.gap.awareness_unconfirmed') : null;
}

/** Buttons of one open point: record its filing, or state why it is not owed. */
export function needActions(situation: Situation, id: string): readonly Action[] {
  const { state, ia } = situation;
  const args = { incident: state.id };
  if (id === 'level') return [form('level_needed', t('act.decide_level'), 'another_level', args)];
  if (id === 'awareness') {
    const start = ia.anchors.awareness;
    const label = start ? t('act.confirm_start', { at: at(situation, start) }) : t('text.confirm_clock');
    return [form('start_needed', label, 'confirm_awareness', args)];
  }
  const about = { ...args, obligation: id };
  if (state.requests.some((request) => request.id === id)) {
    const drop = form(`drop_${id}`, t('act.drop_request'), 'drop_request', { ...args, request: id });
    return [...present(noticeAction(situation, id)), fileAction(situation, id), drop];
  }
  const notOwed = form(`not_owed_${id}`, t('act.not_owed'), 'not_owed', about);
  if (id.startsWith('draft.')) {
    const draft = { ...args, draft: id.slice('draft.'.length) };
    return [form(`file_${id}`, t('act.file'), 'filing', draft), notOwed];
  }
  const report = OWED_REPORTS.find((role) => reportNeed(role) === id);
  if (report) return [compileAction(situation, report), notOwed];
  const duty = ia.obligations.find((one) => one.id === id);
  const isReached = duty?.form === 'first' && !duty.provisional;
  const rule = situation.regime.obligations.findLast((one) => one.id === id);
  const isExcluded = isReached || rule?.exemption?.allowed === false;
  return [...present(noticeAction(situation, id)), fileAction(situation, id), ...(isExcluded ? [] : [notOwed])];
}

/** Name of an item of the report, or a duty: both can have an owner. */
export function ownedText(situation: Situation, id: string): Text {
  const item = itemOf(situation, id);
  return item ? t('owned.item', { n: item.n }) : t('owned.duty', { what: needText(situation, id) });
}

/** Name of an open point that prevents closing (`closingNeeds`), e.g. a duty. */
export function needText(situation: Situation, id: string): Text {
  if (id === 'level') return t(isLevelReached(situation) ? 'close.level' : 'close.level_open');
  if (id === 'awareness') return t('close.awareness');
  const report = OWED_REPORTS.find((role) => reportNeed(role) === id);
  if (report) return reportText(situation.regime, reportWith(situation.regime, report));
  if (id.startsWith('draft.')) return t('close.draft', { n: Number(id.slice('draft.'.length)) });
  const request = situation.state.requests.find((one) => one.id === id);
  if (request) return t('close.request', { from: ofPart('texts', request.from) });
  const duty = situation.ia.obligations.find((one) => one.id === id);
  if (duty) return dutyName(situation, duty);
  const title = situation.regime.obligations.find((rule) => rule.id === id)?.title;
  return title ? lawText(title) : plain(id);
}
