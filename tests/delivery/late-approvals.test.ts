import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const ZHAO = { id: 'zhao', name: '赵敏', roles: ['approver'], accounts: [account('zhao', 'two')] };
const LI = person('li', GROUP);

/** A four-hour clock, a draft, and an approver: `minutes` after the declaration. */
async function drafted(minutes: number, zhao: object = ZHAO): Promise<RoomsHouse> {
  const li = { id: 'li', name: '李伟', roles: ['lead', 'responder'], accounts: [account('li', 'two')] };
  const profile = { ...secretive, people: [li, zhao], rooms: [{ ...GROUP, entities: ['shanghai'] }] };
  const rooms = await RoomsHouse.start(organisationSchema.parse(profile));
  rooms.own.isQuiet = true;
  await rooms.declare('x', GROUP);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
  await rooms.follow(minutes * MINUTE);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, LI);
  return rooms;
}
const ask = (rooms: RoomsHouse) => rooms.must({ type: 'request_approval', draft: 1 }, LI);

async function chatIsBack(rooms: RoomsHouse): Promise<void> {
  rooms.two.weather = 'fine';
  rooms.house.returned('two');
  await rooms.pass(10_000);
}
const cards = (rooms: RoomsHouse, address: string) =>
  rooms.two
    .in(address)
    .filter(({ key, body }) => !key.startsWith('surface:') && /请(?:立即)?审批/.test(body))
    .map(({ body }) => JSON.parse(body).card);
/** What became of the notices to somebody, in order. */
const ends = async (rooms: RoomsHouse, who: string) =>
  (await rooms.store.events(rooms.incident)).flatMap(({ event }) =>
    event.type === 'notice_delivered' && event.payload.outcome !== 'delayed' && event.payload.notice.endsWith(who)
      ? [event.payload.outcome]
      : [],
  );

describe('a request for approval that waited for its chat', () => {
  it('says how much time is left now', async () => {
    const rooms = await drafted(30);
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.stride(40 * MINUTE);
    await chatIsBack(rooms);
    expect(cards(rooms, 'dm:zhao').map(({ title }) => title)).toEqual([expect.stringContaining('余2小时49分')]);
  });

  it('says that the deadline has passed', async () => {
    const rooms = await drafted(238);
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.pass(3 * MINUTE);
    await chatIsBack(rooms);
    expect(cards(rooms, 'dm:zhao')[0].title).toMatch(/已逾期[12]分钟/);
  });

  it('is one message with the reminders of it that waited as well', async () => {
    const rooms = await drafted(200);
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.stride(32 * MINUTE);
    await chatIsBack(rooms);
    const [one, ...more] = cards(rooms, 'dm:zhao');
    expect(more).toEqual([]);
    expect(one.title).toContain('余7分');
    expect(JSON.stringify(one)).toContain('待您审批');
    expect(await ends(rooms, ':person:zhao')).toEqual(expect.arrayContaining(['superseded', 'sent']));
  });

  it('is not sent any more once the approver has decided, and has an end on the record', async () => {
    const rooms = await drafted(30);
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.stride(10 * MINUTE);
    const hash = (await rooms.state()).drafts.at(-1)?.text?.hash ?? '';
    await rooms.must({ type: 'approve', draft: 1, hash }, person('zhao', GROUP));
    await chatIsBack(rooms);
    expect(cards(rooms, 'dm:zhao')).toEqual([]);
    expect(await ends(rooms, ':person:zhao')).toEqual(['settled']);
  });

  it('is not sent any more once there is a later draft: only the latest can be approved', async () => {
    const rooms = await drafted(30);
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.stride(10 * MINUTE);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] }, LI);
    await rooms.must({ type: 'request_approval', draft: 2 }, LI);
    await chatIsBack(rooms);
    expect(cards(rooms, 'dm:zhao').map(({ title }) => title)).toHaveLength(1);
    expect(await ends(rooms, ':person:zhao')).toEqual(expect.arrayContaining(['settled', 'sent']));
  });

  it('still names the approver where the room hears it in their stead', async () => {
    const rooms = await drafted(30);
    rooms.two.unreachable.add('zhao');
    rooms.two.weather = 'refuses';
    await ask(rooms);
    await rooms.stride(40 * MINUTE);
    await chatIsBack(rooms);
    expect(cards(rooms, 'group').map(({ title }) => title)).toEqual([
      expect.stringMatching(/^赵敏：INC-\d{4}-\d{4} · 请审批.*余2小时49分/),
    ]);
  });

  it('tells whoever asked what was decided, however late that is', async () => {
    const rooms = await drafted(30);
    const hash = (await rooms.state()).drafts.at(-1)?.text?.hash ?? '';
    rooms.two.weather = 'refuses';
    // Nobody was asked: the decision is the only entry of this approval.
    await rooms.must({ type: 'approve', draft: 1, hash }, person('zhao', GROUP));
    await rooms.stride(10 * MINUTE);
    await chatIsBack(rooms);
    const toLead = rooms.two.in('dm:li').map(({ body }) => body);
    expect(toLead.join()).toContain('批准');
  });
});

describe('a pending approval that comes another way', () => {
  it('says how it stands, not that nothing is due any more', async () => {
    const zhao = { ...ZHAO, accounts: [account('zhao', 'two'), account('zhao', 'one')] };
    const rooms = await drafted(30, zhao);
    await ask(rooms);
    rooms.two.weather = 'refuses';
    // Half of the time that was left when it was asked for is over.
    await rooms.stride(110 * MINUTE);
    const heard = rooms.one.in('dm:zhao').map(({ body }) => body);
    expect(heard).not.toEqual([]);
    expect(heard.join()).not.toMatch(/无须再(?:操作|办理)/u);
    expect(heard.join()).toContain('须于');
  });
});
