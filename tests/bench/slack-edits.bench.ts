import { buttonsIn, press } from '../fakes/slack/payloads.ts';
import { TEAM } from '../fakes/slack/workspace.ts';
import { CHANNEL, LI, ROOM, startBot } from '../platforms/slack/bot.ts';
import { sized } from './support/measure.ts';

interface Row {
  readonly running: string;
  readonly presses: number;
  /** From the press until the pressed card shows it, ms. The bar is 1,000 for p99. */
  readonly 'pressed card p50': string;
  readonly 'pressed card p99': string;
  /** Until every card of the incident in the room shows it. */
  readonly 'all its cards p50': string;
  readonly 'all its cards p99': string;
  readonly 'edits in the worst minute': number;
}
const LIVE = sized(33, 5);
const PRESSES = sized(12, 2);
const FEW = sized(6, 2);
/** Pace of a person, ms. */
const PAUSE = 1_500;
const PATIENCE = 30_000;

type Bot = Awaited<ReturnType<typeof startBot>>;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * How long a press takes until the pressed card shows it, under Slack's budget of edits: with six
 * incidents, and in the same run with 33 and three drills at 60×. Each is pressed once.
 */
export async function benchSlackEdits(): Promise<readonly Row[]> {
  return [await measured(FEW, 0, FEW), await measured(LIVE, 3, PRESSES)];
}

async function measured(live: number, drills: number, presses: number): Promise<Row> {
  const bot = await startBot({ mode: 'socket' });
  await bot.service.idle();
  for (let n = 0; n < live; n += 1) {
    // Clocks of one and four hours, begun at any time of the last 40 minutes.
    const awareness = new Date(Date.now() - Math.floor((n / live) * 40) * 60_000).toISOString();
    await declare(bot, n, { title: `Incident ${n}`, awareness });
  }
  for (let n = 0; n < drills; n += 1) await declare(bot, 1_000 + n, { title: `Drill ${n}`, drill: true, speed: 60 });
  await bot.house.settle();
  await sleep(sized(5_000, 1_000));
  const times: { card: number; all: number }[] = [];
  for (let n = 0; n < presses; n += 1) {
    times.push(await pressed(bot, `INC-${new Date().getFullYear()}-${String((n % live) + 1).padStart(4, '0')}`));
    await sleep(PAUSE);
  }
  const edits = bot.server.callsOf('chat.update').map(({ at }) => at);
  const worst = Math.max(...edits.map((from) => edits.filter((at) => at >= from && at < from + 60_000).length));
  await bot.stop();
  const of = (key: 'card' | 'all', q: number): string => {
    const sorted = times.map((time) => time[key]).toSorted((a, b) => a - b);
    return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(0);
  };
  return {
    running: `${live} incidents, ${drills} drills at 60×`,
    presses: times.length,
    'pressed card p50': of('card', 0.5),
    'pressed card p99': of('card', 0.99),
    'all its cards p50': of('all', 0.5),
    'all its cards p99': of('all', 0.99),
    'edits in the worst minute': worst,
  };
}

async function declare(
  bot: Bot,
  n: number,
  input: { title: string; awareness?: string; drill?: boolean; speed?: number },
) {
  const result = await bot.house.app.declare({
    ...input,
    caller: { account: { platform: 'slack', tenant: TEAM, id: `${LI}${n}` }, name: 'Li Wei', language: 'en' },
    room: ROOM,
    delivery: { platform: 'slack', key: `bench${n}`, body: '' },
  });
  if (result.kind !== 'done') throw new Error(`declare: ${result.refusal.code}`);
}

/** Presses an answer of a card of the incident: of its question, or of the one about a CII on the status card. */
async function pressed(bot: Bot, incident: string): Promise<{ card: number; all: number }> {
  const { workspace } = bot.server;
  const room = `slack/${TEAM}/${CHANNEL}`;
  const before = await bot.store.incident(incident);
  const root = (await bot.store.surfaces.get(incident, room, 'status'))?.ref;
  const ref = (await bot.store.surfaces.get(incident, room, 'question'))?.ref;
  const messages = workspace.messages.filter(({ ts }) => ts === root || ts === ref);
  for (const message of messages) {
    const button = buttonsIn(message.blocks).find(({ label }) => label === 'CII is involved: No');
    if (!button) continue;
    const shown = JSON.stringify(message.blocks);
    const at = { channel: CHANNEL, ts: message.ts, responseUrl: bot.server.responseUrl(CHANNEL, message.ts) };
    const start = performance.now();
    await bot.server.send(
      'interactive',
      press(button, LI, { ...at, ...(message.thread ? { thread: message.thread } : {}) }),
    );
    while (JSON.stringify(message.blocks) === shown && performance.now() - start < PATIENCE) await sleep(2);
    const card = performance.now() - start;
    while ((await isBehind(bot, incident, room)) && performance.now() - start < PATIENCE) await sleep(10);
    if ((await bot.store.incident(incident))?.version === before?.version)
      throw new Error(`${incident}: not answered by ${button.label}`);
    return { card, all: performance.now() - start };
  }
  throw new Error(`${incident}: nothing to press`);
}

async function isBehind(bot: Bot, incident: string, room: string): Promise<boolean> {
  const rows = await bot.store.surfaces.wanting(0, 500);
  return rows.some((row) => row.incident === incident && row.room === room && row.dirty && row.ref !== null);
}
