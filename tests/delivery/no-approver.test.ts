import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import type { Language } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { regime } from '../conversation/story.ts';
import { GROUP, MINUTE, person, RoomsHouse } from './rooms-house.ts';

const LI = person('li', GROUP);
const CHEN = person('chen', GROUP);
const FOUR_HOURS = 240;

/** A draft where nobody is named who approves. */
async function drafted(organisation: object | null = null): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(organisation && organisationSchema.parse(organisation));
  rooms.own.isQuiet = true;
  await rooms.declare('x', GROUP);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
  await rooms.must({ type: 'add_note', text: 'x' }, CHEN);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, LI);
  return rooms;
}
async function asked(rooms: RoomsHouse, who = LI, language: Language = 'zh-CN'): Promise<string> {
  const result = await rooms.do({ type: 'request_approval', draft: 1 }, who);
  const said = result.kind === 'done' ? result.said() : null;
  return said ? localiseCard(said, language).title : JSON.stringify(result);
}
const toldAlone = (rooms: RoomsHouse, who: string) =>
  rooms.two.in(`dm:${who}`).flatMap(({ body }) => (body.includes('请审批') ? [JSON.parse(body).card] : []));
const draftCard = (rooms: RoomsHouse) =>
  rooms.two.in('group').findLast(({ key }) => key.endsWith(':draft'))?.body ?? '';
const file = (rooms: RoomsHouse) => {
  const at = new Date(rooms.clock.now()).toISOString();
  return rooms.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 }, LI);
};

describe('without an organisation profile', () => {
  it('whoever asks for approval hears that no approver is named, who may approve and how', async () => {
    expect(await asked(await drafted())).toBe(
      '第1稿已提请审批。未配置组织档案，没有指定的审批人：任何参与人员（含您本人）均可点击【批准】或回复“批准”。时间紧迫的，可先行报送，再登记。',
    );
    expect(await asked(await drafted(), LI, 'en')).toBe(
      'Draft 1 is ready for approval. There is no organisation profile, so no approver is named: anyone who takes part can approve it, including you, with [Approve] or “approve”. The draft can also be filed without approval.',
    );
  });

  it('the draft says the same to everybody, with the button', async () => {
    const rooms = await drafted();
    await asked(rooms);
    expect(draftCard(rooms)).toContain('已提请审批，未指定审批人：任何参与人员均可批准');
    expect(draftCard(rooms)).toContain('"label":"批准"');
  });

  it('the lead is asked when somebody else wants the approval', async () => {
    const rooms = await drafted();
    await asked(rooms, CHEN);
    expect(toldAlone(rooms, 'li').map(({ title }) => title)).toEqual([expect.stringContaining('请审批')]);
    expect(toldAlone(rooms, 'chen')).toEqual([]);
  });

  it('lead and requester are reminded before the room is, for nobody else would be', async () => {
    const rooms = await drafted();
    await asked(rooms, CHEN);
    await rooms.follow((FOUR_HOURS / 2 + 1) * MINUTE);
    expect(JSON.stringify(toldAlone(rooms, 'chen'))).toContain('待您审批');
    expect(JSON.stringify(toldAlone(rooms, 'li').at(-1))).toContain('登记未经审批的报送');
  });

  it.each([
    ['the requester', LI],
    ['another participant', CHEN],
  ])('%s approves it with the word', async (_, who) => {
    const rooms = await drafted();
    await asked(rooms);
    await rooms.say('批准', who);
    expect((await rooms.state()).approvals.at(-1)?.approved).not.toBeNull();
  });

  it('nothing waits for the approval: it can be filed, and needs no reason', async () => {
    const rooms = await drafted();
    await asked(rooms);
    expect(await file(rooms)).toMatchObject({ kind: 'done' });
  });
});

describe('with a profile', () => {
  const account = (id: string) => [{ platform: 'two', tenant: 't', id }];
  const profile = (roles: readonly string[], more: object = {}) => ({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [{ id: 'li', name: '李伟', roles, accounts: account('li') }],
    ...more,
  });
  const refused = async (rooms: RoomsHouse, language: Language) => {
    const result = await rooms.do({ type: 'request_approval', draft: 1 }, LI);
    if (result.kind !== 'refused') throw new Error(result.kind);
    const state = await rooms.state();
    const situation = { state, ia: rooms.house.engine.assess(state), regime };
    return localiseCard(refusalCard(result.refusal, situation), language);
  };

  it('that names no approver, the refusal says so and leads to the filing, which needs no reason', async () => {
    const rooms = await drafted(profile(['lead', 'responder']));
    const card = await refused(rooms, 'zh-CN');
    expect(card.title).toBe(
      '组织档案中没有审批人，无法提请审批。时间紧迫的，可先行报送，再登记并写明未经审批的理由。管理员在组织档案中添加审批人后，可再次提请。',
    );
    expect(JSON.stringify(card.blocks)).toContain('登记报送…');
    expect(await file(rooms)).toMatchObject({ kind: 'done' });
  });

  it('that wants approvals and names no approver, the form of the filing asks for the reason it needs', async () => {
    const rooms = await drafted(profile(['lead', 'responder'], { approval: { fourEyes: true } }));
    const ref = { form: 'filing', args: { incident: rooms.incident, draft: '1' } };
    const shown = await rooms.house.app.form(ref, LI);
    if (!('fields' in shown)) throw new Error(JSON.stringify(shown));
    expect(shown.fields.map(({ id }) => id)).toContain('without_approval');
    const values = {
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      draft: '1',
      at: '',
      without_approval: '无审批人',
    };
    const { version: revision } = await rooms.state();
    const submitted = { ref, values, revision, caller: LI, ...rooms.delivery() };
    expect(await rooms.house.app.submitForm(submitted)).toMatchObject({ kind: 'done' });
  });

  it('whose only approver wrote the draft, it says that, and the filing needs a reason', async () => {
    const rooms = await drafted(profile(['lead', 'approver'], { approval: { fourEyes: true } }));
    const card = await refused(rooms, 'en');
    expect(card.title).toContain('every approver in the profile helped write it');
    expect(JSON.stringify(card.blocks)).toContain('Record the filing…');
    expect(await file(rooms)).toMatchObject({ kind: 'refused', refusal: { code: 'needs_approval' } });
    // The way out that the refusal names: an approver whom the profile lists now is asked.
    expect(card.title).toContain('Ask an administrator to add an approver');
    const known = organisationSchema.parse(profile(['lead', 'approver'], { approval: { fourEyes: true } }));
    const more = known.people.map((one) => ({ ...one, id: 'new', name: 'New', accounts: [] }));
    rooms.organisation.now = { ...known, people: [...known.people, ...more] };
    await rooms.must({ type: 'request_approval', draft: 1 }, LI);
    const { approvals, people: taking } = await rooms.state();
    expect(approvals.at(-1)?.approvers.map((actor) => taking[actor]?.person)).toEqual(['new']);
  });
});
