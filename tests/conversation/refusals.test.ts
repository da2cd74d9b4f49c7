import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { refusalText } from '../../src/conversation/record/refusals.ts';

/** The input of the command line has words of its own. */
const files = globSync('src/{incident,use-cases}/**/*.ts').filter(
  (file) => !/classify\/classify(-input)?\.ts$/.test(file),
);
const codes = new Set(
  files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:refused\(|code: )'(\w+)'/g)].map(([, code = '']) => code),
  ),
);

it('every refusal of the use cases is said in words, in both languages', () => {
  expect(codes.size).toBeGreaterThan(50);
  for (const code of codes) {
    for (const language of ['zh-CN', 'en'] as const) {
      const text = localise(refusalText({ code }), language);
      expect(text, code).not.toMatch(/无法执行|cannot be done|_/);
    }
  }
});

it('what is not there yet is said as that, with the way to it', () => {
  const zh = (code: string, params: Record<string, string>) => localise(refusalText({ code, params }), 'zh-CN');
  expect(zh('nothing_to_fill', { form: 'release_abroad' })).toBe('没有境外群显示本事件，无须允许。');
  expect(zh('nothing_to_see', { view: 'draft' })).toBe('还没有报告稿，发送“首报”可生成。');
  expect(zh('nothing_to_fill', { form: 'task' })).not.toContain('nothing');
});
