import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';

const PLATFORMS = 'src/platforms';

/** Every text of the product in a language, platforms included. */
function textsIn(language: 'en' | 'zh-CN'): ReadonlySet<string> {
  const core = readdirSync(`src/i18n/${language}`).map((name) => `src/i18n/${language}/${name}`);
  const own = readdirSync(PLATFORMS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(`i18n/${language}.json`))
    .map((name) => `${PLATFORMS}/${name}`);
  return new Set([...core, ...own].flatMap((path) => Object.values<string>(JSON.parse(readFileSync(path, 'utf8')))));
}

/** Buttons stand in square brackets in English, in 【】 in Chinese; links and code do not count. */
it.each([
  ['en', globSync('docs/*.md', { exclude: ['docs/*.zh-CN.md'] }), /\[([^\]\n]*\p{L}[^\]\n]*)\](?![([:])/gu],
  ['zh-CN', globSync('docs/*.zh-CN.md'), /【([^】]+)】/g],
] as const)('pages in %s name buttons that exist, by their words', (language, pages, label) => {
  const texts = textsIn(language);
  const named = pages.flatMap((path) => {
    const prose = readFileSync(path, 'utf8')
      .replace(/```[\s\S]*?```/g, '')
      .replace(/`[^`]*`/g, '');
    return [...prose.matchAll(label)].map(([, name = '']) => ({ path, label: name }));
  });
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((one) => !texts.has(one.label))).toEqual([]);
});

describe.each(['docs/responders.md', 'docs/responders.zh-CN.md'])('%s', (path) => {
  it('names words that are understood', () => {
    const page = readFileSync(path, 'utf8');
    const [, words = ''] = page.split(/\n\| (?:to \| send|想做什么 \| 输入) \|\n/);
    const [table = ''] = words.split('\n\n');
    const lines = [...table.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => parseCommand(line, { fields: [] }).type === 'unknown')).toEqual([]);
  });
});
