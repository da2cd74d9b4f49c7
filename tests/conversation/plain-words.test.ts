import { expect, it } from 'vitest';
import { byName } from '../../src/conversation/cards/address-by-name.ts';
import type { Card } from '../../src/conversation/cards/card.ts';
import { plainWords } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { compose } from '../../src/platforms/wecom/cards/compose.ts';
import { company, Story } from './story.ts';

const story = new Story('2026-03-31T09:42:00+08:00', company)
  .do({ type: 'declare', title: '客户库疑似泄露' })
  .wait(240);
const { state, ia, regime } = story.situation;
const due = { obligations: ia.clocks.map(({ id }) => id), dueAt: ia.now, step: parseStep('due') };
const reminder = reminderCard(story.situation, due, null);
const sentence: Card = { ...reminder, title: { raw: '请审批首报' }, summary: { raw: '请审批首报' } };

it('what a robot or a group reads in words only is said once', () => {
  for (const card of [reminder, ...surfacesOf({ state, ia, regime }).map((one) => one.card)]) {
    for (const language of ['zh-CN', 'en'] as const) {
      const lines = plainWords(card, language).split('\n');
      expect(new Set(lines).size).toBe(lines.length);
    }
  }
  const words = plainWords(reminder, 'zh-CN');
  expect(words.split('向上海市网信办报送首报')).toHaveLength(2);
  expect(words).toContain('事件：客户库疑似泄露');
});

it('a sentence addressed to somebody in the room does not follow a second time', () => {
  const ask = { kind: 'text', text: { raw: '请审批首报' }, strong: true } as const;
  const card = byName({ ...sentence, blocks: [ask, ...reminder.blocks.slice(-1)] }, [{ name: '赵敏' }]);
  const message = { incident: state.id, card, language: 'zh-CN', revision: 1, surface: null } as const;
  const made = compose(message, { flavour: 'bot' });
  expect(JSON.stringify([made.markdown, made.card]).split('请审批首报')).toHaveLength(2);
  expect(plainWords(card, 'zh-CN').split('请审批首报')).toHaveLength(2);
});
