import { z } from 'zod';
import { feishu } from '../../../src/platforms/feishu/index.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { APP, FeishuServer, type Message, SECRET } from '../../fakes/feishu/server.ts';
import { ran } from '../../fakes/patience.ts';
import { startContractBot } from './bot.ts';
import {
  type Act,
  act,
  linksIn,
  profileOf,
  type Rig,
  type RigOptions,
  type Sight,
  sign,
  type Where,
  type Who,
} from './rig.ts';

const USERS: Readonly<Record<Who, string>> = {
  lead: 'ou_liwei',
  colleague: 'ou_chenyu',
  stranger: 'ou_wanglei',
  foreigner: 'ou_foreign',
};
const STRANGE = 'oc_strange';
const CHATS = { home: 'oc_home', open: 'oc_open', abroad: 'oc_abroad' } as const;
/** `signature` in place of the right one, for a forged callback. */
interface Keys {
  readonly token: string;
  readonly key: string;
  readonly signature?: string;
}
const CALLBACK: Keys = { token: 'v-token', key: 'e-key' };
const select = z.looseObject({
  elements: z.array(z.looseObject({ tag: z.string(), options: z.unknown().optional() })),
});
const options = z.array(z.looseObject({ value: z.string(), text: z.looseObject({ content: z.string() }) }));

/** Feishu by Feishu's own SDK over its long connection, or by signed and encrypted callbacks. */
export async function feishuRig(
  { wrongCredentials = false, offDuty = false, three = false, ...night }: RigOptions = {},
  callbacks = false,
): Promise<Rig> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = new FeishuServer();
  server.now = () => clock.now();
  // Time stands still in the suites; a limit that is hit is `limitNextSend`.
  server.perSecond = Number.POSITIVE_INFINITY;
  const apiUrl = await server.listen();
  for (const [who, name] of [
    ['lead', 'Li Wei'],
    ['colleague', '陈宇'],
    ['stranger', '王磊'],
  ] as const) {
    server.addUser(USERS[who], name);
  }
  const cast = [USERS.lead, USERS.colleague];
  server.addChat(CHATS.home, three ? [...cast, USERS.stranger] : cast);
  server.addChat(CHATS.open, cast, { isPublic: true });
  server.addChat(CHATS.abroad, cast);
  server.addChat(STRANGE, cast, { isHidden: true });
  const bot = await startContractBot({
    gateway: night.gateway,
    make: feishu.make,
    clock,
    settings: {
      ...{ FEISHU_APP_ID: APP, FEISHU_API_URL: apiUrl },
      FEISHU_APP_SECRET: wrongCredentials ? 'another-secret' : SECRET,
      ...(callbacks ? { FEISHU_VERIFICATION_TOKEN: CALLBACK.token, FEISHU_ENCRYPT_KEY: CALLBACK.key } : {}),
    },
    organisation: profileOf({
      ...{ platform: 'feishu', tenant: APP, lead: USERS.lead, colleague: USERS.colleague },
      deputy: offDuty && USERS.stranger,
      third: three && USERS.stranger,
      ...night,
      rooms: { home: CHATS.home, open: CHATS.open, abroad: CHATS.abroad },
    }),
    traffic: () => server.calls.length,
    arrived: () => sign(server.isConnected, () => server.event('none.of.ours', {})),
  });
  const connected = async (): Promise<void> => {
    // Pauses go by the clock of the bot.
    for (let n = 0; n < 400 && !callbacks && !(server.isConnected && bot.health().ok); n += 1) {
      await ran(25);
      if (!bot.health().ok) clock.advance(250);
    }
  };
  if (!wrongCredentials) await connected();
  const chatOf = (where: Where, who: Who) => (where === 'direct' ? `oc_p2p_${USERS[who]}` : CHATS[where]);
  const tenant = (who: Who): string | undefined => (who === 'foreigner' ? 'tenant-other' : undefined);
  const sight = (who: Who, where: Where) => (): Sight =>
    [...new Set([chatOf('direct', who), chatOf(where, who)])].map((chat) =>
      server.messages.filter((one) => one.chat === chat).map((one) => server.words(one)),
    );
  const hand = async (type: string, event: object, keys: Keys = CALLBACK, id?: string) => {
    if (!callbacks) {
      await connected();
      const { code, answer } = await server.event(type, event, id);
      return { acknowledged: code === 200, body: said(answer) };
    }
    const { body, headers } = server.callback(type, event, keys, id);
    const signed = keys.signature === undefined ? headers : { ...headers, 'X-Lark-Signature': keys.signature };
    const response = await fetch(`${bot.url}/feishu/events`, { method: 'POST', headers: signed, body });
    const text = await response.text();
    return { acknowledged: response.status === 200, body: response.status === 200 ? said(JSON.parse(text)) : '' };
  };
  const acting = (who: Who, where: Where, type: string, event: object, keys: Keys = CALLBACK): Act => {
    const id = `act-${server.nextId()}`;
    return act(bot, sight(who, where), () => hand(type, event, keys, id));
  };
  const rootOf = async (about: string | null, where: Where, who: Who) => {
    const [root] =
      about === null
        ? []
        : server.messages.filter(
            (one) => one.chat === chatOf(where, who) && one.root === null && server.words(one).includes(about),
          );
    return root?.id;
  };
  const line = (who: Who, text: string, where: Where, root?: string) => {
    const content = { text: where === 'direct' ? text : `@_user_1 ${text}` };
    const more = {
      ...(root === undefined ? {} : { root }),
      ...(tenant(who) === undefined ? {} : { tenant: tenant(who) ?? '' }),
    };
    return server.message(chatOf(where, who), USERS[who], content, more);
  };
  const write = async (who: Who, text: string, where: Where, about: string | null = null): Promise<Act> => {
    const root = await rootOf(about, where, who);
    const named = about !== null && root === undefined ? `${about} ${text}` : text;
    return acting(who, where, 'im.message.receive_v1', line(who, named, where, root));
  };
  const shownTo = (who: Who, where: Where): readonly Message[] =>
    server.messages.filter((one) => !one.recalled && one.chat === chatOf(where, who)).toReversed();
  const pressed = (who: Who, label: RegExp, where: Where, row?: string): Act => {
    for (const message of shownTo(who, where)) {
      const found = server
        .buttons(message)
        .find((one) => label.test(one.label) && (row === undefined || one.row.includes(row)));
      if (!found) continue;
      return acting(
        who,
        where,
        'card.action.trigger',
        server.click(message, USERS[who], found.value, undefined, tenant(who)),
      );
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  return {
    bot,
    lacks: { history: true },
    account: (who) => ({ platform: 'feishu', tenant: APP, id: USERS[who] }),
    place: (where, who = 'lead') => {
      const address = where === 'direct' ? USERS[who] : CHATS[where];
      return { tenant: APP, address, thread: null };
    },
    seen: async ({ address, thread }) =>
      server.in(address, thread).map((one) => ({
        ...{ text: server.words(one), buttons: server.buttons(one).map(({ label }) => label) },
        rings: one.content.includes('<at id='),
        mentions: [...one.content.matchAll(/<at id=(\w+)>/g)].map(([, id = '']) => id),
        ...{ file: server.fileOf(one), links: linksIn(one.content) },
      })),
    write,
    press: async (who, label, where, row) => pressed(who, label, where, row),
    tick: async (who, labels, where) => {
      for (const message of shownTo(who, where)) {
        const found = server.buttons(message).find(({ form }) => form !== null);
        if (!found) continue;
        const list = select.parse(found.form).elements.find(({ tag }) => tag === 'multi_select_static');
        const ticks = options
          .parse(list?.options ?? [])
          .filter(({ text }) => labels.some((label) => text.content.includes(label)));
        if (ticks.length < labels.length) continue;
        const values = { ticks: ticks.map(({ value }) => value) };
        return acting(
          who,
          where,
          'card.action.trigger',
          server.click(message, USERS[who], found.value, values, tenant(who)),
        );
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries, where) => {
      await pressed(who, label, where).deliver();
      const [form] = shownTo(who, 'direct').filter((one) => server.buttons(one).some((button) => button.form !== null));
      const button = form && server.buttons(form).find((one) => one.form !== null);
      if (!form || !button) throw new Error(`no form ${label}`);
      const values = { ...server.defaults(form), ...Object.fromEntries(entries.map(({ id, value }) => [id, value])) };
      return acting(
        who,
        where,
        'card.action.trigger',
        server.click(form, USERS[who], button.value, values, tenant(who)),
      );
    },
    give: async (who, content, incident) => {
      await (await write(who, 'status', 'direct', incident)).deliver();
      const file_key = `file-${server.nextId()}`;
      server.files.set(file_key, { name: 'log.txt', content: Buffer.from(content) });
      const given = server.message(
        chatOf('direct', who),
        USERS[who],
        { file_key, file_name: 'log.txt' },
        { type: 'file' },
      );
      return acting(who, 'direct', 'im.message.receive_v1', given);
    },
    odd: async (who) => {
      const [card] = shownTo(who, 'home');
      if (!card) throw new Error('no card');
      return acting(who, 'home', 'card.action.trigger', { ...server.click(card, USERS[who], {}), operator: 7 });
    },
    live: ['c-token'],
    standing: async (where) =>
      server.messages
        .filter(({ recalled, chat }) => !recalled && (where === undefined || chat === chatOf(where, 'lead')))
        .map((one) => server.words(one)),
    kick: async (isOut) => {
      const { home } = CHATS;
      if (isOut) server.chats.delete(home);
      else server.addChat(home, cast);
      if (isOut) await hand('im.chat.member.bot.deleted_v1', { chat_id: home, external: false, name: 'ops' });
      else await bot.pass(10);
      await bot.settle();
    },
    revoke: async (isRevoked) => {
      server.isRevoked = isRevoked;
      server.tokens.clear();
      if (isRevoked) server.drop();
    },
    share: async () => {
      server.addChat(CHATS.home, [...cast, USERS.foreigner], { external: true });
      await hand('im.chat.member.user.added_v1', { chat_id: CHATS.home, external: true, users: [] });
      await bot.settle();
    },
    strange: {
      place: { tenant: APP, address: STRANGE, thread: null },
      write: async (who, text) => {
        const sight = (): Sight =>
          [`oc_p2p_${USERS[who]}`, STRANGE].map((chat) =>
            server.messages.filter((one) => one.chat === chat).map((one) => server.words(one)),
          );
        const event = server.message(STRANGE, USERS[who], { text: `@_user_1 ${text}` });
        const id = `act-${server.nextId()}`;
        return act(bot, sight, () => hand('im.message.receive_v1', event, CALLBACK, id));
      },
    },
    picture: async (who, text, contents) => {
      const images = contents.map((content) => {
        const image_key = `img-${server.nextId()}`;
        server.files.set(image_key, { name: 'photo.png', content: Buffer.from(content) });
        return { tag: 'img', image_key };
      });
      const post = { title: '', content: [[{ tag: 'text', text }, ...images]] };
      const event = server.message(chatOf('direct', who), USERS[who], post, { type: 'post' });
      return acting(who, 'direct', 'im.message.receive_v1', event);
    },
    forge: async (text) =>
      callbacks
        ? [
            { ...CALLBACK, token: 'another' },
            { ...CALLBACK, key: 'another' },
            { ...CALLBACK, signature: '0'.repeat(64) },
          ].map((keys) => acting('lead', 'home', 'im.message.receive_v1', line('lead', text, 'home'), keys))
        : [],
    loseNextAnswer: () => void server.faults.push({ path: /^POST im\/v1\/messages/, fault: 'lost' }),
    refuseNextFile: () => void server.faults.push({ path: /^POST im\/v1\/files/, fault: 234006 }),
    limitNextSend: () => void server.faults.push({ path: /^POST im\/v1\/messages/, fault: 230020 }),
    cutOff: async (isOff) => {
      await server.cutOff(isOff);
      if (isOff) return;
      await bot.pass(1);
      await connected();
    },
    recall: async ({ address, thread }) => {
      const message = server.in(address, thread).at(-1);
      if (!message) return false;
      message.recalled = true;
      await hand('im.message.recalled_v1', { message_id: message.id, chat_id: message.chat });
      return true;
    },
    refusals: () => server.wrong.length,
    stop: async () => {
      await bot.stop();
      await server.close();
    },
  };
}

/** Everything that an answer to a click shows: its toast and the card in place of the one clicked. */
function said(answer: unknown): string {
  const words: string[] = [];
  JSON.stringify(answer, (key, value: unknown) => {
    if (typeof value === 'string' && key === 'content') words.push(value);
    return value;
  });
  return words.join('\n');
}
