import type { OwedReport } from '../incident/closing.ts';
import { levelReached } from '../incident/facts/assessment.ts';
import { canonical, sha256 } from '../incident/record/chain.ts';
import { rankOf } from '../law/levels.ts';
import { reportWith } from '../law/regime.ts';
import { lastFiledText, sinceFiled, type TextChange } from './compile.ts';
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

/**
 * Reports owed in addition to duties with a limit: an update (续报) on changes since the last filing, a
 * supplement (补报) of parts not sent yet. Empty in a drill, and while no text compiled by the bot was filed.
 */
export function owedReports(from: Written): readonly OwedReport[] {
  const updates = from.state.drill ? null : updatesSince(from);
  if (!updates) return [];
  const items = itemStatuses(sheetNow(from, 'zh', 'first'));
  const isMissing = incompleteNow(items).length + toFollow(items).length > 0;
  const isUnsent = updates.changes.some(({ before }) => before === null);
  const roles = [
    ...(updates.important ? (['update'] as const) : []),
    ...(isMissing || isUnsent ? (['supplement'] as const) : []),
  ];
  if (roles.length === 0) return [];
  const changed = updates.changes.map(({ id, stable }) => [id, stable]);
  const news = sha256(canonical([levelReached(from.ia), changed]));
  return roles.map((role) => ({ role, news }));
}
