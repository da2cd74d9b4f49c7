import { expect, it } from 'vitest';
import { Conversation } from './conversation.ts';

const FIRST = 'INC-2026-0001';
const opened = async (talk: Conversation) => [...(await talk.rooms.store.incidents({ limit: 9 }))].length;

async function one(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.say('新建事件 支付系统疑似用户数据泄露');
  talk.rooms.incident = FIRST;
  return talk;
}

it.each([
  ...['new dump surfaced', 'new data leak in the CRM', 'new info: the attacker is back', 'declare shop hacked'],
  ...[
    'new alert from the WAF',
    'new portal down',
    'report incident to police?',
    '新事件 又来了一批',
    '新建 一个群拉大家进来',
  ],
  ...['新增了2000条泄露数据', '新来的同事需要权限', '新的告警又来了'],
])('is a sentence about the incident of its thread, which opens none: %s', async (line) => {
  const talk = await one();
  const { text, buttons } = await talk.say(line, { about: FIRST });
  expect(await opened(talk)).toBe(1);
  expect([text, ...buttons].join('')).not.toBe('');
});

it('offers to open an incident where the sentence names one', async () => {
  const talk = await one();
  const { buttons } = await talk.say('new portal down', { about: FIRST });
  expect(buttons.join('|')).toContain('portal down');
});

it.each(['new incident portal down', 'new: portal down', '/incident new portal down', '新建事件 官网被黑'])(
  'opens an incident by its full words, in a thread too: %s',
  async (line) => {
    const talk = await one();
    await talk.say(line, { about: FIRST });
    expect(await opened(talk)).toBe(2);
  },
);

it.each(['new info: the attacker is back', 'new dump surfaced', 'new guy joined today', 'report incident to police'])(
  'opens none outside a thread if the words are no title: %s',
  async (line) => {
    const talk = await one();
    await talk.say(line);
    expect(await opened(talk)).toBe(1);
  },
);
