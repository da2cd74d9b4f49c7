import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLine } from '../../src/conversation/text/line-reading.ts';
import { withSigns } from '../../src/conversation/text/topics/topic-features.ts';
import { topicOf } from './topic-of-end.ts';

/** Line with its topic, for the model that finds topics. `asked`: kind of the open question. */
export interface Example {
  readonly text: string;
  readonly asked: string;
  readonly topic: string;
  readonly weight: number;
  /** File of the line. */
  readonly from: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TABLES = here('../../tests/conversation/night-lines/');
const LESSONS = [here('lessons-en.txt'), here('lessons-zh.txt')];
const LINES = here('lines/');

/** Code that decides what the model learns from the examples. */
export const CODE = [here('learn.ts'), here('../../src/conversation/text/topics/topic-features.ts')];
const NO_TABLES: ReadonlySet<string> = new Set(['ends.ts', 'sample.ts', 'unsaid.ts']);

/** Names in the tables. */
const PEOPLE = /王磊|李伟|赵敏|陈洁|wang lei|li wei|zhao min|chen jie/g;
const SYSTEMS = /网上商城|商城|进销存系统|进销存|(?<![a-z])(?:web ?shop|stock system|shop|erp)(?![a-z])/g;

/** Returns all examples: lines of the tables by their ends, lines of people by their headings, phrases of the lessons. */
export function examples(): readonly Example[] {
  const tables = readdirSync(TABLES).filter((file) => !NO_TABLES.has(file));
  return [
    ...tables.toSorted().flatMap((file) => ofTable(TABLES + file)),
    ...readdirSync(LINES)
      .toSorted()
      .flatMap((file) => ofLines(LINES + file)),
    ...LESSONS.flatMap(ofLessons),
  ];
}

function ofTable(path: string): readonly Example[] {
  const rows = /= (?:String\.raw)?`\n([\s\S]*?)`;/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [asked = '', line = '', wanted = ''] = row.split(' | ').map((cell) => cell.trim());
      const topic = topicOf(asked, line, wanted);
      return topic === null ? [] : [{ text: signedLine(line), asked, topic, weight: 1, from: basename(path) }];
    });
}

const signedLine = (line: string): string => withSigns(line, readLine(line), PEOPLE, SYSTEMS);

/** Rows of a file under the headings of their topics. */
function topicRows(path: string): readonly { readonly topic: string; readonly row: string }[] {
  let topic = '';
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((row) => {
      if (row.startsWith('# ')) topic = row.slice(2).trim();
      return row.startsWith('# ') || row.trim() === '' ? [] : [{ topic, row: row.trim() }];
    });
}

/** Questions to which a topic is the answer. */
const ANSWERS: Readonly<Record<string, string>> = {
  system: 'system',
  awareness: 'awareness',
  count: 'people',
  going: 'ongoing',
  outage: 'outage',
  judge: 'judgement',
};

/** Returns lines as people wrote them; every other fact is said where it is asked. */
function ofLines(path: string): readonly Example[] {
  return topicRows(path).map(({ topic, row }, index) => {
    const own = topic.startsWith('type_') ? 'type' : ANSWERS[topic];
    const asked = index % 2 === 0 && own !== undefined ? own : (ASKED[(index * 5) % ASKED.length] ?? '');
    return { text: signedLine(row), asked, topic, weight: 1, from: basename(path) };
  });
}

const ASKED = ['system', 'awareness', 'type', 'people', 'ongoing', 'outage', 'judgement', 'verdict'];
/** Most lines of one phrase, the most lines that count, and their weight. */
const [MOST, COUNTED, WEIGHT] = [24, 9, 1.8];

/** Returns the lines of phrases like `(how long|how much time) do we have`, under the heading of their topic. */
function ofLessons(path: string): readonly Example[] {
  let count = 0;
  return topicRows(path).flatMap(({ topic, row }) => {
    const lines = expanded(row);
    const weight = (WEIGHT * Math.sqrt(Math.min(lines.length, COUNTED))) / lines.length;
    return lines.map((line) => {
      count += 1;
      const asked = ASKED[(count * 5) % ASKED.length] ?? '';
      return { text: signed(line), asked, topic, weight, from: basename(path) };
    });
  });
}

const SIGNS: Readonly<Record<string, string>> = { t: 'T', n: 'N', l: 'L', m: 'M', who: 'W', sys: 'S' };
const signed = (line: string): string => line.replace(/<([a-z]+)>/g, (_, name: string) => SIGNS[name] ?? '');

/** Returns the lines of a phrase with alternatives; of many, an even choice. */
function expanded(phrase: string): readonly string[] {
  const parts = phrase.split(/(\([^()]*\)\??)/).map((part) => {
    const [, words, maybe] = /^\(([^()]*)\)(\??)$/.exec(part) ?? [];
    return words === undefined ? [part] : [...words.split('|'), ...(maybe === '?' ? [''] : [])];
  });
  const total = parts.reduce((product, { length }) => product * length, 1);
  const chosen = Array.from({ length: Math.min(total, MOST) }, (_, index) => {
    let rest = total <= MOST ? index : Math.floor((index * total) / MOST) + ((index * 7) % Math.ceil(total / MOST));
    return parts.map((part) => {
      const at = rest % part.length;
      rest = Math.floor(rest / part.length);
      return part[at];
    });
  });
  const lines = chosen.map((words) => words.join('').replace(/\s+/g, ' ').trim());
  return [...new Set(lines)].filter((line) => line !== '');
}
