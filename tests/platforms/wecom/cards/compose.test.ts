import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Card } from '../../../../src/conversation/card.ts';
import { compose } from '../../../../src/platforms/wecom/cards/compose.ts';
import { boundSchema } from '../../../../src/platforms/wecom/cards/does.ts';
import { card as anyCard } from '../../slack/arbitraries.ts';
import { everythingShown } from '../../slack/scenes.ts';
import { wrongWith } from './check.ts';

const FLAVOURS = ['bot', 'app'] as const;
const LANGUAGES = ['zh-CN', 'en'] as const;
const message = (card: Card, language: 'en' | 'zh-CN', surface: string | null = null) => ({
  incident: 'INC-2026-0007',
  card,
  language,
  revision: 3,
  surface,
});

it.each(FLAVOURS)('every card of a whole case fits every limit of the %s, in both languages', (flavour) => {
  const cards = everythingShown().flatMap(({ name, card }) => (card ? [{ name, card }] : []));
  expect(cards.length).toBeGreaterThan(100);
  for (const { name, card } of cards) {
    for (const language of LANGUAGES) {
      for (const surface of [null, 'status', 'question']) {
        for (const full of [true, false]) {
          const made = compose(message(card, language, surface), { flavour, full });
          expect(wrongWith(made, flavour), `${name} ${language}`).toEqual([]);
        }
      }
    }
  }
});

it('hostile cards fit too, and what is behind their buttons can be kept and read again', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(...FLAVOURS), fc.constantFrom(...LANGUAGES), (card, flavour, language) => {
      const late = { late: { seconds: 720 }, possiblyRepeated: true };
      const made = compose({ ...message(card, language), ...late }, { flavour });
      expect(wrongWith(made, flavour)).toEqual([]);
      const again = boundSchema.parse(JSON.parse(JSON.stringify(made.bound)));
      expect(Object.keys(again.buttons)).toEqual(Object.keys(made.bound.buttons));
      expect(again.answers).toEqual(made.bound.answers);
    }),
    { numRuns: 500 },
  );
});

it('no words of a person become markup, a link or a mention', () => {
  const nasty = '<@zhangsan> <font color="warning">x</font> [a](https://evil.example) **b** `c`\n# d\n> e';
  const card: Card = { tone: 'calm', drill: false, title: { raw: nasty }, summary: { raw: nasty }, blocks: [] };
  const blocks: Card['blocks'] = [{ kind: 'text', text: { raw: nasty } }];
  const { markdown } = compose(message({ ...card, blocks }, 'zh-CN'), { flavour: 'bot' });
  const body = (markdown ?? '').replaceAll('**', '');
  expect(body).not.toMatch(/[<>[\]`*]|:\/\/|^#/m);
});

it('a question keeps its options readable: on the button, or numbered in full', () => {
  const options = ['不足100万', '100万至不足1000万', '1000万至不足1亿', '1亿以上', '不清楚'];
  const card: Card = {
    tone: 'running',
    drill: false,
    title: { raw: '泄露涉及多少人的个人信息？' },
    summary: { raw: '泄露涉及多少人的个人信息？' },
    blocks: [
      {
        kind: 'actions',
        actions: options.map((label, index) => ({
          id: `o${index}`,
          label: { raw: label },
          does: { kind: 'intent', intent: { type: 'answer', fact: 'personal_info_people', value: 'unknown' } },
        })),
      },
    ],
  };
  const made = compose(message(card, 'zh-CN', 'question'), { flavour: 'bot' });
  expect(made.markdown).toBeNull();
  if (made.card?.card_type !== 'button_interaction') throw new Error('no buttons');
  expect(made.card.main_title).toEqual({ title: '〔INC-2026-0007〕', desc: '泄露涉及多少人的个人信息？' });
  expect(made.card.horizontal_content_list?.map((row) => row.value)).toEqual(options);
  expect(made.card.button_list.map((b) => b.text)).toEqual([
    '1 不足100万',
    '2 100万至不足…',
    '3 1000万至不…',
    '4 1亿以上',
    '5 不清楚',
  ]);
  expect(made.bound.answers).toEqual(['b0', 'b1', 'b2', 'b3', 'b4']);
});
