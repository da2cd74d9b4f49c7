import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import type { Source } from '../../src/law/types.ts';
import { company, Story } from '../conversation/story.ts';
import { allPacks } from '../fakes/law.ts';
import { allSources, theRegime } from './support.ts';

/**
 * Every quotation and every paragraph number of the data against the texts kept beside the rules. Chinese law counts
 * every paragraph of an article as a 款, the opening sentence included; listed items (（一）…) are 项 of the 款 before them.
 */
const regime = theRegime();
const folder = new URL('../../src/regimes/cn-cac-2025/', import.meta.url);

interface Article {
  readonly paragraphs: readonly string[];
  readonly items: ReadonlyMap<string, string>;
}

function linesOf(instrument: string): readonly string[] {
  const known = Object.values(regime.instruments).find(({ title }) => title === instrument);
  if (!known?.text) throw new Error(`no text is kept of ${instrument}`);
  return readFileSync(new URL(known.text.file, folder), 'utf8').trim().split('\n');
}

function articleOf(instrument: string, number: string): Article {
  const paragraphs: string[] = [];
  const items = new Map<string, string>();
  let inside = false;
  for (const line of linesOf(instrument)) {
    const start = /^(第[一二三四五六七八九十百]+条)\s*/.exec(line);
    if (start || line === '附件') inside = start?.[1] === number;
    if (!inside) continue;
    const item = /^（([一二三四五六七八九十]+)）/.exec(line);
    if (item?.[1]) {
      items.set(`${paragraphs.length}.${item[1]}`, line);
      paragraphs.push(`${paragraphs.pop() ?? ''}${line}`);
    } else paragraphs.push(line.replace(start?.[0] ?? '', ''));
  }
  return { paragraphs, items };
}

const NUMERALS = '一二三四五六七八九十';

/** The words a citation names: 第四条第二款第一句, 第七条第一款第二项, 第六十六条第一款、第二款, 第八条. */
function citedText({ instrument, article }: Source): string {
  if (article.startsWith('附件')) return annexText(instrument, article);
  const [, number = '', rest = ''] = /^(第[一二三四五六七八九十百]+条)(.*)$/.exec(article) ?? [];
  const { paragraphs, items } = articleOf(instrument, number);
  if (paragraphs.length === 0) throw new Error(`${instrument} has no ${number}`);
  if (rest === '') return paragraphs.join('');
  const cited = [...rest.matchAll(/第([一二三四五六七八九十])款/g)].map(([, n = '']) => NUMERALS.indexOf(n));
  if (cited.length === 0 && paragraphs.length > 1) throw new Error(`${article} names no 款`);
  const found = cited.length === 0 ? paragraphs : cited.flatMap((index) => paragraphs[index] ?? []);
  if (found.length < cited.length) throw new Error(`${article}: there are ${paragraphs.length} 款`);
  const item = /第([一二三四五六七八九十])项/.exec(rest)?.[1];
  if (item) return items.get(`${(cited[0] ?? 0) + 1}.${item}`) ?? '';
  const sentences = [...rest.matchAll(/第([一二三四五六七八九十])句/g)].map(([, n = '']) => NUMERALS.indexOf(n));
  const all = found.join('').match(/[^。]*。/g) ?? [];
  return sentences.length === 0 ? found.join('') : sentences.map((index) => all[index]).join('');
}

/** 附件 三、较大网络安全事件 情形第1项 · 指标第6项（2） · 附件 注. */
function annexText(instrument: string, article: string): string {
  const lines = linesOf(instrument);
  if (article === '附件 注') return lines.at(-1) ?? '';
  const [, heading = '', place = ''] = article.split(' ');
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`no ${heading}`);
  const next = lines.findIndex((line, index) => index > start && /^[一二三四]、/.test(line));
  const part = lines.slice(start + 1, next < 0 ? -1 : next);
  if (place === '') return part.join('');
  const indicators = part.findIndex((line) => line.startsWith('通常情况下'));
  const list = place.startsWith('情形') ? part.slice(0, indicators) : part.slice(indicators);
  const [, n = '', scope] = /第(\d)项(?:（(\d)）)?/.exec(place) ?? [];
  const from = list.findIndex((line) => line.startsWith(`${n}.`));
  const to = list.findIndex((line, index) => index > from && /^\d\./.test(line));
  const item = list.slice(from, to < 0 ? undefined : to);
  return scope ? `${item[0]}${item.find((line) => line.startsWith(`（${scope}）`))}` : item.join('');
}

/** Rules that are named and that nobody read: no text of them is kept, and every note on them says so. */
const unread = allSources(regime).filter(([, { article }]) => article === '条文未读取');
const sources = allSources(regime).filter(([, { article }]) => article !== '条文未读取');

describe('quotations', () => {
  it.each(sources)('%s stands word for word in the paragraph it cites', (_id, source) => {
    const text = citedText(source);
    let from = 0;
    // Only …… may leave words out, and the parts stand in the order of the text.
    for (const part of source.quote.split('……')) {
      const at = text.indexOf(part, from);
      expect([source.article, part, at >= 0]).toEqual([source.article, part, true]);
      from = at + part.length;
    }
  });

  it.each(sources)('%s ends where a clause of the text ends', (_id, { quote }) => {
    for (const part of quote.split('……').filter((some) => some !== '')) expect(part).toMatch(/[。；：]$/);
  });

  it.each(sources)('%s begins where a sentence begins, or with ……', (_id, source) => {
    const [first = ''] = source.quote.split('……');
    if (first === '') return;
    const before = citedText(source).split(first)[0] ?? '';
    expect([source.quote, before]).toEqual([source.quote, expect.stringMatching(/^$|[。：；]$/)]);
    expect(/；$/.test(before) && !/^（/.test(first)).toBe(false);
  });

  it('penalties are quoted with every paragraph of their article', () => {
    const penalties = regime.notes.filter(({ topic }) => topic === 'penalty').map(({ source }) => source);
    const byArticle = Map.groupBy(
      penalties,
      ({ instrument, article }) => `${instrument} ${/^第[^条]+条/.exec(article)?.[0]}`,
    );
    for (const [place, quoted] of byArticle) {
      const [instrument = '', number = ''] = place.split(' ');
      expect([place, quoted.map(({ quote }) => quote).join('')]).toEqual([
        place,
        articleOf(instrument, number).paragraphs.join(''),
      ]);
    }
  });
});

describe('Article 4 of the Measures', () => {
  it('has six paragraphs: opening, CII, central organs, others, sector, crime', () => {
    const { paragraphs } = articleOf(regime.title.zh, '第四条');
    const starts = [
      '网络运营者在发现',
      '涉及关键信息',
      '网络运营者属于中央',
      '其他网络运营者',
      '本行业领域',
      '涉嫌违法犯罪',
    ];
    expect(paragraphs.map((text, index) => text.startsWith(starts[index] ?? '?'))).toEqual(Array(6).fill(true));
  });
});

describe('texts kept beside the rules', () => {
  it('are kept of every instrument but those that nobody read, which stand in notes marked so', () => {
    const kept = Object.values(regime.instruments).filter(({ text }) => text !== undefined);
    const titles = new Set(unread.map(([, { instrument }]) => instrument));
    expect(titles.size + kept.length).toBe(Object.keys(regime.instruments).length);
    for (const [, { instrument, verification }] of unread) {
      expect(kept.some(({ title }) => title === instrument)).toBe(false);
      expect(['unverified', 'secondary']).toContain(verification);
    }
    const notes = regime.notes.filter(({ source }) => titles.has(source.instrument));
    expect(notes.map(({ text }) => text.zh.includes('尚未有人读取'))).toEqual(notes.map(() => true));
    expect(unread.length).toBe(notes.length);
  });

  it.each(Object.entries(regime.instruments).filter(([, { text }]) => text))(
    '%s is the text whose hash is given',
    (_id, { text, compared }) => {
      const content = readFileSync(new URL(text?.file ?? '', folder));
      expect(createHash('sha256').update(content).digest('hex')).toBe(text?.sha256);
      expect(compared.length).toBeGreaterThan(0);
    },
  );

  it('nothing is called primary that was read in a copy', () => {
    const marks = sources.map(([, { verification }]) => verification);
    expect(new Set(marks)).toEqual(new Set(['copy']));
  });
});

describe('everything else that names a paragraph of Article 4', () => {
  it('questions, comments and texts count the same way', () => {
    const files = ['questions.yaml', 'obligations.yaml', 'channels.yaml', 'provinces.yaml', 'notes.yaml'];
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect([file, /第四条第一款/.test(text)]).toEqual([file, false]);
    }
  });
});

describe('addresses', () => {
  const packs = [...allPacks().values()].flatMap(({ pack }) => pack.duties.map(({ source }) => source.url));
  const all = [...new Set([...Object.values(regime.instruments).map(({ url }) => url), ...packs])];

  it.each(all)('%s has the form of its site', (url) => {
    expect(url).toMatch(/^https?:\/\/[^\s]+$/);
    const { hostname, pathname, search } = new URL(url);
    // The CAC writes year-month/day, e.g. /2025-09/15/c_1759583017717009.htm.
    if (hostname === 'www.cac.gov.cn') expect(pathname).toMatch(/^\/\d{4}-\d{2}\/\d{2}\/c_\d{16}\.htm$/);
    if (hostname === 'eur-lex.europa.eu')
      expect(pathname).toMatch(/^\/eli\/(reg|dir|reg_del|reg_impl)\/\d{4}\/\d+\/oj$/);
    // A home page is not a text; the database of laws has no pages that stay.
    if (hostname !== 'flk.npc.gov.cn') expect(pathname + search).not.toBe('/');
    if (hostname === 'www.gov.cn') expect(pathname).toMatch(/\/content_\d+\.htm$/);
  });
});

it('every rule that is quoted in why an incident has its level links to the official text', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Member data leaked' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  const { state, ia } = story.situation;
  const blocks = viewOf({ view: 'why', args: { incident: state.id } }, { state, ia, regime })?.blocks ?? [];
  const quotes = blocks.filter((block) => block.kind === 'quote');
  expect(quotes.length).toBeGreaterThan(1);
  const known = new Set(Object.values(regime.instruments).map(({ url }) => url));
  for (const { url } of quotes) expect(known).toContain(url);
});
