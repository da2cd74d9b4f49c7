import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withRinger } from '../../../src/delivery/ringing.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import type { ApiClient } from '../../../src/platforms/shared/api-client.ts';
import { createWecomApi } from '../../../src/platforms/wecom/api/wecom-api.ts';
import { createRobots } from '../../../src/platforms/wecom-webhook/robot.ts';
import type { Mention, Messenger, OutgoingMessage, Ringer } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { WecomServer } from '../../fakes/wecom/app-server.ts';

const ROOM = 'wecom/bot-1/chat-1';
const account = (id: string) => ({ platform: 'wecom', tenant: 'bot-1', id });
const organisation = organisationSchema.parse({
  organisation: '示例公司',
  entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
  rooms: [
    { platform: 'wecom', tenant: 'bot-1', address: 'chat-1', webhook: '应急' },
    { platform: 'wecom', tenant: 'bot-1', address: 'chat-2', webhook: 'nobody' },
    { platform: 'wecom', tenant: 'bot-1', address: 'chat-3' },
  ],
});

let wecom: WecomServer;
let api: ApiClient;
let clock: ManualClock;
let ringer: Ringer;
let messenger: Messenger;
beforeEach(async () => {
  wecom = await WecomServer.start();
  clock = new ManualClock();
  wecom.now = () => clock.now();
  api = createWecomApi({ apiUrl: wecom.url, proxy: null, clock });
  ({ ringer, messenger } = createRobots({
    api,
    clock,
    profile: () => organisation,
    robots: [{ name: '应急', key: 'robot-key' }],
  }));
});
afterEach(async () => {
  await api.http.close();
  await wecom.stop();
});

describe('a group robot', () => {
  it('rings only rooms of the profile that name one with a key', () => {
    const rooms = ['chat-1', 'chat-2', 'chat-3'].map((chat) => ringer.rings(`wecom/bot-1/${chat}`));
    expect(rooms).toEqual([true, false, false]);
  });

  it('mentions everybody, or those it is told', async () => {
    await ringer.ring(ROOM, '〔INC-2026-0007〕时限已到', 'everybody', 'k1');
    await ringer.ring(ROOM, '请补充第2项', [account('zhangsan')], 'k2');
    expect(wecom.delivered.map(({ message }) => message)).toEqual([
      { msgtype: 'text', text: { content: '〔INC-2026-0007〕时限已到', mentioned_list: ['@all'] } },
      { msgtype: 'text', text: { content: '请补充第2项', mentioned_list: ['zhangsan'] } },
    ]);
  });

  it('sends twenty a minute and says when the next may go, so that WeCom never has to refuse one', async () => {
    const outcomes = [];
    for (let i = 0; i < 25; i += 1) outcomes.push(await ringer.ring(ROOM, `n${i}`, [], `k${i}`));
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(20);
    const last = outcomes.at(-1);
    if (last?.kind !== 'refused') throw new Error('not refused');
    expect(last.retryAt).toBe(clock.now() + 60_000);
    clock.advance(60_000);
    expect(await ringer.ring(ROOM, 'later', [], 'k')).toMatchObject({ kind: 'sent' });
    expect(wecom.delivered).toHaveLength(21);
  });

  it('cuts a text that is too long instead of losing it', async () => {
    expect(await ringer.ring(ROOM, '报'.repeat(2_000), 'everybody', 'k')).toMatchObject({ kind: 'sent' });
  });

  it('says that its key is no longer good, and what to do', async () => {
    wecom.robots.clear();
    const outcome = await ringer.ring(ROOM, 'x', 'everybody', 'k');
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'forbidden' });
    expect(JSON.stringify(outcome)).toContain('WECOM_WEBHOOK_KEYS');
    expect(JSON.stringify(outcome)).not.toContain('robot-key');
  });

  it('does not know what became of it when the answer is lost, and never shows the key', async () => {
    wecom.losses.push('webhook/send');
    const outcome = await ringer.ring(ROOM, 'x', 'everybody', 'k');
    expect(outcome.kind).toBe('unknown');
    expect(JSON.stringify(outcome)).not.toContain('robot-key');
  });
});

const message = (mention?: Mention): OutgoingMessage => ({
  incident: 'INC-2026-0007',
  card: {
    tone: 'urgent',
    drill: false,
    title: { raw: 'INC-2026-0007 · 时限已到' },
    summary: { raw: '须立即报告' },
    blocks: [],
  },
  language: 'zh-CN',
  revision: 3,
  surface: null,
  ring: mention !== undefined,
  ...(mention ? { mention } : {}),
});

describe('another way, when the chat does not take a reminder', () => {
  it('is the robot of that name, mentioning those concerned and nobody else', async () => {
    const body = messenger.render({ ...message([account('zhangsan')]), late: { seconds: 600 } });
    const place = { tenant: 'bot-1', address: '应急', thread: null };
    expect(await messenger.post(place, body, 'k')).toMatchObject({ kind: 'sent' });
    expect(wecom.seenBy('robot:robot-key')[0]).toMatch(/时限已到[\s\S]*10/);
    expect(wecom.delivered[0]?.message).toMatchObject({ text: { mentioned_list: ['zhangsan'] } });
  });

  it('says so when there is none of that name', async () => {
    const outcome = await messenger.post(
      { tenant: 'bot-1', address: 'x', thread: null },
      messenger.render(message()),
      'k',
    );
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'gone' });
  });
});

describe('a messenger with a ringer', () => {
  const posted: string[] = [];
  const inner: Messenger = {
    platform: 'wecom',
    render: ({ revision }) => `body of ${revision}`,
    post: async ({ address }, body) => {
      posted.push(`${address}: ${body}`);
      return { kind: 'sent', ref: 'r' };
    },
  };
  const place = (address: string) => ({ tenant: 'bot-1', address, thread: 'root' });
  beforeEach(() => posted.splice(0));

  const people = [account('liwei'), account('chenyu')];

  it('calls by name where there is a robot, and the card with its buttons still comes', async () => {
    const both = withRinger(inner, ringer);
    await both.post(place('chat-1'), both.render(message(people)), 'k1');
    await both.post(place('chat-1'), both.render(message()), 'k2');
    await both.post(place('chat-3'), both.render(message(people)), 'k3');
    expect(wecom.seenBy('robot:robot-key')).toEqual(['INC-2026-0007 · 时限已到\n须立即报告']);
    expect(wecom.delivered[0]?.message).toMatchObject({ text: { mentioned_list: ['liwei', 'chenyu'] } });
    expect(posted).toEqual(['chat-1: body of 3', 'chat-1: body of 3', 'chat-3: body of 3']);
  });

  it('names the commands of the card, and none that cannot be typed', async () => {
    const both = withRinger(inner, ringer);
    const due = message(people);
    const label = (raw: string) => ({ id: raw, label: { raw }, does: { kind: 'link', url: '/' } }) as const;
    const actions = ['电话报告稿', '登记报送…', '某个按钮'].map(label);
    await both.post(
      place('chat-1'),
      both.render({ ...due, card: { ...due.card, blocks: [{ kind: 'actions', actions }] } }),
      'k1',
    );
    expect(wecom.seenBy('robot:robot-key')).toEqual([
      'INC-2026-0007 · 时限已到\n须立即报告\n请在群里@机器人并发送“电话报告稿”、“登记报送”，或点击其消息上的按钮。',
    ]);
  });

  it('calls everybody if that is wanted', async () => {
    const both = withRinger(inner, ringer);
    await both.post(place('chat-1'), both.render(message('everybody')), 'k1');
    expect(wecom.delivered[0]?.message).toMatchObject({ text: { mentioned_list: ['@all'] } });
    expect(posted).toEqual(['chat-1: body of 3']);
  });

  it.each(['refuses', 'loses'])('posts the card when the robot %s', async (what) => {
    if (what === 'refuses') wecom.robots.clear();
    else wecom.losses.push('webhook/send');
    const both = withRinger(inner, ringer);
    expect(await both.post(place('chat-1'), both.render(message(people)), 'k1')).toEqual({ kind: 'sent', ref: 'r' });
    expect(posted).toEqual(['chat-1: body of 3']);
  });

  it('does not call again when only the card is tried again', async () => {
    let down = true;
    const both = withRinger(
      {
        ...inner,
        post: async (...sent) =>
          down ? { kind: 'refused', reason: 'unreachable', detail: 'down' } : inner.post(...sent),
      },
      ringer,
    );
    expect((await both.post(place('chat-1'), both.render(message(people)), 'k1')).kind).toBe('refused');
    down = false;
    expect((await both.post(place('chat-1'), both.render(message(people)), 'k1')).kind).toBe('sent');
    expect(wecom.seenBy('robot:robot-key')).toHaveLength(1);
    expect(posted).toHaveLength(1);
  });
});
