import { describe, expect, it } from 'vitest';
import type { FilingWords } from '../../src/conversation/meaning/filing-words.ts';
import { readerOf, understood } from './night-lines/ends.ts';

/** Fields of the filing form that a line opens, without the incident. */
function filledBy(line: string): Readonly<Record<string, string>> | null {
  const meaning = understood(line, readerOf('verdict'));
  if (meaning?.kind !== 'form' || meaning.ref.form !== 'filing') return null;
  const { incident: _, ...fields } = meaning.ref.args;
  return fields;
}

const VERBS = { zh: ['登记报送', '已报送', '报送'], en: ['file', 'filed', 'record filing'] } as const;
type Part = readonly [field: keyof FilingWords, zh: string, en: string, value: string];
const CHANNELS: readonly Part[] = [
  ['channel', '12387电话', 'by phone 12387', 'hotline_12387'],
  ['channel', '12387网站', 'on the 12387 website', 'web_12387'],
  ['channel', '小程序', 'mini program', 'mini_program_12387'],
  ['channel', '公众号', 'public account', 'public_account_cncert'],
  ['channel', '邮件', 'by e-mail', 'email_12387'],
  ['channel', '传真', 'by fax', 'fax_12387'],
];
const TIMES: readonly Part[] = [['at', '09:40', 'at 09:40', '09:40']];
const RECEIPTS: readonly Part[] = [
  ['receipt', '回执77', 'receipt 77', '77'],
  ['receipt', '回执号2026-0331-17', 'receipt no. 2026-0331-17', '2026-0331-17'],
  ['receipt', '受理编号：A17', 'ref: A17', 'A17'],
];

/** Every order of one part of each kind, and every part alone. */
const LINES = CHANNELS.flatMap((channel) =>
  TIMES.flatMap((time) =>
    RECEIPTS.flatMap((receipt) => [
      [channel, time, receipt],
      [receipt, time, channel],
      [time, channel],
      [channel, receipt],
    ]),
  ),
);

describe('words after the command for a filing', () => {
  it.each(['zh', 'en'] as const)('fill channel, time and receipt, each into its own field (%s)', (language) => {
    const word = ([, zh, en]: Part): string => (language === 'zh' ? zh : en);
    const wrong = VERBS[language].flatMap((verb) =>
      LINES.flatMap((parts) => {
        const line = `${verb} ${parts.map(word).join(language === 'zh' ? '，' : ', ')}`;
        const wanted = Object.fromEntries(parts.map(([field, , , value]) => [field, value]));
        const read = filledBy(line);
        return JSON.stringify(Object.entries(read ?? {}).toSorted()) ===
          JSON.stringify(Object.entries(wanted).toSorted())
          ? []
          : [{ line, read }];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['filed by phone 12387 at 09:40, receipt 77', { channel: 'hotline_12387', at: '09:40', receipt: '77' }],
    [
      '登记报送 9点40打12387电话，接线员3321，受理号2026-1129-17。',
      { channel: 'hotline_12387', at: '9点40', taken_by: '3321', receipt: '2026-1129-17' },
    ],
    ['登记报送 回执2026-0331-17', { receipt: '2026-0331-17' }],
    ['登记报送：2026-0331-17', { receipt: '2026-0331-17' }],
    ['filed: 网信〔2026〕17号', { receipt: '网信〔2026〕17号' }],
    ['filed on the website, receipt pending', { channel: 'web_12387' }],
    ['登记报送 12387网站和邮件都报了，没有回执', {}],
  ])('%s', (line, fields) => {
    expect(filledBy(line)).toEqual(fields);
  });
});
