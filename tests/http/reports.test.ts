import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../src/incident/commands.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

let house: RunningHouse;
let api: Client;
beforeAll(async () => {
  house = await startHouse();
  api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
});
afterAll(() => house.stop());

const stateSchema = z.looseObject({
  id: z.string(),
  revision: z.number(),
  items: z.array(z.object({ n: z.number(), fields: z.array(z.object({ id: z.string(), state: z.string() })) })),
});

/** An incident that is reported on through the API. */
class Reported {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
  static async declare(title: string, awareness?: string): Promise<Reported> {
    const response = await api.post('/api/v1/incidents', { title, anyway: true, ...(awareness ? { awareness } : {}) });
    return new Reported((await json(response)).id);
  }
  async state() {
    return stateSchema.parse(await (await api.get(`/api/v1/incidents/${this.id}`)).json());
  }
  async try(intent: Command): Promise<Response> {
    const { revision } = await this.state();
    return api.post(`/api/v1/incidents/${this.id}/intents`, { intent, revision });
  }
  async do(...intents: readonly Command[]): Promise<void> {
    for (const intent of intents) {
      const response = await this.try(intent);
      if (response.status !== 200) throw new Error(`${intent.type}: ${response.status} ${await response.text()}`);
    }
  }
  async report(language = 'zh'): Promise<string> {
    const response = await api.get(`/api/v1/incidents/${this.id}/report?format=md&language=${language}`);
    return (await response.text()).replaceAll(/\*\* ?/g, '');
  }
  async field(id: string): Promise<string | undefined> {
    const { items } = await this.state();
    return items.flatMap(({ fields }) => fields).find((field) => field.id === id)?.state;
  }
}
const words = (field: string, text: string, wording?: string): Command => ({
  type: 'fill_field',
  field,
  value: { state: 'known', text },
  ...(wording === undefined ? {} : { wording }),
});

describe('the state of a field', () => {
  test('is not "known" while the report leaves it open for want of a confirmed wording', async () => {
    const it = await Reported.declare('会员数据泄露');
    await it.do(words('art7.2.measures', '已隔离两台服务器'));
    expect(await it.report()).not.toContain('已隔离两台服务器');
    expect(await it.field('art7.2.measures')).toBe('unconfirmed');
    await it.do({ type: 'confirm_wording', field: 'art7.2.measures', wording: '已隔离两台服务器' });
    expect(await it.report()).toContain('已隔离两台服务器');
    expect(await it.field('art7.2.measures')).toBe('known');
  });

  test('is not "missing" where the report prints figures of the record', async () => {
    const it = await Reported.declare('会员数据泄露');
    await it.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(await it.report()).toContain('120万人');
    expect(await it.field('art7.2.impact')).toBe('derived');
  });
});

describe('a first report', () => {
  test('leaves blanks for what the unit itself knows, and never says that items 1 and 2 may follow', async () => {
    const it = await Reported.declare('官网不能访问');
    const text = await it.report();
    const [, basics = ''] = /二、[^\n]*\n([\s\S]*?)三、/.exec(text) ?? [];
    const [, unit = ''] = /一、[^\n]*\n([\s\S]*?)二、/.exec(text) ?? [];
    expect(unit).toContain('单位名称：＿');
    for (const label of ['地点', '类型', '级别']) expect(basics).toMatch(new RegExp(`${label}：＿`));
    expect(unit + basics).not.toMatch(/补报/);
  });

  test('says nothing of an outage where a band begins at nothing', async () => {
    const it = await Reported.declare('主页被篡改');
    await it.do(
      { type: 'answer', fact: 'tampered_home_page_minutes', value: { min: 30, max: 59 } },
      { type: 'answer', fact: 'tampered_other_page_minutes', value: { min: 0, max: 29 } },
      { type: 'answer', fact: 'cii_whole_outage_minutes', value: { min: 0, max: 9 } },
    );
    const text = await it.report();
    expect(text).toContain('在主页出现');
    expect(text).not.toMatch(/其他页面|整体中断运行/);
  });
});
