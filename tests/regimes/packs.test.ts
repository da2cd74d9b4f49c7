import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { caseFault } from '../../src/cli/regime.ts';
import { kept } from '../../src/incident/commands/decisions.ts';
import { assess } from '../../src/law/assess.ts';
import { lawSet, type Pack } from '../../src/law/pack.ts';
import * as checks from '../../src/regimes/check-pack.ts';
import { RegimeError } from '../../src/regimes/faults.ts';
import { loadPacks, type PackCase } from '../../src/regimes/load-packs.ts';
import { allPacks } from '../fakes/law.ts';
import { copyOf } from './pack-copy.ts';
import { theRegime, worstOf } from './support.ts';

const base = theRegime();
const packs = [...allPacks().values()];
const cases = packs.flatMap(({ pack, cases: list }) =>
  list.map((one) => [`${pack.id}: ${one.name}`, pack, one] as const),
);

/** Both sides of the changes of the clock in Europe, America and Australia, a leap day, the last of a long month. */
const EDGES = [
  ...['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z'],
  ...['2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z', '2026-11-01T05:59:59Z', '2026-11-01T06:00:00Z'],
  ...['2026-04-04T15:59:59Z', '2026-04-04T16:00:00Z', '2026-10-03T15:59:59Z', '2026-10-03T16:00:00Z'],
  ...['2028-02-28T23:30:00Z', '2028-02-29T12:00:00Z', '2026-01-31T23:59:00Z', '2026-08-31T10:00:00Z'],
];

/** Spans from every instant a case states to every due time it expects, in the zone of the pack. */
function spansOf(zone: string, list: readonly PackCase[]): readonly (readonly [DateTime, DateTime])[] {
  return list.flatMap(({ input, expect: { obligations = [] } }) => {
    const stated = Object.values({ ...Object(input['anchors']), ...Object(input['filings']) }).flat();
    const dues = obligations.flatMap(({ due }) => (typeof due === 'string' ? [due] : []));
    const at = (text: unknown) => DateTime.fromISO(String(text), { zone });
    return stated.flatMap((from) => dues.map((due) => [at(from), at(due)] as const));
  });
}

/** Worked cases that a pack lacks: each duty owed and not owed, and with figures every edge of the calendar it can cross. */
function edgesMissing({ duties, zone }: Pack, list: readonly PackCase[]): readonly string[] {
  const owed = new Set(list.flatMap(({ expect: { obligations = [] } }) => obligations.map(({ id }) => id)));
  const absent = new Set(list.flatMap(({ expect: one }) => one.absent ?? []));
  const spans = spansOf(zone, list);
  const isTimed = duties.some(({ period: { kind } }) => kind !== 'promptly' && kind !== 'blank');
  const offset = (month: number) => DateTime.fromObject({ year: 2026, month }, { zone }).offset;
  const crosses = (edge: (from: DateTime, due: DateTime) => boolean) => spans.some(([from, due]) => edge(from, due));
  const weekend = (from: DateTime, due: DateTime): boolean =>
    [0, 1, 2, 3, 4, 5, 6].map((n) => from.startOf('day').plus({ days: n })).some((day) => day < due && day.weekday > 5);
  const lastDay = JSON.stringify(list.map(({ input }) => input)).includes('-12-31T');
  return [
    ...duties.filter(({ id }) => !owed.has(id)).map(({ id }) => `${id} is owed in none`),
    ...duties.filter(({ id, when }) => when && !absent.has(id)).map(({ id }) => `${id} is absent from none`),
    ...((isTimed ? crosses((from, due) => from.year < due.year) : lastDay) ? [] : ['no year end']),
    ...(!isTimed || crosses(weekend) ? [] : ['no weekend']),
    ...(!isTimed || offset(1) === offset(7) || crosses((a, b) => a.offset !== b.offset)
      ? []
      : ['no change of the clock']),
  ];
}

describe('clock packs', () => {
  it('of the product pass the checks, which a start leaves out', () =>
    expect([...loadPacks(base, null, checks).keys()]).toEqual(packs.map(({ pack }) => pack.id)));

  it.each(cases)('%s', (_name, pack, one) => expect(caseFault(base, pack, one)).toBeNull());

  it.each(packs.map(({ pack, cases: list }) => [pack.id, pack, list] as const))(
    '%s has worked cases of both sides of every condition, a weekend, a year end and a change of the clock',
    (_id, pack, list) => expect(edgesMissing(pack, list)).toEqual([]),
  );

  it.each(packs.map(({ pack }) => [pack.id, pack] as const))('%s says where every rule is from', (_id, { duties }) => {
    for (const { source, meaning, regime, rank } of duties) {
      expect(source.quote.length).toBeGreaterThan(10);
      expect(source.url).toMatch(/^https:/);
      expect(Date.parse(source.checked)).not.toBeNaN();
      expect(meaning?.zh && meaning.en && regime && rank).toBeTruthy();
    }
  });

  it.each(packs.map(({ pack }) => [pack.id, pack] as const))(
    '%s puts every limit after its start, on any day of the year, whatever the zone of the machine',
    (_id, pack) => {
      const law = lawSet(base, [pack]);
      const facts = Object.fromEntries(
        pack.facts.flatMap((fact) =>
          fact.kind === 'number' || fact.kind === 'duration' ? [] : [[fact.id, worstOf(fact)]],
        ),
      );
      const zone = process.env['TZ'];
      const days = Array.from({ length: 74 }, (_, n) => Date.UTC(2026, 0, 31, 15, 30) + n * 5 * 86_400_000);
      for (const at of [...days, ...EDGES.map(Date.parse)]) {
        const start = new Date(at).toISOString();
        const anchors = Object.fromEntries(
          ['occurrence', 'awareness', ...pack.anchors.map(({ id }) => id)].map((id) => [id, start]),
        );
        const filings = Object.fromEntries(pack.duties.map(({ id }) => [id, [start]]));
        const of = () => assess(law, { operator: 'other', facts, flags: {}, anchors, filings }).obligations;
        const duties = of();
        process.env['TZ'] = 'America/St_Johns';
        expect(of()).toEqual(duties);
        if (zone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = zone;
        for (const { due, regime } of duties)
          if (regime === pack.id && due !== null) expect(Date.parse(due)).toBeGreaterThan(Date.parse(start));
      }
    },
  );

  it('names file, line, place and reason of what is wrong', () => {
    const path = copyOf('eu-gdpr', (text) => text.replace('recipient: gdpr_data_subjects', 'recipient: nobody'));
    const line =
      readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((one) => one.includes('recipient: nobody')) + 1;
    expect(() => checks.loadPackFile(base, path)).toThrow(RegimeError);
    expect(() => checks.loadPackFile(base, path)).toThrow(
      `eu-gdpr.yaml:${line}: duties[2].recipient: unknown recipient nobody`,
    );
  });

  it('names the file of an alias without its anchor', () => {
    const path = copyOf('eu-gdpr', (text) => text.replace('recipient: gdpr_data_subjects', 'recipient: *nobody'));
    expect(() => checks.loadPackFile(base, path)).toThrow(RegimeError);
  });

  it('have another version if the law says something else, not if it is translated anew', () => {
    const load = (change: (text: string) => string): Pack => checks.loadPackFile(base, copyOf('eu-gdpr', change)).pack;
    const [own, translated, corrected] = [
      load((text) => text),
      load((text) => text.replace('en: "the personal data breach"', 'en: "the breach of personal data"')),
      load((text) => text.replace('zh: 个人数据泄露,', 'zh: 个人数据外泄,')),
    ];
    expect([translated.version === own.version, translated.texts === own.texts]).toEqual([true, false]);
    expect(corrected.version).not.toBe(own.version);
    // What an incident keeps of one is never replaced by another translation.
    expect([kept(own), kept(translated)]).toEqual([own, translated]);
  });

  it('names the worked case that fails and what it got', () => {
    const path = copyOf('eu-gdpr', (text) => text.replace('hours: 72 }', 'hours: 71 }'));
    const { pack, cases: list } = checks.loadPackFile(base, path);
    expect(list.map((one) => caseFault(base, pack, one))).toContain(
      'gdpr.art33.authority.due is "2026-03-09T16:30:00+01:00", expected "2026-03-09T17:30:00+01:00"',
    );
  });
});

describe('ids', () => {
  const own = packs.find(({ pack }) => pack.id === 'eu-gdpr');
  if (!own) throw new Error('the pack is missing');
  /** What `regime check` would say of a file beside all packs of the product. */
  const said = (pack: Pack) =>
    checks
      .clashes([...packs, { ...own, pack, file: { ...own.file, name: 'mine.yaml' } }], base)
      .map(({ file, reason }) => `${file}: ${reason}`);
  const version = 'f'.repeat(64);
  const duties = (id: string) => own.pack.duties.slice(0, 1).map((one) => ({ ...one, id, regime: 'mine' }));
  const bare = { ...own.pack, ...{ version, anchors: [], facts: [], openQuestions: [], recipients: [] } };

  it('of the product are each used once', () => {
    expect(checks.clashes(packs, base)).toEqual([]);
    expect(said(own.pack)).toEqual([]);
  });

  it('of a pack: two files with one id and different content are refused with both names', () => {
    expect(said({ ...bare, duties: duties('mine.first') })).toEqual([
      `mine.yaml: ${own.file.name} already has the id eu-gdpr and says something else`,
    ]);
  });

  it.each([
    ['gdpr.art33.authority', 'eu-gdpr already has the id gdpr.art33.authority'],
    [base.obligations[0]?.id ?? '', `${base.id} already has the id ${base.obligations[0]?.id}`],
    ['contract.acme', 'contract.acme: contract. begins ids of contracts'],
  ])('of a duty: %s in another pack is refused', (id, reason) => {
    expect(said({ ...bare, id: 'mine', duties: duties(id) })).toEqual([`mine.yaml: ${reason}`]);
  });
});
