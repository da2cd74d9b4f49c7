import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { Talk } from '../../src/talk/talk.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const profileOf = (...people: object[]) =>
  organisationSchema.parse({
    ...secretive,
    people: [
      { id: 'li', name: '李伟', roles: ['lead', 'responder'], accounts: [account('li', 'two'), account('li', 'own')] },
      ...people,
    ],
    rooms: [{ ...GROUP, entities: ['shanghai'] }],
  });
const ZHAO = { id: 'zhao', name: '赵敏', roles: ['approver'] };
const CHEN = { id: 'chen', name: '陈宇', accounts: [account('chen', 'own'), account('chenyu', 'two')] };
const LI = person('li', GROUP);

async function started(...people: object[]): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(profileOf(...people));
  rooms.own.isQuiet = true;
  await rooms.declare('x', GROUP);
  return rooms;
}
async function linked(rooms: RoomsHouse, who: string, id: string): Promise<void> {
  const offered = await rooms.links.offer(who);
  await rooms.links.redeem(offered?.code ?? '', account(id, 'two'));
}
/** First lines of what was said beside the cards that are kept current. */
const said = (rooms: RoomsHouse, address: string, on = rooms.two) =>
  on
    .in(address)
    .filter(({ key }) => !key.startsWith('surface:'))
    .map(({ body }) => JSON.parse(body).card.title);

describe('a linked account', () => {
  it('gets what is for its owner: an item, an approval', async () => {
    const rooms = await started(ZHAO);
    await linked(rooms, 'zhao', 'wo8x');
    await rooms.must({ type: 'add_person', person: 'zhao' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'zhao' }, LI);
    expect(said(rooms, 'dm:wo8x')).toEqual([expect.stringMatching(/第3项（.+）现由您负责/u)]);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, LI);
    await rooms.must({ type: 'request_approval', draft: 1 }, LI);
    expect(said(rooms, 'dm:wo8x')[1]).toContain('请审批');
    expect(said(rooms, 'group')).toEqual([]);
  });

  it('knows which incident a line in a direct message is about', async () => {
    const rooms = await started(ZHAO);
    await linked(rooms, 'zhao', 'wo8x');
    await rooms.must({ type: 'add_person', person: 'zhao' }, LI);
    const alone = { ...person('wo8x', GROUP), room: null };
    const talk = new Talk({
      ...{ app: rooms.house.app, kept: rooms.store.kept, clock: rooms.clock },
      explain: (refusal) => refusalCard(refusal),
    });
    const line = { text: '状态', command: rooms.house.app.read('状态'), about: null };
    const act = { caller: alone, place: { kind: 'direct', room: null }, ...rooms.delivery() } as const;
    expect((await talk.line({ ...line, ...act })).incident).toBe(rooms.incident);
    const listed = await rooms.house.app.incidents(alone, { limit: 5 });
    expect(listed.map(({ id }) => id)).toEqual([rooms.incident]);
  });

  it('of somebody who acted with it before it was linked leads to their other accounts', async () => {
    const rooms = await started({ ...ZHAO, accounts: [account('zhao', 'one')] });
    await rooms.must({ type: 'add_note', text: 'x' }, person('wo8x', GROUP));
    await linked(rooms, 'zhao', 'wo8x');
    const actor = Object.values((await rooms.state()).people).find(({ name }) => name === 'wo8x')?.actor ?? '';
    rooms.two.unreachable.add('wo8x');
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: actor }, LI);
    expect(said(rooms, 'dm:zhao', rooms.one)).toHaveLength(1);
  });
});

describe('the account something goes to', () => {
  it('is one that reaches: others are tried before the room', async () => {
    const rooms = await started({ ...CHEN, accounts: [account('chenyu', 'two'), account('chen', 'one')] });
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    expect(said(rooms, 'dm:chen', rooms.one)).toHaveLength(1);
  });

  it('is not that of the console, where nobody is called, while another reaches', async () => {
    const rooms = await started(CHEN);
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    expect(said(rooms, 'dm:chenyu')).toHaveLength(1);
    expect(said(rooms, 'dm:chen', rooms.own)).toEqual([]);
  });

  it('is that of the console when the incident is only there', async () => {
    const rooms = await RoomsHouse.start(profileOf({ ...CHEN, accounts: [account('chen', 'own')] }));
    rooms.own.isQuiet = true;
    await rooms.declare('x', OWN);
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    expect(said(rooms, 'dm:chen', rooms.own)).toHaveLength(1);
  });
});

describe('what the room hears in the stead of people', () => {
  const WANG = { id: 'wang', name: '王磊', accounts: [account('wang', 'two')] };

  it('names them: nobody there is "you"', async () => {
    const rooms = await started(CHEN, ZHAO);
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    // From the console: in the group it was said when it was done there.
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, person('li', OWN));
    expect(said(rooms, 'group')).toEqual([expect.stringContaining('第3项现由陈宇负责。')]);
    await rooms.must({ type: 'assign_item', item: 'art7.4', person: 'chen' }, LI);
    expect(said(rooms, 'group')).toHaveLength(1);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, LI);
    await rooms.must({ type: 'request_approval', draft: 1 }, LI);
    expect(said(rooms, 'group')[1]).toMatch(/^赵敏：INC-\d{4}-\d{4} · 请审批/);
  });

  it('comes once, however many cannot be reached and whether or not it is said there anyway', async () => {
    const rooms = await started(CHEN, WANG);
    for (const id of ['li', 'chenyu', 'wang']) rooms.two.unreachable.add(id);
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'add_person', person: 'wang' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.4', person: 'wang' }, LI);
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
    await rooms.follow(241 * MINUTE);
    const { reminders } = await rooms.state();
    const heard = rooms.two.in('group').filter(({ key }) => key.startsWith(`${rooms.incident}:`));
    expect(heard.map(({ key }) => Number(key.split(':')[1]))).toEqual(reminders.map(({ version }) => version));
    const hour = heard[reminders.findIndex(({ step }) => formatStep(step) === 'm60')]?.body ?? '';
    expect(JSON.parse(hour).card.title).toContain('陈宇、王磊、李伟：');
    expect(hour).not.toContain('您负责');
    expect(hour).toContain('陈宇负责的内容还缺：第3项');
  });

  it('is on the record as told, for each of them', async () => {
    const rooms = await started(CHEN, ZHAO);
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    const events = await rooms.store.events(rooms.incident);
    const told = events.flatMap(({ event }) => (event.type === 'notice_delivered' ? [event.payload] : []));
    expect(told).toMatchObject([{ notice: expect.stringMatching(/:person:chen$/), outcome: 'sent' }]);
  });

  it('goes to those it was for another way when the room takes nothing', async () => {
    const rooms = await started({ ...CHEN, accounts: [account('chenyu', 'two')] });
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    rooms.two.weather = 'refuses';
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, person('li', OWN));
    await rooms.pass(10 * MINUTE);
    const notices = (await rooms.store.events(rooms.incident)).flatMap(({ event }) =>
      event.type === 'notice_delivered' ? [`${event.payload.notice} ${event.payload.outcome}`] : [],
    );
    expect(notices.join('\n')).toMatch(/group delayed/);
  });
});

describe('who gets reminders', () => {
  const people = async (rooms: RoomsHouse) => {
    const card = await rooms.house.app.view({ view: 'people', args: { incident: rooms.incident } }, LI);
    if ('code' in card) throw new Error(card.code);
    return localiseCard(card, 'zh-CN').blocks.flatMap((block) =>
      block.kind === 'row' ? [`${block.mark === 'done' ? '✅' : '○'} ${block.text}`] : [],
    );
  };

  it('is one row for each person, and the status card names the owners who do not', async () => {
    const rooms = await started(CHEN, ZHAO);
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    await rooms.must({ type: 'add_person', person: 'zhao' }, LI);
    expect(await people(rooms)).toEqual([
      expect.stringMatching(/^✅ 李伟 · .*能收到提醒$/),
      expect.stringMatching(/^○ 陈宇 · .*收不到单独提醒$/),
      expect.stringMatching(/^○ 赵敏 · .*收不到单独提醒$/),
    ]);
    const status = () => rooms.two.in('group').find(({ key }) => key.endsWith(':status'))?.body;
    expect(status()).not.toContain('收不到');
    await rooms.must({ type: 'assign_item', item: 'art7.3', person: 'chen' }, LI);
    expect(status()).toContain('陈宇收不到单独提醒');
    rooms.two.unreachable.delete('chenyu');
    await rooms.must({ type: 'add_note', text: 'x' }, LI);
    expect(status()).not.toContain('收不到');
    expect(await people(rooms)).toContainEqual(expect.stringMatching(/^✅ 陈宇/));
  });

  it('is said in one line with the item that is given to somebody who does not', async () => {
    const rooms = await started(CHEN);
    rooms.two.unreachable.add('chenyu');
    await rooms.must({ type: 'add_person', person: 'chen' }, LI);
    const said = async (line: string, who = LI) => {
      const reply = await rooms.say(line, who);
      const card = reply.kind === 'submitted' && reply.result.kind === 'done' ? reply.result.said() : null;
      if (!card) throw new Error(line);
      return localiseCard(card, 'zh-CN').title;
    };
    const missed = '陈宇还收不到单独提醒。请陈宇与机器人单聊，发送“你好”；在此之前，提醒发到本群。';
    expect(await said('指派 3 陈宇')).toBe(`第3项现由陈宇负责。${missed}`);
    expect(await said('认领 4', person('chenyu', GROUP))).toBe(`第4项现由陈宇负责。${missed}`);
    expect(await said('认领 5')).toBe('第5项现由您负责，相关提醒将发给您。');
  });
});

it('a room tells how the profile names it', async () => {
  const rooms = await started();
  const said = async (who: typeof LI) => {
    const reply = await rooms.say('群编号', who, null);
    return reply.kind === 'card' ? localiseCard(reply.card, 'zh-CN').title : '';
  };
  expect(await said(LI)).toBe('本群在组织档案中的写法：platform: two, tenant: t, address: group');
  expect(await said({ ...LI, room: null })).toContain('请在要查询的群里');
});

describe('a room', () => {
  const HQ = { platform: 'two', tenant: 't', address: 'hq', location: 'abroad', name: '总部' };
  const admin = { id: 'adm', name: '管理员', roles: ['legal'], accounts: [account('adm', 'two')] };

  it('is called by the name of the profile', async () => {
    const profile = profileOf(admin);
    const rooms = await RoomsHouse.start(organisationSchema.parse({ ...profile, rooms: [...profile.rooms, HQ] }));
    await rooms.declare('x', GROUP);
    const who = { ...person('adm', GROUP) };
    const said = async (intent: Parameters<RoomsHouse['do']>[0]) => {
      const result = await rooms.do(intent, who);
      const card = result.kind === 'done' ? result.said() : null;
      return card ? localiseCard(card, 'zh-CN').title : JSON.stringify(result);
    };
    const { name: _, ...room } = { ...HQ, location: 'abroad' as const, language: 'zh-CN' as const, open: false };
    expect(await said({ type: 'add_room', room })).toBe('本事件现已同时在two群“总部”显示。');
    const released = {
      type: 'release_abroad',
      room: 'two/t/hq',
      what: ['title'],
      reason: 'x',
      legalBasis: 'x',
    } as const;
    expect(await said({ ...released, what: [...released.what] })).toBe('已允许two群“总部”查看：事件名称。');
    const form = await rooms.house.app.form({ form: 'rooms', args: { incident: rooms.incident } }, who);
    expect(JSON.stringify(form)).toContain('rooms.named');
  });

  it('that is somebody’s direct conversation is this one', async () => {
    const rooms = await started();
    const direct = { ...GROUP, address: 'li' };
    const reply = await rooms.say(`绑定 ${rooms.incident}`, { ...LI, room: direct });
    const card = reply.kind === 'submitted' && reply.result.kind === 'done' ? reply.result.said() : null;
    if (!card) throw new Error('not bound');
    expect(localiseCard(card, 'zh-CN').title).toBe('本事件现已同时在此处显示。');
  });
});

it('four eyes are two people: a linked account is the same one, also before it ever acted', async () => {
  const zhao = { ...ZHAO, accounts: [account('zhao', 'one')] };
  const rooms = await RoomsHouse.start(organisationSchema.parse({ ...profileOf(zhao), approval: { fourEyes: true } }));
  await rooms.declare('x', GROUP);
  await linked(rooms, 'zhao', 'wo8x');
  await rooms.must({ type: 'add_person', person: 'zhao' }, LI);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, person('zhao', OPS));
  const hash = (await rooms.state()).drafts.at(-1)?.text?.hash ?? '';
  const result = await rooms.do({ type: 'approve', draft: 1, hash }, person('wo8x', GROUP));
  expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'four_eyes' } });
});
