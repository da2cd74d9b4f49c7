import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller, Submitted } from '../../src/use-cases/app.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { MINUTE, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const listed = (id: string, ...roles: string[]) => ({ id, name: id, roles, accounts: [person(id, OPS).account] });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [listed('li', 'responder'), listed('wang', 'lead'), listed('zhao', 'approver'), listed('sun', 'filer')],
});
const WANG = person('wang', OPS);

async function begun() {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('数据泄露');
  await rooms.pass(MINUTE);
  const told = (who: string) => rooms.one.in(`dm:${who}`).map(({ body }) => body);
  const said = (result: Submitted, language: 'en' | 'zh-CN' = 'en'): string =>
    result.kind === 'refused' ? explaining(rooms.house).asSentence(result.refusal, language, result.state) : 'done';
  const line = (text: string, caller: Caller) =>
    rooms.house.app.text({ line: text, caller, room: OPS, incident: rooms.incident, ...rooms.delivery() });
  return { rooms, told, said, line };
}
const CLOSE = { type: 'close', reason: 'over' } as const;

it('a refusal names who may and has asked them, once, with the button that does it', async () => {
  const { rooms, told, said } = await begun();
  const before = told('wang').length;
  const refused = await rooms.do(CLOSE);
  expect(said(refused)).toBe('This needs the role of lead or approver. Asked: wang, zhao.');
  expect(said(refused, 'zh-CN')).toBe('本操作须由牵头人或审批人完成，已通知wang、zhao。');
  await rooms.do(CLOSE);
  await rooms.do(CLOSE, person('sun', OPS));
  await rooms.pass(MINUTE);
  const asked = told('wang').slice(before);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('li请您办理：结案');
  expect(told('zhao').filter((one) => one.includes('请您办理'))).toHaveLength(1);
  expect(told('sun').filter((one) => one.includes('请您办理'))).toHaveLength(0);
  await rooms.pass(31 * MINUTE);
  await rooms.do(CLOSE);
  await rooms.pass(MINUTE);
  expect(told('wang').filter((one) => one.includes('请您办理'))).toHaveLength(2);
});

it('a form and a line are refused before anything is filled in, and ask as well', async () => {
  const { rooms, told, line } = await begun();
  const ref = { form: 'close', args: { incident: rooms.incident } };
  expect(await rooms.house.app.form(ref, person('li', OPS))).toMatchObject({
    code: 'forbidden',
    params: { people: ['wang', 'zhao'], asked: 'yes' },
  });
  expect(await rooms.house.app.form(ref, WANG)).toMatchObject({ ref });
  const reply = await line('close', person('li', OPS));
  expect(JSON.stringify(reply)).toContain('forbidden');
  await rooms.pass(MINUTE);
  expect(told('wang').filter((one) => one.includes('请您办理'))).toHaveLength(1);
});

it('the declarer without the role is not shown as lead, who took the lead is, and may do what a lead must', async () => {
  const { rooms, line } = await begun();
  const shown = async () => {
    const card = await rooms.house.app.view({ view: 'status', args: { incident: rooms.incident } }, WANG);
    return JSON.stringify([card, await rooms.house.app.incident(rooms.incident, WANG, 'en')]);
  };
  const leads = async () => JSON.stringify(await line('who leads this', WANG));
  expect(await leads()).toMatch(/"blocks":\[\{[^[]*"people.summary".*who.no_lead.*"take_lead"/);
  expect(await shown()).toContain('"key":"who.no_lead"');
  expect(await shown()).toContain('"lead":""');
  await rooms.must({ type: 'take_lead' }, person('zhao', OPS));
  expect(await leads()).not.toContain('who.no_lead');
  expect(await shown()).not.toContain('"key":"who.no_lead"');
  expect(await shown()).toContain('"lead":"zhao"');
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  const filing = { obligation: 'cac.art4.other', channel: 'web_12387', at: '2026-03-31T09:42:30+08:00' };
  await rooms.must({ type: 'record_filing', ...filing, receipt: 'T-1', withoutApproval: 'x' }, person('zhao', OPS));
});

it('lead and legal take a person out and let them in again from the list of people, others get no button for it', async () => {
  const { rooms } = await begun();
  await rooms.must({ type: 'add_note', text: 'here' }, person('sun', OPS));
  const buttonsOf = async (who: Caller) => {
    const card = await rooms.house.app.view({ view: 'people', args: { incident: rooms.incident } }, who);
    if ('code' in card) throw new Error(card.code);
    const rows = card.blocks.flatMap((block) => (block.kind === 'row' ? block.actions : []));
    return rows.flatMap(({ does }) => (does.kind === 'intent' ? [does.intent] : []));
  };
  expect(await buttonsOf(person('sun', OPS))).toEqual([]);
  const out = (await buttonsOf(WANG)).find((one) => one.type === 'remove_person' && one.person === 'li');
  if (!out) throw new Error('no button');
  await rooms.must(out, WANG);
  expect((await rooms.state()).people[(await rooms.state()).declared.by]?.removed).toBe(true);
  const back = (await buttonsOf(WANG)).find(({ type }) => type === 'add_person');
  if (!back) throw new Error('no way back');
  // A colleague does not undo it.
  expect(await rooms.do(back, person('sun', OPS))).toMatchObject({ refusal: { code: 'forbidden' } });
  await rooms.must(back, WANG);
  expect((await rooms.state()).people[(await rooms.state()).declared.by]?.removed).toBeUndefined();
});

it.each([
  ['at the local console without a profile', { isLocal: true } as const, false, true],
  ['in a drill', {}, true, true],
  ['elsewhere without a profile', {}, false, false],
])('%s every card with a proposal says if one person may be both, and they may', async (_, more, drill, isByOne) => {
  const rooms = await RoomsHouse.start(null);
  const who: Caller = { ...person('li', OPS), ...more };
  const declared = await rooms.house.app.declare({ title: 'x', drill, caller: who, room: OPS, ...rooms.delivery() });
  if (declared.kind !== 'done') throw new Error('not declared');
  rooms.incident = declared.incident;
  await rooms.must({ type: 'decide_level', level: 'general', reason: 'x' }, who);
  const cards = [
    await rooms.house.app.view({ view: 'proposals', args: { incident: rooms.incident } }, who),
    (await rooms.house.app.cards(rooms.incident, who))?.find(({ key }) => key === 'proposals')?.card,
  ];
  for (const card of cards) expect(JSON.stringify(card).includes('proposal.by_one')).toBe(isByOne);
  const agreed = await rooms.do({ type: 'second', proposal: 'p1', agree: true }, who);
  expect(agreed.kind).toBe(isByOne ? 'done' : 'refused');
});
