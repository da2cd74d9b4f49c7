import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/conversation/text/characters.ts';
import { VERBS, wordsOf } from '../../../src/conversation/text/commands/command-words.ts';
import { findIncidentId, parseCommand } from '../../../src/conversation/text/commands/commands.ts';
import { interpretNumber } from '../../../src/conversation/text/numbers/numbers.ts';
import { interpretTime, splitLeadingTime } from '../../../src/conversation/text/times/times.ts';
import { ANY_CHARACTER } from '../../fakes/characters.ts';
import { workedSince } from '../../fakes/processor-time.ts';
import { soaked } from '../../fakes/soak.ts';
import { LEAD, OTHERS } from './command-leads.ts';
import { ANSWERING, COLLECTING, DECIDING, DECLARING } from './command-phrases.ts';
import { instant, isoOf, zone } from './moments.ts';
import { ENGLISH } from './time-phrases-en.ts';
import { CHINESE } from './time-phrases-zh.ts';

// @module-tag grows

const NOW = '2026-03-31T09:44:00+08:00';

/** Pieces the grammars are made of, so that random texts come close to sense. */
const PIECES = [
  ...'0123456789零一二三五九十百千万亿半几多点分时日月年周前后到至从起-:：.,，/%@#~ 　',
  ...[
    '昨晚',
    '上午',
    '下午',
    '凌晨',
    '上周五',
    '小时',
    '分钟',
    '之前',
    '超过',
    '不到',
    '以上',
    '约',
    '第',
    '项',
    '记录',
    '确认',
    '修改',
    '认领',
  ],
  ...[
    'am',
    'pm',
    'yesterday',
    'last ',
    'Friday',
    'night',
    ' ago',
    'hours',
    'million',
    'k',
    'about',
    'from ',
    ' to ',
    'between ',
    'since ',
    'noon',
  ],
  ...[
    'INC-2026-0007',
    '〔',
    '〕',
    '「',
    '」',
    '\n- - -\n',
    '> ',
    '<@U1>',
    '/incident ',
    'March 3',
    '31/3',
    'UTC',
    'CST',
    '+08:00',
    '\u2005',
    '\ud83d',
  ],
];
const nearlySense = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(fc.string({ unit: ANY_CHARACTER }), nearlySense, nearlySense);

describe('any text', () => {
  it('is folded to the same length', () => {
    fc.assert(fc.property(anyText, (text) => fold(text).length === text.length));
  });

  it('gives a number reading that makes sense, never an exception', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(undefined, 'people', 'cny', 'minutes', 'percent', 'count'), (text, unit) => {
        const reading = interpretNumber(text, unit === undefined ? {} : { unit });
        if (reading.kind === 'value') expect(reading.value).toBeGreaterThanOrEqual(0);
        if (reading.kind === 'range') {
          expect(reading.min ?? 0).toBeLessThanOrEqual(reading.max ?? Number.POSITIVE_INFINITY);
          expect(reading.min ?? reading.max).toBeDefined();
        }
      }),
      { numRuns: soaked(80, 6_500) },
    );
  });

  it('never gives what has not happened yet as past, in any zone at any moment', () => {
    fc.assert(
      fc.property(anyText, instant, zone, (text, now, where) => {
        const reading = interpretTime(text, { now: isoOf(now), zone: where });
        const past =
          reading.kind === 'instant'
            ? [reading.at]
            : reading.kind === 'since'
              ? [reading.since]
              : reading.kind === 'span'
                ? [reading.since, reading.until]
                : reading.kind === 'unclear'
                  ? reading.candidates
                  : [];
        for (const at of past) expect(Date.parse(at), `${text} → ${at}`).toBeLessThanOrEqual(now.toMillis());
        if (reading.kind === 'span') expect(Date.parse(reading.since)).toBeLessThan(Date.parse(reading.until));
        if (reading.kind === 'future') {
          expect(Date.parse(reading.at)).toBeGreaterThan(now.toMillis());
          if (reading.past) expect(Date.parse(reading.past)).toBeLessThanOrEqual(now.toMillis());
        }
      }),
      { numRuns: soaked(80, 6_500) },
    );
  });

  it('gives a command and loses no words of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const command = parseCommand(text);
        if (command.type === 'unknown') expect(text).toContain(command.text);
        if (command.type === 'note') expect(text).toContain(command.text);
        findIncidentId(text);
        const leading = splitLeadingTime(text);
        if (leading) expect(text).toContain(leading.time);
      }),
      { numRuns: soaked(80, 6_500) },
    );
  });
});

describe('the vocabulary', () => {
  it('every word of the vocabulary is understood or asks back, and never as something else', () => {
    for (const verb of VERBS) {
      const words = { en: wordsOf(verb, 'en'), zh: wordsOf(verb, 'zh') };
      const type = verb.startsWith('draft_') ? 'draft' : verb;
      for (const word of [...words.en, ...words.zh]) {
        const command = parseCommand(word);
        if (command.type === 'unknown') expect(command.suggestion, word).toBe(word);
        else expect(command.type, word).toBe(type);
        expect(parseCommand(`@Jishi ${word.toUpperCase()}`).type, word).toBe(command.type);
      }
    }
  });
});

describe('long texts', () => {
  const size = 25_000;
  const repeated = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  const long = [
    '1',
    '一',
    '万',
    ' ',
    '1,',
    '1.',
    '9点',
    '@a ',
    '> \n',
    '「',
    '记录 ',
    '确认',
    'a and ',
    'no ',
    '(',
    '〔INC-2026-0007〕',
    '-',
    '1 3 ',
    '请',
    ':',
    '昨晚',
    '！',
    'inc-',
  ];
  const prefixed = long.flatMap((piece) => [
    repeated(piece),
    `记录 ${repeated(piece)}`,
    `4 ${repeated(piece)}`,
    `首报 无法判明 ${repeated(piece)}`,
  ]);

  it('are read in linear time: 25 kB each, far below a second', () => {
    for (const text of prefixed) {
      const start = process.cpuUsage();
      interpretNumber(text);
      interpretTime(text, { now: NOW });
      splitLeadingTime(text);
      findIncidentId(text);
      parseCommand(text);
      expect(workedSince(start), text.slice(0, 20)).toBeLessThan(300);
    }
  });

  it('are short enough for the slowest rule: 160 characters of anything', () => {
    for (const piece of long) {
      const text = piece.repeat(160).slice(0, 160);
      const start = process.cpuUsage();
      interpretNumber(text);
      interpretTime(text, { now: NOW });
      expect(workedSince(start), piece).toBeLessThan(500);
    }
  });
});

describe('the tables', () => {
  it('have no phrase twice', () => {
    const phrases = [...DECLARING, ...ANSWERING, ...COLLECTING, ...DECIDING, ...LEAD, ...OTHERS].map(([text]) => text);
    expect(new Set(phrases).size).toBe(phrases.length);
    const times = [...CHINESE, ...ENGLISH].map(([text]) => text);
    expect(new Set(times).size).toBe(times.length);
  });
});
