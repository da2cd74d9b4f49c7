import { describe, expect, it } from 'vitest';
import kept from './kept.json' with { type: 'json' };
import { hasPackagesOf } from './support/checkout.ts';
import {
  type BenchRow,
  figureOf,
  type Kept,
  keptSchema,
  median,
  named,
  paired,
  ratioOf,
  renewed,
  stillWorse,
  worseThanKept,
} from './support/compare.ts';
import { pairsTable, table } from './support/table.ts';

const FLOOR = { what: 'floor: bare commit', p50: '0.50 ms', perSecond: 2_000 };
const ROW = { what: 'command', p50: '1.50 ms', perSecond: 500 };
const LOST = { what: 'lost of 40', time: 0 };
const rowsOf = (command: Partial<typeof ROW> = {}, lost = 0): readonly BenchRow[] => [
  FLOOR,
  { ...ROW, ...command },
  { ...LOST, time: lost },
];
const KEPT: Kept = {
  bench: {
    command: { of: FLOOR.what, ratio: 3, renewed: '2026-11-29', reason: 'first' },
    'lost of 40': { of: 'itself', ratio: 0, renewed: '2026-11-29', reason: 'none is lost' },
  },
};

describe('the figure of a row', () => {
  it.each<[BenchRow, ReturnType<typeof figureOf>]>([
    [
      { what: 'a', p50: '1,234.5 ms', perSecond: 20 },
      { column: 'perSecond', value: 20, kind: 'rate' },
    ],
    [
      { what: 'a', p50: '1,234.5 ms' },
      { column: 'p50', value: 1_234.5, kind: 'time' },
    ],
    [
      { clicks: 'a', 'p50 ms': 0.5, n: 20 },
      { column: 'p50 ms', value: 0.5, kind: 'time' },
    ],
    [
      { what: 'a', time: '22.1 s' },
      { column: 'time', value: 22.1, kind: 'time' },
    ],
    [
      { what: 'a', time: 3 },
      { column: 'time', value: 3, kind: 'count' },
    ],
    [
      { what: 'a', p50: '+12 MB' },
      { column: 'p50', value: 12, kind: 'count' },
    ],
    [
      { 'open incidents': 10, 'p99 ÷ best possible': '1.05' },
      { column: 'p99 ÷ best possible', value: 1.05, kind: 'count' },
    ],
    [{ what: 'a', bar: '< 50 ms' }, null],
  ])('of %o', (row, figure) => {
    expect(figureOf(row)).toEqual(figure);
  });
});

describe('the ratio of a row to its floor', () => {
  it('is how often it costs as much, by medians if both have them, else by rates', () => {
    expect(ratioOf(ROW, FLOOR)).toBe(3);
    expect(ratioOf({ what: 'a', perSecond: 500 }, { what: 'b', perSecond: 2_000 })).toBe(4);
    expect(ratioOf(LOST, 'itself')).toBe(0);
    expect(ratioOf(LOST, FLOOR)).toBeNull();
    expect(ratioOf({ what: 'words' }, FLOOR)).toBeNull();
  });
});

describe('compared with what is kept', () => {
  it('twice as bad is tolerated, more is not, and better is always right', () => {
    for (const p50 of ['1.5 ms', '3.0 ms', '0.1 ms']) expect(worseThanKept('bench', rowsOf({ p50 }), KEPT)).toEqual([]);
    expect(worseThanKept('bench', rowsOf({ p50: '3.2 ms' }), KEPT)).toEqual([
      { row: 'command', why: 'bench: "command" is 6.4 × "floor: bare commit", kept are 3 ×' },
    ]);
  });

  it('a slower machine is no slower program: its floor is slower as well', () => {
    const slow = rowsOf({ p50: '15 ms' }).map((row) => (row === FLOOR ? { ...FLOOR, p50: '5 ms' } : row));
    expect(worseThanKept('bench', slow, KEPT)).toEqual([]);
  });

  it('a row is failed only while it is worse in one try after the other', () => {
    const slow = worseThanKept('bench', rowsOf({ p50: '4 ms' }, 1), KEPT);
    const lost = worseThanKept('bench', rowsOf({}, 1), KEPT);
    expect(stillWorse(null, slow).map(({ row }) => row)).toEqual(['command', 'lost of 40']);
    expect(stillWorse(slow, lost)).toEqual(lost);
    expect(stillWorse(lost, worseThanKept('bench', rowsOf({ p50: '4 ms' }), KEPT))).toEqual([]);
  });

  it('one that is lost is one too many', () => {
    expect(worseThanKept('bench', rowsOf({}, 1), KEPT)).toHaveLength(1);
  });

  it('a row or floor that is gone, or has no figure, is said and not passed over', () => {
    expect(worseThanKept('bench', [FLOOR, LOST], KEPT)).toMatchObject([{ why: 'bench: no row "command" any more' }]);
    expect(worseThanKept('bench', [ROW, LOST], KEPT)).toMatchObject([
      { why: 'bench: no row "floor: bare commit" any more' },
    ]);
    expect(
      worseThanKept(
        'bench',
        rowsOf({ p50: 'NaN ms' }).map(({ perSecond: _, ...row }) => row),
        KEPT,
      ),
    ).toHaveLength(1);
    expect(worseThanKept('another', rowsOf(), KEPT)).toEqual([]);
  });
});

describe('renewing', () => {
  it('a new bench keeps every row with a figure, against its first floor', () => {
    expect(renewed(rowsOf(), {}, 'why', '2026-12-01')).toEqual({
      command: { of: FLOOR.what, ratio: 3, renewed: '2026-12-01', reason: 'why' },
      'lost of 40': { of: 'itself', ratio: 0, renewed: '2026-12-01', reason: 'why' },
    });
  });

  it('a known one keeps the rows and floors that were chosen, and no others', () => {
    const other = { what: 'floor: another', p50: '0.25 ms' };
    const before = { command: { of: other.what, ratio: 1, renewed: '2026-11-29', reason: 'first' } };
    expect(renewed([...rowsOf(), other], before, 'why', '2026-12-01')).toEqual({
      command: { of: other.what, ratio: 6, renewed: '2026-12-01', reason: 'why' },
    });
  });

  it('the table of the project is one, and names a reason for each row', () => {
    const all = Object.values(keptSchema.parse(kept)).flatMap((rows) => Object.values(rows));
    expect(all.length).toBeGreaterThan(10);
  });
});

describe('two commits', () => {
  it('are compared by the medians of their runs, over the rows both have', () => {
    const a = [[ROW, LOST], [{ ...ROW, perSecond: 700 }], [{ ...ROW, perSecond: 600 }]];
    const b = [
      [
        { ...ROW, perSecond: 200 },
        { what: 'new', p50: '1 ms' },
      ],
      [{ ...ROW, perSecond: 400 }],
    ];
    expect(paired(a, b)).toEqual([{ name: 'command', column: 'perSecond', a: 600, b: 300, ratio: 2 }]);
  });

  it('cost is above one where this one is slower, whatever is counted', () => {
    expect(paired([[{ what: 'x', p50: '10 ms' }]], [[{ what: 'x', p50: '15 ms' }]])).toMatchObject([{ ratio: 1.5 }]);
    const shown = pairsTable(paired([[ROW]], [[{ ...ROW, perSecond: 250 }]]), 'd9c7374');
    expect(shown).toMatch(/what +figure +d9c7374 +here +cost\ncommand +perSecond +500 +250 +2\.00 ×/);
    expect(pairsTable([], 'd9c7374')).toBe('no row of both');
  });

  it('share packages if this one has everything in the same version', () => {
    const here = { dependencies: { zod: '4.6.7' }, devDependencies: { ws: '8.23.0' } };
    expect(hasPackagesOf(here, { dependencies: { ws: '8.23.0' }, devDependencies: {} })).toBe(true);
    expect(hasPackagesOf(here, { dependencies: { zod: '4.6.6' }, devDependencies: {} })).toBe(false);
    expect(hasPackagesOf(here, { dependencies: {}, devDependencies: { plainjob: '0.0.14' } })).toBe(false);
  });
});

it('rows of one name are told apart, and a table lines up what is there', () => {
  expect([...named([ROW, ROW, LOST]).keys()]).toEqual(['command', 'command #2', 'lost of 40']);
  expect(table([{ what: 'a', n: 1_000 }, { what: 'bcd' }])).toBe('what      n\na     1,000\nbcd        ');
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
