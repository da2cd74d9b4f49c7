import { z } from 'zod';
import type { RegisterRow } from './register.ts';

const HOUR = 3_600_000;
/** Time (ms) ahead for listing summary reports: 30 days after today, until 24:00. */
const SUMMARY_AHEAD = 31 * 24 * HOUR;

const instant = z.iso.datetime({ offset: true });
const incident = { id: z.string(), title: z.string().nullable(), due: instant };
/** Clocks above the register: those ending within 24 hours or already ended, and summary reports due within 30 days. */
export const registerClocks = z.strictObject({
  /** Entries, one for all recipients of one deadline, the next deadline first. */
  line: z.array(
    z.strictObject({ ...incident, key: z.string(), what: z.string(), to: z.string(), provisional: z.boolean() }),
  ),
  /** Number of clocks that `line` does not have. */
  more: z.number().int(),
  summaries: z.array(z.strictObject({ ...incident, lead: z.string().nullable() })),
});

const MOST = 12;

/** Clocks of the register's rows at `now` (epoch ms), without drills, whose time is not real time. */
export function clocksOf(rows: readonly RegisterRow[], now: number): z.infer<typeof registerClocks> {
  const owed = rows
    .filter(({ drill, phase }) => !drill && phase !== 'closed')
    .flatMap((row) =>
      row.duties.flatMap(({ due, filedAt, status, ...duty }) =>
        due === null || filedAt || status === 'void' ? [] : [{ row, duty, due, left: Date.parse(due) - now }],
      ),
    )
    .toSorted((a, b) => a.left - b.left);
  const line = Map.groupBy(
    owed.filter(({ left }) => left <= 24 * HOUR),
    ({ row, duty, due }) => [row.id, duty.what, due].join('|'),
  );
  return {
    line: [...line].slice(0, MOST).flatMap(([key, [first, ...others]]) => {
      if (!first) return [];
      const { row, duty, due } = first;
      const to = [first, ...others].map((one) => one.duty.to).join(' + ');
      return [{ key, id: row.id, title: row.title, due, what: duty.what, to, provisional: duty.provisional }];
    }),
    more: Math.max(0, line.size - MOST),
    summaries: owed
      .filter(({ duty, left }) => duty.form === 'final' && left <= SUMMARY_AHEAD)
      .map(({ row: { id, title, lead }, due }) => ({ id, title, due, lead })),
  };
}
