import { describe, expect, it } from 'vitest';
import { VERBS, wordsOf } from '../../../src/conversation/text/commands/command-words.ts';
import { findIncidentId, parseCommand } from '../../../src/conversation/text/commands/commands.ts';
import { LEAD, OTHERS } from './command-leads.ts';
import { ANSWERING, COLLECTING, DECIDING, DECLARING, unknown } from './command-phrases.ts';

describe('lines as people write them', () => {
  it.each([...DECLARING, ...ANSWERING, ...COLLECTING, ...DECIDING])('%s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
  it.each(LEAD)('in front of a command: %s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
  it.each(OTHERS)('not a command: %s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});

/** The labels of the storyboard. Those that open a form need their content in the same line. */
const BUTTONS: readonly (readonly [string, string])[] = [
  ...['Yes', '是'].map((label) => [label, 'yes'] as const),
  ...['No', '否'].map((label) => [label, 'no'] as const),
  ...["Don't know", '不清楚', '尚不清楚'].map((label) => [label, 'dont_know'] as const),
  ...['under 1 million', '1 to under 10 million', '10 to under 100 million', '100 million or more'].map(
    (label) => [label, 'answer'] as const,
  ),
  ...['不足100万', '100万至不足1000万', '1000万至不足1亿', '1亿以上', 'Exact 1,200,000'].map(
    (label) => [label, 'answer'] as const,
  ),
  ['Answer questions', 'question'],
  ['Current question', 'question'],
  ['Add information', 'add_information'],
  ['fill in', 'fill'],
  ['填写', 'fill'],
  ['People', 'people'],
  ['More', 'more'],
  ['Confirm 较大', 'confirm_level'],
  ['确认较大', 'confirm_level'],
  ['Another level…', 'another_level'],
  ['其他级别', 'another_level'],
  ['Why?', 'why'],
  ['依据', 'why'],
  ['ask legal', 'ask_legal'],
  ['Decide', 'decide'],
  ['按《办法》暂不报告', 'not_reportable'],
  ['Not reportable under the Measures for now', 'not_reportable'],
  ['take', 'take'],
  ['认领', 'take'],
  ['assign 3 to @Li Wei', 'assign'],
  ['Give to @Chen Yu', 'assign'],
  ['转给他人 王磊', 'assign'],
  ['Snooze 15 min', 'snooze'],
  ['15分钟后提醒', 'snooze'],
  ['Compile draft', 'draft'],
  ['Draft report', 'draft'],
  ['Draft first report', 'write_first_report'],
  ['Redraft', 'draft'],
  ['Draft 续报', 'draft'],
  ['First report now', 'draft'],
  ['现在出首报', 'draft'],
  ['Script', 'script'],
  ['电话报告稿', 'script'],
  ['Ask for approval', 'request_approval'],
  ['提请审批', 'request_approval'],
  ['Approve', 'approve'],
  ['审批', 'approve'],
  ['Send back…', 'send_back'],
  ['File', 'file'],
  ['登记报送', 'file'],
  ['Read', 'read'],
  ['Read this exact text', 'read'],
  ['报送稿 DOCX', 'download'],
  ['PDF', 'download'],
  ['Internal', 'download'],
  ['English reference copy', 'download'],
  ['Correct the answer', 'correct'],
  ['Move to a private channel', 'move'],
];

describe('every button has a twin in text', () => {
  it.each(BUTTONS)('[%s]', (label, type) => {
    expect(parseCommand(label).type).toBe(type);
  });
});

describe('a bot with a name of its own', () => {
  it('decides nothing behind the first word of a name with a space', () => {
    expect(parseCommand('@安全 值班 批准')).toEqual(unknown('值班 批准'));
  });
});

describe('the vocabulary', () => {
  it('has an English and a Chinese word for every verb, and each word means one thing', () => {
    const seen = new Map<string, string>();
    for (const verb of VERBS) {
      const words = { en: wordsOf(verb, 'en'), zh: wordsOf(verb, 'zh') };
      expect(words.en.length, verb).toBeGreaterThan(0);
      expect(words.zh.length, verb).toBeGreaterThan(0);
      for (const word of [...words.en, ...words.zh]) {
        expect(seen.get(word), `${word} is ${verb} and`).toBeUndefined();
        seen.set(word, verb);
      }
    }
  });
  it('takes the labels of a regime as fields', () => {
    expect(parseCommand('5 攻击路径：VPN', { fields: ['攻击路径'] })).toEqual({
      type: 'item',
      n: 5,
      field: '攻击路径',
      text: 'VPN',
    });
    expect(parseCommand('5 攻击路径：VPN')).toEqual({ type: 'item', n: 5, text: '攻击路径：VPN' });
  });
  it('knows how many items there are', () => {
    expect(parseCommand('7 text', { maxItem: 6 }).type).toBe('unknown');
    expect(parseCommand('6 text', { maxItem: 6 })).toEqual({ type: 'item', n: 6, text: 'text' });
  });
});

describe('the id of an incident in a text', () => {
  it.each([
    ['〔INC-2026-0007〕已立案', 'INC-2026-0007'],
    ['see inc-2026-0007.', 'INC-2026-0007'],
    ['ＩＮＣ－２０２６－０００７', 'INC-2026-0007'],
    ['「计时：〔DRILL-2026-0003〕演练」', 'DRILL-2026-0003'],
    ['INC-2026-0007 and INC-2026-0008', 'INC-2026-0007'],
  ])('%s', (text, id) => {
    expect(findIncidentId(text)).toBe(id);
  });
  it.each(['', 'INC-26-7', 'VINC-2026-0007', 'INC-2026-00071x', 'INC 2026'])('none in: %s', (text) => {
    expect(findIncidentId(text)).toBeUndefined();
  });
});

it.each([
  ...[
    'said in the gap',
    'is short',
    'has two lines',
    'files were deleted',
    'of the night',
    'stops here',
    'on the host',
  ],
])('“note” keeps every text, also “%s”; “log” and “record” may be nouns before it', (text) => {
  expect(parseCommand(`note ${text}`)).toMatchObject({ type: 'note', text });
  expect(parseCommand(`log ${text}`).type).not.toBe('note');
});
