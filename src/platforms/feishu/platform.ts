import './messages.ts';
import { z } from 'zod';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { addressFor, deliveriesOf } from '../../use-cases/platform-support.ts';
import type { ChatPlatform, PlatformNeeds } from '../description.ts';
import { keepEvidence } from '../shared/evidence.ts';
import { People } from '../shared/people.ts';
import { createServiceParts } from '../shared/service.ts';
import { FeishuApi, FeishuError } from './api.ts';
import { Chats } from './chats.ts';
import { callbackRoutes, LongConnection } from './connection.ts';
import type { FeishuConfig } from './index.ts';
import { createReceive, type Intake, type Job, jobSchema, say } from './intake.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { createMessenger, Sender } from './send.ts';

const user = z.looseObject({ data: z.looseObject({ user: z.looseObject({ name: z.string().trim().min(1) }) }) });
const self = z.looseObject({ bot: z.looseObject({ open_id: z.string() }) });
const TEXTS = { kept: 'feishu.file_kept', too_large: 'feishu.file_too_large', gone: 'feishu.file_gone' } as const;

/** Feishu as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export async function createFeishu(config: FeishuConfig, needs: PlatformNeeds): Promise<ChatPlatform> {
  const { clock, log } = needs;
  const { proxy } = needs.config;
  const { appId } = config;
  const api = new FeishuApi(config, { proxy, clock });
  const chats = new Chats({ ...needs, api });
  const people = new People({
    ...needs,
    ...{ platform: PLATFORM, tenant: appId },
    nameOf: async (id) => user.parse(await api.call(`contact/v3/users/${id}?user_id_type=open_id`)).data.user.name,
  });
  const deps = { ...needs, api, chats, appId };
  const sender = new Sender(deps);
  await Promise.all([chats.recall(), people.recall()]);
  return {
    messenger: createMessenger(deps, sender),
    readsRoom: (room, { account }) => {
      const isOurs = account.platform === PLATFORM && account.tenant === appId;
      const address = isOurs ? addressFor(account, room) : null;
      return address !== null && chats.reads(account.id, address);
    },
    serve: (core) => {
      const bot: Intake['bot'] = { id: null, clicked: false };
      const parts = createServiceParts(needs, core, {
        ...{ platform: PLATFORM, jobs: jobSchema, prefix: 'file:', languages: people },
      });
      const { after, jobs } = parts;
      const intake: Intake = { ...needs, ...core, ...parts, people, chats, sender, bot };
      const receive = createReceive(intake);
      const connected = () => needs.returned(PLATFORM);
      const long = new LongConnection({ config, api, clock, log, proxy, connected });
      return {
        routes: config.callback === null ? {} : callbackRoutes(config.callback, receive),
        start: async () => {
          after.run(async () => {
            bot.id = self.parse(await api.call('bot/v3/info')).bot.open_id;
          });
          jobs.start((job) => keepFile(intake, api, job));
          if (config.callback === null) await long.start(receive);
        },
        stop: async () => {
          long.stop();
          await parts.stop();
          await api.http.close();
        },
        idle: parts.idle,
        health: () => (config.callback === null ? long.health : { ok: true, detail: 'callbacks at /feishu/events' }),
      };
    },
  };
}

/** Fetches a file that somebody sent and keeps it as evidence; the person reads what became of it. */
async function keepFile(intake: Intake, api: FeishuApi, { message, key, type, name, incident, person }: Job) {
  const caller = intake.people.caller(person);
  const path = `im/v1/messages/${message}/resources/${encodeURIComponent(key)}?type=${type}`;
  const got = await api.download(path, LIMITS.fileBytes).catch((error: unknown) => {
    if (error instanceof FeishuError) return 'gone' as const;
    throw error;
  });
  const file = typeof got === 'string' ? got : { ...got, name: name === key ? (got.name ?? name) : name };
  const delivery = deliveriesOf(PLATFORM)(`file:${message}`, key);
  const reply = await keepEvidence(intake, { incident, caller, delivery }, file, TEXTS);
  if (reply === null) return;
  const card = 'card' in reply ? reply.card : sentenceCard(reply.text);
  await say(intake, message, card, { incident, revision: 0, language: caller.language });
}
