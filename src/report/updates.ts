import { isReport } from '../incident/approvals.ts';
import type { OwedReport } from '../incident/closing.ts';
import { levelReached } from '../incident/facts/assessment.ts';
import { canonical, sha256 } from '../incident/record/chain.ts';
import type { Filing } from '../incident/state.ts';
import { rankOf } from '../law/levels.ts';
import { reportWith } from '../law/regime.ts';
import type { Recipient } from '../law/types.ts';
import { lastFiledText, sinceFiled, type TextChange } from './compile.ts';
import { filedTo, recipientName } from './head.ts';
import { incompleteNow, itemStatuses, toFollow } from './items.ts';
import { sheetNow, type Written } from './sheet.ts';

export interface Updates {
  readonly changes: readonly TextChange[];
  readonly levelChanged: boolean;
  /** True if the level fell: it is then explained (情况说明) rather than followed up. */
  readonly levelFell: boolean;
  /** True if something reported, or the level, has changed: the law requires a prompt report of it (续报). */
  readonly important: boolean;
}

/** Updates against the text filed last; null while no text compiled by the bot was filed. */
export function updatesSince({ state, ia, regime }: Written): Updates | null {
  const filed = lastFiledText({ state, ia });
  const changes = sinceFiled({ state, ia, regime }, { report: reportWith(regime, 'update'), cannotDetermine: [] });
  if (!filed || !changes) return null;
  const levelChanged = filed.level !== levelReached(ia);
  const levelFell = rankOf(regime, levelReached(ia)) < rankOf(regime, filed.level);
  return { changes, levelChanged, levelFell, important: levelChanged || changes.some(({ before }) => before !== null) };
}

/** Filing with the former body of a duty whose body was corrected since, and the recipient that has no report yet. */
interface NewAddressee {
  readonly has: Filing;
  readonly recipient: Recipient;
  /** Chinese name of the body without a report. */
  readonly name: string;
}

/** Bodies to which a reported duty goes since the province or the unit was corrected, and which have no report yet. */
export function newAddressees(from: Written): readonly NewAddressee[] {
  const { state, ia } = from;
  if (!state.filings.some(isReport)) return [];
  const sheet = sheetNow(from, 'zh', 'first');
  const met = ia.obligations.filter(({ form, filing }) => form === 'first' && filing !== null);
  return met.flatMap(({ id, recipient }) => {
    const name = recipientName(sheet, recipient);
    const sent = state.filings.filter((one) => one.obligation === id || (isReport(one) && one.recipient === recipient));
    const [has] = sent;
    // An office that a person named cannot be compared with the body of a province.
    const isThere = sent.some((one) => one.to !== undefined || filedTo(sheet, one, recipient) === name);
    return !has || isThere ? [] : [{ has, recipient, name }];
  });
}

/**
 * Reports owed in addition to duties with a limit: an update (续报) on changes since the last filing, or to a body
 * without a report, and a supplement (补报) of parts not sent yet. Empty in a drill. While no text compiled by the bot
 * was filed, only a body without a report counts.
 */
export function owedReports(from: Written): readonly OwedReport[] {
  if (from.state.drill) return [];
  const updates = updatesSince(from);
  const lacking = newAddressees(from).map(({ name }) => name);
  const toOthers = lacking.length > 0 ? [lacking] : [];
  if (!updates)
    return toOthers.map((names) => ({ role: 'update', news: sha256(canonical([levelReached(from.ia), names])) }));
  const items = itemStatuses(sheetNow(from, 'zh', 'first'));
  const isMissing = incompleteNow(items).length + toFollow(items).length > 0;
  const isUnsent = updates.changes.some(({ before }) => before === null);
  const roles = [
    ...(updates.important || lacking.length > 0 ? (['update'] as const) : []),
    ...(isMissing || isUnsent ? (['supplement'] as const) : []),
  ];
  if (roles.length === 0) return [];
  const changed = updates.changes.map(({ id, stable }) => [id, stable]);
  const news = sha256(canonical([levelReached(from.ia), changed, ...toOthers]));
  return roles.map((role) => ({ role, news }));
}
