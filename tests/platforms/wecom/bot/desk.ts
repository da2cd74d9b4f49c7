import type { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { GROUP, LI, type Rig } from './rig.ts';
import { acted } from './waits.ts';

/** What people of the group do, each answering in words what they read in return, and the state of the first incident. */
export function deskOf(at: () => { readonly rig: Rig; readonly clock: ManualClock }) {
  const after = async (act: () => void): Promise<string> =>
    (await acted(at().rig, at().clock, act, GROUP)).map(wordsOf).join('\n');
  return {
    say: (text: string, user = LI) => after(() => void at().rig.server.say(user, `@计时 ${text}`, { chat: GROUP })),
    tap: (label: string, user = LI) =>
      after(() => {
        const { server } = at().rig;
        const found = server.chats.cardWith(GROUP, label);
        if (!found) throw new Error(`no button ${label}`);
        server.click(user, found.shown, found.key);
      }),
    press: after,
    /** Chooses options of the newest drop-downs by their words, and submits. */
    choose: (words: readonly string[], user = LI) =>
      after(() => {
        const { server } = at().rig;
        const found = server.chats.selectsIn(GROUP, words);
        if (!found) throw new Error(`no options ${words.join()}`);
        server.click(user, found.shown, found.key, found.ids);
      }),
    state: async () => {
      const found = await at().rig.store.incident('INC-2026-0001');
      if (!found) throw new Error('no incident');
      return found;
    },
  };
}
