import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { allMessages } from '../../src/i18n/translate.ts';

const english: Readonly<Record<string, string>> = Object.fromEntries(allMessages('en'));
const chinese: Readonly<Record<string, string>> = Object.fromEntries(allMessages('zh-CN'));
const KEYS = Object.keys(english);

/** Names of the parameters of a message, plural branches included. */
function parametersOf(message: string, language: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly unknown[]): void => {
    for (const element of elements) {
      if (typeof element !== 'object' || element === null) continue;
      if ('type' in element && element.type !== 0 && element.type !== 7 && 'value' in element)
        names.add(String(element.value));
      if ('options' in element && typeof element.options === 'object' && element.options !== null) {
        for (const option of Object.values(element.options)) visit(option.value);
      }
    }
  };
  visit(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe('messages', () => {
  it('exist in both languages with the same parameters', () => {
    expect(Object.keys(chinese).toSorted()).toEqual(KEYS.toSorted());
    const differing = KEYS.filter(
      (key) => parametersOf(english[key] ?? '', 'en').join() !== parametersOf(chinese[key] ?? '', 'zh-CN').join(),
    );
    // The English name of a level stands beside the Chinese one; Chinese needs only its own. An English title is too
    // short for a level, which the line below it names.
    expect(differing.filter((key) => !['level.named', 'level.of_two', 'remind.if_owed'].includes(key))).toEqual([]);
  });

  it('are Chinese in Chinese', () => {
    const withoutChinese = KEYS.filter((key) => {
      // What remains without its parameters; the branches of a choice are left over.
      const words = (chinese[key] ?? '').replace(/\{\w+(, \w+)?\}/g, '').replace(/[^\p{L}]/gu, '');
      return words !== '' && !/\p{Script=Han}/u.test(words);
    });
    const international = ['act.pdf', 'common.pdf', 'console.', 'report.', 'slack.', 'wecom.', 'platform.slack'];
    expect(withoutChinese.filter((key) => !international.some((prefix) => key.startsWith(prefix)))).toEqual([]);
  });

  it('carry no exclamation marks', () => {
    expect(KEYS.filter((key) => /[!！]/.test(`${english[key]}${chinese[key]}`))).toEqual([]);
  });

  it('are used', () => {
    const source = sourceText();
    const quoted = new Set([...source.matchAll(/(['"])([\w.-]+)\1/g)].map((match) => match[2]));
    const prefixes = [...source.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)].map((match) => match[1] ?? '-');
    // The page asks for its own messages without their first part; who waits for somebody else reads the second form of a step.
    const isUsed = (key: string): boolean =>
      [key, key.replace(/^console\./, ''), key.replace(/\.waits$/, '')].some(
        (name) =>
          quoted.has(name) ||
          prefixes.some((prefix) => name.startsWith(prefix)) ||
          // `platforms/shared/card-doctor.ts` puts the name of the platform in front.
          /^[a-z]+\.(?:connect\.(?:create|works|refused|unreached|next)|doctor\.(?:app|no_clicks))$/.test(name),
      );
    expect(KEYS.filter((key) => !isUsed(key))).toEqual([]);
  });
});

function sourceText(): string {
  const folder = new URL('../../src/', import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name) && !name.startsWith('i18n/'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
}
