import { type DrillResult, resultOf } from '../report/drills/score.ts';
import type { App, Caller } from './app.ts';
import { incidentsSeenBy } from './list.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Number of earlier drills with which a score is compared. */
export const COMPARED_DRILLS = 5;
/** Maximum number of rows that are searched for drills, newest first. */
const LOOKED_AT = 100;

/** Results of the latest ended drills that a caller may see completely, newest first. */
export function createDrills(context: UseCaseContext): Pick<App, 'drills'> {
  return { drills: (caller, limit) => lastDrills(context, caller, limit) };
}

/** Results of the latest drills that a caller may see completely; `except`: a drill that is scored separately. */
export async function lastDrills(
  context: UseCaseContext,
  caller: Caller | 'api',
  limit: number,
  except: string | null = null,
): Promise<readonly DrillResult[]> {
  // Ids of drills begin with this series.
  const rows = await incidentsSeenBy(context, caller, { search: 'DRILL-', open: false, limit: LOOKED_AT });
  const results: DrillResult[] = [];
  for (const { id, drill } of rows) {
    if (!drill || id === except) continue;
    const state = await context.visible(id, caller);
    if (!state || context.visibility(state, caller).show !== 'all') continue;
    results.push(resultOf(context.engine.situation(state), await context.engine.deps.store.events(id)));
    if (results.length === limit) break;
  }
  return results;
}
