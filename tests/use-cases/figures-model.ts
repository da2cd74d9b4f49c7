import { stampOf } from '../../src/report/format.ts';
import { earliest, type RegisterRow } from '../../src/use-cases/register.ts';
import type { Figures, RegisterFigures } from '../../src/use-cases/register-figures.ts';

/**
 * Figures of the whole register and of each month of declaration (Beijing time), e.g. `2026-03`, oldest first. Drills
 * are left out, also where the table lists them.
 */
export function figuresOf(listed: readonly RegisterRow[]): RegisterFigures {
  const rows = listed.filter(({ drill }) => !drill);
  const months = Map.groupBy(
    rows.filter(({ declaredAt }) => declaredAt !== null),
    ({ declaredAt }) => stampOf(declaredAt ?? '').slice(0, 7),
  );
  return {
    ...figures(rows),
    months: [...months.keys()].toSorted().map((month) => ({ month, ...figures(months.get(month) ?? []) })),
  };
}

function figures(rows: readonly RegisterRow[]): Figures {
  const levels = Map.groupBy(rows, ({ level }) => level ?? 'undetermined');
  // A running deadline counts as neither met nor missed.
  const first = rows.flatMap(firstReports).filter(({ status }) => status === 'met' || status === 'late');
  const took = (when: (row: RegisterRow) => string | null): number | null =>
    median(rows.flatMap((row) => minutesFrom(row.awareAt, when(row))));
  return {
    incidents: rows.length,
    recordedAfterwards: rows.filter((row) => row.recordedAfterwards !== null).length,
    levels: Object.fromEntries([...levels].map(([level, those]) => [level, those.length])),
    due: first.length,
    inTime: first.filter(({ status }) => status === 'met').length,
    verdict: took(({ verdictAt }) => verdictAt),
    draft: took(({ draftedAt }) => draftedAt),
    filing: took((row) =>
      earliest(firstReports(row).map(({ filedAt, unconfirmed }) => (unconfirmed ? null : filedAt))),
    ),
  };
}

function firstReports({ duties }: RegisterRow): RegisterRow['duties'] {
  return duties.filter(({ form, provisional }) => form === 'first' && !provisional);
}

function minutesFrom(start: string | null, end: string | null): readonly number[] {
  if (start === null || end === null) return [];
  return [Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 60_000))];
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
