import { systemClock } from '../../src/ops/system-clock.ts';
import { Connection } from '../../src/platforms/wecom/bot/connection.ts';
import { eventFrame } from '../../src/platforms/wecom/bot/hear/frames.ts';
import { PUSH_QUOTA } from '../../src/platforms/wecom/limits.ts';
import { wordsOf } from '../fakes/wecom/bot-chats.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { silent } from '../platforms/slack/kept.ts';
import { CHEN, LI, startRig } from '../platforms/wecom/bot/rig.ts';
import { sized } from './support/measure.ts';

const INCIDENTS = sized(450, 60);
const third = INCIDENTS / 3;
const noPause = async (): Promise<void> => {};
const AT_ONCE = 20;
const CHATS = sized(1_000, 30);
const CARD = {
  card_type: 'button_interaction',
  main_title: { title: '是否' },
  button_list: [{ text: '否', key: 'b0', style: 1 }],
} as const;

function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? 0).toFixed(1));
}

/** Looks again each turn of the event loop; gives up after a minute. */
async function until(done: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!done()) {
    if (performance.now() > end) throw new Error('waited for a minute');
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** From the click on the wire to the changed card on the wire, committed in between. The bar is 50 ms at p99. */
export async function benchWecomClicks() {
  const rig = await startRig();
  const { server } = rig;
  const chats = Array.from({ length: INCIDENTS }, (_, n) => `wrBENCH${n}`);
  for (const chat of chats) server.say(LI, `@计时 新建事件 ${chat} 疑似泄露`, { chat });
  await until(() => chats.every((chat) => server.chats.cardWith(chat, '否') !== null));
  await rig.house.settle();
  const rows = [
    { clicks: "floor: nothing but Tencent's client", ...(await bare()) },
    { clicks: 'one durable write of the same store', ...(await written(rig)) },
    { clicks: '1 at a time', ...(await clicked(server, chats.slice(0, third), 1, () => rig.house.settle())) },
    { clicks: 'each right after the other', ...(await clicked(server, chats.slice(third, 2 * third), 1, noPause)) },
    { clicks: `${AT_ONCE} at once`, ...(await clicked(server, chats.slice(2 * third), AT_ONCE, noPause)) },
  ];
  const refused = server.refusals.length;
  await rig.stop();
  return rows.map((row) => ({ ...row, 'refused by WeCom': refused }));
}

/** The floor: the same frames, answered without doing anything. */
async function bare() {
  const server = new BotServer();
  const wsUrl = await server.listen();
  const took: number[] = [];
  const connection = new Connection({
    config: { botId: server.botId, secret: 'secret-test', wsUrl },
    proxy: null,
    clock: systemClock,
    log: silent,
    jitter: () => 1,
    received: (_, frame) => {
      const { headers, body } = eventFrame.parse(frame);
      const task_id = body.event.template_card_event?.task_id;
      const template_card = { ...CARD, task_id };
      connection.request('aibot_respond_update_msg', headers.req_id, { template_card }).catch(() => {});
    },
    connected: () => {},
    alarm: () => {},
  });
  await connection.start();
  server.chats.open('wrBARE', 'group');
  for (let n = 0; n < third; n += 1) {
    const shown = server.chats.add({ chat: 'wrBARE', text: '', task: `t${n}`, card: CARD, file: null });
    const started = performance.now();
    let done = false;
    server.watch = (cmd) => {
      if (cmd !== 'aibot_respond_update_msg') return;
      took.push(performance.now() - started);
      done = true;
    };
    server.click(CHEN, shown, 'b0');
    await until(() => done);
  }
  connection.stop();
  await server.close();
  return { 'p50 ms': percentile(took, 0.5), 'p99 ms': percentile(took, 0.99), n: took.length };
}

async function written({ store }: Awaited<ReturnType<typeof startRig>>) {
  const took: number[] = [];
  for (let n = 0; n < third; n += 1) {
    const started = performance.now();
    await store.kept.put('bench', String(n));
    took.push(performance.now() - started);
  }
  return { 'p50 ms': percentile(took, 0.5), 'p99 ms': percentile(took, 0.99), n: took.length };
}

async function clicked(server: BotServer, chats: readonly string[], atOnce: number, pause: () => Promise<void>) {
  const started = new Map<string, number>();
  const took: number[] = [];
  server.watch = (cmd, request) => {
    const at = started.get(request);
    if (cmd === 'aibot_respond_update_msg' && at !== undefined) took.push(performance.now() - at);
  };
  for (let first = 0; first < chats.length; first += atOnce) {
    const some = chats.slice(first, first + atOnce);
    for (const chat of some) {
      const found = server.chats.cardWith(chat, '否');
      if (found) started.set(server.click(CHEN, found.shown, found.key), performance.now());
    }
    await until(() => took.length >= first + some.length);
    await pause();
  }
  return { 'p50 ms': percentile(took, 0.5), 'p99 ms': percentile(took, 0.99), n: took.length };
}

/** A minute's worth of pushes to a thousand conversations at once: in order, within the quota of each. */
export async function benchWecomPushes() {
  const rig = await startRig();
  const { server, platform } = rig;
  const chats = Array.from({ length: CHATS }, (_, n) => `wrPUSH${n}`);
  for (const chat of chats) server.say(LI, '@计时 帮助', { chat });
  await until(() => chats.every((chat) => server.chats.in(chat).length > 0));
  const before = server.chats.shown.length;
  const each = PUSH_QUOTA.perMinute + 5;
  const { messenger } = platform;
  const began = performance.now();
  const outcomes = await Promise.all(
    chats.flatMap((chat) =>
      Array.from({ length: each }, (_, n) => {
        const text = { raw: `${n}` };
        const card = { tone: 'calm', drill: false, title: text, summary: text, blocks: [] } as const;
        const message = {
          incident: 'INC-2026-0001',
          card,
          language: 'zh-CN',
          revision: 1,
          surface: null,
          ring: false,
        } as const;
        const place = { tenant: server.botId, address: chat, thread: null };
        return messenger.post(place, messenger.render(message), `bench:${chat}:${n}`);
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  const inOrder = chats.every((chat) => {
    const numbers = server.chats.in(chat).map((one) => Number(/\*\*(\d+)\*\*/.exec(wordsOf(one))?.[1] ?? -1));
    return numbers.every((n, index) => index === 0 || n >= (numbers[index - 1] ?? -1));
  });
  const row = {
    conversations: CHATS,
    'pushes asked': outcomes.length,
    sent: server.chats.shown.length - before,
    'held back until the next minute': outcomes.filter((one) => one.kind === 'refused').length,
    'refused by WeCom': server.refusals.length,
    'in order': inOrder ? 'yes' : 'NO',
    'pushes a second': Math.round((server.chats.shown.length - before) / seconds),
  };
  await rig.stop();
  return [row];
}
