import { describe, expect, it } from 'vitest';
import { roomsOfEntity } from '../../src/incident/commands/rooms.ts';
import type { Command } from '../../src/incident/commands.ts';

import { ABROAD_PARTS, type AbroadPart, type Room, roomId } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { standInFor } from '../../src/incident/people/stand-ins.ts';
import { hasLeft, isRestricted, leftRooms } from '../../src/incident/rooms.ts';
import { reveals, visibility } from '../../src/incident/visibility.ts';
import { account, Case } from './bench-incident.ts';

const room = (platform: string, address: string, more: Partial<Room> = {}): Room => ({
  platform,
  tenant: 't',
  address,
  location: 'home',
  language: 'en',
  open: false,
  ...more,
});
const OPS = room('slack', 'ops');
const BERLIN = room('slack', 'berlin', { location: 'abroad' });
const GROUP = room('wecom', 'group');
const CONSOLE = room('console', 'main');

const organisation: Organisation = organisationSchema.parse({
  organisation: '某某公司',
  entities: [
    { id: 'shanghai', name: '上海', province: '31' },
    { id: 'beijing', name: '北京', province: '11' },
  ],
  systems: [
    { id: 'shop', name: '商城', entity: 'shanghai' },
    { id: 'grid', name: '调度', entity: 'beijing', cii: true },
  ],
  people: [
    { id: 'li', name: '李', roles: ['lead'], accounts: [account('li')], deputy: 'chen' },
    { id: 'chen', name: '陈', roles: ['responder'], accounts: [account('chen')], deputy: 'sun' },
    { id: 'sun', name: '孙', roles: ['responder'], accounts: [account('sun')], deputy: 'li' },
    { id: 'fa', name: '法', roles: ['legal'], accounts: [account('fa')] },
    { id: 'adm', name: '管', roles: ['legal'], accounts: [account('adm')] },
  ],
  rooms: [
    { ...BERLIN, entities: ['shanghai'] },
    { ...GROUP, entities: ['beijing'] },
  ],
});

function declared(rooms: readonly Room[] = [OPS, BERLIN], profile: Organisation | null = organisation): Case {
  const c = new Case(profile);
  c.must('li', { type: 'declare', title: 'x' });
  for (const one of rooms) c.must('li', { type: 'add_room', room: one });
  return c;
}

const SECOND = 'fa';
const from = (platform: string) => ({ account: { platform, tenant: 't', id: 'li' } });
const refusal = (c: Case, who: string, command: Command, options: Parameters<Case['do']>[2] = {}): string | null => {
  const decision = c.do(who, command, options);
  return decision.ok ? null : decision.refusal.code;
};
const release = (what: readonly AbroadPart[], to = BERLIN): Command => ({
  type: 'release_abroad',
  room: roomId(to),
  what: [...what],
  reason: 'head office asked',
  legalBasis: 'no personal data',
});

describe('leaving chat', () => {
  it('takes every chat room off and goes on in the console', () => {
    const c = declared();
    c.elsewhere = { own: [CONSOLE], refuge: [] };
    c.must('li', { type: 'leave_chat', reason: 'phished' }, from('slack'));
    expect(Object.keys(c.current.rooms)).toEqual([roomId(CONSOLE)]);
    expect(leftRooms(c.current)).toEqual([{ ...OPS, unconfirmed: true }, BERLIN]);
    expect(c.current.homeRoom).toBe(roomId(CONSOLE));
    expect(['slack', 'wecom', 'console'].map((platform) => hasLeft(c.current, platform))).toEqual([true, true, false]);
  });

  it('goes to the refuge of the profile, and leaves rooms there alone', () => {
    const c = declared([OPS, GROUP]);
    const refuge = room('wecom', 'refuge');
    c.elsewhere = { own: [CONSOLE], refuge: [refuge] };
    c.must('li', { type: 'leave_chat', reason: 'phished' }, from('slack'));
    expect(Object.keys(c.current.rooms)).toEqual([roomId(GROUP), roomId(refuge)]);
  });

  it('takes a refuge on the doubted platform for no refuge', () => {
    const c = declared([OPS, GROUP]);
    c.elsewhere = { own: [CONSOLE], refuge: [room('wecom', 'refuge')] };
    c.byTwo('li-on-wecom', SECOND, { type: 'leave_chat', reason: 'phished' }, from('wecom'));
    expect(Object.keys(c.current.rooms)).toEqual([roomId(CONSOLE)]);
  });

  it('is refused where there is no other place, and nothing changes', () => {
    const c = declared();
    expect(refusal(c, 'li', { type: 'leave_chat' }, from('slack'))).toBe('no_refuge');
    expect(Object.keys(c.current.rooms)).toEqual([roomId(OPS), roomId(BERLIN)]);
  });

  it('keeps rooms of a left platform from being added', () => {
    const c = declared();
    c.elsewhere = { own: [CONSOLE], refuge: [] };
    c.must('li', { type: 'leave_chat', reason: 'phished' }, from('slack'));
    expect(refusal(c, 'li', { type: 'add_room', room: room('slack', 'other') })).toBe('chat_left');
  });

  it('is undone by lead or approver with a reason, as it was before', () => {
    const c = declared();
    const before = c.current;
    c.elsewhere = { own: [CONSOLE], refuge: [] };
    c.must('li', { type: 'leave_chat', reason: 'phished' }, from('slack'));
    expect(refusal(c, 'chen', { type: 'return_to_chat', reason: 'fixed' })).toBe('forbidden');
    c.must('li', { type: 'return_to_chat', reason: 'accounts reset' });
    expect(c.current.rooms).toMatchObject(before.rooms);
    expect(c.current.homeRoom).toBe(before.homeRoom);
    expect(refusal(c, 'li', { type: 'return_to_chat', reason: 'again' })).toBe('chat_not_left');
  });

  it('works after a state-secret stop and after closing too', () => {
    const c = declared();
    c.elsewhere = { own: [CONSOLE], refuge: [] };
    c.must('li', { type: 'stop_state_secret' });
    c.must('li', { type: 'leave_chat', reason: 'phished' }, from('slack'));
    expect(c.current.chatLeft).not.toBeNull();
  });
});

describe('rooms of the profile', () => {
  it('are added with the entity, once', () => {
    const c = new Case(organisation);
    c.must('li', { type: 'declare', title: 'x' });
    const before = c.current;
    c.must('li', { type: 'answer', fact: 'system', value: 'shop' });
    const added = roomsOfEntity(before, c.current);
    expect(added.map((event) => event.type === 'room_added' && roomId(event.payload.room))).toEqual([roomId(BERLIN)]);
    expect(roomsOfEntity(c.current, c.current)).toEqual([]);
  });

  it('are where the profile says, whatever the command claims', () => {
    const c = new Case(organisation);
    c.must('li', { type: 'declare', title: 'x' });
    c.must('li', { type: 'add_room', room: { ...BERLIN, location: 'home' } });
    expect(c.current.rooms[roomId(BERLIN)]?.location).toBe('abroad');
  });

  it('cannot be made up: one that nobody acts in must be in the profile, and is as open as that says', () => {
    const c = declared([]);
    const madeUp = { ...CONSOLE, address: 'made-up' };
    expect(refusal(c, 'li', { type: 'add_room', room: madeUp }, { room: BERLIN })).toBe('room_not_listed');
    expect(refusal(c, 'api', { type: 'add_room', room: madeUp })).toBeNull();
    c.elsewhere = { own: [CONSOLE], refuge: [] };
    c.must('li', { type: 'add_room', room: { ...CONSOLE, location: 'home' } }, { room: BERLIN });
    c.must(
      'li',
      { type: 'add_room', room: { ...OPS, location: 'home', open: false } },
      { room: { ...OPS, open: true } },
    );
    expect(c.current.rooms[roomId(OPS)]).toMatchObject({ open: true });
  });

  it('a room that counts as abroad does not come back as one at home', () => {
    const abroad = room('slack', 'unlisted', { location: 'abroad' });
    const c = declared([abroad]);
    c.must('li', { type: 'add_room', room: { ...abroad, location: 'home', language: 'zh-CN' } });
    expect(c.current.rooms[roomId(abroad)]).toMatchObject({ location: 'abroad', language: 'zh-CN' });
  });
});

describe('releases abroad', () => {
  const partsIn = (c: Case, one: Room) =>
    ABROAD_PARTS.filter((part) => reveals(visibility(c.current, { kind: 'room', room: one }), part));
  const seen = (c: Case) => partsIn(c, BERLIN);

  it('start with the overview alone and are given by lead, approver or legal', () => {
    const c = declared();
    expect(seen(c)).toEqual(['overview']);
    expect(refusal(c, 'chen', release(['title']))).toBe('forbidden');
    expect(refusal(c, 'api', release(['title']))).toBe('forbidden');
    c.must('adm', release(['title']));
    expect(seen(c)).toEqual(['overview', 'title']);
    expect(c.current.releases[roomId(BERLIN)]?.title).toMatchObject({ reason: 'head office asked', by: 'adm' });
  });

  it('cannot be given by anybody while trying out without a profile', () => {
    expect(refusal(declared([BERLIN], null), 'adm', release(['title']))).toBe('release_needs_profile');
  });

  it('count for one room', () => {
    const other = room('slack', 'paris', { location: 'abroad' });
    const c = declared([BERLIN, other]);
    c.must('adm', release(['title']));
    expect(partsIn(c, other)).toEqual(['overview']);
    expect(refusal(c, 'adm', release(['title'], OPS))).toBe('unknown_room');
    expect(refusal(declared(), 'adm', release(['title'], OPS))).toBe('not_abroad');
  });

  it('a draft is released only with all it contains', () => {
    const c = declared();
    expect(refusal(c, 'adm', release(['drafts', 'title']))).toBe('release_draft_whole');
    c.must('adm', release(['title', 'answers', 'texts', 'files', 'personal', 'tracing']));
    c.must('adm', release(['drafts']));
    expect(seen(c)).toContain('drafts');
  });

  it.each([
    ['CII, stated', { fact: 'operator', value: ['cii_involved'] }],
    ['a CII system', { fact: 'system', value: 'grid' }],
    ['important data', { fact: 'data_class', value: ['important'] }],
    ['core data', { fact: 'data_class', value: ['core'] }],
  ] as const)('%s switches the room off until the overview is released', (_, answer) => {
    const c = declared();
    c.must('adm', release(['title']));
    const value = typeof answer.value === 'string' ? answer.value : [...answer.value];
    c.must('li', { type: 'answer', fact: answer.fact, value });
    expect(isRestricted(c.current)).toBe(true);
    expect(seen(c)).toEqual([]);
    expect(refusal(c, 'adm', release(['answers']))).toBe('release_overview_first');
    c.must('adm', release(['overview']));
    expect(seen(c)).toEqual(['overview', 'title']);
  });

  it('are withdrawn as a whole, and a state-secret stop ends them', () => {
    const c = declared();
    c.must('adm', release(['title', 'texts']));
    c.must('li', { type: 'withdraw_release', room: roomId(BERLIN), reason: 'wrong room' });
    expect(seen(c)).toEqual(['overview']);
    expect(refusal(c, 'adm', { type: 'withdraw_release', room: roomId(BERLIN), reason: 'x' })).toBe('nothing_released');
    c.must('li', { type: 'stop_state_secret' });
    expect(seen(c)).toEqual([]);
  });
});

describe('a linked account', () => {
  it('has the roles of its person, the lead of an incident included', () => {
    const c = declared();
    const phone = { account: { platform: 'wecom', tenant: 't', id: 'opaque' } };
    const end: Command = { type: 'decide_level', level: 'general', reason: 'x' };
    expect(refusal(c, 'opaque', end, phone)).toBe('forbidden');
    expect(refusal(c, 'opaque', end, { ...phone, person: 'li' })).toBeNull();
    expect(c.current.people['opaque']).toMatchObject({ person: 'li', name: '李' });
  });
});

describe('who has a role now', () => {
  const at = '2026-03-31T12:00:00+08:00';
  const duty = (person: string, from: string, until: string) => ({ person, from, until });
  const now = (roster: Organisation['roster']) =>
    standInFor({ ...organisation, roster }, 'lead', at).map(({ person, as, insteadOf }) => [person.id, as, insteadOf]);
  const DAY_SHIFT = ['2026-03-31T08:00:00+08:00', '2026-03-31T20:00:00+08:00'] as const;
  const NIGHT = ['2026-03-31T20:00:00+08:00', '2026-04-01T08:00:00+08:00'] as const;

  it('is the holder where there is no roster', () => {
    expect(now([])).toEqual([['li', 'holder', undefined]]);
  });
  it('is the holder on duty', () => {
    expect(now([duty('li', ...DAY_SHIFT)])).toEqual([['li', 'duty', undefined]]);
  });
  it('is the deputy of a holder who is off duty', () => {
    expect(now([duty('li', ...NIGHT)])).toEqual([['chen', 'deputy', 'li']]);
  });
  it('is the deputy of the deputy, and chains that lead back end', () => {
    expect(now([duty('li', ...NIGHT), duty('chen', ...NIGHT)])).toEqual([['sun', 'deputy', 'li']]);
    const nobody = [duty('li', ...NIGHT), duty('chen', ...NIGHT), duty('sun', ...NIGHT)];
    expect(now(nobody)).toEqual([
      ['li', 'holder', undefined],
      ['chen', 'deputy', 'li'],
    ]);
  });
  it('changes at the instant a duty ends', () => {
    expect(now([duty('li', DAY_SHIFT[0], at)])).toEqual([['chen', 'deputy', 'li']]);
  });
});
