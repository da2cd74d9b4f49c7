import { z } from 'zod';
import { dingtalk } from '../../../src/platforms/dingtalk/index.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { type Part, wordsOf } from '../../fakes/dingtalk/card-check.ts';
import { CLIENT, CORP, DingtalkServer, type Message, SECRET, TEMPLATE } from '../../fakes/dingtalk/server.ts';
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
  lead: 'liwei',
  colleague: 'chenyu',
  stranger: 'wanglei',
  foreigner: '$:LWCP_v1:$foreign',
};
const GROUPS = { home: 'cidHome==', open: 'cidOpen==', abroad: 'cidAbroad==' } as const;
const STRANGE = 'cidStrange==';
const MESSAGE = '/v1.0/im/bot/messages/get';
const PRESS = '/v1.0/card/instances/callback';
type FormPart = Extract<Part, { readonly form: unknown }>;
const told = z.looseObject({
  response: z.looseObject({
    userPrivateData: z.looseObject({ cardParamMap: z.looseObject({ said: z.string() }) }).optional(),
    cardData: z.looseObject({ cardParamMap: z.looseObject({ parts: z.string() }) }).optional(),
  }),
});

/** DingTalk over a real stream. */
export async function dingtalkRig({
  wrongCredentials = false,
  offDuty = false,
  three = false,
  ...night
}: RigOptions = {}): Promise<Rig & { readonly server: DingtalkServer }> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = new DingtalkServer();
  server.now = () => clock.now();
  const apiUrl = await server.listen();
  server.users.set(USERS.lead, 'Li Wei');
  server.users.set(USERS.colleague, '陈宇');
  server.users.set(USERS.stranger, '王磊');
  const cast = [USERS.lead, USERS.colleague];
  for (const group of Object.values(GROUPS)) server.groups.set(group, { members: cast, isScene: true });
  if (three) server.groups.set(GROUPS.home, { members: [...cast, USERS.stranger], isScene: true });
  server.groups.set(STRANGE, { members: cast, isScene: false });
  const bot = await startContractBot({
    gateway: night.gateway,
    make: dingtalk.make,
    clock,
    settings: {
      ...{ DINGTALK_CLIENT_ID: CLIENT, DINGTALK_CARD_TEMPLATE: TEMPLATE, DINGTALK_API_URL: apiUrl },
      DINGTALK_CLIENT_SECRET: wrongCredentials ? 'another-secret' : SECRET,
    },
    organisation: profileOf({
      ...{ platform: 'dingtalk', tenant: CLIENT, lead: USERS.lead, colleague: USERS.colleague },
      deputy: offDuty && USERS.stranger,
      third: three && USERS.stranger,
      ...night,
      rooms: { home: GROUPS.home, open: GROUPS.open, abroad: GROUPS.abroad },
    }),
    traffic: () => server.calls.length,
    arrived: () => sign(server.isConnected, () => server.ping()),
  });
  const connected = async (): Promise<void> => {
    // Pauses go by the clock of the bot.
    for (let n = 0; n < 400 && !(server.isConnected && bot.health().ok); n += 1) {
      await ran(25);
      if (!bot.health().ok) clock.advance(250);
    }
  };
  if (!wrongCredentials) await connected();
  const chatOf = (where: Where, who: Who) => (where === 'direct' ? USERS[who] : GROUPS[where]);
  const sight = (who: Who, where: Where) => (): Sight =>
    [...new Set([chatOf('direct', who), chatOf(where, who)])].map((chat) =>
      server.messages.filter((one) => one.chat === chat).map(wordsIn),
    );
  const acting = (who: Who, where: Where, topic: string, data: object): Act => {
    const id = `act-${server.nextId()}`;
    return act(bot, sight(who, where), async () => {
      await connected();
      const { code, data: answer } = await server.callback(topic, data, id);
      const { success, data: said } = told.safeParse(answer === '' ? null : JSON.parse(answer));
      const { userPrivateData, cardData } = success ? said.response : {};
      const body = [userPrivateData?.cardParamMap.said ?? '', cardData?.cardParamMap.parts ?? ''];
      return { acknowledged: code === 200, body: body.filter((part) => part !== '').join('\n') };
    });
  };
  const message = (who: Who, where: Where, content: object) => {
    const isDirect = where === 'direct';
    const isOurs = who !== 'foreigner';
    return {
      ...{
        conversationId: isDirect ? `cidDirect${USERS[who]}` : GROUPS[where],
        conversationType: isDirect ? '1' : '2',
      },
      ...{ msgId: `msg${server.nextId()}`, chatbotCorpId: CORP, robotCode: CLIENT, isInAtList: !isDirect },
      ...{
        senderId: isOurs ? `$:LWCP_v1:$${USERS[who]}` : USERS[who],
        senderNick: server.users.get(USERS[who]) ?? 'Smith',
      },
      ...(isOurs ? { senderStaffId: USERS[who], senderCorpId: CORP } : { senderCorpId: 'ding-elsewhere' }),
      ...{ sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=live', msgtype: 'text', ...content },
    };
  };
  const line = (who: Who, text: string, where: Where) => message(who, where, { text: { content: ` ${text}` } });
  const write = async (who: Who, text: string, where: Where, about: string | null = null): Promise<Act> =>
    acting(who, where, MESSAGE, line(who, about === null ? text : `${about} ${text}`, where));
  const shownTo = (who: Who, where: Where): readonly Message[] => server.in(chatOf(where, who)).toReversed();
  const press = (who: Who, where: Where, card: Message, value: string, form?: object): Act => {
    const params = { value, chat: card.chat, ...(form ? { form } : {}) };
    const content = JSON.stringify({ cardPrivateData: { actionIds: ['0'], params } });
    const userId = who === 'foreigner' ? '' : USERS[who];
    return acting(who, where, PRESS, { outTrackId: card.id, userId, corpId: CORP, type: 'actionCallback', content });
  };
  const pressed = (who: Who, label: RegExp, where: Where, row?: string): Act => {
    for (const one of shownTo(who, where)) {
      const parts = one.card?.parts ?? [];
      for (const [n, part] of parts.entries()) {
        const above = parts[n - 1];
        const isThere = row === undefined || (above && 'text' in above && above.text.includes(row));
        const found = 'buttons' in part && isThere ? part.buttons.find(({ text }) => label.test(text)) : undefined;
        if (found?.value !== undefined) return press(who, where, one, found.value);
      }
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  const formsOf = ({ card }: Message): readonly FormPart[] =>
    (card?.parts ?? []).filter((part): part is FormPart => 'form' in part);
  return {
    ...{ bot, server },
    lacks: { history: true, threads: true, recalls: true },
    account: (who) => ({ platform: 'dingtalk', tenant: CLIENT, id: USERS[who] }),
    place: (where, who = 'lead') => ({ tenant: CLIENT, address: chatOf(where, who), thread: null }),
    seen: async ({ address }) =>
      server.in(address).map((one) => ({
        text: wordsIn(one),
        buttons: (one.card?.parts ?? []).flatMap((part) =>
          'buttons' in part ? part.buttons.map(({ text }) => text) : [],
        ),
        rings: one.calls.length > 0,
        mentions: one.calls.filter((id) => id !== '@ALL'),
        ...{ file: one.file, links: linksIn(one.card) },
      })),
    write,
    press: async (who, label, where, row) => pressed(who, label, where, row),
    tick: async (who, labels, where) => {
      for (const one of shownTo(who, where)) {
        for (const form of formsOf(one)) {
          const options = form.form.fields.flatMap((field) => ('options' in field ? field.options : []));
          const ticks = options.filter(({ text }) => labels.some((label) => text.includes(label)));
          if (ticks.length < labels.length) continue;
          return press(who, where, one, form.value, { ticks: ticks.map(({ value }) => value) });
        }
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries, where) => {
      await pressed(who, label, where).deliver();
      const one = shownTo(who, 'direct').find((card) => formsOf(card).length > 0);
      const form = one && formsOf(one)[0];
      if (!one || !form) throw new Error(`no form ${label}`);
      const defaults = form.form.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
        if ('defaultValue' in field) return [[field.name, field.defaultValue]];
        if ('chosen' in field) return [[field.name, field.type === 'SELECT' ? (field.chosen[0] ?? '') : field.chosen]];
        return [];
      });
      const given = entries.map(({ id, value }) => [id, value] as const);
      return press(who, where, one, form.value, Object.fromEntries([...defaults, ...given]));
    },
    give: async (who, content, incident) => {
      await (await write(who, 'status', 'direct', incident)).deliver();
      const downloadCode = `code-${server.nextId()}`;
      server.given.set(downloadCode, Buffer.from(content));
      const file = { msgtype: 'file', content: { downloadCode, fileName: 'log.txt' } };
      return acting(who, 'direct', MESSAGE, message(who, 'direct', file));
    },
    live: ['session=live'],
    nobody: { tenant: CLIENT, address: 'nobody', thread: null },
    tooOften: () => server.tooOften,
    standing: async (where) =>
      server.messages
        .filter(({ isGone, chat }) => !isGone && (where === undefined || chat === chatOf(where, 'lead')))
        .map(wordsIn),
    kick: async (isOut) => {
      if (isOut) server.groups.delete(GROUPS.home);
      else server.groups.set(GROUPS.home, { members: cast, isScene: true });
      await bot.pass(11);
    },
    revoke: async (isRevoked) => {
      server.isRevoked = isRevoked;
      server.endTokens();
      if (isRevoked) server.drop();
    },
    strange: {
      place: { tenant: CLIENT, address: STRANGE, thread: null },
      write: async (who, text) => {
        const data = { ...line(who, text, 'home'), conversationId: STRANGE };
        const id = `act-${server.nextId()}`;
        const sight = (): Sight =>
          [USERS[who], STRANGE].map((chat) => server.messages.filter((one) => one.chat === chat).map(wordsIn));
        return act(bot, sight, async () => ({ acknowledged: (await server.callback(MESSAGE, data, id)).code === 200 }));
      },
    },
    picture: async (who, text, contents) => {
      const pictures = contents.map((content) => {
        const downloadCode = `code-${server.nextId()}`;
        server.given.set(downloadCode, Buffer.from(content));
        return { type: 'picture', downloadCode };
      });
      const content = { richText: [{ text }, ...pictures] };
      return acting(who, 'direct', MESSAGE, message(who, 'direct', { msgtype: 'richText', content }));
    },
    odd: async (who) => acting(who, 'direct', MESSAGE, { ...line(who, 'x', 'direct'), conversationId: 7 }),
    forge: async () => [],
    loseNextAnswer: () => void server.faults.push({ path: /createAndDeliver/, fault: 'lost' }),
    refuseNextFile: () =>
      void server.faults.push({ path: /oToMessages\/batchSend/, fault: { status: 400, code: 'InvalidParameter' } }),
    limitNextSend: () =>
      void server.faults.push({
        path: /createAndDeliver/,
        fault: { status: 403, code: 'Forbidden.AccessDenied.QpsLimitForApi' },
      }),
    cutOff: async (isOff) => {
      await server.cutOff(isOff);
      if (isOff) return;
      await bot.pass(1);
      await connected();
    },
    recall: async ({ address }, ref) => {
      const last = server.in(address).findLast(({ id }) => ref === undefined || id === ref);
      if (!last) return false;
      last.isGone = true;
      return true;
    },
    refusals: () => server.wrong.length,
    stop: async () => {
      await bot.stop();
      await server.close();
    },
  };
}

function wordsIn({ card, file }: Message): string {
  return card ? wordsOf(card) : (file?.name ?? '');
}
