import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  IndexFigure,
  IndexFilter,
  IndexQuery,
  IndexSort,
  KeptEntry,
  RegisterEntry,
} from '../../src/use-cases/ports.ts';
import { AT, declaring, noting } from './fixtures.ts';
import type { Harness } from './harness.ts';

const LAST = Number.MAX_SAFE_INTEGER;
const flag = fc.constantFrom(0, 1);
const minutes = fc.option(fc.nat(6), { nil: null });
const LEVELS = ['undetermined', 'general', 'major'];
const PHASES = ['classifying', 'reporting', 'closed'];
const entry = fc
  .record({
    ...{ level: fc.nat(2), phase: fc.nat(2), day: fc.nat(40), next: minutes, plain: flag, latest: fc.nat(3) },
    ...{
      drill: flag,
      imported: flag,
      due: fc.nat(2),
      timely: fc.nat(1),
      verdict: minutes,
      draft: minutes,
      filing: minutes,
    },
    organisation: fc.constantFrom<string>('', 'a', 'b', 'x'),
    lead: fc.constantFrom('', 'Li', "O'Hara %"),
    words: fc.constantFrom('', '跳板机 bastion-7', '100%_\\ "quoted"'),
    room: fc.constantFrom('chat/t/ops', 'chat/t/hall'),
    isHidden: fc.boolean(),
    isJudged: fc.boolean(),
  })
  .map(({ level, phase, day, ...one }) => {
    const at = new Date(Date.parse('2026-03-01T00:00:00Z') + day * 86_400_000).toISOString();
    return {
      ...one,
      ...{ level: LEVELS[level] ?? null, rank: level, phase: PHASES[phase] ?? null, stage: phase },
      ...{ day: at.slice(0, 10), month: at.slice(0, 7), declared: Date.parse(at) },
    };
  });
type Drawn = typeof entry extends fc.Arbitrary<infer E> ? E : never;

const optional = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
const wanted = fc.record({
  open: optional(true, false),
  drills: optional(true),
  from: optional('2026-03-10'),
  until: optional('2026-04-01'),
  since: optional(2),
  level: optional(...LEVELS),
  phase: optional(...PHASES),
  lead: optional('', 'Li', "O'Hara %"),
  search: optional('', 'bastion', '%', '_\\ "', '板机'),
});
const reader = fc.constantFrom<IndexQuery['reader']>(
  null,
  { rooms: [], organisations: ['', 'a', 'b'] },
  { rooms: ['chat/t/ops'], organisations: ['', 'a'] },
  { rooms: ['chat/t/ops', 'chat/t/hall'], organisations: ['b'] },
);
const sort = fc.record({
  by: fc.constantFrom<IndexSort['by']>('incident', 'next', 'level', 'phase', 'declared'),
  down: fc.boolean(),
});

/** The index of the register against the same in plain code. */
export function registerContract(harness: () => Harness): void {
  describe('the index of the register', () => {
    it('finds, sorts, counts and sums up as plain code does', async () => {
      let key = 0;
      const drawn = new Map<string, Drawn>();
      const all = fc.array(entry, { minLength: 12, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(
          all,
          fc.array(fc.tuple(wanted, reader, sort, fc.nat(9)), { minLength: 30, maxLength: 30 }),
          async (more, queries) => {
            for (const one of more) {
              key += 1;
              const row = { rooms: [one.room], phase: one.phase ?? '' };
              drawn.set((await harness().store.change(declaring(`k${key}`, { extras: { row } }))).id ?? '', one);
            }
            const kept = [...drawn].map(([incident, one]) => keptOf(incident, one));
            await harness().store.register.keep(kept);
            for (const [filter, reads, order, limit] of queries) {
              const { judged, others, found } = plainly(drawn, filter, reads);
              const query = { ...filter, ...JUDGING, reader: reads, judged };
              const name = JSON.stringify([filter, reads, order]);
              const rows = await harness().store.register.others(JUDGING, reads, filter.open);
              expect([name, rows.map(({ id }) => id)]).toEqual([name, others]);
              const page = await harness().store.register.page(query, order, limit + 1);
              const ids = sorted(found, order).map(({ incident }) => incident);
              expect([name, page]).toEqual([name, { incidents: ids.slice(0, limit + 1), total: ids.length }]);
              const figures = await harness().store.register.figures(query);
              expect([name, summed(figures)]).toEqual([name, summed(figuresOf(found))]);
            }
          },
        ),
        { numRuns: 4 },
      );
    });

    it('is outdated by an entry of the record, by the end of what holds, by a clock set back, and by another judge', async () => {
      const { store } = harness();
      const [one, two] = [(await store.change(declaring('a'))).id ?? '', (await store.change(declaring('b'))).id ?? ''];
      const of = (incident: string, more: Partial<KeptEntry> = {}): KeptEntry => ({
        ...keptOf(incident, PLAIN),
        ...more,
      });
      /** Incidents without an entry that counts, which are left to be judged for a reader. */
      const outdated = async (now: number, judge = JUDGING.judge) => {
        const ids = await store.register.outdated({ judge, now });
        expect((await store.register.others({ judge, now }, null, undefined)).map(({ id }) => id)).toEqual(
          ids.toReversed(),
        );
        const query = { judge, now, reader: null, judged: [], drills: true };
        const { total } = await store.register.page(query, { by: 'next', down: false }, 9);
        expect(total).toBe(2 - ids.length);
        return ids;
      };
      expect(await outdated(AT)).toEqual([one, two]);
      await store.register.keep([
        of(one, { judged: AT, holds: AT + 9 }),
        of(two, { judged: AT, holds: LAST, version: 2 }),
      ]);
      expect(await outdated(AT)).toEqual([two]);
      await store.register.keep([of(two, { judged: AT, holds: LAST, words: 'a log\0 with NUL' })]);
      expect(await outdated(AT + 9)).toEqual([]);
      expect(await outdated(AT + 10)).toEqual([one]);
      expect(await outdated(AT - 1)).toEqual([one, two]);
      expect(await outdated(AT + 2, 'another')).toEqual([one, two]);
      await store.change(noting(two, 'c'));
      expect(await outdated(AT)).toEqual([two]);
    });

    it('keeps each profile of plain incidents with one that has it, and all rooms', async () => {
      const { store } = harness();
      const row = { rooms: ['chat/t/ops', 'chat/t/hall'] };
      const one = (await store.change(declaring('a', { extras: { row } }))).id ?? '';
      const two = (await store.change(declaring('b', { extras: { row } }))).id ?? '';
      const kept = { ...PLAIN, organisation: 'x' };
      await store.register.keep([keptOf(one, kept), { ...keptOf(two, kept), plain: 0, organisation: 'y' }]);
      expect(await store.register.organisations()).toEqual([{ organisation: 'x', incident: one }]);
      expect([...(await store.register.rooms())].toSorted()).toEqual(['chat/t/hall', 'chat/t/ops']);
    });
  });
}

const JUDGING = { judge: 'j', now: AT };
const PLAIN: Drawn = {
  ...{ level: 'major', rank: 2, phase: 'reporting', stage: 1, day: '2026-03-02', month: '2026-03', declared: AT },
  ...{ next: null, plain: 1, latest: 0, drill: 0, imported: 0, due: 0, timely: 0, verdict: null, draft: null },
  ...{ filing: null, organisation: '', lead: '', words: '', room: 'chat/t/ops', isHidden: false, isJudged: true },
};

function keptOf(incident: string, { room: _, isHidden: __, isJudged: ___, ...one }: Drawn): KeptEntry {
  return { incident, ...one, version: 1, ...{ judge: JUDGING.judge, judged: AT, holds: LAST } };
}

/** Entry as a reader of less sees it. */
function hiddenOf(one: KeptEntry): RegisterEntry {
  return { ...one, level: null, rank: -1, phase: null, stage: 0, month: null, verdict: null };
}

function plainly(
  drawn: ReadonlyMap<string, Drawn>,
  filter: IndexFilter & Pick<IndexQuery, 'since'>,
  reads: IndexQuery['reader'],
) {
  const { open, since, lead, search, drills, from = '', until = '9', level, phase } = filter;
  const all = [...drawn].toReversed();
  const isOpen = (one: Drawn): boolean => open === undefined || open === (one.phase !== 'closed');
  const isWhole = (one: Drawn): boolean =>
    one.plain === 1 &&
    (reads === null || (reads.rooms.includes(one.room) && reads.organisations.includes(one.organisation)));
  const rest = all.filter(([, one]) => !isWhole(one) && isOpen(one));
  const judged = rest
    .filter(([, one]) => one.isJudged)
    .map(([id, one]) => (one.isHidden ? hiddenOf(keptOf(id, one)) : keptOf(id, one)));
  const whole = all.filter(
    ([, one]) =>
      isWhole(one) &&
      isOpen(one) &&
      one.latest >= (since ?? 0) &&
      (lead ?? one.lead) === one.lead &&
      one.words.includes(search ?? ''),
  );
  const found = [...whole.map(([id, one]) => keptOf(id, one)), ...judged].filter(
    (one: RegisterEntry) =>
      (drills || one.drill === 0) &&
      one.day >= from &&
      one.day <= until &&
      (level ?? one.level) === one.level &&
      (phase ?? one.phase) === one.phase,
  );
  return { judged, others: rest.map(([id]) => id), found };
}

function sorted(found: readonly RegisterEntry[], { by, down }: IndexSort): readonly RegisterEntry[] {
  const keyOf: Readonly<Record<IndexSort['by'], (one: RegisterEntry) => string | number>> = {
    incident: ({ incident }) => incident,
    next: ({ next }) => next ?? LAST,
    level: ({ rank }) => -rank,
    phase: ({ stage }) => stage,
    declared: ({ declared }) => -declared,
  };
  const order = (x: string | number, y: string | number): number => (x < y ? -1 : x > y ? 1 : 0);
  const newest = found.toSorted((x, y) => order(y.incident, x.incident));
  return newest.toSorted((x, y) => order(keyOf[by](x), keyOf[by](y)) * (down ? -1 : 1));
}

function figuresOf(found: readonly RegisterEntry[]): readonly IndexFigure[] {
  const real = found.filter(({ drill }) => drill === 0);
  const months = new Map([['', real], ...Map.groupBy(real, ({ month }) => month ?? '-')]);
  return [...months].flatMap(([month, those]) => {
    if (month === '-' || those.length === 0) return [];
    const sum = (of: (one: RegisterEntry) => number) => those.reduce((all, one) => all + of(one), 0);
    const levels = Map.groupBy(those, ({ level }) => level ?? 'undetermined');
    const middles = (['verdict', 'draft', 'filing'] as const).flatMap((kind) => {
      const values = those.flatMap((one) => one[kind] ?? []).toSorted((a, b) => a - b);
      const [low, high] = [values[Math.floor((values.length - 1) / 2)], values[Math.floor(values.length / 2)]];
      return low === undefined || high === undefined ? [] : [{ month, kind, n: (low + high) / 2 }];
    });
    return [
      { month, kind: 'incidents', n: those.length },
      { month, kind: 'recordedAfterwards', n: sum(({ imported }) => imported) },
      { month, kind: 'due', n: sum(({ due }) => due) },
      { month, kind: 'inTime', n: sum(({ timely }) => timely) },
      ...[...levels].map(([level, of]) => ({ month, kind: `level:${level}`, n: of.length })),
      ...middles,
    ];
  });
}

function summed(figures: readonly IndexFigure[]): readonly string[] {
  return figures.map(({ month, kind, n }) => `${month} ${kind} ${n}`).toSorted();
}
