import { afterEach, expect } from 'vitest';
import { roomId } from '../../../src/incident/identity.ts';
import { slash } from '../../fakes/slack/payloads.ts';
import { type Bot, type BotOptions, CHANNEL, LI, ROOM, sender, startBot } from './bot.ts';

let bot: Bot | null = null;
afterEach(async () => {
  await bot?.stop();
  bot = null;
});

/** A bot of its own for each test; it is stopped afterwards. */
export async function start(options: BotOptions = {}) {
  const running = await startBot(options);
  bot = running;
  await running.service.idle();
  return { bot: running, workspace: running.server.workspace, server: running.server, send: sender(running) };
}
/** An incident declared in the private operations channel, with its thread. */
export async function declared(options: BotOptions = {}) {
  const all = await start(options);
  await all.send(slash('new Outage', LI, CHANNEL));
  await expect.poll(() => all.workspace.inThread(CHANNEL, null).length).toBe(1);
  const root = all.workspace.inThread(CHANNEL, null)[0];
  const [row] = await all.bot.store.incidents({ limit: 1 });
  if (!root || !row) throw new Error('nothing was declared');
  // What is written below it belongs to the incident once its handle is kept.
  await expect.poll(() => all.bot.store.threads.incidentOf(roomId(ROOM), root.ts)).toBe(row.id);
  const state = async () => {
    const found = await all.bot.store.incident(row.id);
    if (!found) throw new Error('gone');
    return found;
  };
  return { ...all, root, id: row.id, state };
}
