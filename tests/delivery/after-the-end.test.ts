import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { GROUP, MINUTE, OPS, person, RoomsHouse } from './rooms-house.ts';

/** What rooms and direct messages still show once an incident or a drill has ended. */

const account = (platform: string, id: string) => ({ platform, tenant: 't', id });
const profile = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', language: 'en', roles: ['lead', 'filer', 'legal'], accounts: [account('one', 'li')] },
    { id: 'wang', name: '王', language: 'zh-CN', roles: ['approver', 'legal'], accounts: [account('two', 'wang')] },
  ],
  rooms: [OPS, GROUP],
});
const li = person('li', OPS);
const wang = person('wang', GROUP);
const shown = z.object({
  card: z.object({
    title: z.string(),
    summary: z.string(),
    blocks: z.array(z.looseObject({ kind: z.string(), actions: z.array(z.unknown()).optional() })),
  }),
});

/** An incident with an open question, a checklist and two reminders to its lead. */
async function begun(drill: boolean): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(profile);
  const declared = await rooms.house.app.declare({ title: 'Leak', caller: li, room: OPS, drill, ...rooms.delivery() });
  if (declared.kind !== 'done') throw new Error(declared.kind);
  rooms.incident = declared.incident;
  await rooms.house.settle();
  await rooms.must({ type: 'add_person', person: 'wang' }, li);
  await rooms.must({ type: 'add_room', room: GROUP }, wang);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] }, li);
  await rooms.follow(200 * MINUTE);
  return rooms;
}

/** Cards that still name a deadline, ask for the first report, or have buttons; the status card may have some. */
function alive(rooms: RoomsHouse): readonly string[] {
  return [...rooms.one.messages, ...rooms.two.messages].flatMap(({ address, key, body }) => {
    const { card } = shown.parse(JSON.parse(body));
    const isStatus = key.endsWith(':status');
    const says = /deadline|13:42|09:42|Still needed|时限|首报还缺/.test(JSON.stringify(card));
    const acts = card.blocks.some(({ kind, actions }) => kind === 'choices' || (actions?.length ?? 0) > 0);
    return says || (acts && !isStatus) ? [`${address} ${card.title}: ${card.summary}`] : [];
  });
}

async function withdrawn(rooms: RoomsHouse): Promise<void> {
  await rooms.must({ type: 'withdraw_declaration', reason: 'a test' }, li);
  const open = (await rooms.state()).proposals.findLast(({ settled }) => settled === null);
  if (open) await rooms.must({ type: 'second', proposal: open.id, agree: true }, wang);
}

describe('after the end no card asks or counts', () => {
  it.each([
    ['an incident declared by mistake', false, withdrawn],
    ['a drill declared by mistake', true, withdrawn],
    ['a drill that is closed', true, (rooms: RoomsHouse) => rooms.must({ type: 'close', reason: 'done' }, li)],
  ])('%s', async (_, drill, end) => {
    const rooms = await begun(drill);
    await rooms.must({ type: 'add_task', text: 'zqTASK', person: 'wang', due: '2026-03-31T15:42:00+08:00' }, li);
    expect(JSON.stringify([rooms.one.messages, rooms.two.messages])).toContain('zqTASK');
    expect(alive(rooms).length).toBeGreaterThan(6);
    await end(rooms);
    await rooms.pass(3 * MINUTE);
    expect(alive(rooms)).toEqual([]);
    await rooms.follow(180 * MINUTE);
    expect(alive(rooms)).toEqual([]);
    await rooms.must({ type: 'reopen', reason: 'it was real' }, li);
    await rooms.pass(3 * MINUTE);
    expect(alive(rooms).some((one) => one.includes('When did anyone'))).toBe(true);
    expect(await rooms.differences()).toEqual([]);
  });
});

it('after erasing no message keeps content, nor a button that does nothing', async () => {
  const rooms = await begun(true);
  const { one, house, incident } = rooms;
  const sent = await one.messenger.post({ tenant: 't', address: 'ops', thread: null }, 'Leak', 'answer');
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  const at = { platform: 'one', tenant: 't', address: 'ops', language: 'en' } as const;
  await house.app.answered({ ...at, ref: sent.ref, isFile: false, holds: { incident } });
  await rooms.must({ type: 'close', reason: 'done' }, li);
  await rooms.must({ type: 'erase', reason: 'practice over' }, li);
  await rooms.pass(5 * MINUTE);
  const all = [...one.messages, ...rooms.two.messages];
  expect(all.length).toBeGreaterThan(8);
  for (const { body, key } of all) {
    expect(body, key).not.toMatch(/Leak|Li\b|较大|Reopen|actions/);
    expect(body, key).toMatch(
      /DRILL · DRILL-2026-0001 · This incident was erased|【演练】DRILL-2026-0001 · 本事件已删除/,
    );
  }
  expect(await rooms.store.outbox.sentAbout(incident)).toEqual([]);
});

it('a request that ends says by what it ended: an approval leaves the request to lead standing', async () => {
  const rooms = await RoomsHouse.start(
    organisationSchema.parse({
      ...profile,
      people: [
        { id: 'li', name: 'Li', language: 'en', roles: ['lead'], accounts: [account('one', 'li')] },
        { id: 'sun', name: 'Sun', language: 'en', roles: ['approver'], accounts: [account('one', 'sun')] },
        { id: 'wang', name: '王', language: 'zh-CN', roles: ['filer'], accounts: [account('two', 'wang')] },
      ],
    }),
  );
  const sun = person('sun', OPS);
  const declared = await rooms.house.app.declare({ title: 'Leak', caller: wang, room: GROUP, ...rooms.delivery() });
  if (declared.kind !== 'done') throw new Error(declared.kind);
  rooms.incident = declared.incident;
  await rooms.house.settle();
  const direct = (to: string): readonly string[] =>
    rooms.one.messages.flatMap(({ address, body }) =>
      address === `dm:${to}` ? [`${shown.parse(JSON.parse(body)).card.summary} ${body.includes('Take the lead')}`] : [],
    );
  expect(direct('li')).toEqual([expect.stringMatching(/true$/)]);
  await rooms.must({ type: 'add_person', person: 'sun' }, wang);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, wang);
  await rooms.must({ type: 'request_approval', draft: 1 }, wang);
  expect(direct('sun')).toHaveLength(1);
  const hash = (await rooms.state()).drafts.at(-1)?.text?.hash ?? '';
  await rooms.must({ type: 'approve', draft: 1, hash }, sun);
  await rooms.pass(MINUTE);
  expect(direct('sun')).toEqual([expect.stringMatching(/^Sun approved this at .* false$/)]);
  expect(direct('li')).toEqual([expect.stringMatching(/true$/)]);
  await rooms.must({ type: 'take_lead' }, li);
  await rooms.pass(MINUTE);
  expect(direct('li')[0]).toBe('Li is now the lead. false');
  expect(direct('sun')[0]).toMatch(/^Sun approved this/);
});
