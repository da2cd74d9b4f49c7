import { describe, expect, it } from 'vitest';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const CHEN = { ...at, who: person('chen', GROUP) };

async function declared(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  await talk.say('我来牵头', at);
  return talk;
}
const notesOf = async (talk: Conversation) =>
  (await talk.rooms.store.events(talk.rooms.incident)).flatMap(({ event }) =>
    event.type === 'note_added' ? [event.payload.text] : [],
  );

describe('a quotation of what somebody said', () => {
  it.each([
    ['记一下', '数据库连接数从8点开始异常', '引用内容（li转述）：数据库连接数从8点开始异常'],
    ['note', 'db connections odd since 8', 'Quoted, relayed by li: db connections odd since 8'],
  ])('%s keeps it as a note that names who relayed it', async (line, quoted, note) => {
    const talk = await declared();
    await talk.say(line, { ...at, quoted });
    expect(await notesOf(talk)).toEqual([note]);
  });

  it('with words that mean nothing alone is asked about: as a note, and what it states', async () => {
    const talk = await declared();
    const { version } = await talk.state();
    const said = await talk.say('这个也算进去', { ...at, quoted: '今早8点40客服接到投诉' });
    expect((await talk.state()).version).toBe(version);
    expect(said.buttons).toEqual(['将引用内容记为备注', expect.stringContaining('08:40')]);
    await talk.press(said, '将引用内容记为备注', at);
    expect(await notesOf(talk)).toEqual(['引用内容（li转述）：今早8点40客服接到投诉']);
  });

  it('is left aside where the line means something of its own, or it is a message of the bot', async () => {
    const talk = await declared();
    await talk.say('09:20 运维告警', { ...at, quoted: '大家看一下' });
    expect((await talk.state()).candidates.at(-1)?.source).toBe('alert');
    const said = await talk.say('这个呢，再说', { ...at, quoted: `〔${talk.rooms.incident}〕会员数据泄露` });
    expect(said.buttons).not.toContain('将引用内容记为备注');
    expect(await notesOf(talk)).toEqual([]);
  });
});

describe('a voice message', () => {
  it('is read like any line, and what it puts on the record in words is marked', async () => {
    const talk = await declared();
    await talk.say('记录 已通知云厂商', { ...at, spoken: true });
    expect(await notesOf(talk)).toEqual(['已通知云厂商（语音）']);
    await talk.say('今早8点40客服接到投诉', { ...at, spoken: true });
    expect((await talk.state()).candidates.at(-1)?.description).toMatch(/（语音）$/);
    await talk.say('泄露120万人', { ...at, spoken: true });
    expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  });
});

describe('a slip that is taken back', () => {
  const PEOPLE = 'personal_info_people';
  const openProposals = async (talk: Conversation) =>
    (await talk.state()).proposals.filter(({ settled }) => settled === null).length;
  /** 5,000,000 people are stated over 1,000 by somebody, who says 撤销 and presses after `seconds`. */
  async function slipped(seconds: number, by = at) {
    const talk = await declared();
    await talk.rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, person('li', GROUP));
    await talk.rooms.must({ type: 'answer', fact: PEOPLE, value: 1_000 }, person('chen', GROUP));
    await talk.rooms.must({ type: 'answer', fact: PEOPLE, value: 5_000_000 }, person('li', GROUP));
    talk.rooms.clock.advance(seconds * 1_000);
    const asked = await talk.say('撤销', by);
    if (by === at) await talk.press(asked, '撤销', by);
    return talk;
  }

  it('within ten seconds is compared with the state before it: nobody has to agree', async () => {
    const talk = await slipped(8);
    expect((await talk.state()).facts[PEOPLE]?.value).toBe(1_000);
    expect(await openProposals(talk)).toBe(0);
  });

  it('later it is a change like any other', async () => {
    expect(await openProposals(await slipped(12))).toBe(1);
  });

  it('is nothing that somebody else, or anything after it, can make of it', async () => {
    const talk = await slipped(1, CHEN);
    await talk.rooms.do({ type: 'answer', fact: PEOPLE, value: 1_000 }, person('chen', GROUP));
    expect(await openProposals(talk)).toBe(1);
    const other = await slipped(1, CHEN);
    await other.rooms.must({ type: 'add_note', text: 'x' }, person('li', GROUP));
    await other.rooms.do({ type: 'answer', fact: PEOPLE, value: 1_000 }, person('li', GROUP));
    expect(await openProposals(other)).toBe(1);
  });
});
