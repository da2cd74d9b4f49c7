import { describe, expect, it } from 'vitest';
import { mayFill, mayView } from '../../src/conversation/rooms/abroad.ts';
import { type Room, type RoomId, roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { formatStep, type Step } from '../../src/incident/steps.ts';
import {
  type Audience,
  isInsider,
  reveals,
  revealsClocks,
  showsAll,
  type Viewer,
  type Visibility,
  visibility,
} from '../../src/incident/visibility.ts';
import { account, Case } from './bench-incident.ts';

const room = (address: string, more: Partial<Room> = {}): Room => {
  return { platform: 'chat', tenant: 't', address, location: 'home', language: 'en', open: false, ...more };
};
const TEAM = room('team');
const OPEN = room('general', { open: true });
const ABROAD = room('berlin', { location: 'abroad' });
const OPEN_ABROAD = room('berlin-general', { location: 'abroad', open: true });
const OTHER = room('other');
const ROOMS = [TEAM, OPEN, ABROAD, OPEN_ABROAD];

const profile = (more: object) =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '上海', province: '31' }],
    people: [
      { id: 'li', name: '李', roles: ['lead'], accounts: [account('li')] },
      { id: 'hans', name: 'Hans', roles: ['responder'], accounts: [account('hans')], location: 'abroad' },
      { id: 'fa', name: '法', roles: ['legal'], accounts: [account('fa')] },
      { id: 'adm', name: '管', roles: ['legal'], accounts: [account('adm')], email: 'adm@example.com' },
    ],
    rooms: ROOMS,
    ...more,
  });

/** Settings and events that change what a place shows. */
const EXPOSURES: Readonly<Record<string, () => IncidentState>> = {
  thread: () => told({}),
  private: () => told({ openChannels: 'private' }),
  perIncident: () => told({ openChannels: 'thread', channelPerIncident: true }),
  moved: () => told({}, (c) => c.must('li', { type: 'add_room', room: room('inc', { insteadOf: roomId(OPEN) }) })),
  released: () =>
    told({}, (c) => {
      for (const one of [ABROAD, OPEN_ABROAD]) {
        const why = { reason: 'head office asked', legalBasis: 'assessed' };
        c.must('adm', { type: 'release_abroad', room: roomId(one), what: ['title', 'answers'], ...why });
      }
    }),
  restricted: () => told({}, (c) => c.must('li', { type: 'answer', fact: 'data_class', value: ['core'] })),
  stopped: () => told({}, (c) => c.must('li', { type: 'stop_state_secret' })),
  left: () => told({}, (c) => (c.elsewhere = { own: [room('main', { platform: 'console' })], refuge: [] }), leave),
};
const leave = (c: Case) => c.must('li', { type: 'leave_chat', reason: 'phished' });

function told(settings: object, ...steps: readonly ((c: Case) => unknown)[]): IncidentState {
  const c = new Case(profile(settings));
  c.must('li', { type: 'declare', title: 'x' });
  c.must('hans', { type: 'take_item', item: 'art7.2' });
  for (const one of ROOMS) c.must('li', { type: 'add_room', room: one });
  for (const step of steps) step(c);
  return c.current;
}

const person = (id: string, reads: readonly Room[], more: Partial<Viewer> = {}): Viewer => {
  const ids = reads.map((one): RoomId => roomId(one));
  const base = { room: null, aloud: false, outside: false, person: null };
  const account = { platform: 'chat', tenant: 't', id };
  return {
    kind: 'viewer',
    account,
    ...base,
    reads: (one) => ids.includes(one),
    left: () => false,
    keepsRegister: false,
    ...more,
  };
};
/** People as their platform knows them, by where they ask. */
const PEOPLE = {
  leadAsks: person('li', [], { account: account('li') }),
  leadInOpenGroup: person('li', [], { account: account('li'), room: OPEN, aloud: true }),
  leadInOtherGroup: person('li', [], { account: account('li'), room: OTHER, aloud: true }),
  leadInOpenQuietly: person('li', [], { account: account('li'), room: OPEN }),
  leadAlsoReadsAbroad: person('li', [ABROAD], { account: account('li') }),
  leadAbroad: person('li', [], { account: account('li'), room: ABROAD }),
  hans: person('hans', [], { account: account('hans') }),
  hansByLinkedAccount: person('h2', [TEAM], { person: 'hans' }),
  readerOfTeam: person('wu', [TEAM]),
  readerOfOpen: person('wu', [OPEN]),
  readerAbroad: person('max', [ABROAD]),
  stranger: person('zoe', []),
  guest: person('li', [TEAM], { account: account('li'), outside: true }),
  guestInOpen: person('zoe', [OPEN], { outside: true }),
} as const;

/** One word for what is shown: `head-` is one without clocks. */
function word(shown: Visibility): string {
  if (shown.show === 'nothing') return `nothing ${shown.why}`;
  if (shown.show === 'head') return `head${shown.clocks ? '' : '-'} ${shown.why}`;
  return shown.show;
}

describe('a place', () => {
  const TABLE: Readonly<Record<string, readonly [string, string, string, string]>> = {
    thread: ['all', 'all', 'overview', 'overview'],
    private: ['all', 'head open', 'overview', 'head open'],
    perIncident: ['all', 'head open', 'overview', 'head open'],
    moved: ['all', 'head moved', 'overview', 'overview'],
    released: ['all', 'all', 'parts', 'parts'],
    restricted: ['all', 'all', 'head- restricted', 'head- restricted'],
    stopped: ['head stopped', 'head stopped', 'head- stopped', 'head- stopped'],
    left: ['nothing left', 'nothing left', 'nothing left', 'nothing left'],
  };
  it.each(Object.entries(TABLE))('of an incident that is %s shows %j', (exposure, expected) => {
    const state = EXPOSURES[exposure]?.();
    expect(state && ROOMS.map((one) => word(visibility(state, { kind: 'room', room: one })))).toEqual(expected);
    expect(state && ROOMS.map((one) => showsAll(state, one))).toEqual(expected.map((one) => one === 'all'));
  });

  it('that was taken off shows nothing, and one with a restricted incident in an open room abroad no clock', () => {
    const off = told({}, (c) => c.byTwo('li', 'fa', { type: 'remove_room', room: roomId(TEAM) }));
    expect(word(visibility(off, { kind: 'room', room: TEAM }))).toBe('nothing off');
    const both = told({ openChannels: 'private' }, (c) =>
      c.must('li', { type: 'answer', fact: 'data_class', value: ['core'] }),
    );
    expect(word(visibility(both, { kind: 'room', room: OPEN_ABROAD }))).toBe('head- open');
  });
});

it('first met abroad is read for from there with every account, unless the profile states a location', () => {
  const wu = { id: 'wu', name: 'Wu', accounts: [account('wu')], email: 'wu@example.com' };
  const state = (people: readonly object[]) => {
    const c = new Case(profile({ people: [...profile({}).people, ...people] }));
    c.must('li', { type: 'declare', title: 'x' });
    c.must('li', { type: 'add_room', room: ABROAD });
    c.must('wu', { type: 'take_item', item: 'art7.2' }, { room: ABROAD });
    return c.current;
  };
  const linked = { account: account('linked'), person: 'wu' } as const;
  const audiences: readonly Audience[] = [
    { kind: 'account', account: account('wu'), person: null },
    { kind: 'account', ...linked },
    { kind: 'mail', address: wu.email },
    person('wu', [], linked),
  ];
  const seen = (more: object) => audiences.map((one) => word(visibility(state([{ ...wu, ...more }]), one)));
  expect(seen({})).toEqual(audiences.map(() => 'overview'));
  expect(seen({ location: 'home' })).toEqual(audiences.map(() => 'all'));
});

describe('a person', () => {
  const TABLE: Readonly<Record<keyof typeof PEOPLE, Readonly<Record<string, string>>>> = {
    leadAsks: { '': 'all', stopped: 'head stopped' },
    leadInOpenGroup: { ...inOpenGroup(), '': 'all', stopped: 'head stopped' },
    leadInOtherGroup: { '': 'head elsewhere', stopped: 'head stopped', left: 'head elsewhere' },
    leadInOpenQuietly: { '': 'all', stopped: 'head stopped' },
    leadAlsoReadsAbroad: { '': 'all', stopped: 'head stopped' },
    leadAbroad: seenAbroad(),
    hans: seenAbroad(),
    hansByLinkedAccount: { ...seenAbroad(), left: 'nothing left' },
    readerOfTeam: { '': 'all', stopped: 'head stopped', left: 'nothing left' },
    readerOfOpen: {
      '': 'all',
      private: 'head outsider',
      perIncident: 'head outsider',
      moved: 'head outsider',
      stopped: 'head stopped',
      left: 'nothing left',
    },
    readerAbroad: { ...seenAbroad(), left: 'nothing left' },
    stranger: { '': 'nothing stranger' },
    guest: { '': 'nothing outside' },
    guestInOpen: {
      '': 'nothing outside',
      private: 'nothing stranger',
      perIncident: 'nothing stranger',
      moved: 'nothing stranger',
      left: 'nothing left',
    },
  };
  const cells = Object.entries(PEOPLE).flatMap(([who, viewer]) =>
    Object.entries(EXPOSURES).map(([exposure, make]) => ({ who, viewer, exposure, make })),
  );
  it.each(cells)('$who of an incident that is $exposure', ({ who, viewer, exposure, make }) => {
    const row = TABLE[who as keyof typeof PEOPLE];
    const shown = visibility(make(), viewer);
    expect(word(shown)).toBe(row[exposure] ?? row['']);
    if (shown.show === 'all' || shown.show === 'parts') expect(isInsider(make(), viewer)).toBe(true);
  });

  it('is written to directly as the profile says where they read, and by mail alike', () => {
    const state = told({});
    expect(word(visibility(state, { kind: 'account', account: account('li'), person: null }))).toBe('all');
    expect(word(visibility(state, { kind: 'account', account: account('hans'), person: null }))).toBe('overview');
    const linked = { platform: 'other', tenant: 't', id: 'h2' };
    expect(word(visibility(state, { kind: 'account', account: linked, person: 'hans' }))).toBe('overview');
    expect(word(visibility(state, { kind: 'mail', address: 'adm@example.com' }))).toBe('all');
    const stopped = EXPOSURES['stopped']?.() ?? state;
    expect(word(visibility(stopped, { kind: 'mail', address: 'adm@example.com' }))).toBe('head stopped');
    expect(word(visibility(stopped, { kind: 'api' }))).toBe('head stopped');
  });
});

describe('somebody of the profile who reads none of its rooms', () => {
  const CAST = { lead: ['lead'], approver: ['approver'], filer: ['filer'], legal: ['legal'], responder: ['responder'] };
  const people = Object.entries(CAST).map(([id, roles]) => ({ id, name: id, roles, accounts: [account(id)] }));
  const named = { name: 'x', roles: ['responder'], accounts: [] };
  const deputies = [
    { ...named, id: 'deputy', accounts: [account('deputy')] },
    { ...named, id: 'chief', roles: ['lead'], deputy: 'deputy' },
  ];
  const declaredBy = (who: string): Case => {
    const c = new Case(profile({ people: [...people, ...deputies] }));
    c.must(who, { type: 'declare', title: 'x' });
    return c;
  };
  const knownTo = (state: IncidentState): readonly string[] =>
    [...Object.keys(CAST), 'deputy'].filter(
      (id) => word(visibility(state, person(id, [], { account: account(id) }))) === 'all',
    );
  const asking = (right: string) => (c: Case) => void c.must('lead', { type: 'ask_for', right });
  const taken = (c: Case) => void c.must('lead', { type: 'take_lead' });
  const reminded = (step: Step) => (c: Case) => {
    const at = { dueAt: c.current.declared.at, lateSeconds: 0 };
    const payload = { ...at, obligations: ['cac.first'], step: formatStep(step), collapsed: [] };
    c.tell('clock', { type: 'reminder_due', payload });
  };
  const called = ['lead', 'approver', 'filer', 'deputy'];

  it.each<[string, string, (c: Case) => void, readonly string[]]>([
    ['declared by who leads', 'lead', () => {}, ['lead']],
    ['declared by who may not', 'responder', () => {}, ['lead', 'responder', 'deputy']],
    ['taken over from who may not', 'responder', taken, ['lead', 'responder', 'deputy']],
    ['with a reminder', 'lead', reminded({ kind: 'before', minutes: 30 }), ['lead', 'filer', 'deputy']],
    ['at its limit', 'lead', reminded({ kind: 'due' }), called],
    ['about which the next are called', 'lead', reminded({ kind: 'call', round: 1 }), called],
    ['whose approver is asked for', 'lead', asking('approve'), ['lead', 'approver']],
    ['whose erasure is asked for', 'lead', asking('erase'), ['lead', 'legal']],
  ])('sees an incident %s from when they are called on', (_, by, step, expected) => {
    const c = declaredBy(by);
    step(c);
    expect(knownTo(c.current)).toEqual(expected);
  });

  it('sees nothing of it once they were taken out, called or not', () => {
    const c = declaredBy('responder');
    c.byTwo('lead', 'approver', { type: 'remove_person', person: 'filer' });
    expect(knownTo(c.current)).not.toContain('filer');
  });

  it('keeps no item and no open task once they were taken out, so that the lead is reminded', () => {
    const c = declaredBy('responder');
    c.must('lead', { type: 'take_lead' });
    c.must('filer', { type: 'take_item', item: 'art7.1' });
    for (const text of ['rotate keys', 'check backups']) c.must('lead', { type: 'add_task', text, person: 'filer' });
    c.must('filer', { type: 'finish_task', task: 't1' });
    c.byTwo('lead', 'approver', { type: 'remove_person', person: 'filer' });
    expect(Object.values(c.current.owners).map(({ owner }) => owner)).toEqual([null]);
    expect(c.current.tasks.map(({ owner, finished }) => [finished !== null, owner])).toEqual([
      [true, 'filer'],
      [false, null],
    ]);
  });
});

describe('a door', () => {
  const head = (why: 'open' | 'stopped'): Visibility => ({ show: 'head', why, clocks: true });
  const SHOWN: readonly Visibility[] = [
    { show: 'nothing', why: 'stranger' },
    { show: 'head', why: 'restricted', clocks: false },
    head('open'),
    { show: 'overview' },
    { show: 'parts', parts: new Set(['overview', 'title', 'answers'] as const) },
    { show: 'all' },
  ];
  const DOORS: Readonly<Record<string, (shown: Visibility) => boolean>> = {
    clocks: revealsClocks,
    status: (shown) => mayView(shown, 'status'),
    checklist: (shown) => mayView(shown, 'checklist'),
    verdict: (shown) => mayView(shown, 'verdict'),
    proposals: (shown) => mayView(shown, 'proposals'),
    question: (shown) => mayView(shown, 'question'),
    why: (shown) => mayView(shown, 'why'),
    tasks: (shown) => mayView(shown, 'tasks'),
    text: (shown) => mayView(shown, 'text'),
    title: (shown) => reveals(shown, 'title'),
    note: (shown) => mayFill(shown, 'note'),
    item: (shown) => mayFill(shown, 'item'),
    files: (shown) => reveals(shown, 'files'),
    drafts: (shown) => reveals(shown, 'drafts'),
  };
  it.each([
    ['clocks', [false, false, true, true, true, true]],
    ['status', [false, false, false, true, true, true]],
    ['checklist', [false, false, false, true, true, true]],
    ['verdict', [false, false, false, false, true, true]],
    ['proposals', [false, false, false, false, true, true]],
    ['question', [false, false, false, false, true, true]],
    ['why', [false, false, false, false, true, true]],
    ['tasks', [false, false, false, false, false, true]],
    ['text', [false, false, false, false, false, true]],
    ['title', [false, false, false, false, true, true]],
    ['note', [false, false, false, true, true, true]],
    ['item', [false, false, false, false, false, true]],
    ['files', [false, false, false, false, false, true]],
    ['drafts', [false, false, false, false, false, true]],
  ] as const)('%s opens for nothing, existence, head, overview, parts, all: %j', (door, expected) => {
    expect(SHOWN.map((shown) => DOORS[door]?.(shown))).toEqual(expected);
  });
});

/** In a group everybody reads an answer, so it holds what that room shows. */
function inOpenGroup() {
  return { private: 'head open', perIncident: 'head open', moved: 'head moved', left: 'nothing left' };
}
function seenAbroad() {
  return { '': 'overview', released: 'parts', restricted: 'head- restricted', stopped: 'head- stopped' };
}
