import type { Language } from '../../src/incident/identity.ts';
import { ManualClock } from '../fakes/clock.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { CHEN, GROUP, LI, startRig } from '../platforms/wecom/bot/rig.ts';
import { AFTERWARDS, type Driver, type Sent, type Who } from './script.ts';
import { goldenIds } from './transcript.ts';

const PEOPLE: Readonly<Record<Who, string>> = { lead: LI, colleague: CHEN };
const CONNECTION = new Set(['ping', 'aibot_subscribe']);

/** The smart bot: in Chinese in a group, in English with one person directly. */
export async function wecomBotDriver(language: Language): Promise<Driver> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = new BotServer({ now: () => clock.now() });
  const rig = await startRig({ clock, ids: goldenIds(), server });
  const chat = language === 'en' ? LI : GROUP;
  let seen = 0;
  /** Quiet: nothing on its way to the bot, nothing in it, and nothing left it since the last look. */
  const settle = async (): Promise<void> => {
    for (let before = -1, quiet = 0; quiet < 3; quiet = before === server.requests.length ? quiet + 1 : 0) {
      before = server.requests.length;
      await server.received();
      await rig.service.idle();
      await rig.house.settle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const advance = (ms: number): Promise<void> => clock.pass(ms, settle);
  const act = async (run: () => void): Promise<void> => {
    run();
    await settle();
    await advance(AFTERWARDS);
  };
  if (language === 'en') await act(() => void server.say(LI, 'language en'));
  const say = (text: string, who: Who): string =>
    chat === GROUP ? server.say(PEOPLE[who], `@计时 ${text}`, { chat }) : server.say(PEOPLE[who], text);
  return {
    say: (text, who) => act(() => void say(text, who)),
    tap: async (label, who) => {
      const found = server.chats.cardWith(chat, label);
      if (!found) return false;
      await act(() => void server.click(PEOPLE[who], found.shown, found.key));
      return true;
    },
    tick: async (labels, who) => {
      for (const shown of server.chats.in(chat).toReversed()) {
        if (shown.card?.card_type !== 'vote_interaction') continue;
        const { checkbox, submit_button } = shown.card;
        const options = checkbox.option_list.filter(({ text }) => labels.some((label) => text.includes(label)));
        if (options.length < labels.length) continue;
        const ids = options.map(({ id }) => id);
        await act(() => void server.click(PEOPLE[who], shown, submit_button.key, ids));
        return true;
      }
      return false;
    },
    pass: (minutes) => advance(minutes * 60_000),
    received: async () => {
      const all = server.requests.slice(seen).filter(({ cmd }) => !CONNECTION.has(cmd));
      seen = server.requests.length;
      return all.map(({ cmd, body = {} }): Sent => ({ where: String(body['chatid'] ?? ''), what: cmd, body }));
    },
    stop: async () => {
      await rig.stop();
      await server.close();
    },
  };
}
