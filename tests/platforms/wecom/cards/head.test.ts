import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localise } from '../../../../src/conversation/cards/localise.ts';
import { levelText, t } from '../../../../src/conversation/cards/situation.ts';
import { LANGUAGES } from '../../../../src/incident/identity.ts';
import { headOf } from '../../../../src/platforms/wecom/cards/head.ts';
import { CARD_LIMITS } from '../../../../src/platforms/wecom/limits.ts';
import { regime } from '../../../conversation/story.ts';

const FLAVOURS = ['bot', 'app'] as const;
const TITLES = ['verdict.summary', 'verdict.decided_title'] as const;

/** The places where a heading was divided, each as the text before and behind it. */
function parts(heading: string, flavour: (typeof FLAVOURS)[number]): readonly string[] {
  const { main_title, left } = headOf(heading, CARD_LIMITS[flavour]);
  return [main_title.title, main_title.desc ?? '', left].filter((part) => part !== '');
}
const isWhole = (part: string): boolean => {
  const count = (of: RegExp): number => part.match(of)?.length ?? 0;
  return count(/[（(]/g) === count(/[）)]/g) && count(/“/g) === count(/”/g);
};

describe('the title of a card', () => {
  it.each(FLAVOURS)('names a level without a break in its brackets, in every language (%s)', (flavour) => {
    for (const { id } of regime.levels)
      for (const key of TITLES)
        for (const language of LANGUAGES)
          for (const before of [
            '',
            'Recorded: 1.2 million people. ',
            '已记录：120万人。',
            'Affected: personal information. ',
          ]) {
            const heading = `${before}${localise(t(key, { level: levelText(regime, id) }), language)}`;
            expect(parts(heading, flavour).every(isWhole), heading).toBe(true);
          }
  });

  it.each(FLAVOURS)('is divided neither inside of brackets nor inside of a word (%s)', (flavour) => {
    const word = fc.constantFrom('incident', 'reported', 'a', 'network', '较大', '网络安全事件', 'due', '13:42');
    const plain = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const group = fc.tuple(fc.constantFrom('()', '（）', '“”'), plain).map(([of, words]) => `${of[0]}${words}${of[1]}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, group), { minLength: 1, maxLength: 7 }), (words) => {
        const heading = words.join(' ');
        const found = parts(heading, flavour);
        expect(found.every(isWhole), found.join('|')).toBe(true);
        expect(found.join(' ').split(/\s+/).join('')).toBe(heading.split(/\s+/).join(''));
        for (const part of found)
          for (const one of part.match(/[a-z]+/g) ?? []) expect(heading.split(/[^a-z]+/), part).toContain(one);
      }),
    );
  });
});
