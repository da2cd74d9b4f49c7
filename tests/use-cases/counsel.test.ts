import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { collect } from '../contract/harness.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';

/** What is for counsel only: who may read it, and that nothing takes it along unless such a person asks. */
const NOTE = '可能构成单位犯罪';
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const caller = (id: string): Caller => ({ account: account(id), name: id, language: 'en' });
const person = (id: string, roles: readonly string[]) => ({ id, name: id, roles, accounts: [account(id)] });
const organisation: Organisation = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
  people: [
    person('li', ['responder', 'lead']),
    person('chen', ['responder', 'legal']),
    person('zhao', ['approver']),
    person('wang', ['responder', 'filer']),
  ],
});

let house: RunningHouse;
let id: string;
beforeAll(async () => {
  house = await startHouse({ organisation });
  const { app } = house.house;
  const delivery = (key: string) => ({ platform: 'test', key, body: key });
  const declared = await app.declare({ title: 'x', caller: caller('li'), room: null, delivery: delivery('1') });
  id = declared.incident ?? '';
  const intent = { type: 'assess_point', point: 'crime', finding: 'open', note: NOTE } as const;
  const revision = (await app.state(id, 'api'))?.version ?? 0;
  await app.submit({ incident: id, intent, revision, caller: caller('chen'), delivery: delivery('2') });
});
afterAll(() => house.stop());

const form = (who: string) =>
  house.house.app.form({ form: 'assess', args: { incident: id, point: 'crime' } }, caller(who));
const view = (who: string) => house.house.app.view({ view: 'assessment', args: { incident: id } }, caller(who));

test.each(['li', 'chen', 'zhao'])('%s leads, is legal or approves: reads the points and their notes', async (who) => {
  expect(JSON.stringify(await form(who))).toContain(NOTE);
  expect(await view(who)).toMatchObject({ blocks: expect.any(Array) });
});

test('others are told whom to ask, and the time line does not tell them', async () => {
  const refused = { code: 'forbidden', params: { roles: ['lead', 'approver', 'legal'] } };
  expect(await form('wang')).toEqual(refused);
  expect(await view('wang')).toEqual(refused);
  const lines = await house.house.app.timeline(id, caller('wang'), 'en');
  expect(lines?.map(({ text }) => text)).toContain('Assessment: Suspected crime: report to the police assessed');
  expect(JSON.stringify(lines)).not.toContain(NOTE);
});

test('record and bundle leave it out; asked for it is there, for those who may read it', async () => {
  const { app } = house.house;
  const rows = async (who: Caller | 'api', counsel: boolean) => {
    const record = await app.record(id, who, { counsel });
    return 'code' in record ? record.code : JSON.stringify(await collect(record));
  };
  for (const who of ['li', 'wang'] as const) expect(await rows(caller(who), false)).not.toContain(NOTE);
  expect(await rows(caller('chen'), true)).toContain(NOTE);
  expect(await rows(caller('wang'), true)).toBe('forbidden');
  expect(await app.bundle(id, caller('wang'), { counsel: true })).toMatchObject({ code: 'forbidden' });
  expect(await app.bundle(id, caller('chen'), { counsel: true })).not.toMatchObject({ code: 'forbidden' });
});

test('the reason of a delay is on the assessment for the lead and legal, and on no card or time line others read', async () => {
  const { app } = house.house;
  const REASON = '夜间值班无人';
  const late = await app.declare({
    ...{ title: 'late', caller: caller('li'), room: null, delivery: { platform: 'test', key: 'late', body: '' } },
    awareness: new Date(Date.now() - 6 * 3_600_000).toISOString(),
  });
  const incident = late.incident ?? '';
  let key = 0;
  const must = async (intent: Parameters<typeof app.submit>[0]['intent']): Promise<void> => {
    key += 1;
    const revision = (await app.state(incident, 'api'))?.version ?? 0;
    const by = { caller: caller('li'), delivery: { platform: 'test', key: `late${key}`, body: '' } };
    expect(await app.submit({ incident, intent, revision, ...by })).toMatchObject({ kind: 'done' });
  };
  await must({ type: 'answer', fact: 'operator', value: 'other' });
  await must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  const at = new Date().toISOString();
  await must({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at });
  const seenBy = async (who: Caller, view: string) => JSON.stringify(await app.view({ view, args: { incident } }, who));
  expect(await seenBy(caller('li'), 'assessment')).toContain('filed.delay_open');
  const line = await app.text({
    ...{ line: `${incident} 逾期原因`, incident, caller: caller('li'), room: null },
    delivery: { platform: 'test', key: 'ask', body: '' },
  });
  expect(line).toMatchObject({ form: { form: 'explain_delay' } });
  const filled = await app.submitForm({
    ...{
      ref: { form: 'explain_delay', args: { incident } },
      values: { reason: REASON },
      caller: caller('li'),
      room: null,
    },
    ...{
      revision: (await app.state(incident, 'api'))?.version ?? 0,
      delivery: { platform: 'test', key: 'f', body: '' },
    },
  });
  expect(filled).toMatchObject({ kind: 'done' });
  expect(JSON.stringify(filled.kind === 'done' ? filled.said() : null)).not.toContain(REASON);
  expect(await seenBy(caller('li'), 'assessment')).toContain(REASON);
  for (const view of ['status', 'draft', 'checklist', 'timeline', 'answers', 'question', 'more', 'tasks', 'why'])
    expect(await seenBy(caller('li'), view), view).not.toContain(REASON);
  expect(JSON.stringify(await app.timeline(incident, caller('li'), 'en'))).not.toContain(REASON);
  const exported = async (counsel: boolean) => {
    const record = await app.record(incident, caller('li'), { counsel });
    return 'code' in record ? record.code : JSON.stringify(await collect(record));
  };
  expect(await exported(false)).not.toContain(REASON);
  expect(await exported(true)).toContain(REASON);
  const group = {
    platform: 'wecom',
    tenant: 't',
    address: 'g',
    location: 'home',
    language: 'zh-CN',
    open: false,
  } as const;
  const aloud = await seenBy({ ...caller('li'), room: group, aloud: true }, 'assessment');
  expect(aloud).toContain('ask_directly');
  expect(aloud).not.toContain(REASON);
});
