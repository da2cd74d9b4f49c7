import { DateTime } from 'luxon';
import type { HttpRoutes } from '../../http/routes.ts';
import type { Core } from '../../talk/acts.ts';
import { InOrder } from '../../talk/in-order.ts';
import { createIntake } from '../../talk/intake.ts';
import type { IntakeOptions } from '../../talk/intake-options.ts';
import { OwnName } from '../../talk/own-name.ts';
import { createPageIntake } from '../../talk/page-intake.ts';
import { Renewals } from '../../talk/renewals.ts';
import { holders } from '../../use-cases/notices/trouble.ts';
import type { ChatPlatform } from '../description.ts';
import { HttpClient } from '../shared/http-client.ts';
import { People } from '../shared/people.ts';
import { directRoom, readsOwn } from '../shared/rooms.ts';
import { Standing } from '../shared/standing.ts';
import { Connection } from './bot/connection.ts';
import { Conversations } from './bot/conversations.ts';
import { askedAlone, portOf } from './bot/hear/answers.ts';
import { fetchMedia, type GivenFile, givenFileSchema } from './bot/hear/evidence.ts';
import { lineTaken } from './bot/hear/lines.ts';
import { aloneOf, type BotAt, type BotNeeds, composed, directSpot, sentence, type WecomBot } from './bot/hear/spots.ts';
import { createMessenger } from './bot/messenger.ts';
import { createReceive, type Receive } from './bot/receive.ts';
import { RunningStreams } from './bot/running-streams.ts';
import { Sender } from './bot/sender.ts';
import { Tasks } from './cards/task.ts';
import type { WecomBotConfig } from './index.ts';
import { KICKED, PLATFORM } from './limits.ts';

/** Name under which acts on pages are stored. */
const PAGES = `${PLATFORM}-page`;

/** Creates a WeCom smart bot over its long connection. Sending works once `serve` has connected it. */
export async function createWecomBot(config: WecomBotConfig, needs: BotNeeds) {
  const parts = partsOf(config, needs);
  const { chats, people, botId } = parts;
  // The data are loaded even without the connection.
  await Promise.all([chats.recall(), people.recall()]);
  return {
    messenger: createMessenger(parts),
    readsRoom: readsOwn({ platform: PLATFORM, tenant: botId }, (user, chat) => chats.reads(user, chat)),
    serve: (core: Core) => createService(parts, core),
  } satisfies ChatPlatform;
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(config: WecomBotConfig, needs: BotNeeds) {
  const { kept } = needs;
  const { proxy, publicUrl } = needs.config;
  const { botId } = config;
  const chats = new Conversations(needs);
  const tasks = new Tasks(needs);
  const inbound: { receive: Receive | null } = { receive: null };
  const http = new HttpClient(proxy);
  const connection = new Connection({
    ...{ ...needs, config, proxy, jitter: Math.random, standing: new Standing(needs, PLATFORM) },
    alarm: () => needs.alarm(KICKED),
    received: (kind, frame) => inbound.receive?.(kind, frame),
    connected: () => needs.returned(PLATFORM),
  });
  const sender = new Sender({ ...needs, connection, chats, tasks });
  return {
    ...{ config, needs, http, botId, chats, tasks, connection, sender, inbound },
    people: new People({ ...needs, platform: PLATFORM, tenant: botId, lookUp: null }),
    streams: new RunningStreams({ ...needs, sender }),
    renewals: new Renewals(kept),
    pages: publicUrl === null ? null : { publicUrl, secret: needs.formSecret() },
  };
}

function createService(parts: Parts, core: Core) {
  const { needs, http, tasks, connection, sender, inbound, people, botId } = parts;
  const { kept, clock } = needs;
  const options = intakeOptions(parts, () => bot);
  const intake = createIntake<GivenFile, BotAt>(needs, core, options);
  const { after } = intake;
  const bot: WecomBot = { ...needs, ...core, ...parts, intake, presses: new InOrder() };
  const name = new OwnName(kept, (line) => core.app.read(line));
  const receive = createReceive(bot, name);
  const idle = async (): Promise<void> => {
    await intake.idle();
    await sender.idle();
  };
  const routes: HttpRoutes = {
    visitors: {
      acts: createPageIntake(needs, core, PAGES),
      serves: ({ platform, tenant }) => platform === PLATFORM && tenant === botId,
      nameOf: (account) => people.nameOf(account),
      roomFor: async ({ id }) => directRoom(people.caller(id), needs),
    },
  };
  return {
    routes,
    start: async () => {
      inbound.receive = (kind, frame) => after.run(() => receive(kind, frame));
      await name.recall();
      await tasks.prune();
      await connection.start();
      intake.start();
      after.every(LOOK_EVERY, () => liveOnce({ kept, clock, send: () => signOfLife(bot) }));
    },
    stop: async () => {
      inbound.receive = null;
      await idle();
      await intake.stop();
      connection.stop();
      await http.close();
    },
    health: () => connection.health,
    idle,
  };
}

/** Returns the bot's options for the shared intake: answers in the conversation, reposted cards, forms as lines. */
function intakeOptions(
  { people, renewals, http, config: { wsUrl }, needs: { clock } }: Parts,
  bot: () => WecomBot,
): IntakeOptions<GivenFile, BotAt> {
  return {
    ...{ platform: PLATFORM, prefix: 'media:', file: givenFileSchema },
    lineForms: true,
    people,
    port: (spot) => portOf(bot(), spot),
    // Cards and questions of a new incident are posted automatically.
    visibleCards: ({ at: { room } }) => ({ comes: ['status', 'question'], cards: 'reposted', room }),
    reposts: {
      chatOf: ({ at }) => at.chat.id,
      renewals,
    },
    fetch: (file) => fetchMedia({ http, wsUrl, clock }, file),
    giver: ({ user, message }) => directSpot(bot(), user, message),
    texts: {
      ...{
        question: 'wecom.file_where',
        kept: 'wecom.file_kept',
        too_large: 'wecom.file_size',
        gone: 'wecom.file_gone',
      },
      hello: (place) => ({ key: place.kind === 'room' ? 'wecom.hello_group' : 'wecom.hello' }),
      upload: () => ({ key: 'wecom.upload' }),
      languageOfRoom: 'wecom.language_group',
      sentAlone: ({ name }) => ({ key: 'wecom.sent_alone', params: { name: { raw: name } } }),
    },
    direct: (spot) => aloneOf(bot(), spot),
    asksAlone: true,
    declared: (spot, change) => askedAlone(bot(), spot, change),
    taken: (spot, line, incident) => lineTaken(bot(), spot, line, incident),
  };
}

/**
 * Sends a monthly test message to the reachable administrators, otherwise to the conversation used last. Returns true
 * if one was accepted.
 */
async function signOfLife(bot: WecomBot): Promise<boolean> {
  const { chats, botId } = bot;
  const accounts = holders(bot, ['administrator']).flatMap((person) => person.accounts);
  const own = accounts.filter((one) => one.platform === PLATFORM && one.tenant === botId && chats.isReachable(one.id));
  const latest = chats.latest();
  const to = own.length > 0 ? own : latest ? [latest] : [];
  const outcomes = await Promise.all(
    to.map(({ id }) => {
      const message = composed(directSpot(bot, id), sentence({ key: 'wecom.liveness' }), { incident: null });
      return bot.sender.push(id, message, `liveness:${id}:${bot.ids.next()}`);
    }),
  );
  return outcomes.some(({ kind }) => kind === 'sent');
}

/** Earliest Beijing hour of the monthly message, which keeps the bot active: WeCom suspends rarely used bots. */
const FROM_HOUR = 10;
const LOOK_EVERY = 3_600_000;
const KEY = 'liveness';

/**
 * Sends one message a month, from `FROM_HOUR` on, later if the program or the connection was off; a new bot sends none in
 * its first month. `send` returns true if the message arrived.
 */
export async function liveOnce({
  kept,
  clock,
  send,
}: Pick<BotNeeds, 'kept' | 'clock'> & { readonly send: () => Promise<boolean> }): Promise<void> {
  const now = DateTime.fromMillis(clock.now(), { zone: 'Asia/Shanghai' });
  const month = now.toFormat('yyyy-MM');
  const last = await kept.get(KEY);
  if (last === month || (last !== null && now.hour < FROM_HOUR)) return;
  if (last === null || (await send())) await kept.put(KEY, month);
}
