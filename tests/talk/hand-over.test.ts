import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const account = (id: string) => ({ platform: 'two', tenant: 't', id });
const organisation = organisationSchema.parse({
  organisation: '示例公司',
  entities: [{ id: 'sh', name: '示例（上海）有限公司', province: '31' }],
  people: [
    { id: 'li', name: '李伟', roles: ['lead', 'responder'], accounts: [account('li')] },
    { id: 'wang', name: '王磊', roles: ['lead', 'responder'], accounts: [account('wang')] },
    { id: 'sun', name: '孙宁', roles: ['filer', 'responder'], accounts: [account('sun')] },
    { id: 'chen', name: '陈宇', roles: ['responder'], accounts: [account('chen')] },
  ],
});
const WANG = { ...at, who: person('wang', GROUP) };
const CHEN = { ...at, who: person('chen', GROUP) };

async function led(): Promise<Conversation> {
  const talk = await Conversation.start(organisation);
  await talk.rooms.declare('会员数据泄露', GROUP);
  await talk.say('我来牵头', at);
  await talk.rooms.must({ type: 'take_item', item: 'art7.4' }, person('li', GROUP));
  return talk;
}

const nameOf = async (talk: Conversation, actor: string | null) => (await talk.state()).people[actor ?? '']?.name;
/** What a person was sent in their own conversation. */
const sentTo = (talk: Conversation, id: string) =>
  talk.rooms.two.messages.filter(({ address }) => address === `dm:${id}`).map((one) => JSON.stringify(one));

describe('a hand-over', () => {
  it.each(['交班给王磊', '我下班了，交给王磊', '交接给王磊', '王磊接手', "i'm off now, handing over to 王磊"])(
    'moves nothing before it is accepted, then lead and items: %s',
    async (line) => {
      const talk = await led();
      await talk.rooms.must({ type: 'add_task', text: '回电网信办', person: 'li' }, person('li', GROUP));
      await talk.say(line, at);
      const before = await talk.state();
      expect(await nameOf(talk, before.handover?.to ?? null)).toBe('王磊');
      expect(await nameOf(talk, before.lead)).toBe('李伟');
      const told = sentTo(talk, 'wang').join();
      for (const words of ['李伟请您接班', '下一步', '移交报告项1项', 'take_over']) expect(told).toContain(words);
      await talk.say('接班', WANG);
      const after = await talk.state();
      expect(await nameOf(talk, after.lead)).toBe('王磊');
      expect(await nameOf(talk, after.owners['art7.4']?.owner ?? null)).toBe('王磊');
      expect(await nameOf(talk, after.tasks[0]?.owner ?? null)).toBe('王磊');
      expect(after.handover).toBeNull();
    },
  );

  it('moves the snooze of who goes, unless nobody else would be reminded', async () => {
    for (const others of [1, 0]) {
      const talk = await led();
      const here = others > 0 ? ['wang', 'sun'] : ['wang'];
      for (const id of here) await talk.rooms.must({ type: 'add_note', text: 'x' }, person(id, GROUP));
      await talk.rooms.must({ type: 'snooze', minutes: 60 }, person('li', GROUP));
      const until = Object.values((await talk.state()).snoozes)[0];
      await talk.say('交班给王磊', at);
      await talk.say('接班', WANG);
      const { snoozes, lead, proposals } = await talk.state();
      expect(await nameOf(talk, lead)).toBe('王磊');
      expect(snoozes[lead]).toBe(others > 0 ? until : undefined);
      expect(proposals).toEqual([]);
    }
  });

  it('is accepted by nobody but the person it was offered to', async () => {
    const talk = await led();
    await talk.say('交班给王磊', at);
    const refused = await talk.rooms.do({ type: 'take_over' }, person('chen', GROUP));
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'no_handover' } });
  });

  it('of the lead goes to nobody who may not lead, and that is said', async () => {
    const talk = await led();
    const said = await talk.say('交班给陈宇', at);
    expect(said.text).toContain('陈宇');
    expect((await talk.state()).handover).toBeNull();
  });
});

describe('a catch-up', () => {
  it.each(['补课', '给我补课', 'catch me up', 'catchup', 'fill me in'])(
    'tells in ten lines at most: %s',
    async (line) => {
      const talk = await led();
      await talk.say('昨晚9点客服接到投诉', at);
      await talk.say('120万人', at);
      const { version } = await talk.state();
      const said = await talk.say(line, CHEN);
      const lines = said.text.split('\n').slice(1);
      expect(lines.length).toBeLessThanOrEqual(10);
      for (const words of ['会员数据泄露', '牵头人：李伟', '下一步']) expect(said.text).toContain(words);
      expect((await talk.state()).version).toBe(version);
    },
  );
});
