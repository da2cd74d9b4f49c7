import './messages.ts';
import { z } from 'zod';
import { localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { Jobs } from '../../talk/jobs.ts';
import { Talk } from '../../talk/talk.ts';
import { addressFor, deliveriesOf } from '../../use-cases/platform-support.ts';
import type { ChatPlatform, ChatService, PlatformNeeds } from '../description.ts';
import { BackgroundWork } from '../shared/background-work.ts';
import { Conversation } from '../shared/conversation.ts';
import { keepEvidence } from '../shared/evidence.ts';
import { People } from '../shared/people.ts';
import { Readers } from '../shared/readers.ts';
import { Recently } from '../shared/recently.ts';
import { FeishuApi, FeishuError } from './api.ts';
import { readersOf } from './chats.ts';
import { callbackRoutes, LongConnection } from './connection.ts';
import type { FeishuConfig } from './index.ts';
import { createReceive, type Intake, type Job, jobSchema } from './intake.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { feishuBody, formCard } from './render.ts';
import { cardContent, createMessenger, Sender } from './send.ts';

const user = z.looseObject({ data: z.looseObject({ user: z.looseObject({ name: z.string().trim().min(1) }) }) });
const self = z.looseObject({ bot: z.looseObject({ open_id: z.string() }) });
const ANSWERED_FOR = 24 * 3_600_000;
const PRUNE_EVERY = 6 * 3_600_000;
const TEXTS = { kept: 'feishu.file_kept', too_large: 'feishu.file_too_large', gone: 'feishu.file_gone' } as const;

/** Feishu as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export async function createFeishu(config: FeishuConfig, needs: PlatformNeeds): Promise<ChatPlatform> {
  const { kept, clock, log } = needs;
  const api = new FeishuApi(config, { proxy: needs.config.proxy, clock });
  const readers = new Readers({ kept, clock, log, lookUp: (id) => readersOf(api, id) });
  const people = new People({
    ...needs,
    platform: PLATFORM,
    tenant: config.appId,
    nameOf: async (id) => user.parse(await api.call(`contact/v3/users/${id}?user_id_type=open_id`)).data.user.name,
  });
  const deps = { api, readers, kept, clock, appId: config.appId };
  const sender = new Sender(deps);
  await Promise.all([readers.recall(), people.recall()]);
  return {
    messenger: createMessenger(deps, sender),
    readsRoom: (room, { account }) => {
      const isOurs = account.platform === PLATFORM && account.tenant === config.appId;
      const address = isOurs ? addressFor(account, room) : null;
      return address !== null && readers.reads(account.id, address);
    },
    serve: (house) => serve({ config, needs, api, readers, people, sender }, house),
  };
}

interface Parts extends Pick<Intake, 'readers' | 'people' | 'sender'> {
  readonly config: FeishuConfig;
  readonly needs: PlatformNeeds;
  readonly api: FeishuApi;
}

function serve(parts: Parts, house: Parameters<ChatPlatform['serve']>[0]): ChatService & { idle(): Promise<void> } {
  const { config, needs, api, people, sender } = parts;
  const { log, clock, kept } = needs;
  const after = new BackgroundWork(log);
  const jobs = new Jobs({ ...needs, platform: PLATFORM, prefix: 'file:', schema: jobSchema });
  const talk = new Talk({ ...house, kept });
  const send = (to: string, card: object) => sender.send(to, cardContent(card), needs.ids.next()).then(() => {});
  const conversation = new Conversation({
    ...{ platform: PLATFORM, ...house, talk, people },
    port: {
      card: (to, message) => send(to, feishuBody(message).card),
      form: ({ caller, own, place }, form, r) => {
        const chat = place.kind === 'room' ? place.room.address : own;
        const value = { r, i: form.ref.args['incident'] ?? '', d: { kind: 'fill', form: form.ref, chat } } as const;
        return send(own, formCard({ form, value, language: caller.language }));
      },
      file: async (to, file) => {
        await sender.send(to, await sender.upload(file), needs.ids.next());
      },
    },
  });
  const bot: Intake['bot'] = { id: null, clicked: false };
  const answered = new Recently(needs, 'answered:', ANSWERED_FOR);
  const intake: Intake = { ...needs, ...parts, ...house, talk, conversation, jobs, after, answered, bot };
  const receive = createReceive(intake);
  const idle = async (): Promise<void> => {
    await after.idle();
    await jobs.idle();
    await after.idle();
  };
  let cancel = (): void => {};
  const prune = (): void => {
    after.run(() => answered.prune());
    cancel = clock.at(clock.now() + PRUNE_EVERY, prune);
  };
  const wake = (): void => needs.returned(PLATFORM);
  const long = new LongConnection({ config, api, clock, log, proxy: needs.config.proxy, connected: wake });
  return {
    routes: config.callback === null ? {} : callbackRoutes(config.callback, receive),
    start: async () => {
      after.run(async () => {
        bot.id = self.parse(await api.call('bot/v3/info')).bot.open_id;
      });
      prune();
      jobs.start((job) => keepFile(intake, api, job));
      if (config.callback === null) await long.start(receive);
    },
    idle,
    stop: async () => {
      cancel();
      long.stop();
      await idle();
      await jobs.stop();
      await api.http.close();
    },
    health: () => (config.callback === null ? long.health : { ok: true, detail: 'callbacks at /feishu/events' }),
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
  const card = 'card' in reply ? reply.card : sentenceCard({ raw: localise(reply.text, caller.language) });
  await intake.conversation.sentence({ caller }, message, card);
}
