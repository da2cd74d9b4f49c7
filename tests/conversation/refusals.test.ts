import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { refusalText } from '../../src/conversation/record/refusals.ts';
import { allMessages } from '../../src/i18n/translate.ts';

/** The input of the command line has words of its own; values that are not read have codes inside the conversation. */
const files = globSync('src/{incident,use-cases,storage,documents}/**/*.ts').filter(
  (file) => !/classify\/classify(-input)?\.ts$/.test(file),
);
/** Codes in what follows `refused(` or `code:` on a line; words that something is compared with are none. */
const codes = new Set(
  files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:refused\(|code: )(.*)/g)].flatMap(([, rest = '']) => {
      const value = (rest.split(/, \{|, params|, field|\);| }/)[0] ?? '').replace(/=== '\w+'|'code' in/g, '');
      const named = [...value.matchAll(/'([a-z]\w+)'/g)].map(([, code = '']) => code).filter((one) => one !== 'code');
      return value.startsWith("'") ? named.slice(0, 1) : named;
    }),
  ),
);
/** Codes found while values and words are read; the others are found above. */
const READ = ['time_unclear', 'discovery_before_start'];
const keys = [...allMessages('en').keys()].flatMap((key) => (key.startsWith('refuse.') ? [key.slice(7)] : []));

it('every code of a refusal has a sentence of its own, and every such sentence has a code', () => {
  expect(codes.size).toBeGreaterThan(100);
  expect([...codes].filter((code) => !keys.includes(code))).toEqual([]);
  expect(keys.filter((code) => !codes.has(code) && !READ.includes(code))).toEqual([]);
});

it.each(['zh-CN', 'en'] as const)(
  'a refusal is a whole sentence, whatever is known: no code, no empty name: %s',
  (language) => {
    for (const code of [...keys, 'no_such_code']) {
      const text = localise(refusalText({ code }), language);
      expect(text, code).toMatch(language === 'en' ? /^[A-Z].*[.?]$/s : /^[^\s，。].*[。？]$/s);
      expect(text, code).not.toMatch(/_|\(\)|（）|“”| {2}| [,.;:]|：。|\{|undefined|0 /);
    }
  },
);

it('what is not there yet is said as that, with the way to it', () => {
  const zh = (code: string, params: Record<string, string>) => localise(refusalText({ code, params }), 'zh-CN');
  expect(zh('nothing_to_fill', { form: 'release_abroad' })).toBe('没有境外群显示本事件，无须允许。');
  expect(zh('nothing_to_see', { view: 'draft' })).toBe('还没有报告稿。发送“出稿”即可生成。');
  expect(zh('nothing_to_fill', { form: 'task' })).not.toContain('nothing');
});
