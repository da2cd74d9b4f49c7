import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { button, event, press, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM } from '../../fakes/slack/workspace.ts';
import { accountOf, CHEN, LI } from './bot.ts';
import { start } from './declared.ts';

const OPEN = 'C00OPEN0001';
const BERLIN = 'C00BERLIN01';
const SECURITY = 'C00SECUR001';
const TITLE = 'Leak of customer data';
const room = (address: string, location: 'home' | 'abroad') => {
  return { platform: 'slack', tenant: TEAM, address, location, language: 'en', entities: ['sh'] };
};

/** Declared by Li in an open channel; `rooms`: the rooms of the profile, with their members. */
async function declaredOpenly(
  rooms: readonly { readonly room: ReturnType<typeof room>; readonly members: readonly string[] }[],
  refuse: string | null = null,
) {
  const organisation = organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [{ id: 'li', name: '李伟', roles: ['lead', 'approver'], accounts: [accountOf(LI)], language: 'en' }],
    openChannels: 'private',
    languages: { rooms: 'en', people: 'en' },
    rooms: rooms.map((one) => one.room),
  });
  const all = await start({ organisation });
  const { bot, workspace, server, send } = all;
  const channels = [{ room: room(OPEN, 'home'), members: [LI, CHEN] }, ...rooms];
  for (const {
    room: { address },
    members,
  } of channels) {
    workspace.addChannel(address, {
      name: address.toLowerCase(),
      isPrivate: address !== OPEN,
      members: [...members, BOT_USER],
    });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: address }));
  }
  await bot.service.idle();
  if (refuse !== null) server.fail('conversations.invite', { kind: 'error', code: refuse });
  await send(slash(`new ${TITLE}`, LI, OPEN, { channel_name: 'general' }));
  await bot.service.idle();
  await bot.house.settle();
  const own = () => [...workspace.channels.values()].find((c) => c.name.startsWith('inc-'));
  const [row] = await bot.store.incidents({ limit: 1 });
  return { ...all, own, id: row?.id ?? '' };
}

describe('an incident declared in an open channel that keeps the content out', () => {
  it('gets a private channel at home when the only room of the profile is abroad, and its lead is shown everything', async () => {
    const { bot, workspace, send, own, id } = await declaredOpenly([{ room: room(BERLIN, 'abroad'), members: [LI] }]);
    await expect.poll(() => own()?.members.has(LI)).toBe(true);
    const channel = own()?.id ?? '';
    await expect.poll(() => JSON.stringify(workspace.inThread(channel, null))).toContain(TITLE);
    expect((await bot.store.incident(id))?.rooms[`slack/${TEAM}/${channel}`]).toMatchObject({ location: 'home' });
    await expect
      .poll(() =>
        workspace.messages
          .filter((m) => m.channel === channel)
          .map((m) => JSON.stringify(m.blocks))
          .join(),
      )
      .toContain('When did anyone in the company first know');
    for (const where of [OPEN, BERLIN]) {
      expect(JSON.stringify(workspace.messages.filter((m) => m.channel === where))).not.toContain(TITLE);
    }
    await send(event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }));
    await bot.service.idle();
    expect(JSON.stringify(workspace.views)).toContain(TITLE);
  });

  it('gets one when the lead is not in the room of the profile at home, and none when they are', async () => {
    const out = await declaredOpenly([{ room: room(SECURITY, 'home'), members: [CHEN] }]);
    await expect.poll(() => out.own()?.members.has(LI)).toBe(true);
    await out.bot.stop();
    const within = await declaredOpenly([{ room: room(SECURITY, 'home'), members: [LI, CHEN] }]);
    await expect.poll(() => JSON.stringify(within.workspace.inThread(SECURITY, null))).toContain(TITLE);
    expect(within.own()).toBeUndefined();
  });

  it('invites again after a form as after a button', async () => {
    const { bot, send, own, id } = await declaredOpenly([], 'internal_error');
    await expect.poll(() => own() !== undefined).toBe(true);
    const waits = `uninvited:${own()?.id}/${LI}` as const;
    await expect.poll(() => bot.kept.get(waits)).not.toBeNull();
    await bot.kept.put(waits, String(Date.now() - 11 * 60_000));
    const { version = 0 } = (await bot.store.incident(id)) ?? {};
    const form = { form: 'note', args: { incident: id } };
    const view = {
      private_metadata: `${version}|${JSON.stringify({ i: id, d: { kind: 'fill', form, chat: '' } })}`,
      blocks: [],
    };
    expect(await send(submit(view, 'V1', LI, { text: { value: 'kept' } }))).toEqual({ response_action: 'clear' });
    await bot.service.idle();
    expect(own()?.members.has(LI)).toBe(true);
  });

  it('asks a lead who could not be invited directly, says so once, and invites again', async () => {
    const { bot, workspace, send, own, id } = await declaredOpenly([], 'internal_error');
    await expect.poll(() => own() !== undefined).toBe(true);
    const told = () => workspace.inThread(workspace.direct(LI).id, null).filter((m) => m.text.includes('invite you'));
    await expect.poll(() => told().length).toBe(1);
    expect(told()[0]?.text).toContain(id);
    await send(
      press(button(told()[0]?.blocks ?? [], 'Answer questions'), LI, { channel: workspace.direct(LI).id, ts: '1.1' }),
    );
    await expect.poll(() => JSON.stringify(workspace.views)).toContain('When did anyone in the company first know');
    expect(own()?.members.has(LI)).toBe(false);
    const acted = async (): Promise<void> => {
      const { version = 0 } = (await bot.store.incident(id)) ?? {};
      const value = `${version}|${JSON.stringify({ i: id, d: { kind: 'intent', intent: { type: 'take_item', item: 'art7.2' } } })}`;
      await send(press({ action_id: 'a', value }, LI, { channel: workspace.direct(LI).id, ts: '1.1' }));
      await bot.service.idle();
    };
    await acted();
    expect(own()?.members.has(LI)).toBe(false);
    const tried = Date.now() - 11 * 60_000;
    await bot.kept.put(`uninvited:${own()?.id}/${LI}`, String(tried));
    await acted();
    await expect.poll(() => own()?.members.has(LI)).toBe(true);
    expect(told()).toHaveLength(1);
  });
});
