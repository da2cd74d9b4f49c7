import { organisationSchema } from '../../src/incident/people/profile.ts';
import { ManualClock } from './clock.ts';
import { type HouseOptions, type RunningHouse, startHouse } from './house.ts';
import { Client, json, signIn } from './http-client.ts';

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const person = (id: string, ...roles: readonly string[]) => ({ id, name: id, roles, accounts: [account(id)] });

export const INSPECTED_PROFILE = organisationSchema.parse({
  organisation: '某公司',
  entities: [
    {
      id: 'sh',
      name: '某公司（上海）',
      province: '31',
      operator: 'other',
      contact24h: { name: '值班室', phone: '021-5555-0000' },
      recipients: { provincial_cac: { phone: '021-5555-1111' } },
    },
    { id: 'bj', name: '某公司（北京）', province: '11', operator: 'other' },
  ],
  systems: [
    { id: 'shop', name: '商城', entity: 'sh', mlpsLevel: 3, mlpsFiling: '31010012345-00001' },
    { id: 'mail', name: '邮件', entity: 'bj' },
  ],
  people: [
    person('li', 'responder', 'lead'),
    person('zhao', 'approver'),
    person('law', 'legal'),
    person('adm', 'administrator'),
    person('sun', 'responder', 'filer'),
    { ...person('ann', 'legal'), location: 'abroad' },
  ],
  suppliers: [{ id: 'cloud', name: '某云公司', contact: 'li' }],
  contracts: [
    {
      id: 'acme',
      entity: 'sh',
      customer: { zh: '某某客户', en: 'Acme' },
      clause: 'cl. 8.2',
      when: { fact: 'personal_info_compromise', in: ['leaked_or_stolen'] },
      hours: 24,
      from: 'awareness',
      notify: { name: 'Acme SOC', email: 'soc@acme.example' },
    },
  ],
  safeguards: ['网络日志集中留存12个月'],
  protectiveMeasures: ['边界防火墙和入侵检测'],
  retention: { incidents: 1095, matters: 1095 },
  emergencyPlan: '《网络安全事件应急预案》',
  emergencyPlanApproval: { version: '3.1', on: '2026-01-12', by: '总经理办公会' },
});

/** A year of a company with two legal entities, lived through the public door. */
export class InspectedYear {
  readonly clock: ManualClock;
  readonly #clients = new Map<string, Client>();
  readonly house: RunningHouse;

  private constructor(house: RunningHouse, clock: ManualClock) {
    this.house = house;
    this.clock = clock;
  }

  static async begin(options: HouseOptions = {}): Promise<InspectedYear> {
    const clock = new ManualClock('2026-03-02T09:00:00+08:00');
    const house = await startHouse({ organisation: INSPECTED_PROFILE, clock, ...options });
    return new InspectedYear(house, clock);
  }

  async as(who: string): Promise<Client> {
    const known = this.#clients.get(who) ?? (await signIn(new Client(this.house, { 'accept-language': 'en' }), who));
    this.#clients.set(who, known);
    return known;
  }

  /** Lets time pass; nobody stays signed in for days. */
  pass(minutes: number): void {
    this.clock.advance(minutes * 60_000);
    this.#clients.clear();
  }

  get now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  async state(id: string) {
    const found = await this.house.store.incident(id);
    if (!found) throw new Error(`no incident ${id}`);
    return found;
  }

  async declare(who: string, declaration: object): Promise<string> {
    return String((await json(await (await this.as(who)).post('/api/v1/incidents', declaration))).id);
  }

  /** Gives a command, and has it agreed to where a second person must. */
  async give(who: string, id: string, intent: object): Promise<void> {
    const { version } = await this.state(id);
    const response = await (await this.as(who)).post(`/api/v1/incidents/${id}/intents`, { intent, revision: version });
    if (!response.ok) throw new Error(`${JSON.stringify(intent)}: ${await response.text()}`);
    const open = (await this.state(id)).proposals.find(({ settled }) => settled === null);
    if (open && who !== 'zhao' && who !== 'law') {
      await this.give('zhao', id, { type: 'second', proposal: open.id, agree: true });
    }
  }

  async attach(who: string, id: string, name: string): Promise<string> {
    const body = new TextEncoder().encode(`${name} of ${id}`);
    const response = await (await this.as(who)).raw(`/api/v1/incidents/${id}/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/pdf' },
    });
    if (!response.ok) throw new Error(await response.text());
    return (await this.state(id)).evidence.at(-1)?.file ?? '';
  }

  /** An incident from the alert to the end of handling, with everything an inspector asks for. */
  async handled(): Promise<string> {
    const id = await this.declare('li', { title: '客户信息泄露' });
    const give = (who: string, intent: object) => this.give(who, id, intent);
    await give('li', { type: 'answer', fact: 'system', value: 'shop' });
    await give('li', {
      type: 'add_awareness',
      at: this.now,
      source: 'supplier',
      description: '某云公司来电',
      reachedUs: true,
    });
    const candidate = (await this.state(id)).candidates.at(-1)?.id;
    await give('li', { type: 'confirm_awareness', candidate, reason: '电话记录' });
    await give('li', { type: 'answer', fact: 'plan_activated', value: this.now });
    await give('li', { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
    await give('li', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await give('li', { type: 'decide_level', level: 'major', reason: '120万人' });
    const receipt = await this.attach('li', id, '受理回执.pdf');
    await give('li', { type: 'compile_draft', report: 'initial' });
    await give('li', { type: 'request_approval', draft: 1 });
    const hash = (await this.state(id)).drafts[0]?.text?.hash;
    await give('zhao', { type: 'approve', draft: 1, hash });
    this.pass(30);
    const filed = { type: 'record_filing', channel: 'web_12387', at: this.now };
    await give('sun', { ...filed, obligation: 'cac.art4.other', receipt: '2026-0302-17', proof: receipt, draft: 1 });
    this.pass(60 * 30);
    const late = { ...filed, at: this.now, channel: 'own_contact', noReceipt: '电话通知', lateReason: '联系人变更' };
    await give('sun', { ...late, obligation: 'contract.acme', otherChannel: '合同约定' });
    await give('sun', {
      ...filed,
      at: this.now,
      channel: 'own_contact',
      obligation: 'pipl.art57.individuals',
      receipt: '短信',
    });
    await give('li', {
      type: 'add_request',
      from: '上海市公安局',
      recipient: 'public_security',
      what: '提供日志',
      receivedAt: this.now,
      due: new Date(this.clock.now() + 86_400_000).toISOString(),
    });
    await give('li', { type: 'add_task', text: '更换泄露的密钥', person: 'li', due: '2026-12-01T18:00:00+08:00' });
    await give('li', { type: 'add_task', text: '复核备份权限', person: 'sun', due: '2026-04-01T18:00:00+08:00' });
    await give('li', { type: 'change_task', task: 't1', person: 'sun' });
    await give('li', { type: 'finish_task', task: 't2' });
    await give('law', { type: 'hold', reason: '民事诉讼' });
    await give('li', { type: 'end_handling', at: this.now, reason: '已修复' });
    return id;
  }

  /** A drill of the first steps, played to its end; `people` is the figure that the players find. */
  async drill(people: number): Promise<string> {
    const id = await this.declare('li', { title: '演练：客户信息泄露', drill: true, scenario: 'first-steps' });
    const give = (who: string, intent: object) => this.give(who, id, intent);
    await give('li', { type: 'answer', fact: 'system', value: 'shop' });
    const candidate = (await this.state(id)).candidates.at(-1)?.id;
    if (candidate) await give('li', { type: 'confirm_awareness', candidate, reason: '巡检' });
    await give('li', { type: 'answer', fact: 'personal_info_people', value: people });
    this.pass(2);
    await give('li', { type: 'decide_level', level: 'major', reason: '演练' });
    await give('li', { type: 'close', reason: '演练结束' });
    return id;
  }
}
