import { expect } from 'vitest';
import type { ManualClock } from '../../../fakes/clock.ts';
import { type Shown, wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import type { BotServer } from '../../../fakes/wecom/bot-server.ts';
import type { Rig } from './rig.ts';

const SOON = { timeout: 60_000, interval: 10 };

/** Waits until a message with these words is there; answers the newest such message. */
export async function shownWith(server: BotServer, chat: string, words: string | RegExp): Promise<Shown> {
  const find = (): Shown | undefined => {
    const all = server.chats.in(chat);
    const at = server.chats
      .words(chat)
      .findLastIndex((one) => (typeof words === 'string' ? one.includes(words) : words.test(one)));
    return all[at];
  };
  await expect.poll(() => find() !== undefined, SOON).toBe(true);
  const found = find();
  if (!found) throw new Error(`nothing with ${String(words)}`);
  return found;
}

/** Presses a button by its words, on the newest card that has it. */
export async function pressed(server: BotServer, user: string, chat: string, label: string): Promise<Shown> {
  await expect.poll(() => server.chats.cardWith(chat, label) !== null, SOON).toBe(true);
  const found = server.chats.cardWith(chat, label);
  if (!found) throw new Error(`no button ${label}`);
  server.click(user, found.shown, found.key);
  return found.shown;
}

export async function settled(check: () => boolean): Promise<void> {
  await expect.poll(check, SOON).toBe(true);
}

/** Waits for the newest question with ticks. */
export async function voteIn(server: BotServer, chat: string) {
  const find = () => server.chats.in(chat).findLast((one) => one.card?.card_type === 'vote_interaction');
  await expect.poll(() => find() !== undefined, SOON).toBe(true);
  const shown = find();
  if (shown?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
  return { shown, options: shown.card.checkbox.option_list, key: shown.card.submit_button.key };
}

/** Half a minute later; answers what came into the conversation because of it, once all is quiet. */
export async function acted(rig: Rig, clock: ManualClock, act: () => void, chat: string): Promise<readonly Shown[]> {
  const { server, service, house } = rig;
  clock.advance(31_000);
  // The clock stands until somebody acts; while the connection is made anew it moves on.
  await expect
    .poll(() => {
      if (!service.health().ok) clock.advance(500);
      return service.health().ok;
    }, SOON)
    .toBe(true);
  await house.settle();
  const before = server.chats.in(chat).length;
  const asked = server.requests.length;
  act();
  let last = -1;
  await expect
    .poll(
      async () => {
        await service.idle();
        await house.settle();
        const isStill = last === server.requests.length;
        last = server.requests.length;
        return isStill && last > asked;
      },
      { ...SOON, interval: 30 },
    )
    .toBe(true);
  return server.chats.in(chat).slice(before);
}

/** Words of the messages that an act brought, and of those to which it added something. */
export async function seenBy(...[rig, clock, act, chat]: Parameters<typeof acted>): Promise<readonly string[]> {
  const texts = () => rig.server.chats.in(chat).map((shown) => ({ shown, text: shown.text }));
  const before = texts();
  const came = await acted(rig, clock, act, chat);
  const grown = before.filter(({ shown, text }) => shown.card === null && shown.text !== text);
  return [...grown.map(({ shown }) => shown), ...came].map(wordsOf);
}
