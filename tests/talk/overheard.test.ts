import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const organisation = organisationSchema.parse({
  ...secretive,
  systems: [
    { id: 'shop', name: '网上商城', entity: secretive.entities[0]?.id, cii: false, siteKind: ['enterprise'] },
    { id: 'erp', name: '进销存系统', entity: secretive.entities[0]?.id, cii: false },
  ],
});
const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']): Command => ({
  ...{ type: 'answer', fact, value },
});
const KNOWN: Command = {
  ...{ type: 'add_awareness', at: '2026-03-31T09:20:00+08:00', source: 'alert', reachedUs: true },
};
const SYSTEM = answer('system', 'shop');
const LEAK: readonly Command[] = [
  ...[SYSTEM, KNOWN, answer('incident_type', 'data.leak'), answer('suspected_crime', false)],
  answer('affected', ['personal_info']),
];
const QUESTIONS: Readonly<Record<string, readonly Command[]>> = {
  system: [],
  start: [SYSTEM],
  people: LEAK,
};

/** What the bot makes of a line in the thread that was not addressed to it. */
async function overheard(question: string, line: string) {
  const talk = await Conversation.start(organisation);
  await talk.rooms.declare('会员数据异常', GROUP);
  const who = person('li', GROUP);
  for (const command of QUESTIONS[question] ?? []) await talk.rooms.must(command, who);
  const { version } = await talk.state();
  const command = talk.rooms.house.app.read(line);
  const place = { kind: 'room', room: GROUP } as const;
  const delivery = { platform: 'talk', key: 'k', body: line };
  const about = talk.rooms.incident;
  const heard = await talk.talk.overheard({ caller: who, place, text: line, command, about, delivery }, about);
  expect((await talk.state()).version).toBe(version);
  return heard === 'taken' ? 'taken' : (heard?.about ?? null);
}

/** Lines of a trial: thirteen of these were once ignored in the thread, though the bot would have asked back about them. */
const ANSWERS = `
system | 网上商城
system | 商城
system | 是商城，就是网上商城
system | it is the web shop 网上商城
system | I think erp
start | 半小时前SIEM告警
start | 不清楚，问老赵
start | no idea
start | own alert around 9:40 Beijing
start | 9:40 own alert
start | 2-3 hours, started around 9:40
people | 大概10万条吧
people | about 100k, maybe 120k rows
people | probably a million lol
people | not sure, ask Zhao
people | 暂时不知道
people | 120万
people | 更正：是9:35
people | make it 1.2 million people
`;

describe('a line in the thread that is not addressed to the bot', () => {
  it.each(
    ANSWERS.trim()
      .split('\n')
      .map((row) => row.split(' | ')),
  )('%s: “%s” is taken or asked about', async (question = '', line = '') => {
    expect(['taken', 'answer']).toContain(await overheard(question, line));
  });

  it.each([
    ['start', '收到，我看一下'],
    ['start', 'back at my desk soon'],
    ['people', '李伟在吗'],
    ['people', '我先去开会'],
    ['system', 'lunch anyone'],
  ])('%s: “%s” is talk among people', async (question, line) => {
    expect(await overheard(question, line)).toBe(null);
  });
});
