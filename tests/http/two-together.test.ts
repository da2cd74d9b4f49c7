import { afterEach, describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { ManualClock } from '../fakes/clock.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const DAY = 86_400_000;
const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const person = (id: string, ...roles: readonly string[]) => ({ id, name: id, roles, accounts: [account(id)] });
const organisation = (retention?: object) =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [
      person('li', 'responder', 'lead'),
      person('zhao', 'approver'),
      person('law', 'legal'),
      person('adm', 'administrator'),
      person('sun', 'responder', 'filer'),
      person('chen', 'responder'),
    ],
    ...(retention ? { retention } : {}),
  });

async function start(retention?: object) {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const house = await startHouse({ organisation: organisation(retention), clock });
  running.push(house);
  const clients = new Map<string, Client>();
  const as = async (who: string) => {
    const known = clients.get(who) ?? (await signIn(new Client(house), who));
    clients.set(who, known);
    return known;
  };
  const pass = async (days: number): Promise<void> => {
    clock.advance(days * DAY);
    // Nobody stays signed in that long.
    clients.clear();
  };
  const declared = async (title: string) =>
    String((await json(await (await as('chen')).post('/api/v1/incidents', { title }))).id);
  const state = async (id: string) => {
    const found = await house.store.incident(id);
    if (!found) throw new Error('no incident');
    return found;
  };
  const give = async (who: string, id: string, intent: object): Promise<string> => {
    const { version } = await state(id);
    const response = await (await as(who)).post(`/api/v1/incidents/${id}/intents`, { intent, revision: version });
    return response.ok ? 'done' : String((await json(response))['code']);
  };
  const agree = async (who: string, id: string, is = true) => {
    const open = (await state(id)).proposals.find(({ settled }) => settled === null);
    return give(who, id, { type: 'second', proposal: open?.id ?? '', agree: is });
  };
  return { clock, pass, house, as, declared, state, give, agree };
}

describe('a declaration made by mistake', () => {
  it('is withdrawn by two taps of two people; the clock runs until the second', async () => {
    const { declared, state, give, agree, house } = await start();
    const id = await declared('网站打不开');
    expect(await give('chen', id, { type: 'withdraw_declaration' })).toBe('done');
    expect((await state(id)).closed).toBeNull();
    expect((await house.store.incidents({ open: true, limit: 5 }))[0]?.nextDue).not.toBeNull();
    expect(await agree('chen', id)).toBe('forbidden');
    expect(await agree('li', id)).toBe('done');
    expect((await state(id)).closed).toMatchObject({ mistaken: true });
    expect((await house.store.incidents({ limit: 5 }))[0]).toMatchObject({ phase: 'closed', nextDue: null });
    expect(await give('li', id, { type: 'reopen', reason: 'it was one after all' })).toBe('done');
    expect((await house.store.incidents({ open: true, limit: 5 }))[0]?.nextDue).not.toBeNull();
  });

  it('is not once something was filed', async () => {
    const { declared, give, clock } = await start();
    const id = await declared('网站打不开');
    const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', receipt: 'R1' };
    const at = new Date(clock.now()).toISOString();
    expect(await give('sun', id, { ...filing, at, withoutApproval: 'night' })).toBe('done');
    expect(await give('chen', id, { type: 'withdraw_declaration' })).toBe('filed_so_not_mistaken');
  });
});

describe('a person taken out', () => {
  it('sees and does nothing from then on; what they wrote stays', async () => {
    const { as, declared, state, give } = await start();
    const id = await declared('内部人员导出数据');
    expect(await give('chen', id, { type: 'add_note', text: 'unplugged server 7' })).toBe('done');
    expect(await give('li', id, { type: 'remove_person', person: 'chen', reason: 'the insider' })).toBe('done');
    expect((await (await as('chen')).get(`/api/v1/incidents/${id}`)).status).toBe(404);
    expect(await give('chen', id, { type: 'add_note', text: 'let me in' })).toBe('unknown_incident');
    expect((await state(id)).notes.map(({ text }) => text)).toEqual(['unplugged server 7']);
    // Who led is not who was taken out.
    expect((await state(id)).people[(await state(id)).lead]?.person).toBe('li');
    expect(await give('li', id, { type: 'add_person', person: 'chen' })).toBe('done');
    expect((await (await as('chen')).get(`/api/v1/incidents/${id}`)).status).toBe(200);
  });

  it.each(['zhao', 'law', 'sun'])('who answers for it (%s) only by two', async (who) => {
    const { as, declared, give, agree } = await start();
    const id = await declared('内部人员导出数据');
    expect(await give('li', id, { type: 'remove_person', person: who })).toBe('done');
    expect((await (await as(who)).get(`/api/v1/incidents/${id}`)).status).toBe(200);
    expect(await agree('li', id)).toBe('same_person');
    expect(await agree(who === 'law' ? 'zhao' : 'law', id)).toBe('done');
    expect((await (await as(who)).get(`/api/v1/incidents/${id}`)).status).toBe(404);
  });

  it('is taken out by lead or legal alone, and nobody takes out themselves', async () => {
    const { declared, give } = await start();
    const id = await declared('内部人员导出数据');
    for (const who of ['chen', 'sun', 'zhao', 'adm']) {
      expect([who, await give(who, id, { type: 'remove_person', person: 'chen' })]).toEqual([who, 'forbidden']);
    }
    expect(await give('li', id, { type: 'remove_person', person: 'li' })).toBe('removes_self');
    expect(await give('law', id, { type: 'remove_person', person: 'nobody' })).toBe('unknown_person');
  });
});

describe('erasing', () => {
  /** Closed, because it was declared by mistake. */
  async function over(retention?: object) {
    const all = await start(retention);
    const id = await all.declared('张三 13800138000');
    await all.give('chen', id, { type: 'withdraw_declaration' });
    await all.agree('li', id);
    return { ...all, id };
  }

  it('takes legal and an administrator together, after the waiting time; the register keeps a line', async () => {
    const { pass, as, id, give, agree, state } = await over({ erasable: 10 });
    expect(await give('adm', id, { type: 'erase', reason: 'asked for' })).toBe('erased_later');
    await pass(10);
    expect(await give('li', id, { type: 'erase', reason: 'asked for' })).toBe('forbidden');
    expect(await give('adm', id, { type: 'erase', reason: 'asked for' })).toBe('done');
    expect((await state(id)).erased).toBeNull();
    expect(await agree('adm', id)).not.toBe('done');
    expect(await agree('zhao', id)).toBe('forbidden');
    expect((await state(id)).erased).toBeNull();
    expect(await agree('law', id)).toBe('done');
    expect((await state(id)).erased).toMatchObject({ reason: 'asked for' });
    const line = JSON.stringify(await json(await (await as('law')).get('/api/v1/register')));
    expect(line).toContain(id);
    expect(line).not.toContain('张三');
  });

  it('is refused while what was filed with an authority is on record, whoever asks', async () => {
    const { declared, give, clock, pass } = await start();
    const id = await declared('网站打不开');
    const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', receipt: 'R1' };
    const at = new Date(clock.now()).toISOString();
    expect(await give('sun', id, { ...filing, at, withoutApproval: 'night' })).toBe('done');
    expect(await give('chen', id, { type: 'stop_state_secret' })).toBe('done');
    await pass(400);
    for (const who of ['adm', 'law'])
      expect(await give(who, id, { type: 'erase', reason: 'asked for' })).toBe('matter_on_record');
  });

  it('leaves the file, the thread and the words of another incident that names it', async () => {
    const { as, give, agree, declared, id, pass, house } = await over({ erasable: 0 });
    const other = await declared('another');
    const attach = async (incident: string, name: string) => {
      const file = { method: 'POST', body: 'the same log', headers: { 'content-type': 'text/plain' } };
      const answer = await (await as('chen')).raw(`/api/v1/incidents/${incident}/files?name=${name}`, file);
      expect(answer.status).toBe(201);
    };
    await attach(id, 'a.txt');
    await attach(other, 'b.txt');
    expect(await give('chen', other, { type: 'relate', incident: id, how: 'related' })).toBe('done');
    expect(await give('chen', other, { type: 'add_note', text: `see ${id}: we unplugged server 7` })).toBe('done');
    await pass(1);
    await house.house.settle();
    const messages = async () => (await house.store.roomLog.page('main', null, null, 20)).map(({ body }) => body);
    const before = (await messages()).filter((body) => body.includes(`"incident":"${other}"`));
    expect(before.length).toBeGreaterThan(0);
    expect(await give('adm', id, { type: 'erase', reason: 'asked for' })).toBe('done');
    expect(await agree('law', id)).toBe('done');
    const client = await as('chen');
    const { files } = await json(await client.get(`/api/v1/incidents/${other}/files`));
    const file = await client.get(`/api/v1/incidents/${other}/files/${files[0]?.file}`);
    expect([file.status, await file.text()]).toEqual([200, 'the same log']);
    const left = (await messages()).filter((body) => body.includes(`"incident":"${other}"`));
    expect(left.length).toBe(before.length);
    expect((await (await client.get(`/api/v1/incidents/${other}/page`)).text()).includes('server 7')).toBe(true);
  });

  it('is held by lead, legal or administrator, and the lead alone does not release it', async () => {
    const { pass, id, give } = await over({ erasable: 0 });
    await pass(1);
    for (const who of ['li', 'law', 'adm']) {
      expect(await give(who, id, { type: 'hold', reason: 'litigation' })).toBe('done');
      expect(await give('adm', id, { type: 'erase', reason: 'x' })).toBe('on_hold');
      expect(await give('li', id, { type: 'release_hold', reason: 'x' })).toBe('forbidden');
      expect(await give('law', id, { type: 'release_hold', reason: 'settled' })).toBe('done');
    }
  });
});
