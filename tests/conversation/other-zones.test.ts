import { describe, expect, it } from 'vitest';
import { readPast } from '../../src/conversation/asking/value-readings.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import type { Language } from '../../src/incident/identity.ts';
import { readerOf, recordedBy, understood } from './night-lines/ends.ts';

/** Times of other zones in the reader of every state, and how their conversion begins; it is 09:52 on 31 March. */
const CONVERTED = `
awareness | noticed at 22:00 UTC | 22:00 UTC = 06:00
awareness | 8:55 SGT | 8:55 SGT = 08:55
awareness | we noticed at 8:55 SGT | 8:55 SGT = 08:55
awareness | alert at 08:55HKT | 08:55HKT = 08:55
awareness | alert 9:55 JST | 9:55 JST = 08:55
awareness | alert 9:55 KST | 9:55 KST = 08:55
awareness | customer called 2:30 CEST | 2:30 CEST = 08:30
awareness | customer called 14:00 CET | 14:00 CET = 30 Mar 20:00
awareness | London time 1:30 am the customer called | London time 1:30 am = 08:30
awareness | we learned of it at UTC 00:50 | UTC 00:50 = 08:50
awareness | got it at 00:50Z | 00:50Z = 08:50
awareness | got it at 09:50+09:00 | 09:50+09:00 = 08:50
awareness | 东京时间9点收到告警 | 东京时间9点 = 北京时间08:00
awareness | 东京时间9点 | 东京时间9点 = 北京时间08:00
awareness | 首尔时间9点20收到告警 | 首尔时间9点20 = 北京时间08:20
awareness | 伦敦时间凌晨1点客户来电 | 伦敦时间凌晨1点 = 北京时间08:00
awareness | 美东时间30日20:00收到邮件 | 美东时间30日20:00 = 北京时间08:00
awareness | 美西时间30日17:00收到邮件 | 美西时间30日17:00 = 北京时间08:00
awareness | 发现时间：9:00 JST | 9:00 JST = 北京时间08:00
awareness | From: soc@hq.example\\nDate: Tue, 31 Mar 2026 00:47:00 +0000 (UTC)\\nSubject: alert\\n\\nplease look | 00:47:00 +0000 (UTC) = 08:47
awareness | 2026-03-31T00:47:00Z ALERT dump detected | 00:47:00Z = 08:47
ongoing | since 8:55 SGT | 8:55 SGT = since 08:55
ongoing | it started at 0:10 UTC and is still going | 0:10 UTC = since 08:10
ongoing | 00:10-00:50 UTC | 00:10-00:50 UTC = 08:10 to 08:50
ongoing | 00:10 UTC to 00:50 | 00:10 UTC to 00:50 = 08:10 to 08:50
ongoing | 东京时间9点开始的，还在持续 | 东京时间9点开始的 = 北京时间08:00
outage | down from 8:10 to 8:48 SGT | 8:10 to 8:48 SGT = 08:10 to 08:48
verdict | 发生时间 东京时间9点 | 东京时间9点 = 北京时间08:00
verdict | 更正起算 东京时间9点 | 东京时间9点 = 北京时间08:00
verdict | 已电话报告12387，东京时间10:20，工号3321 | 东京时间10:20 = 北京时间3月31日09:20
`;

/** Times in zones with several meanings, and in no zone that is known. */
const UNCLEAR = `
awareness | we got the mail at 6:55 IST
awareness | 6:55 IST
awareness | alert came in 9pm PST
awareness | EST 20:00 the mail came
awareness | noticed 9:20 my time
awareness | Noticed @ 0840 CST by monitoring
awareness | alert came 9:30 NZST
awareness | 9:20 CST收到告警
awareness | 当地时间9点收到告警
awareness | 美国时间9点
awareness | 发现时间：9:00 IST
awareness | From: soc@hq.example\\nDate: Tue, 31 Mar 2026 06:47 IST\\nSubject: alert\\n\\nplease look
ongoing | since 6:55 IST
ongoing | it started at 5:40 IST and is still going
ongoing | 当地时间8点开始的，还在持续
outage | down from 5:40 to 6:10 IST
outage | Downtime 08:15-08:48 CST, confirmed by pingdom
outage | shop went down 8:10 SGT and came back 8:48
outage | 商城首尔时间9:10挂的，9:40恢复
verdict | occurred 5:40 IST
verdict | 发生时间 当地时间9点
`;

const rowsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split(' | ').map((cell) => cell.replaceAll('\\n', '\n')))
    .map(([state = '', line = '', wanted = '']) => ({ state, line, wanted }));
const languageOf = (line: string): Language => (/[一-龥]/.test(line) ? 'zh-CN' : 'en');

/** Words that a line is answered with: the sentence and its buttons. */
function saidTo(line: string, state: string): string {
  const meaning = understood(line, readerOf(state));
  if (meaning?.kind !== 'say') return '';
  const texts = [meaning.text, ...(meaning.actions ?? []).map(({ label }) => label)];
  return texts.map((text) => localise(text, languageOf(line))).join(' | ');
}

describe('a time of another zone', () => {
  it.each(rowsOf(CONVERTED))('is confirmed in the words of both zones ($state): $line', ({ state, line, wanted }) => {
    expect(recordedBy(line, state)).toEqual([]);
    expect(saidTo(line, state)).toContain(wanted);
  });
  it.each(rowsOf(UNCLEAR))('is no value if its zone is unclear ($state): $line', ({ state, line }) => {
    expect(recordedBy(line, state)).toEqual([]);
    const meaning = understood(line, readerOf(state));
    const buttons = meaning?.kind === 'say' ? (meaning.actions ?? []) : [];
    expect(JSON.stringify(buttons)).not.toMatch(/"since"|"awareness"|add_awareness|"at":"2026/);
  });
  it.each([
    ['we got the mail at 6:55 IST', 'Enter Beijing time'],
    ['当地时间9点收到告警', '请按北京时间填写'],
  ])('is asked for in Beijing time: %s', (line, asked) => expect(saidTo(line, 'awareness')).toContain(asked));

  it.each([
    ['en', '8:55 SGT', '8:55 SGT = 31 Mar 08:55 (Beijing time)'],
    ['zh-CN', '东京时间9点', '东京时间9点 = 北京时间3月31日08:00'],
  ] as const)('is shown with its conversion by forms and the API (%s): %s', (language, words, shown) => {
    const read = readPast(words, '2026-03-31T09:52:00+08:00');
    expect(read.ok && localise(read.text, language)).toBe(shown);
  });
  it.each(['6:55 IST', '9pm EST', '当地时间9点'])(
    'is refused by forms and the API if its zone is unclear: %s',
    (words) => {
      const read = readPast(words, '2026-03-31T09:52:00+08:00');
      expect(read.ok || (read.offers ?? [])).toEqual([]);
      expect(!read.ok && localise(read.error, 'en')).toContain('Enter Beijing time');
    },
  );
  it.each([
    ['filed 00:02 UTC on the website, receipt 77', '00:02 UTC'],
    ['filed 14:02 IST on the website', '14:02 IST'],
  ])('reaches the form of a filing as it was written: %s', (line, at) => {
    expect(understood(line, readerOf('verdict'))).toMatchObject({ kind: 'form', ref: { args: { at } } });
  });
  it.each([
    [
      'note 00:02 UTC isolated two servers',
      { text: '00:02 UTC isolated two servers', happenedAt: '2026-03-31T08:02:00+08:00' },
    ],
    ['note 5:40 IST isolated two servers', { text: '5:40 IST isolated two servers' }],
  ])('stays in the words of a note: %s', (line, noted) => {
    expect(recordedBy(line, 'verdict')).toEqual([{ type: 'add_note', ...noted }]);
  });
});
