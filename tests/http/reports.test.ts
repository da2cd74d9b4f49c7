import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../src/incident/commands.ts';
import { systemClock } from '../../src/ops/system-clock.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

let house: RunningHouse;
let api: Client;
/** Time by which the clock of the house is ahead, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  house = await startHouse({ clock: { ...systemClock, now: () => systemClock.now() + ahead } });
  api = (await signIn(new Client(house), 'Li Wei')).with({ 'accept-language': 'zh-CN' });
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
  static async declare(title: string, awareness?: string, more: object = {}): Promise<Reported> {
    const since = awareness ? { awareness } : {};
    const response = await api.post('/api/v1/incidents', { title, anyway: true, ...since, ...more });
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
  /** Cards in the incident's thread of the console. */
  async draftCard(): Promise<string> {
    const { address, thread } = await this.#thread();
    return (await api.get(`/api/v1/rooms/${address}/messages?thread=${thread}`)).text();
  }
  /** Answers to a line typed in the thread. */
  async line(text: string): Promise<string> {
    const { address, thread } = await this.#thread();
    return (await api.post(`/api/v1/rooms/${address}/messages`, { text, thread, incident: this.id })).text();
  }
  async form(form: string, args: Readonly<Record<string, string>>): Promise<string> {
    return (await api.post('/api/v1/forms/open', { form, args: { incident: this.id, ...args } })).text();
  }
  async hand(form: string, args: Readonly<Record<string, string>>, values: object): Promise<unknown> {
    const { revision } = await this.state();
    const ref = { form, args: { incident: this.id, ...args } };
    return (await api.post('/api/v1/forms/submit', { ref, revision, values })).json();
  }
  async #thread() {
    await house.house.settle();
    const page = await (await api.get(`/api/v1/incidents/${this.id}/page`)).json();
    return z.object({ place: z.object({ address: z.string(), thread: z.string() }) }).parse(page).place;
  }
  async record(): Promise<string> {
    return (await api.get(`/api/v1/incidents/${this.id}/record`)).text();
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

describe('what goes out is what the record says', () => {
  const leak = async (): Promise<Reported> => {
    const it = await Reported.declare('会员数据泄露', new Date(Date.now() - 3_600_000).toISOString());
    await it.do(
      { type: 'answer', fact: 'operator', value: 'other' },
      { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
      { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] },
      { type: 'decide_level', level: 'major' },
      words('art7.2.impact', '约120万名会员的姓名、手机号泄露', '约120万名会员的姓名、手机号泄露'),
    );
    return it;
  };
  const filing = (draft: number, more: Partial<Extract<Command, { type: 'record_filing' }>> = {}): Command => ({
    type: 'record_filing',
    obligation: 'cac.art4.other',
    channel: 'web_12387',
    at: new Date().toISOString(),
    draft,
    ...more,
  });
  const compile = (report: 'initial' | 'follow_up' | 'correction', statement?: string): Command => ({
    type: 'compile_draft',
    report,
    cannotDetermine: [],
    ...(statement === undefined ? {} : { statement }),
  });

  test('a figure in the text that the record contradicts stops the filing until it is settled or kept with a reason', async () => {
    const it = await leak();
    await it.do(compile('initial'), filing(1));
    await it.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 }, compile('follow_up'));
    const refused = await it.try(filing(2));
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'contradicts_record', field: 'contradictionsKept' });
    expect(await it.draftCard()).toContain('写明约120万名会员，记录为约1100万人');
    const kept = { contradictionsKept: '以监管口径为准' };
    await it.do(filing(2, kept));
    expect(await it.record()).toContain('以监管口径为准');
    await it.do(
      words('art7.2.impact', '约1100万名会员的姓名、手机号泄露', '约1100万名会员的姓名、手机号泄露'),
      compile('follow_up'),
    );
    // The figures agree; the level is below the rules now.
    expect((await it.try(filing(3))).status).toBe(422);
    await it.do({ type: 'decide_level', level: 'significant' }, compile('follow_up'), filing(4));
  });

  test('a follow-up adds figures of the record that the confirmed words do not name', async () => {
    const it = await leak();
    await it.do({ type: 'answer', fact: 'direct_loss_cny', value: 3_000_000 });
    expect(await it.report()).toMatch(
      /影响和危害：约120万名会员的姓名、手机号泄露；初步统计，造成直接经济损失约300万元/,
    );
  });

  test('the level that was decided is printed, not words that name another one', async () => {
    const it = await leak();
    await it.do({ type: 'confirm_wording', field: 'art7.2.level', wording: '初步研判为一般网络安全事件' });
    expect(await it.report()).toContain('级别：初步研判为较大网络安全事件');
  });

  test('a correction states the old and the new value, and a statement with another figure stops it', async () => {
    const it = await leak();
    await it.do(compile('initial'), filing(1));
    const words2 = '约1100万名会员的姓名、手机号泄露';
    await it.do(
      { type: 'answer', fact: 'personal_info_people', value: 11_000_000 },
      words('art7.2.impact', words2, words2),
    );
    await it.do({ type: 'decide_level', level: 'significant' }, compile('correction', '首报所称120万人有误。'));
    expect((await it.try(filing(2))).status).toBe(422);
    await it.do(compile('correction', '首报所称120万人有误，应为1100万人。'), filing(3));
    expect(await it.report()).toMatch(
      /原报“约120万名会员的姓名、手机号泄露”，现更正为“约1100万名会员的姓名、手机号泄露/,
    );
  });

  test('a filing corrected to another draft is compared with the record as it would have been when it was filed', async () => {
    const it = await leak();
    await it.do(compile('initial'), filing(1));
    await it.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 }, compile('follow_up'));
    const line = (await it.record()).split('\n').find((one) => one.includes('filing_recorded'));
    const filed = z.object({ version: z.number() }).parse(JSON.parse(line ?? '')).version;
    const corrected = { type: 'correct_filing', filing: filed, draft: 2, reason: '登记有误' } as const;
    const refused = await it.try(corrected);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'contradicts_record', field: 'contradictionsKept' });
    expect(await it.form('correct_filing', { filing: String(filed) })).toContain('存在矛盾仍报送的理由');
    await it.do({ ...corrected, contradictionsKept: '人数以首报为准' });
    expect(await it.record()).toContain('人数以首报为准');
  });

  test('a time in the words is read: another one than the record has stops the filing', async () => {
    const it = await leak();
    await it.do(words('art7.2.discovery_time', '5分钟前', '5分钟前'), compile('initial'));
    const card = await it.draftCard();
    expect(card).toMatch(/“发现时间”写明.*，记录为/);
    expect((await it.try(filing(1))).status).toBe(422);
  });

  test('the stated start of an outage is compared with the time of the occurrence that the words say', async () => {
    const it = await leak();
    const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
    await it.do({ type: 'answer', fact: 'site_outage_minutes', value: { since } }, compile('initial'));
    expect(await it.draftCard()).toContain('“发生时间”未填写，但记录中已有中断的开始时间');
    await it.do(words('art7.2.occurrence_time', '半小时前', '半小时前'), compile('initial'));
    expect(await it.draftCard()).toMatch(/的开始时间（[^）]*）早于发生时间/);
  });

  test('words that name an impossible time are refused, by the API and in a typed line', async () => {
    const it = await leak();
    for (const [field, text, code] of [
      ['art7.2.occurrence_time', '明天下午5点', 'in_the_future'],
      ['art7.2.discovery_time', '昨天09:00', 'discovery_before_start'],
    ] as const) {
      const known = await it.try({ type: 'fill_field', field, value: { state: 'known', text } });
      expect(known.status).toBe(422);
      expect(await known.json()).toMatchObject({ code, field });
      expect((await it.try({ type: 'confirm_wording', field, wording: text })).status).toBe(422);
    }
    expect(await it.line('2 发生时间：明天下午5点')).toContain('晚于当前时间');
    expect(await it.line('2 发现时间：昨天09:00')).toContain('早于已记录的获知时间');
    expect(await it.field('art7.2.occurrence_time')).toBe('missing');
  });

  test('a time is stored and printed as the instant that was understood, and read back', async () => {
    const it = await leak();
    const occurred = 'art7.2.occurrence_time';
    const moment = /\d{4}年\d{1,2}月\d{1,2}日\d\d时\d\d分/;
    await it.do(words(occurred, '2小时前，依据日志', '2小时前，依据日志'));
    expect(await it.report()).toMatch(new RegExp(`发生时间：约${moment.source}，依据日志`));
    await it.do(words(occurred, '2 hours ago', '2 hours ago'));
    expect(await it.report()).not.toContain('ago');
    await it.do(words(occurred, 'about 3 hours ago, from the logs', 'about 3 hours ago, from the logs'));
    expect(await it.report('en')).toMatch(/about \d{1,2} \w+ \d{4}, \d\d:\d\d \(Beijing, UTC\+8\), from the logs/);
    expect(await it.line('2 发生时间：3小时前')).toMatch(moment);
    for (const text of ['2026年3月31日约01时10分（依据日志）', '2026年3月31日，时刻不详', '不清楚']) {
      await it.do(words(occurred, text, text));
      expect(await it.report()).toContain(`发生时间：${text}`);
    }
  });

  test('a time without an hour is asked for it, by the API, in a typed line and beside the field of a form', async () => {
    const it = await leak();
    const field = 'art7.2.occurrence_time';
    for (const text of ['昨天', '昨晚', 'yesterday', 'last night', '昨天，由运维发现', '2026年3月31日', '很早以前']) {
      const refused = await it.try({ type: 'fill_field', field, value: { state: 'known', text } });
      expect([text, refused.status]).toEqual([text, 422]);
      expect(await refused.json()).toMatchObject({ code: 'time_unclear', field });
      expect((await it.try({ type: 'confirm_wording', field, wording: text })).status).toBe(422);
    }
    expect(await it.line('2 发生时间：昨晚')).toContain('没有具体时刻');
    expect(JSON.stringify(await it.hand('item', { item: 'art7.2' }, { [field]: '昨天' }))).toContain('没有具体时刻');
    expect(await it.field(field)).toBe('missing');
  });

  test('the date by which a ransom is demanded is stated as a date', async () => {
    const it = await leak();
    const field = 'art7.2.ransom_date';
    await it.do({ type: 'answer', fact: 'ransomware', value: true }, words(field, '明天下午5点前', '明天下午5点前'));
    expect(await it.report()).toMatch(/赎金的日期：\d{4}年\d{1,2}月\d{1,2}日17时00分前/);
  });

  test('a correction in which nothing differs from what was filed is refused', async () => {
    const it = await leak();
    const early = await it.try(compile('correction', '首报所称人数有误。'));
    expect(early.status).toBe(422);
    expect(await early.text()).toContain('尚未报送任何报告');
    await it.do(compile('initial'), filing(1));
    const refused = await it.try(compile('correction', '首报所称人数有误。'));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('没有差异');
    await it.do({ type: 'answer', fact: 'direct_loss_cny', value: 3_000_000 }, compile('correction', '补充损失。'));
  });

  test('a report given in words is compared with the record as a draft is', async () => {
    const it = await leak();
    await it.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    const call: Extract<Command, { type: 'record_filing' }> = {
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'hotline_12387',
      at: new Date().toISOString(),
      takenBy: '值班员王某',
    };
    const refused = await it.try(call);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('记录中存在矛盾，或级别低于规则下限');
    await it.do({ ...call, contradictionsKept: '已口头说明' });
    expect(await it.record()).toContain('已口头说明');
  });

  test('a drill asks for the reason that the real filing would ask for', async () => {
    const it = await Reported.declare('演练', new Date(Date.now() - 3_600_000).toISOString(), { drill: true });
    const text = '约120万名会员的姓名、手机号泄露';
    await it.do(
      { type: 'answer', fact: 'operator', value: 'other' },
      { type: 'answer', fact: 'personal_info_people', value: 11_000_000 },
      { type: 'decide_level', level: 'significant' },
      words('art7.2.impact', text, text),
      compile('initial'),
    );
    const practised: Command = {
      type: 'practise_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      draft: 1,
    };
    expect((await it.try(practised)).status).toBe(422);
    expect(await it.form('practise', { draft: '1' })).toContain('写明约120万名会员，记录为约1100万人');
    await it.do({ ...practised, contradictionsKept: '演练' });
  });

  test('a length of time in the text that the record contradicts stops the filing', async () => {
    const it = await leak();
    const since = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const span = { since: since(5), until: since(1) };
    const text = '约120万名会员的姓名、手机号泄露，官网中断约半小时';
    await it.do(
      { type: 'answer', fact: 'site_outage_minutes', value: span },
      words('art7.2.impact', text, text),
      compile('initial'),
    );
    expect(await it.draftCard()).toMatch(/“[^”]*影响[^”]*”写明约?半小时，记录为/);
    expect((await it.try(filing(1))).status).toBe(422);
    const right = '约120万名会员的姓名、手机号泄露，官网自5小时前起中断约4小时，预计2天内查明';
    await it.do(words('art7.2.impact', right, right), compile('initial'), filing(2));
  });

  test('the form of the filing names the contradictions and asks why it is filed all the same', async () => {
    const it = await leak();
    await it.do({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 }, compile('initial'));
    const form = await it.form('filing', { draft: '1' });
    expect(form).toContain('仍按现稿报送');
    expect(form).toContain('写明约120万名会员，记录为约1100万人');
    const values = { obligation: 'cac.art4.other', channel: 'web_12387', draft: '1' };
    expect(await it.hand('filing', { draft: '1' }, values)).toMatchObject({ errors: { kept: expect.any(String) } });
    await it.hand('filing', { draft: '1' }, { ...values, kept: '以监管口径为准' });
    expect(await it.record()).toContain('以监管口径为准');
  });
});

describe('the first report before it is handed in', () => {
  const entries = {
    words: ['confirm'],
    'art7.2.place': '上海市浦东新区',
    province: 'shanghai',
    'art7.1.unit': '某某公司',
  };
  const ask = async (incident: Reported, values: object) => {
    const { id, revision } = await incident.state();
    const ref = { form: 'first_report', args: { incident: id } };
    return api.post('/api/v1/forms/preview', { ref, revision, values });
  };

  test('is shown as the paper it makes, and nothing is on the record', async () => {
    const incident = await Reported.declare('会员数据泄露');
    const before = (await incident.state()).revision;
    const shown = await (await ask(incident, entries)).text();
    for (const words of ['上海市浦东新区', '上海市互联网信息办公室', 'Cyberspace Administration of Shanghai'])
      expect(shown).toContain(words);
    expect((await incident.state()).revision).toBe(before);
  });

  test('does not change while it is read, and has the time of its draft afterwards', async () => {
    const incident = await Reported.declare('会员数据泄露');
    const shown = await (await ask(incident, entries)).text();
    expect(shown).toContain('（生成时填入）');
    expect(shown).toContain('(set with the draft)');
    ahead += 2 * 60_000;
    const [first, later] = [shown, await (await ask(incident, entries)).text()].map((text) =>
      text.replaceAll(/"compiledAt":"[^"]*"/g, ''),
    );
    expect(later).toBe(first);
    await incident.hand('first_report', {}, entries);
    expect(await incident.report()).toMatch(/报告时间：\d{4}年/);
  });

  test('offers the head of the one before', async () => {
    const first = await Reported.declare('会员数据泄露');
    await first.hand('first_report', {}, entries);
    const next = await Reported.declare('官网被篡改');
    expect(await next.form('first_report', {})).toContain('"value":"某某公司"');
    const drill = await Reported.declare('演练', undefined, { drill: true });
    await drill.hand('first_report', {}, { ...entries, 'art7.1.unit': '演练公司' });
    expect(await next.form('first_report', {})).not.toContain('演练公司');
  });
});

test('a report to read comes with its changes since the draft of its kind before, and as the record is now', async () => {
  const one = await Reported.declare('支付系统数据泄露', '2026-03-31T09:42:00+08:00');
  const compared = async (query: string) => json(await api.get(`/api/v1/incidents/${one.id}/report/compared${query}`));
  const field = 'art7.2.measures';
  const words = (text: string): readonly Command[] => [
    { type: 'fill_field', field, value: { state: 'known', text } },
    { type: 'confirm_wording', field, wording: text },
  ];
  const draft: Command = { type: 'compile_draft', report: 'initial', cannotDetermine: [] };
  await one.do({ type: 'take_lead' }, ...words('已隔离两台服务器'), draft);
  expect(await compared('?draft=1')).toMatchObject({ since: null });
  await one.do(...words('已隔离三台服务器'), draft);
  const changes = [{ id: field, removed: expect.stringContaining('两'), added: expect.stringContaining('三') }];
  expect(await compared('?draft=2')).toMatchObject({ document: { draft: 2 }, since: { draft: 1, changes } });
  expect(await compared('?draft=2&version=internal')).toMatchObject({ since: null });
  await one.do(...words('已断开外网'));
  expect(await compared('?draft=2&now=true')).toMatchObject({
    since: { draft: 2, changes: [{ id: field, added: expect.stringContaining('断开外网') }] },
  });
  expect(await compared('')).toMatchObject({ since: null });
  expect(await compared('?draft=9')).toMatchObject({ code: 'unknown_draft', field: 'draft' });
});
