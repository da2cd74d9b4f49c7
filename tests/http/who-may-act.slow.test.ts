import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/http/token-store.ts';
import type { Command } from '../../src/incident/commands.ts';
import { ROLES } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

/** What may be done by somebody abroad who sees the overview alone: they tell something, or hold it back themselves. */
const FROM_ABROAD: readonly string[] = [
  ...[
    'add_note',
    'add_evidence',
    'take_item',
    'take_charge',
    'hand_over',
    'take_over',
    'assign_item',
    'snooze',
    'set_language',
    'set_drill_speed',
  ],
  ...['stop_state_secret', 'explain_delay', 'hold', 'withdraw_release', 'ask_to_join'],
];

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const person = (id: string, more: object = {}) => ({
  id,
  name: id,
  accounts: [account(id)],
  roles: [...ROLES],
  ...more,
});
const profileOf = (...ids: readonly string[]): Organisation =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [person('hans', { location: 'abroad' }), ...ids.map((id) => person(id))],
  });

let profile = profileOf('li', 'leaver', 'mole');
let house: RunningHouse;
let lead: Client;
beforeAll(async () => {
  house = await startHouse({ profile: () => profile });
  lead = await signIn(new Client(house), 'li');
});
afterAll(() => house.stop());

let keys = 0;
const delivery = () => ({ platform: 'chat', key: `k${keys++}`, body: '' });
const caller = (id: string, more: Partial<Caller> = {}): Caller => ({
  ...{ account: account(id), name: id, language: 'zh-CN' },
  ...more,
});

/** An incident at home in which everybody of the profile takes part. Answers its id. */
async function declared(): Promise<string> {
  const { id } = await json(await lead.post('/api/v1/incidents', { title: `数据泄露 ${keys++}` }));
  for (const who of ['hans', 'leaver', 'mole']) {
    const intent = { type: 'add_person', person: who };
    await lead.post(`/api/v1/incidents/${id}/intents`, { intent, revision: (await stateOf(id)).version });
  }
  return String(id);
}
async function stateOf(id: string) {
  const state = await house.store.incident(id);
  if (!state) throw new Error('no incident');
  return state;
}

/** Lines of the grammar that act, in both languages. */
const LINES: readonly string[] = [
  ...['120万', '否', '1', '09:20 监测告警', '泄露了5万人', '改名 新标题', '地点：上海', '措施：断网', '记录 断网了'],
  ...[
    '暂不报告',
    '撤出聊天工具',
    '较大',
    '确认较大',
    '同意',
    '批准',
    '首报',
    '涉密',
    '认领 3',
    '我来牵头',
    '任务 打电话',
  ],
  ...['结案', '处置结束', '登记报送', '关联', '不展示', '移出 li', 'remove li', 'confirm room', '确认本群', '误报撤销'],
  ...['rename New title', 'note x', 'our chat may be compromised', 'major', 'approve', 'take the lead', 'close', 'yes'],
];
/** Forms that change an incident. */
const FORMS: readonly string[] = [
  'first_report',
  'level',
  'not_reportable',
  'rename',
  'note',
  'rooms',
  'people',
  'close',
];

interface Stranger {
  readonly who: Caller;
  readonly before?: (id: string) => Promise<void>;
  /** Commands they may give all the same. */
  readonly may?: readonly string[];
  /** A press is answered by a card; what they see there is nobody's content. */
  readonly reads: boolean;
}
const PEOPLE: Readonly<Record<string, Stranger>> = {
  'abroad without a release': { who: caller('hans'), may: FROM_ABROAD, reads: true },
  'of another organisation': { who: caller('elsewhere', { outside: true }), reads: false },
  'a guest of the console': { who: caller('guest'), reads: false },
  'left the profile': {
    who: caller('leaver'),
    reads: false,
    before: async () => {
      profile = profileOf('li', 'mole');
    },
  },
  'taken out': {
    who: caller('mole'),
    reads: false,
    before: async (id) => {
      // With every role, so that two people take them out.
      const take = async (who: string, intent: Command) => {
        const { version } = await stateOf(id);
        const asked = { incident: id, intent, revision: version, caller: caller(who), delivery: delivery() };
        expect(await house.house.app.submit(asked)).toMatchObject({ kind: 'done' });
      };
      await take('mole', { type: 'add_note', text: 'here' });
      await take('li', { type: 'remove_person', person: 'mole' });
      await take('leaver', { type: 'second', proposal: (await stateOf(id)).proposals.at(-1)?.id ?? '', agree: true });
    },
  },
};

describe.each(Object.entries(PEOPLE))('%s', (_, { who, before, may = [], reads }) => {
  const acts = commandExamples.filter(({ type }) => type !== 'declare' && !may.includes(type));
  let id = '';
  beforeAll(async () => {
    profile = profileOf('li', 'leaver', 'mole');
    id = await declared();
    await before?.(id);
  });

  it.each(acts.map((command) => [command.type, command] as const))('%s by a press', async (_type, intent: Command) => {
    const { version } = await stateOf(id);
    const done = await house.house.app.submit({
      incident: id,
      intent,
      revision: version,
      caller: who,
      delivery: delivery(),
    });
    expect(done).toMatchObject({ kind: 'refused' });
    if (done.kind === 'refused') {
      expect(['unknown_incident', 'not_released', 'forbidden', 'outside', 'unknown_relation']).toContain(
        done.refusal.code,
      );
    }
    expect((await stateOf(id)).version).toBe(version);
  });

  it('by the API neither, and nothing is shown there', async () => {
    if (reads || who.outside === true) return;
    const cookie = (await signIn(new Client(house), who.account.id).catch(() => null)) ?? lead.with({ cookie: '' });
    const { version } = await stateOf(id);
    for (const path of ['', '/page', '/timeline', '/record', '/report?format=md', '/files', '/papers', '/bundle'])
      expect([path, (await cookie.get(`/api/v1/incidents/${id}${path}`)).ok]).toEqual([path, false]);
    for (const intent of acts) {
      const response = await cookie.post(`/api/v1/incidents/${id}/intents`, { intent, revision: version });
      expect([intent.type, response.ok]).toEqual([intent.type, false]);
    }
    expect((await stateOf(id)).version).toBe(version);
  });

  it('no list names it', async () => {
    const { title } = await stateOf(id);
    const lists = [
      await house.house.app.incidents(who, { limit: 50 }),
      (await house.house.app.openIncidents(who, 50)).rows,
      await house.house.app.incidents(who, { limit: 50, search: title }),
    ];
    const rows = lists.flat().filter((row) => row.id === id || row.title === title);
    expect(rows.filter((row) => !reads || row.title !== '')).toEqual([]);
  });

  it('a line in any words changes nothing', async () => {
    const { version } = await stateOf(id);
    const lines = LINES.filter((line) => !(reads && /^(记录|note|涉密|认领)/.test(line)));
    for (const line of lines) {
      const text = `${id} ${line}`;
      await house.house.app.text({ line: text, incident: id, caller: who, room: null, delivery: delivery() });
      const now = await stateOf(id);
      expect([line, now.version]).toEqual([line, version]);
    }
  });

  it('a form opens empty-handed and changes nothing', async () => {
    const { version } = await stateOf(id);
    for (const form of FORMS.filter((one) => !(reads && one === 'note'))) {
      const ref = { form, args: { incident: id } };
      const values = { reason: 'x', title: 'x', text: 'x', change: `off:console/local/main`, person: 'leaver' };
      await house.house.app.submitForm({ ref, revision: version, values, caller: who, delivery: delivery() });
      expect([form, (await stateOf(id)).version]).toEqual([form, version]);
    }
  });
});

it('a list of an organisation at home names nothing to who was taken out, and no title after a stop', async () => {
  const { people, ...rest } = profileOf('li', 'leaver', 'mole');
  profile = { ...rest, people: people.filter(({ id }) => id !== 'hans') };
  const id = await declared();
  const mole = PEOPLE['taken out'];
  if (!mole?.before) throw new Error('nobody is taken out');
  await mole.before(id);
  const listed = async (who: Caller) =>
    (await house.house.app.incidents(who, { limit: 50 })).filter((row) => row.id === id);
  expect(await listed(mole.who)).toEqual([]);
  const { version } = await stateOf(id);
  const intent = { type: 'stop_state_secret' } as const;
  await house.house.app.submit({ incident: id, intent, revision: version, caller: caller('li'), delivery: delivery() });
  expect((await listed(caller('li'))).map(({ title }) => title)).toEqual(['']);
});

it('a token without the scope to answer changes nothing; with it, nothing a person has to do', async () => {
  profile = profileOf('li', 'leaver', 'mole');
  const id = await declared();
  const tokens = await Promise.all(
    SCOPES.map(async (scope) => {
      const made = await json(await lead.post('/api/v1/access/tokens', { name: scope, scopes: [scope] }));
      return [scope, new Client(house, { authorization: `Bearer ${made.token}` })] as const;
    }),
  );
  const personal = [
    'leave_chat',
    'remove_room',
    'stop_state_secret',
    'approve',
    'second',
    'take_lead',
    'release_abroad',
  ];
  for (const [scope, client] of tokens) {
    const tried = commandExamples.filter(({ type }) => scope !== 'answer' || personal.includes(type));
    for (const intent of tried) {
      const { version } = await stateOf(id);
      const response = await client.post(`/api/v1/incidents/${id}/intents`, { intent, revision: version });
      expect([scope, intent.type, response.ok]).toEqual([scope, intent.type, false]);
      expect((await stateOf(id)).version).toBe(version);
    }
  }
});

it('a token names no room of its own: what it says of one is not trusted', async () => {
  profile = profileOf('li', 'leaver', 'mole');
  const id = await declared();
  const made = await json(await lead.post('/api/v1/access/tokens', { name: 'answer', scopes: ['answer'] }));
  const client = new Client(house, { authorization: `Bearer ${made.token}` });
  const room = { platform: 'slack', tenant: 'T', address: 'CBERLIN', location: 'home', language: 'en', open: false };
  const { version } = await stateOf(id);
  const response = await client.post(`/api/v1/incidents/${id}/intents`, {
    intent: { type: 'add_room', room },
    revision: version,
  });
  expect(response.status).toBe(422);
  expect(await json(response)).toMatchObject({ code: 'room_not_listed' });
});
