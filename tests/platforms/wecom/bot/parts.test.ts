import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answeredText } from '../../../../src/conversation/cards/answered-card.ts';
import { type LocalForm, localise } from '../../../../src/conversation/cards/localise.ts';
import { parseCommand } from '../../../../src/conversation/text/commands/commands.ts';
import type { Language } from '../../../../src/incident/identity.ts';
import { isFileAddress } from '../../../../src/platforms/shared/http-client.ts';
import { Limiter, perMinuteAndHour } from '../../../../src/platforms/shared/limiter.ts';
import { botError, failedOutcome } from '../../../../src/platforms/wecom/bot/outcome.ts';
import { FETCHED_FROM } from '../../../../src/platforms/wecom/limits.ts';
import { liveOnce } from '../../../../src/platforms/wecom/platform.ts';
import { linesOf, valuesOf as readValues } from '../../../../src/talk/form-lines.ts';
import { OwnName } from '../../../../src/talk/own-name.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { memoryKept } from '../../slack/kept.ts';

const valuesOf = (form: LocalForm, text: string, language: Language, more: Parameters<typeof readValues>[4] = {}) =>
  readValues(form, text, parseCommand(text), language, more);

it('the limiter never lets more through than a window holds, and always lets something through in the end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 300 }), (gaps) => {
      const quota = { perMinute: 5, perHour: 60 };
      const limiter = new Limiter(perMinuteAndHour(quota));
      const sent: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const wait = limiter.take(['c'], now);
        if (wait !== null) {
          expect(wait).toBeGreaterThan(now);
          expect(wait - now).toBeLessThanOrEqual(3_600_000);
          continue;
        }
        sent.push(now);
        expect(sent.filter((at) => at > now - 60_000).length).toBeLessThanOrEqual(quota.perMinute);
        expect(sent.filter((at) => at > now - 3_600_000).length).toBeLessThanOrEqual(quota.perHour);
      }
    }),
  );
});

it('what somebody did is told as what it was: an answer, an item taken, an approval, something else', () => {
  const said = (as: 'answer' | 'taken' | 'approved' | 'other', what: string) =>
    localise(answeredText({ by: 'liwei', at: Date.parse('2026-03-31T13:06:00+08:00'), what, as }), 'zh-CN');
  expect([said('answer', '否'), said('taken', '1'), said('approved', '批准'), said('other', '我来牵头')]).toEqual([
    'liwei已于13:06回答：否',
    'liwei已于13:06认领第1项',
    'liwei已于13:06批准',
    'liwei 13:06：我来牵头',
  ]);
});

describe('what became of a send', () => {
  it.each([
    [
      { errcode: 45009, headers: {} },
      { kind: 'refused', reason: 'rate_limited' },
    ],
    [{ errcode: 40008 }, { kind: 'refused', reason: 'invalid' }],
    [{ errcode: 42030 }, { kind: 'refused', reason: 'invalid' }],
    [{ errcode: 42014 }, { kind: 'refused', reason: 'unreachable' }],
    [{ errcode: -1 }, { kind: 'refused', reason: 'unreachable' }],
    [{ errcode: 93006 }, { kind: 'refused', reason: 'gone' }],
    [{ errcode: 60011 }, { kind: 'refused', reason: 'forbidden' }],
    [new Error('WebSocket not connected, unable to send data'), { kind: 'refused', reason: 'unreachable' }],
    [new Error('Reply ack timeout (5000ms) for reqId: x'), { kind: 'unknown' }],
    [new Error('WebSocket connection closed (1006), reply for reqId: x cancelled'), { kind: 'unknown' }],
  ])('%j', (error, outcome) => {
    expect(failedOutcome(botError(error), 0)).toMatchObject(outcome);
  });
});

describe('a mention in front', () => {
  it.each([
    ['@计时 状态', '状态'],
    ['@计时 供应商的存储桶曾被公开访问', '供应商的存储桶曾被公开访问'],
    ['@计时 理由：漏洞已修复\n何时结束：1分钟前', '理由：漏洞已修复\n何时结束：1分钟前'],
    ['@计时 〔INC-2026-0001〕 2 ', '〔INC-2026-0001〕2'],
    ['@计时', '@计时'],
    ['＠Jishi Bot  /incident new 支付故障', 'new 支付故障'],
    // Only the grammar guesses where such a name ends.
    ['@安全 值班 机器人 /incident list', '@安全 值班 机器人 /incident list'],
    ['@计时 见 https://a.example/incident new', '见 https://a.example/incident new'],
  ])('%s', async (text, bare) => {
    expect((await new OwnName(memoryKept(), parseCommand).bare(text)).text).toBe(bare);
  });

  it('of a name with spaces is learned from what all messages begin with, also over a restart', async () => {
    const kept = memoryKept();
    const mentions = new OwnName(kept, parseCommand);
    await mentions.bare('@安全 值班 你好呀呀');
    expect((await mentions.bare('@安全 值班 批准')).text).toBe('批准');
    const again = new OwnName(kept, parseCommand);
    await again.recall();
    expect((await again.bare('@安全 值班 批准')).text).toBe('批准');
  });

  it('is taken off what is no command as well', async () => {
    const mentions = new OwnName(memoryKept(), parseCommand);
    for (const said of ['@安全 值班 状态', '@安全 值班 列表']) await mentions.bare(said);
    expect((await mentions.bare('@安全 值班 供应商的存储桶')).text).toBe('供应商的存储桶');
    await mentions.bare('@安全 值班');
    expect((await mentions.bare('@王磊 @安全 值班 供应商的存储桶')).text).toBe('供应商的存储桶');
  });

  it('is learned again when the first message began with somebody else, or the bot was renamed', async () => {
    const mentions = new OwnName(memoryKept(), parseCommand);
    await mentions.bare('@王磊 @安全 值班 看看');
    await mentions.bare('@安全 值班 好的好的');
    expect((await mentions.bare('@安全 值班 批准')).text).toBe('批准');
    expect((await mentions.bare('@王 磊 @安全 值班 批准')).text).toBe('批准');
    expect((await mentions.bare('@安全 值班 批准')).text).toBe('批准');
    await mentions.bare('@应急 小组 看看');
    await mentions.bare('@应急 小组 好的');
    expect((await mentions.bare('@应急 小组 批准')).text).toBe('批准');
  });
});

it('media are fetched from hosts of Tencent or of the private deployment only', () => {
  const good = 'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/x?sign=1';
  expect(isFileAddress(good, FETCHED_FROM, null)).toBe(true);
  for (const bad of [
    good.replace('https', 'http'),
    'https://evil.example/x',
    'https://qq.com.evil.example/x',
    'https://user@wework.qpic.cn/x',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'nonsense',
  ]) {
    expect(isFileAddress(bad, FETCHED_FROM, null), bad).toBe(false);
  }
  expect(isFileAddress('http://wecom.corp.example:8080/m', FETCHED_FROM, 'ws://wecom.corp.example:8080')).toBe(true);
});

it('one sign of life a month; a missed one is caught up, a failed one tried again', async () => {
  const clock = new ManualClock('2026-03-20T09:00:00+08:00');
  const sent: number[] = [];
  let works = true;
  const deps = { kept: memoryKept(), clock, send: async () => works && sent.push(clock.now()) > 0 };
  await liveOnce(deps);
  expect(sent).toHaveLength(0);
  clock.jumpTo(Date.parse('2026-04-01T03:00:00+08:00'));
  await liveOnce(deps);
  expect(sent).toHaveLength(0);
  clock.jumpTo(Date.parse('2026-04-01T10:00:00+08:00'));
  works = false;
  await liveOnce(deps);
  works = true;
  await liveOnce(deps);
  await liveOnce(deps);
  expect(sent).toHaveLength(1);
  clock.jumpTo(Date.parse('2026-06-11T10:00:00+08:00'));
  await liveOnce(deps);
  expect(sent).toHaveLength(2);
});

describe('the lines of a form', () => {
  const options = [
    { value: 'web', label: '12387 website' },
    { value: 'phone', label: '12387 hotline' },
  ];
  const form: LocalForm = {
    ref: { form: 'filing', args: {} },
    title: 'Record the filing',
    intro: [],
    submit: 'Save',
    fields: [
      { kind: 'one', id: 'channel', label: 'Channel', required: true, options, value: '' },
      { kind: 'many', id: 'what', label: 'What was filed', required: true, options, value: [] },
      {
        kind: 'text',
        id: 'receipt',
        label: 'Receipt number',
        required: false,
        multiline: false,
        maxLength: 200,
        value: '',
      },
      {
        kind: 'text',
        id: 'taker',
        label: 'Who took the call (if by phone)',
        required: false,
        multiline: false,
        maxLength: 200,
        value: '',
      },
    ],
  };
  const entered = (text: string) => valuesOf(form, text, 'en')?.values;

  it('name a field by its label, or by a part of it that no other label has', () => {
    expect(entered('channel：12387 website\nwhat was filed: 1、2\nreceipt: 2026-1\nby phone: Zhao')).toEqual({
      channel: 'web',
      what: ['web', 'phone'],
      receipt: '2026-1',
      taker: 'Zhao',
    });
  });

  it('lose nothing: what names no field is left for itself, and no option swallows it', () => {
    const seen = [{ text: 'Seen at: noon' }];
    expect(valuesOf(form, 'Receipt number: 2026-1\nSeen at: noon', 'en')).toMatchObject({
      values: { receipt: '2026-1' },
      left: seen,
    });
    expect(valuesOf(form, 'Channel: 1\nSeen at: noon', 'en')).toMatchObject({ values: { channel: 'web' }, left: seen });
    expect(entered('What was filed: 1 and more')).toMatchObject({ what: ['web', 'and', 'more'] });
  });

  it('are numbers of options, one for each field, where a form asks for nothing but choices', () => {
    const options = ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value, label: value }));
    const fields = [1, 2, 3, 4].map(
      (n) => ({ id: `f${n}`, label: `F${n}`, kind: 'one', required: true, options, value: '' }) as const,
    );
    const judged: LocalForm = { ...form, fields };
    expect(valuesOf(judged, '1、5、5、1', 'zh-CN')?.values).toEqual({ f1: 'a', f2: 'e', f3: 'e', f4: 'a' });
    expect(valuesOf(judged, '1、5、5', 'zh-CN')).toBeNull();
    expect(valuesOf(judged, '1、5、5、1', 'zh-CN', { open: 'behind' })).toBeNull();
  });

  it('mean nothing where they show an example or the options, unless somebody wrote over them', () => {
    const example = {
      ...form,
      fields: form.fields.map((field) => (field.kind === 'text' ? { ...field, example: '2026-0331-17' } : field)),
    };
    const lines = linesOf(example, 'en');
    expect(lines.slice(-4)).toEqual([
      'Receipt number: ',
      'e.g. 2026-0331-17',
      'Who took the call (if by phone): ',
      'e.g. 2026-0331-17',
    ]);
    const values = (text: string) => valuesOf(example, text, 'en')?.values;
    expect(values(lines.join('\n'))).toEqual({ channel: '', what: [], receipt: '', taker: '' });
    const over = lines
      .join('\n')
      .replace('e.g. 2026-0331-17', 'e.g. 2026-0401-3')
      .replace(/Options: .*/, 'Options: 2');
    expect(values(over)).toMatchObject({ channel: 'phone', receipt: '2026-0401-3', taker: '' });
  });

  it('say at their end how certain a text is', () => {
    const certainty = [
      { value: 'estimate', label: '初步统计（估算）' },
      { value: 'unknown', label: '尚未查明' },
    ];
    const impact = {
      kind: 'text',
      id: 'impact',
      label: '影响',
      required: false,
      multiline: true,
      maxLength: 200,
    } as const;
    const fields: LocalForm['fields'] = [
      { ...impact, value: '约100万人' },
      {
        kind: 'many',
        id: 'as',
        of: 'impact',
        label: '影响：确定程度',
        required: false,
        options: certainty,
        value: ['estimate'],
      },
    ];
    const values = (text: string) => valuesOf({ ...form, fields }, text, 'zh-CN')?.values;
    expect(linesOf({ ...form, fields }, 'zh-CN')).toEqual(['影响：约100万人（估算）']);
    expect(values('影响：约120万人（估算）')).toEqual({ impact: '约120万人', as: ['estimate'] });
    expect(values('影响：约120万人，估算')).toEqual({ impact: '约120万人', as: ['estimate'] });
    expect(values('影响：120万人')).toEqual({ impact: '120万人', as: [] });
    expect(values('影响：尚未查明')).toEqual({ impact: '', as: ['unknown'] });
    // Behind other words it is part of what they say.
    expect(values('影响：攻击来源，尚未查明')).toEqual({ impact: '攻击来源，尚未查明', as: [] });
  });

  it('take “none” where nothing has to be chosen', () => {
    const fields = form.fields.filter(({ id }) => id === 'what').map((field) => ({ ...field, required: false }));
    expect(valuesOf({ ...form, fields }, '无', 'zh-CN')?.values).toEqual({ what: [] });
    expect(valuesOf({ ...form, fields }, '无', 'zh-CN', { open: 'behind' })).toBeNull();
    expect(valuesOf(form, 'What was filed: no', 'en')?.values).toMatchObject({ what: ['no'] });
  });
});
