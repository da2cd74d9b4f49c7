import { readdirSync, readFileSync } from 'node:fs';
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

const PAGES = [
  ['docs/responders.md', 'en', /\[([^\]]+)\](?!\()/g],
  ['docs/responders.zh-CN.md', 'zh-CN', /［([^］]+)］/g],
] as const;

describe.each(PAGES)('%s', (path, language, label) => {
  const page = readFileSync(path, 'utf8');

  it('names buttons that exist, by their words', () => {
    const texts = textsIn(language);
    const named = [...page.matchAll(label)].map(([, text = '']) => text);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((text) => !texts.has(text))).toEqual([]);
  });

  it('names words that are understood', () => {
    const words = page.split('\n\n').find((part) => part.startsWith('`status`') || part.startsWith('`状态`')) ?? '';
    const lines = [...words.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    expect(lines.length).toBeGreaterThan(6);
    expect(lines.filter((line) => parseCommand(line, { fields: [] }).type === 'unknown')).toEqual([]);
  });
});
