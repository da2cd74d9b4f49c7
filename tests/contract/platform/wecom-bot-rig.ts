import { wecom } from '../../../src/platforms/wecom/index.ts';
import type { Place } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { ran } from '../../fakes/patience.ts';
import { type Shown, wordsOf } from '../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../fakes/wecom/bot-server.ts';
import { startContractBot } from './bot.ts';
import {
  type Act,
  act,
  linksIn,
  profileOf,
  type Rig,
  type RigOptions,
  type Sight,
  type Where,
  type Who,
} from './rig.ts';

const USERS: Readonly<Record<Who, string>> = {
  lead: 'liwei',
  colleague: 'chenyu',
  stranger: 'wanglei',
  foreigner: 'nobody',
};
const GROUPS = { home: 'wrGROUP0001', open: 'wrGROUP0002', abroad: 'wrGROUP0003' } as const;
/** Silence of this long ends a connection, so it is made anew between two minutes if it was lost. */
const LOOKS = 40;

/** WeCom's smart bot over its long connection, with Tencent's own client. */
export async function wecomBotRig({
  wrongCredentials = false,
  offDuty = false,
  three = false,
  ...night
}: RigOptions = {}): Promise<Rig> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = new BotServer({ now: () => clock.now() });
  const wsUrl = await server.listen();
  const { botId, chats } = server;
  const connected = async (): Promise<void> => {
    for (let looks = 0; looks < LOOKS && !server.isConnected && !server.isDown; looks += 1) await ran(5);
  };
  const bot = await startContractBot({
    gateway: night.gateway,
    make: wecom.make,
    clock,
    settings: {
      WECOM_BOT_ID: botId,
      WECOM_BOT_SECRET: wrongCredentials ? 'another-secret' : 'secret-test',
      WECOM_BOT_WS_URL: wsUrl,
    },
    organisation: profileOf({
      ...{ platform: 'wecom', tenant: botId, lead: USERS.lead, colleague: USERS.colleague },
      deputy: offDuty && USERS.stranger,
      third: three && USERS.stranger,
      ...night,
      rooms: { home: GROUPS.home, open: GROUPS.open, abroad: GROUPS.abroad },
    }),
    traffic: () => server.requests.length,
    arrived: () => server.received(),
    reconnected: wrongCredentials ? async () => {} : connected,
  });
  const chatOf = (where: Where, who: Who): string => (where === 'direct' ? USERS[who] : GROUPS[where]);
  const sight = (who: Who, where: Where) => (): Sight =>
    [...new Set([USERS[who], chatOf(where, who)])].flatMap((chat) => {
      const rewritten = chats.rewritten.filter((one) => one.chat === chat).map(wordsOf);
      return [chats.words(chat), rewritten];
    });
  const acting = (who: Who, where: Where, send: () => void): Act =>
    act(bot, sight(who, where), async () => {
      send();
      return { acknowledged: true };
    });
  let ids = 0;
  const nextId = (): string => `act-${++ids}`;
  const said = (who: Who, text: string, where: Where, msgid = nextId()): void => {
    const group = where === 'direct' ? {} : { chat: chatOf(where, who) };
    server.say(USERS[who], where === 'direct' ? text : `@计时 ${text}`, { ...group, msgid });
  };
  const write = async (who: Who, text: string, where: Where, about: string | null = null): Promise<Act> => {
    const msgid = nextId();
    return acting(who, where, () => said(who, about === null ? text : `${about} ${text}`, where, msgid));
  };
  const pressing = (who: Who, label: RegExp, where: Where, row?: string): (() => void) => {
    for (const shown of chats.in(chatOf(where, who)).toReversed()) {
      const found = buttonOf(shown, label, row);
      if (!found) continue;
      const msgid = nextId();
      return () => void server.click(USERS[who], shown, found.key, found.selected, msgid);
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  return {
    bot,
    lacks: {
      filesAlone: true,
      confirms: true,
      foreigners: true,
      acknowledgement: true,
      threads: true,
      history: true,
      ringing: true,
      mentions: true,
    },
    account: (who) => ({ platform: 'wecom', tenant: botId, id: USERS[who] }),
    place: (where, who = 'lead') => ({ tenant: botId, address: chatOf(where, who), thread: null }),
    seen: async ({ address }: Place) => chats.in(address).map(seenOf),
    write,
    press: async (who, label, where, row) => acting(who, where, pressing(who, label, where, row)),
    tick: async (who, labels, where) => {
      for (const shown of chats.in(chatOf(where, who)).toReversed()) {
        if (shown.card?.card_type !== 'vote_interaction') continue;
        const { checkbox, submit_button } = shown.card;
        const ticked = checkbox.option_list.filter(({ text }) => labels.some((label) => text.includes(label)));
        if (ticked.length < labels.length) continue;
        const msgid = nextId();
        const chosen = ticked.map(({ id }) => id);
        return acting(who, where, () => void server.click(USERS[who], shown, submit_button.key, chosen, msgid));
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries, where) => {
      await acting(who, where, pressing(who, label, where)).deliver();
      // A text of several lines stands below its label.
      const lines = entries.map(({ label, value }) => `${label}：${value.includes('\n') ? '\n' : ''}${value}`);
      return write(who, lines.join('\n'), where);
    },
    give: async (who, content, incident) => {
      // A file has no words: it is of the incident this conversation is about.
      await (await write(who, 'status', 'direct', incident)).deliver();
      const msgid = nextId();
      return acting(who, 'direct', () => server.sendFile(USERS[who], Buffer.from(content), 'file', msgid));
    },
    odd: async (who) => {
      const body = { msgid: nextId(), aibotid: botId, chattype: 'single', from: { userid: USERS[who] } };
      const frame = {
        cmd: 'aibot_msg_callback',
        headers: { req_id: nextId() },
        body: { ...body, msgtype: 'text', text: 7 },
      };
      return acting(who, 'direct', () => server.hand(frame));
    },
    forge: async () => [],
    loseNextAnswer: () => server.fail('aibot_send_msg', { kind: 'cut' }),
    refuseNextFile: () => server.fail('aibot_send_msg', { kind: 'error', code: 40058 }),
    limitNextSend: () => server.fail('aibot_send_msg', { kind: 'error', code: 45009 }),
    cutOff: async (isOff) => {
      server.isDown = isOff;
      if (isOff) server.cut();
      await ran(20);
    },
    kick: async (isOut) => {
      if (isOut) chats.leave(GROUPS.home);
    },
    revoke: async (isRevoked) => {
      server.isRevoked = isRevoked;
      if (isRevoked) server.cut();
      await ran(20);
    },
    // Nobody tells a bot that a message was recalled, and it could edit none.
    recall: async () => false,
    refusals: () => server.refusals.length,
    stop: async () => {
      await bot.stop();
      await server.close();
    },
  };
}

function seenOf(shown: Shown) {
  const { card, file, content } = shown;
  const buttons = card?.card_type === 'button_interaction' ? card.button_list.map(({ text }) => text) : [];
  const submit = card?.card_type === 'vote_interaction' ? [card.submit_button.text] : [];
  return {
    text: wordsOf(shown),
    buttons: [...buttons, ...submit],
    rings: false,
    mentions: [],
    file: file === null || !content ? null : { name: file, content },
    links: linksIn(shown),
  };
}

/** A button by its label, with the row that is chosen in the list beside it. */
function buttonOf({ card }: Shown, label: RegExp, row?: string) {
  if (card?.card_type !== 'button_interaction') return null;
  const button = card.button_list.find(({ text }) => label.test(text));
  const option = card.button_selection?.option_list.find(({ text }) => row !== undefined && text.includes(row));
  if (!button || (row !== undefined && !option)) return null;
  return { key: button.key, selected: option ? [option.id] : [] };
}
