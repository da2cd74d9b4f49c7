import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { type Room, roomId } from '../../src/incident/identity.ts';
import { beganAt } from '../../src/incident/imported.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { rankOf } from '../../src/law/levels.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import type { RegisterQuery, RegisterRow } from '../../src/use-cases/register.ts';
import { ManualClock } from '../fakes/clock.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { type HouseOptions, type RunningHouse, startHouse } from '../fakes/house.ts';
import { allPacks, regime } from '../fakes/law.ts';
import { soaked } from '../fakes/soak.ts';
import { figuresOf } from './figures-model.ts';

// @module-tag grows

const MINUTE = 60_000;
const START = '2026-03-31T09:42:00+08:00';
const account = (id: string) => ({ platform: 'chat', tenant: 't', id });
const room = (address: string, more: Partial<Room> = {}): Room => ({
  ...{ platform: 'chat', tenant: 't', address, location: 'home', language: 'en', open: false },
  ...more,
});
const ROOMS = [room('ops'), room('hall', { open: true }), room('berlin', { location: 'abroad' }), room('unlisted')];
const profile = (more: object = {}): Organisation =>
  organisationSchema.parse({
    organisation: '某公司',
    openChannels: 'private',
    entities: [
      { id: 'sh', name: '上海某公司', province: '31', operator: 'other' },
      { id: 'bj', name: '北京某公司', province: '11', operator: 'other' },
    ],
    systems: [
      { id: 'crm', name: 'CRM', entity: 'sh' },
      { id: 'oa', name: 'OA', entity: 'bj' },
    ],
    people: [
      { id: 'li', name: 'Li', roles: ['lead', 'filer', 'approver'], accounts: [account('li')] },
      { id: 'mo', name: 'Mo', roles: ['legal', 'lead'], location: 'home', accounts: [account('mo')] },
      { id: 'wu', name: 'Wu', roles: ['responder'], accounts: [account('wu')] },
      { id: 'ann', name: 'Ann', roles: ['lead'], location: 'abroad', accounts: [account('ann')] },
    ],
    rooms: ROOMS.slice(0, 3).map(({ platform, tenant, address, location, open }) => ({
      ...{ platform, tenant, address, location, open },
    })),
    ...more,
  });
/** Profiles in force one after another: in the third Wu has left and Mo is abroad; in the last a room is. */
const PROFILES = [
  null,
  profile(),
  profile({
    people: [
      { id: 'li', name: 'Li', roles: ['lead', 'filer', 'approver'], accounts: [account('li')] },
      { id: 'mo', name: 'Mo', roles: ['legal'], location: 'abroad', accounts: [account('mo')] },
    ],
  }),
  profile({ rooms: [room('ops', { location: 'abroad' })] }),
];
/** Rooms that each account reads. */
const READS: Readonly<Record<string, readonly string[]>> = {
  li: ['ops', 'hall', 'berlin', 'unlisted'],
  mo: ['ops'],
  wu: ['ops', 'hall'],
  ann: ['berlin', 'ops'],
  guest: ['hall'],
  nobody: [],
};
const by = (id: string, more: Partial<Caller> = {}): Caller => ({
  ...{ account: account(id), name: id, language: 'en' },
  ...more,
});
const READERS: readonly (Caller | 'api')[] = [
  'api',
  ...Object.keys(READS).map((id) => by(id)),
  by('li', { room: room('berlin', { location: 'abroad' }) }),
  by('mo', { roles: ['lead'] }),
  by('auditor', { audits: 'sh' }),
  by('li', { audits: 'bj' }),
  by('wu', { outside: true }),
];

const ACTS: readonly Command[] = [
  { type: 'answer', fact: 'operator', value: 'other' },
  { type: 'answer', fact: 'operator', value: 'cii_involved' },
  { type: 'answer', fact: 'system', value: 'crm' },
  { type: 'answer', fact: 'system', value: 'oa' },
  { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
  { type: 'decide_level', level: 'major', reason: 'users' },
  { type: 'decide_level', level: 'general', reason: 'few users' },
  { type: 'add_note', text: '跳板机 ＢＡＳＴＩＯＮ-7 已隔离' },
  { type: 'add_note', text: 'isolated\nbastion' },
  { type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at: START, receipt: 'R-17' },
  { type: 'stop_state_secret', reason: 'may be a secret' },
  { type: 'answer', fact: 'site_outage_minutes', value: { since: START } },
  { type: 'answer', fact: 'occurrence', value: START },
  { type: 'withdraw_declaration' },
  ...['mo', 'wu', 'li'].map((who): Command => ({ type: 'remove_person', person: who, reason: 'not on call' })),
  { type: 'second', proposal: 'p1', agree: true },
  { type: 'erase', reason: 'asked for' },
  ...ROOMS.map((one): Command => ({ type: 'add_room', room: one })),
  ...commandExamples,
];

const actor = fc.constantFrom('li', 'mo', 'wu', 'ann');
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('declare' as const), who: actor, room: fc.nat(4), drill: fc.boolean() }),
  },
  {
    weight: 9,
    arbitrary: fc.record({ do: fc.constant('act' as const), who: actor, act: fc.nat(ACTS.length - 1), of: fc.nat(9) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(-90, 1, 55, 250, 50_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('profile' as const), n: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'import' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'read' as const }) },
);
const FILTERS: readonly RegisterQuery[] = [
  {},
  { drills: true },
  { open: true, drills: true },
  { open: false },
  { level: 'major' },
  { level: 'undetermined', phase: 'classifying' },
  { phase: 'closed', drills: true },
  { phase: 'reporting' },
  { lead: 'Li' },
  { lead: '' },
  { search: 'bastion' },
  { search: ' Bastion-7 ' },
  { search: 'mo' },
  { search: '泄露' },
  { search: 'erased' },
  { from: '2026-04-01' },
  { until: '2026-03-31', drills: true },
  { since: '2026-03-31T10:30:00+08:00' },
];
const SORTS = ['incident', 'next', 'level', 'phase', 'declared'] as const;

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let key = 0;
const steps = (most: number) => fc.array(step, { minLength: most / 4, maxLength: most });

async function played(all: readonly Step[], house: RunningHouse, clock: ManualClock, now: { profile: number }) {
  const { app } = house.house;
  const incidents: string[] = [];
  const delivery = () => {
    key += 1;
    return { delivery: { platform: 'test', key: `k${key}`, body: '' } };
  };
  for (const one of all) {
    if (one.do === 'declare') {
      const title = `客户库疑似泄露 ${key}`;
      const declared = await app.declare({
        ...{ title, drill: one.drill, caller: by(one.who), room: ROOMS[one.room] ?? null, anyway: true, ...delivery() },
      });
      if (declared.kind === 'done') incidents.push(declared.incident);
    } else if (one.do === 'act') {
      const incident = incidents[one.of % incidents.length];
      const state = incident === undefined ? null : await house.store.incident(incident);
      const intent = ACTS[one.act];
      if (state && intent)
        await app.submit({ incident: state.id, intent, revision: state.version, caller: by(one.who), ...delivery() });
    } else if (one.do === 'wait') clock.jumpTo(clock.now() + one.minutes * MINUTE);
    else if (one.do === 'profile') now.profile = one.n;
    else if (one.do === 'import')
      await app.importEarlier({
        csv: `reference,title,aware,closed,level,lead\nA-${key},Earlier leak,2025-03-01 09:00,2025-03-04 09:00,major,Li Wei\n`,
        ...{ check: false, language: 'en', ...(now.profile === 0 ? {} : { entity: 'sh', by: 'li' }) },
      });
    else await app.registerPage('api', { limit: 3 }, 'en');
    await house.house.settle();
  }
}

/** Order of the table, over the rows as a reader sees them: the newest first where the column is the same. */
async function sorted(rows: readonly RegisterRow[], by: (typeof SORTS)[number], house: RunningHouse) {
  const PHASE = ['classifying', 'reporting', 'handling', 'ended', 'closed'];
  const keys = await Promise.all(
    rows.map(async (row) => {
      const state = await house.store.incident(row.id);
      const keyOf: Readonly<Record<typeof by, string | number>> = {
        incident: row.id,
        next: row.nextDue === null || row.phase === 'closed' ? Number.MAX_SAFE_INTEGER : Date.parse(row.nextDue),
        level: -rankOf(regime, row.level ?? 'undetermined'),
        phase: PHASE.indexOf(row.phase ?? 'classifying'),
        declared: state ? -Date.parse(beganAt(state)) : 0,
      };
      return { id: row.id, key: keyOf[by] };
    }),
  );
  const order = (x: string | number, y: string | number): number => (x < y ? -1 : x > y ? 1 : 0);
  return {
    up: keys.toSorted((x, y) => order(x.key, y.key)).map(({ id }) => id),
    down: keys.toSorted((x, y) => order(y.key, x.key)).map(({ id }) => id),
  };
}

test('for every reader, filter and sort, the page and the figures of the index are those of the rows', async () => {
  await fc.assert(
    fc.asyncProperty(steps(40), steps(12), fc.infiniteStream(fc.nat()), async (earlier, later, random) => {
      const clock = new ManualClock(START);
      const now = { profile: 1 };
      const house = await startHouse({
        clock,
        profile: () => PROFILES[now.profile] ?? null,
        readsRoom: (id, caller) =>
          (READS[caller.account.id] ?? []).some((address) => roomId(room(address)) === id) ||
          (caller.room ? roomId(caller.room) === id : false),
      });
      try {
        const { app } = house.house;
        await played(earlier, house, clock, now);
        // What the index keeps of this is partly outdated by what comes.
        await app.registerPage('api', { limit: 3 }, 'en');
        await played(later, house, clock, now);
        for (const reader of READERS) {
          for (const filter of FILTERS) {
            const rows = await app.register(reader, filter, 'en');
            const name = JSON.stringify([reader, filter]);
            expect([name, await app.registerFigures(reader, filter, 'en')]).toEqual([name, figuresOf(rows)]);
            const by = SORTS[(random.next().value ?? 0) % SORTS.length] ?? 'next';
            const { up, down } = await sorted(rows, by, house);
            const limit = 1 + ((random.next().value ?? 0) % 4);
            const [some, all] = [
              { ...filter, sort: by, limit },
              { ...filter, sort: `-${by}`, limit: 100 },
            ];
            const [first, reversed] = [
              await app.registerPage(reader, some, 'en'),
              await app.registerPage(reader, all, 'en'),
            ];
            expect([name, by, first.register.map(({ id }) => id), first.total]).toEqual([
              name,
              by,
              up.slice(0, limit),
              rows.length,
            ]);
            expect([name, by, reversed.register]).toEqual([
              name,
              by,
              down.map((id) => rows.find((row) => row.id === id)),
            ]);
          }
        }
      } finally {
        await house.stop();
      }
    }),
    {
      numRuns: Number(process.env['REGISTER_RUNS'] ?? soaked(1, 60)),
      ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}),
    },
  );
}, 120_000);

/** Total and figures of the index, and those of the rows. */
async function counted(house: RunningHouse, reader: Caller | 'api', query: RegisterQuery = {}) {
  const { app } = house.house;
  const rows = await app.register(reader, query, 'en');
  const { total } = await app.registerPage(reader, { ...query, limit: 9 }, 'en');
  expect(await app.registerFigures(reader, query, 'en')).toEqual(figuresOf(rows));
  expect(total).toBe(rows.length);
  return total;
}

test('a plain incident is found by its room until the reader leaves the profile or is removed, and counts its passed deadline', async () => {
  const clock = new ManualClock(START);
  const now = { profile: 1 };
  const house = await startHouse({
    ...{ clock, rooms: [], profile: () => PROFILES[now.profile] ?? null },
    readsRoom: (id, caller) => (READS[caller.account.id] ?? []).some((address) => roomId(room(address)) === id),
  });
  onTestFinished(() => house.stop());
  const { app } = house.house;
  let n = 0;
  const delivery = () => {
    n += 1;
    return { delivery: { platform: 'test', key: `d${n}`, body: '' } };
  };
  const declare = async (): Promise<string> => {
    const done = await app.declare({
      title: `泄露 ${n}`,
      caller: by('li'),
      room: ROOMS[0] ?? null,
      anyway: true,
      ...delivery(),
    });
    if (done.kind !== 'done') throw new Error(JSON.stringify(done));
    return done.incident;
  };
  const act = async (incident: string, intent: Command, who = 'li'): Promise<void> => {
    const revision = (await house.store.incident(incident))?.version ?? 0;
    const done = await app.submit({ incident, intent, revision, caller: by(who), ...delivery() });
    if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  };
  const [one, two] = [await declare(), await declare()];
  expect(await counted(house, by('wu'))).toBe(2);
  expect(await house.store.register.organisations()).toHaveLength(1);
  // A deadline passes without an entry of the record.
  await act(one, { type: 'answer', fact: 'operator', value: 'other' });
  await act(one, { type: 'decide_level', level: 'major', reason: 'users' });
  const due = async () => (await app.registerFigures(by('wu'), { level: 'major' }, 'en')).due;
  expect([await counted(house, by('wu'), { level: 'major' }), await due()]).toEqual([1, 0]);
  clock.jumpTo(clock.now() + 300 * MINUTE);
  expect([await counted(house, by('wu')), await due()]).toEqual([2, 1]);
  await act(two, { type: 'add_person', person: 'wu' });
  expect(await counted(house, by('wu'))).toBe(2);
  await act(two, { type: 'remove_person', person: 'wu', reason: 'not on call' });
  expect([await counted(house, by('wu')), await counted(house, by('mo'))]).toEqual([1, 2]);
  // The room is abroad by the profile in force, of which the record says nothing.
  await act(one, { type: 'add_note', text: 'jump host isolated' });
  expect(await counted(house, by('wu'), { search: 'jump host' })).toBe(1);
  now.profile = 3;
  expect(await counted(house, by('wu'), { search: 'jump host' })).toBe(0);
  now.profile = 1;
  // A full disk: nothing can be kept, and the answers are the same.
  const keep = vi.spyOn(house.store.register, 'keep').mockRejectedValue(new Error('full'));
  await act(one, { type: 'add_note', text: 'no space left' });
  expect([await counted(house, by('mo'), { search: 'SPACE' }), await counted(house, 'api')]).toEqual([1, 2]);
  keep.mockRestore();
  now.profile = 2;
  expect([await counted(house, by('wu')), await counted(house, by('li'))]).toEqual([0, 2]);
});

const people = profile().people;
const without = (id: string, more: object) => people.map((one) => (one.id === id ? { ...one, ...more } : one));
/** Profiles in force by which an incident of the room is another one for its readers, without an entry of its record. */
const LATER: Readonly<Record<string, Organisation>> = {
  'marks the reader as abroad': { ...profile(), people: without('mo', { location: 'abroad' }) },
  'marks the room as abroad': {
    ...profile(),
    people: without('mo', { location: undefined }),
    rooms: profile().rooms.map((one) => (one.address === 'ops' ? { ...one, location: 'abroad' } : one)),
  },
  'takes the role of the lead away': { ...profile(), people: without('li', { roles: ['responder'] }) },
};

test.each(Object.entries(LATER))(
  'once the profile in force %s, the index finds what its readers see then',
  async (...[, later]) => {
    const clock = new ManualClock(START);
    const now = { profile: profile() };
    const house = await startHouse({
      ...{ clock, rooms: [], profile: () => now.profile },
      readsRoom: (id, caller) => (READS[caller.account.id] ?? []).some((address) => roomId(room(address)) === id),
    });
    onTestFinished(() => house.stop());
    const delivery = { platform: 'test', key: 'later', body: '' };
    const done = await house.house.app.declare({
      title: 'zqTITLEqz',
      caller: by('li'),
      room: ROOMS[0] ?? null,
      delivery,
    });
    expect(done.kind).toBe('done');
    const all = async () => {
      const queries: readonly RegisterQuery[] = [
        {},
        { search: 'zqTITLEqz' },
        { lead: 'Li' },
        { level: 'undetermined' },
      ];
      const counts: number[] = [];
      for (const reader of ['api', by('mo'), by('li'), by('ann')] as const)
        for (const query of queries) counts.push(await counted(house, reader, query));
      return counts.join(' ');
    };
    const before = await all();
    now.profile = later;
    clock.advance(MINUTE);
    const after = await all();
    expect(after).not.toBe(before);
    now.profile = profile();
    expect(await all()).toBe(before);
  },
);

test('a restart judges nothing again; another program, law or profile judges every incident', async () => {
  const clock = new ManualClock(START);
  const dataDir = newDataFolder('judged');
  const [pack] = [...allPacks().values()].map((one) => one.pack);
  if (!pack) throw new Error('no pack');
  /** Number of incidents judged by a bot that starts on the same data; the second page of each judges none. */
  const judged = async (options: Pick<HouseOptions, 'program' | 'packs' | 'profile'>, declares = 0) => {
    clock.jumpTo(clock.now() + MINUTE);
    const house = await startHouse({ clock, dataDir, packs: [], profile: () => PROFILES[1] ?? null, ...options });
    const keep = vi.spyOn(house.store.register, 'keep');
    const kept = () => keep.mock.calls.reduce((n, [entries]) => n + entries.length, 0);
    try {
      for (let n = 0; n < declares; n += 1) {
        key += 1;
        const delivery = { platform: 'test', key: `r${key}`, body: '' };
        const asked = { title: `泄露 ${key}`, caller: by('li'), room: ROOMS[0] ?? null, anyway: true, delivery };
        expect(await house.house.app.declare(asked)).toMatchObject({ kind: 'done' });
      }
      expect((await house.house.app.registerPage('api', { limit: 9 }, 'en')).total).toBe(3);
      const first = kept();
      await house.house.app.registerFigures(by('li'), {}, 'en');
      expect(kept()).toBe(first);
      return first;
    } finally {
      await house.stop();
    }
  };
  expect(await judged({ program: 'a' }, 3)).toBe(3);
  expect(await judged({ program: 'a' })).toBe(0);
  for (const other of [
    { program: 'b' },
    { program: 'b', packs: [pack] },
    { program: 'b', packs: [{ ...pack, version: 'later' }] },
    { program: 'b', packs: [{ ...pack, version: 'later', texts: 'other words' }] },
    { program: 'b', profile: () => PROFILES[2] ?? null },
    { program: 'b', profile: () => null },
  ]) {
    expect(await judged(other)).toBe(3);
    expect(await judged(other)).toBe(0);
  }
  // A program whose commit is not certain trusts no earlier one.
  expect([await judged({}), await judged({})]).toEqual([3, 3]);
});
