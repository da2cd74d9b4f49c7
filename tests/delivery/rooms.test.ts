import { describe, expect, it, onTestFinished } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Place } from '../../src/use-cases/ports.ts';
import { commandsWithWords, SECRET, secretive } from '../conversation/secrets.ts';
import { BERLIN, GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const profile = organisationSchema.parse({
  ...secretive,
  people: [
    { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [account('li', 'one'), account('li', 'own')] },
    { id: 'wang', name: 'wang', roles: ['legal'], accounts: [account('wang', 'two')] },
    { id: 'adm', name: 'Adm Min', roles: ['legal'], accounts: [account('adm', 'one')] },
  ],
  rooms: [
    { ...BERLIN, entities: ['shanghai'] },
    { ...GROUP, entities: ['shanghai'] },
  ],
});
const HANS = person('hans', BERLIN);
const said = (chat: { readonly wire: readonly { readonly address: string; readonly body: string }[] }, at: string) =>
  chat.wire.filter((one) => one.address === at).map(({ body }) => body);

describe('one incident in several rooms', () => {
  it('is shown in the rooms of its entity, each in its language; an answer in one updates all', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('会员数据');
    expect(Object.keys((await rooms.state()).rooms).toSorted()).toEqual([BERLIN, GROUP, OPS].map(roomId).toSorted());
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, person('wang', GROUP));
    expect(await rooms.differences()).toEqual([]);
    const [inOps, inGroup] = [rooms.one.in('ops'), rooms.two.in('group')].map((all) =>
      all.map(({ body }) => body).join(),
    );
    expect(inOps).toContain('Major');
    expect(inGroup).toContain('较大');
  });

  it('a room whose platform is down catches up', async () => {
    const rooms = await RoomsHouse.start(profile);
    rooms.two.weather = 'refuses';
    await rooms.declare('会员数据');
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(rooms.two.messages).toEqual([]);
    rooms.two.weather = 'fine';
    await rooms.pass(2 * MINUTE);
    expect(await rooms.differences()).toEqual([]);
    expect(rooms.two.in('group').length).toBeGreaterThan(1);
  });

  it('an edit without an answer is made good, also when what was said is taken back meanwhile', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('会员数据');
    await rooms.must({ type: 'answer', fact: 'suspected_crime', value: true });
    rooms.two.weather = 'loses';
    await rooms.must({ type: 'answer', fact: 'suspected_crime', value: false });
    await rooms.must({ type: 'answer', fact: 'suspected_crime', value: true });
    rooms.two.weather = 'fine';
    await rooms.pass(MINUTE);
    expect(await rooms.differences()).toEqual([]);
  });

  it('a room taken off keeps nothing but last words, is told nothing more, and is back as it was when put back', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('会员数据');
    await rooms.must({ type: 'answer', fact: 'system', value: 'shop' });
    const before = rooms.two.in('group').length;
    await rooms.byTwo({ type: 'remove_room', room: roomId(OPS) });
    // The card of the proposal, which a line on the agreement has replaced.
    expect(rooms.two.in('group')).toHaveLength(before + 1);
    const stands = () => rooms.one.in('ops').map(({ body }) => body);
    expect(stands().length).toBeGreaterThan(1);
    for (const body of stands()) expect(body).toMatch(/No longer shown here/);
    expect(stands().join()).not.toContain('会员数据');
    const { length } = stands();
    await rooms.follow(2 * 60 * MINUTE);
    expect(stands()).toHaveLength(length);
    await rooms.must({ type: 'add_room', room: OPS });
    expect(stands()[0]).not.toContain('No longer shown here');
    expect(await rooms.differences()).toEqual([]);
  });

  it('a room taken off is in reach of a state-secret stop, and where nothing can be edited it is told once', async () => {
    const rooms = await RoomsHouse.open(profile, true);
    onTestFinished(() => rooms.close());
    await rooms.declare('会员数据');
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    rooms.one.weather = 'refuses';
    for (const room of [OPS, GROUP]) await rooms.byTwo({ type: 'remove_room', room: roomId(room) });
    const { length } = rooms.two.in('group');
    await rooms.must({ type: 'stop_state_secret' });
    expect(rooms.two.in('group')).toHaveLength(length);
    expect(rooms.two.in('group').at(-1)?.body).not.toContain('会员数据');
    rooms.one.weather = 'fine';
    await rooms.pass(MINUTE);
    expect(
      rooms.one
        .in('ops')
        .map(({ body }) => body)
        .join(),
    ).not.toContain('会员数据');
  });

  it('content that moved to a private room does not come back when that one is taken off', async () => {
    const rooms = await RoomsHouse.start(profile);
    const open = { ...OPS, open: true };
    await rooms.declare('会员数据', open);
    const own = { ...OPS, address: 'inc-1', insteadOf: roomId(open) };
    await rooms.must({ type: 'add_room', room: own });
    // At once it would be a slip, which is taken back alone.
    await rooms.pass(MINUTE);
    await rooms.byTwo({ type: 'remove_room', room: roomId(own) });
    expect(
      rooms.one
        .in('ops')
        .map(({ body }) => body)
        .join(),
    ).not.toContain('会员数据');
  });

  it('a room taken off by hand stays off', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('会员数据');
    await rooms.byTwo({ type: 'remove_room', room: roomId(GROUP) });
    await rooms.must({ type: 'answer', fact: 'system', value: 'shop' });
    expect(Object.keys((await rooms.state()).rooms)).not.toContain(roomId(GROUP));
  });
});

describe('a room abroad, over the wire', () => {
  /** An incident with every secret in it, told at home while a reminder of each kind goes by. */
  async function told(): Promise<RoomsHouse> {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare(SECRET.title);
    for (const command of commandsWithWords('<b>"hostile"</b>').slice(2)) await rooms.do(command);
    await rooms.do({ type: 'take_item', item: 'art7.2' }, HANS);
    return rooms;
  }
  const secrets = Object.values(SECRET);
  const found = (text: string) => secrets.filter((secret) => text.includes(secret));

  it('nothing unreleased is ever sent there, nor to who took part from there', async () => {
    const rooms = await told();
    await rooms.follow(5 * 60 * MINUTE);
    expect(said(rooms.one, 'berlin').length).toBeGreaterThan(5);
    expect(found(said(rooms.one, 'berlin').join())).toEqual([]);
    expect(found(said(rooms.one, 'dm:hans').join())).toEqual([]);
    expect(found(said(rooms.one, 'ops').join())).not.toEqual([]);
  });

  it('nothing unreleased is answered there, whatever is asked for', async () => {
    const rooms = await told();
    const { app } = rooms.house;
    const incident = rooms.incident;
    const answers: unknown[] = [];
    for (const view of [
      'status',
      'verdict',
      'proposals',
      'question',
      'checklist',
      'draft',
      'why',
      'answers',
      'people',
      'more',
      'timeline',
      'script',
      'send',
      'download',
      'list',
    ])
      answers.push(await app.view({ view, args: view === 'list' ? {} : { incident } }, HANS));
    for (const form of [
      'item',
      'rename',
      'note',
      'correct',
      'wording',
      'filing',
      'awareness',
      'confirm_awareness',
      'first_report',
      'rooms',
      'release_abroad',
    ])
      answers.push(
        await app.form(
          { form, args: { incident, item: 'art7.2', field: 'art7.2.impact', fact: 'personal_info_people' } },
          HANS,
        ),
      );
    for (const line of [
      'status',
      'why',
      'items',
      'timeline',
      'draft',
      'read',
      'list',
      'download',
      'people',
      'note hello',
      'item 2 impact: ok',
    ])
      answers.push(withoutState(await rooms.say(line, HANS)));
    answers.push(
      await app.incident(incident, HANS, 'en'),
      await app.incidents(HANS, { limit: 10 }),
      await app.timeline(incident, HANS, 'zh-CN'),
      await app.cards(incident, HANS),
      await app.state(incident, HANS),
      await app.report(incident, HANS, { format: 'md', language: 'zh' }),
      await app.record(incident, HANS, { counsel: false }),
      await app.file(incident, 'a'.repeat(64), HANS),
      withoutState(await rooms.do({ type: 'rename', title: SECRET.title }, HANS)),
    );
    expect(found(JSON.stringify(answers.map(withoutState)))).toEqual([]);
    expect(await app.report(incident, HANS, { format: 'md', language: 'zh' })).toMatchObject({ code: 'not_released' });
    // The same questions at home show that there was something to withhold.
    expect(found(JSON.stringify(await app.incident(incident, person('li', OPS), 'en')))).not.toEqual([]);
  });

  it('shows a part once legal released it, and takes it back when that is withdrawn', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare(SECRET.title);
    const shown = () =>
      rooms.one
        .in('berlin')
        .map(({ body }) => body)
        .join();
    const release = {
      type: 'release_abroad',
      room: roomId(BERLIN),
      what: ['title' as const],
      reason: 'asked',
      legalBasis: 'none',
    } as const;
    const guest = person('guest', OPS);
    expect(await rooms.do({ ...release, what: [...release.what] }, guest)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    await rooms.must({ ...release, what: [...release.what] }, person('adm', OPS));
    await rooms.pass(MINUTE);
    expect(shown()).toContain(SECRET.title);
    await rooms.must({ type: 'withdraw_release', room: roomId(BERLIN), reason: 'mistake' });
    await rooms.pass(MINUTE);
    expect(shown()).not.toContain(SECRET.title);
    expect(await rooms.differences()).toEqual([]);
  });

  it('what stood there is taken back when it becomes known that CII is involved', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('x');
    const lines = () =>
      rooms.one
        .in('berlin')
        .map(({ body }) => body)
        .join();
    expect(lines()).toContain('13:42');
    await rooms.must({ type: 'answer', fact: 'operator', value: ['cii_involved'] });
    await rooms.pass(MINUTE);
    expect(lines()).not.toContain('13:42');
    expect(lines()).toContain('To learn more, ask Li Wei, wang or Adm Min.');
  });
});

describe('chat may be compromised', () => {
  async function left(): Promise<RoomsHouse> {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare(SECRET.title);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    const asked = await rooms.say('our chat may be compromised', person('li', OPS));
    // What was typed is read back before anything happens.
    expect(asked.kind === 'card' && JSON.stringify(asked.card)).toContain('"type":"leave_chat"');
    expect((await rooms.state()).chatLeft).toBeNull();
    await rooms.must({ type: 'leave_chat' });
    await rooms.pass(MINUTE);
    return rooms;
  }

  /** The lead is on the first chat alone, which is left. */
  const onOne = organisationSchema.parse({
    ...secretive,
    people: [
      { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [account('li', 'one')] },
      { id: 'zhao', name: 'zhao', roles: ['filer', 'legal'], accounts: [account('zhao', 'own')] },
    ],
    rooms: [],
  });

  it('waits for a second person where somebody else asks', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('x');
    await rooms.must({ type: 'leave_chat' }, person('hu', OPS));
    expect((await rooms.state()).chatLeft).toBeNull();
    await rooms.must({ type: 'second', proposal: 'p1', agree: true }, person('wang', GROUP));
    expect((await rooms.state()).chatLeft).not.toBeNull();
  });

  it('goes on calling people there, with number and time left alone, until somebody who may act has acted elsewhere', async () => {
    const rooms = await RoomsHouse.start(onOne);
    await rooms.declare(SECRET.title);
    await rooms.must({ type: 'answer', fact: 'system', value: 'shop' });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await rooms.must({ type: 'leave_chat' });
    expect((await rooms.state()).chatLeft).not.toBeNull();
    const before = rooms.one.in('dm:li').length;
    await rooms.follow(151 * MINUTE);
    const said = rooms.one.in('dm:li').map(({ body }) => body);
    expect(said.length).toBeGreaterThan(before);
    expect(said.join()).not.toContain(SECRET.title);
    expect(said.join()).toMatch(/ h left, due 13:42/u);
    // Nothing but number and time: no button, no recipient of a report.
    expect(said.join()).not.toMatch(/"intent"|"form"|互联网信息|CAC/u);
    await rooms.must({ type: 'take_charge' }, person('zhao', OWN));
    const heard = rooms.one.in('dm:li').length;
    await rooms.follow(60 * MINUTE);
    expect(rooms.one.in('dm:li').length).toBe(heard);
  });

  it.each([
    ['chat is left', { type: 'leave_chat' } as const],
    ['collection is stopped', { type: 'stop_state_secret' } as const],
  ])('when %s, the lead is told how many messages the platform would not change', async (_, intent) => {
    const rooms = await RoomsHouse.start(onOne);
    await rooms.declare(SECRET.title);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await rooms.follow(125 * MINUTE);
    const { canEdit } = rooms.one.messenger;
    const refused = new Set(rooms.one.in('dm:li').map(({ ref }) => ref));
    expect(refused.size).toBeGreaterThan(0);
    Object.assign(rooms.one.messenger, {
      canEdit: {
        ...canEdit,
        edit: async (place: Place, ref: string, body: string) =>
          refused.has(ref)
            ? { kind: 'refused' as const, reason: 'forbidden' as const, detail: 'cant_update_message' }
            : (canEdit?.edit(place, ref, body) ?? { kind: 'unknown' as const, detail: '' }),
      },
    });
    await rooms.must(intent);
    await rooms.pass(30 * MINUTE);
    const all = [...rooms.one.messages, ...rooms.own.messages].map(({ body }) => body).join();
    expect(all).toMatch(new RegExp(`could not change or remove ${refused.size} message`, 'u'));
  });

  it('is silent there only by two', async () => {
    const rooms = await RoomsHouse.start(onOne);
    await rooms.declare('x');
    await rooms.must({ type: 'leave_chat' });
    await rooms.must({ type: 'leave_chat', quiet: true }, person('chen', OWN));
    expect((await rooms.state()).chatLeft?.quiet).toBeUndefined();
    const open = (await rooms.state()).proposals.find(({ settled }) => settled === null);
    expect(open?.effects.map(({ kind }) => kind)).toEqual(['silenced']);
    await rooms.must({ type: 'second', proposal: open?.id ?? '', agree: true }, person('zhao', OWN));
    expect((await rooms.state()).chatLeft?.quiet).toBe(true);
  });

  it('says last words in every chat room, takes back what stood there, and goes on where the bot is at home', async () => {
    const rooms = await left();
    expect(Object.keys((await rooms.state()).rooms)).toEqual([roomId(OWN)]);
    const ops = rooms.one.in('ops').map(({ body }) => body);
    expect(ops.join()).not.toContain(SECRET.title);
    expect(ops.filter((body) => body.includes('continues elsewhere')).length).toBe(ops.length);
    expect(
      rooms.two
        .in('group')
        .map(({ body }) => body)
        .join(),
    ).toContain('已转至他处');
    expect(
      rooms.own
        .in('main')
        .map(({ body }) => body)
        .join(),
    ).toContain(SECRET.title);
    expect(await rooms.differences()).toEqual([]);
  });

  it('writes nothing more there: not to rooms, not to people, who are reached with their other account', async () => {
    const rooms = await left();
    const before = [rooms.one.wire.length, rooms.two.wire.length];
    await rooms.follow(5 * 60 * MINUTE);
    expect([rooms.one.wire.length, rooms.two.wire.length]).toEqual(before);
    expect(rooms.own.in('dm:li').length).toBeGreaterThan(0);
  });

  it('answers nobody there, and says where to go', async () => {
    const rooms = await left();
    const li = person('li', OPS);
    const { incident } = rooms;
    expect(await rooms.house.app.view({ view: 'status', args: { incident } }, li)).toEqual({ code: 'chat_left' });
    expect(await rooms.do({ type: 'take_lead' }, li)).toMatchObject({ refusal: { code: 'chat_left' } });
    expect(await rooms.house.app.incidents(li, { limit: 5 })).toEqual([]);
    expect(await rooms.house.app.report(incident, li, { format: 'md', language: 'en' })).toEqual({ code: 'chat_left' });
    const reply = await rooms.say('status', li);
    expect(reply.kind === 'card' && localiseCard(reply.card, 'en').title).toContain('was moved out of chat');
    // A stranger learns nothing.
    expect(
      await rooms.house.app.view({ view: 'status', args: { incident } }, person('eve', { ...OPS, address: 'x' })),
    ).toMatchObject({ code: 'unknown_incident' });
  });

  it('takes back a card whose answer was lost when it was posted', async () => {
    const rooms = await RoomsHouse.start(profile);
    rooms.one.weather = 'loses';
    await rooms.declare(SECRET.title);
    expect(
      rooms.one
        .in('ops')
        .map(({ body }) => body)
        .join(),
    ).toContain(SECRET.title);
    await rooms.must({ type: 'leave_chat', reason: 'phished' }, person('li', OWN));
    rooms.one.weather = 'fine';
    await rooms.pass(MINUTE);
    expect(
      rooms.one
        .in('ops')
        .map(({ body }) => body)
        .join(),
    ).not.toContain(SECRET.title);
  });

  it('comes back with a reason, given in the console', async () => {
    const rooms = await left();
    await rooms.must({ type: 'return_to_chat', reason: 'accounts reset' }, person('li', OWN));
    await rooms.pass(2 * MINUTE);
    expect(await rooms.differences()).toEqual([]);
    expect(
      rooms.one
        .in('ops')
        .map(({ body }) => body)
        .join(),
    ).toContain(SECRET.title);
  });

  it('a reminder that waited for a platform that was down is not said after the incident has left it', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('x');
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    rooms.one.weather = 'refuses';
    await rooms.follow(231 * MINUTE);
    await rooms.must({ type: 'leave_chat', reason: 'phished' }, person('li', OWN));
    rooms.one.weather = 'fine';
    await rooms.pass(10 * MINUTE);
    expect(rooms.one.in('dm:li')).toEqual([]);
    expect(rooms.one.in('ops').every(({ body }) => body.includes('continues elsewhere'))).toBe(true);
  });
});

/** Platforms get the state and the profile to look up rooms and revisions; what they show is the card. */
function withoutState(reply: unknown): unknown {
  return JSON.parse(
    JSON.stringify(reply ?? null, (name, value: unknown) => {
      if (name === 'said' && typeof value === 'function') return value();
      return name === 'organisation' || name === 'inForce' || (name === 'state' && typeof value === 'object')
        ? undefined
        : value;
    }),
  );
}
