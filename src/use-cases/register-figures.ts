import { z } from 'zod';
import type { IndexFigure } from './ports.ts';

const count = z.number().int();
const minutes = z.number().nullable();
/** Figures over some incidents. Medians are minutes from awareness; null if no incident reached the step. */
const figuresSchema = z.strictObject({
  incidents: count,
  /** Number of incidents recorded afterwards: they count by level, without times. */
  recordedAfterwards: count,
  levels: z.record(z.string(), count),
  /** Number of first reports that were due; `inTime`: filed in time. */
  due: count,
  inTime: count,
  verdict: minutes,
  draft: minutes,
  filing: minutes,
});
export type Figures = z.infer<typeof figuresSchema>;
export const registerFigures = figuresSchema.extend({ months: z.array(figuresSchema.extend({ month: z.string() })) });
export type RegisterFigures = z.infer<typeof registerFigures>;

/** Figures of the register from those of its index. */
export function figuresFrom(figures: readonly IndexFigure[]): RegisterFigures {
  const byMonth = Map.groupBy(figures, ({ month }) => month);
  const of = (month: string): Figures => {
    const known = new Map((byMonth.get(month) ?? []).map(({ kind, n }) => [kind, n]));
    const levels = [...known].flatMap(([kind, n]) =>
      kind.startsWith('level:') ? [[kind.slice(6), n ?? 0] as const] : [],
    );
    const sum = (kind: string): number => known.get(kind) ?? 0;
    const middle = (kind: string): number | null => known.get(kind) ?? null;
    return {
      ...{ incidents: sum('incidents'), recordedAfterwards: sum('recordedAfterwards') },
      levels: Object.fromEntries(levels),
      ...{ due: sum('due'), inTime: sum('inTime') },
      ...{ verdict: middle('verdict'), draft: middle('draft'), filing: middle('filing') },
    };
  };
  const months = [...byMonth.keys()].filter((month) => month !== '').toSorted();
  return { ...of(''), months: months.map((month) => ({ month, ...of(month) })) };
}
