import { describe, expect, it } from 'vitest';
import { wordsMeant } from '../../src/conversation/meaning/answers.ts';
import { meant } from '../../src/conversation/meaning/command-meaning.ts';
import type { Meaning, Reader } from '../../src/conversation/meaning/meaning.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Language } from '../../src/incident/identity.ts';
import { DAWN_EN } from './night-lines/dawn-en.ts';
import { DAWN_ZH } from './night-lines/dawn-zh.ts';
import { DESK_EN } from './night-lines/desk-en.ts';
import { DESK_ZH } from './night-lines/desk-zh.ts';
import { endsAs, GRAMMAR, type NightLine, readerOf, recordedBeside, rowsOf } from './night-lines/ends.ts';
import { LATE_EN } from './night-lines/late-en.ts';
import { LATE_ZH } from './night-lines/late-zh.ts';
import { EN } from './night-lines/lines-en.ts';
import { ZH } from './night-lines/lines-zh.ts';
import { PHONE_EN } from './night-lines/phone-en.ts';
import { PHONE_ZH } from './night-lines/phone-zh.ts';
import { SAMPLE_EN, SAMPLE_ZH, UNRELATED } from './night-lines/sample.ts';
import { STRANGERS_EN } from './night-lines/strangers-en.ts';
import { STRANGERS_ZH } from './night-lines/strangers-zh.ts';
import { TIRED_EN } from './night-lines/tired-en.ts';
import { TIRED_ZH } from './night-lines/tired-zh.ts';

/** The meaning of a line as the use case for lines finds it. */
function understood(line: string, reader: Reader): Meaning | { readonly kind: 'silent' } | null {
  const command = parseCommand(line, GRAMMAR);
  if (command.type === 'thanks') return { kind: 'silent' };
  if (command.type === 'help') return { kind: 'view', ref: { view: 'help', args: {} } };
  return command.type === 'unknown' ? wordsMeant(command.text, reader.situation) : meant(command, reader);
}

/** Least part of the lines that end as wanted. */
const BAR = 0.92;

/** Lines that end otherwise than wanted, and those of them that recorded something. */
function faults(table: string, language: Language) {
  const rows = rowsOf(table);
  const readers = new Map(rows.map(({ state }) => [state, readerOf(state)]));
  const ends = rows.map((row: NightLine) => {
    const reader = readers.get(row.state);
    const meaning = reader ? understood(row.line, reader) : null;
    return {
      ...row,
      isWanted: endsAs(meaning, row.wanted, language),
      beside: recordedBeside(meaning, row, language),
      meaning,
    };
  });
  return { rows, ends, wrong: ends.filter(({ isWanted }) => !isWanted) };
}

describe.each([
  ['one’s own, Chinese', ZH, 'zh-CN', 100],
  ['one’s own, English', EN, 'en', 100],
  ['of a trial, Chinese', SAMPLE_ZH, 'zh-CN', 60],
  ['of a trial, English', SAMPLE_EN, 'en', 15],
  ['of a stranger, Chinese', STRANGERS_ZH, 'zh-CN', 100],
  ['of a stranger, English', STRANGERS_EN, 'en', 100],
  ['of tired people, Chinese', TIRED_ZH, 'zh-CN', 60],
  ['of tired people, English', TIRED_EN, 'en', 60],
  ['later in the night, Chinese', LATE_ZH, 'zh-CN', 30],
  ['later in the night, English', LATE_EN, 'en', 30],
  ['at the end of it, Chinese', DAWN_ZH, 'zh-CN', 60],
  ['at the end of it, English', DAWN_EN, 'en', 60],
  ['from a phone, Chinese', PHONE_ZH, 'zh-CN', 60],
  ['from a phone, English', PHONE_EN, 'en', 60],
  ['in passing, Chinese', DESK_ZH, 'zh-CN', 40],
  ['in passing, English', DESK_EN, 'en', 40],
] as const)('lines of a night: %s', (_, table, language, least) => {
  const { rows, ends, wrong } = faults(table, language);
  it('end as wanted: recorded, asked with the right button, or rightly left', () => {
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(rows.length - wrong.length, wrong.map(({ line }) => line).join('\n')).toBeGreaterThanOrEqual(
      BAR * rows.length,
    );
  });
  it('are never recorded as something they do not say', () => {
    const said = ends.filter(({ beside }) => beside.length > 0);
    expect(said.map(({ state, line, beside }) => ({ state, line, beside }))).toEqual([]);
  });
});

describe.each(['awareness', 'ongoing'])('while a time is asked (%s)', (state) => {
  const reader = readerOf(state);
  it.each(UNRELATED.trim().split('\n'))('is no answer: %s', (line) => {
    const meaning = understood(line, reader);
    const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
    expect(recorded).toEqual([]);
  });
});

describe('a time that is only near the hour it names', () => {
  const near = [
    ...[
      '差10分{zh}',
      '差一刻{zh}',
      '{zh}差5分',
      '不到{zh}',
      '{zh}不到',
      '还没到{zh}',
      '过了{zh}',
      '{zh}以后',
      '{zh}之后',
    ],
    ...['before {en}', 'after {en}', 'not quite {en}', 'no later than {en}'],
  ];
  const hours = ['6点', '七点', '8点', '九点'].map((zh, index) => ({ zh, en: `${6 + index} am`, hour: 6 + index }));
  it.each(near)('is not recorded as that hour: %s', (pattern) => {
    for (const { zh, en, hour } of hours) {
      const words = pattern.replace('{zh}', zh).replace('{en}', en);
      for (const line of [`${words}收到告警`, `客户${words}打来电话`, `we got the alert ${words}`]) {
        const meaning = understood(line, readerOf('awareness'));
        const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
        const at = recorded.flatMap((one) => (one.type === 'add_awareness' ? [one.at] : []));
        expect(at, line).not.toContain(`2026-03-31T0${hour}:00:00+08:00`);
      }
    }
  });
});

describe('people who are “affected”', () => {
  it.each([
    '120万会员受影响',
    '影响120万用户',
    '1.2M members affected',
    '300 customers are affected',
    '受影响的有5000人',
  ])('%s: of which fact is asked, unless the question says it', (line) => {
    for (const state of ['system', 'awareness', 'type', 'outage', 'ongoing']) {
      const meaning = understood(line, readerOf(state));
      const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
      expect(recorded, state).toEqual([]);
    }
  });
});

describe('words that close what is open', () => {
  it.each([
    '取消',
    '算了',
    '算了，还是报吧',
    '先不弄了',
    '等一下',
    'cancel',
    'forget it',
    "never mind, let's report it",
  ])('%s changes nothing and says so', (line) => {
    for (const state of ['system', 'awareness', 'people', 'verdict']) {
      const meaning = understood(line, readerOf(state));
      expect(endsAs(meaning, 'closed', 'zh-CN'), state).toBe(true);
    }
  });
});
