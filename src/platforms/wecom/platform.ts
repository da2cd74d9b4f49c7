import './messages.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import { GivenFiles } from '../../talk/given-files.ts';
import { Renewals } from '../../talk/renewals.ts';
import type { Caller } from '../../use-cases/app.ts';
import { ChosenLanguages } from '../../use-cases/directory/chosen-languages.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { Core } from '../description.ts';
import { keepEvidence } from '../shared/evidence.ts';
import { HttpClient } from '../shared/http-client.ts';
import { InOrder } from '../shared/in-order.ts';
import { directRoom } from '../shared/rooms.ts';
import { createServiceParts } from '../shared/service.ts';
import { Chats } from './bot/chats.ts';
import { Connection } from './bot/connection.ts';
import { type BotDependencies, callerOf, delivery, type Intake, sentence } from './bot/intake/context.ts';
import { fetchMedia, givenFileSchema, type MediaJob, type MediaResult, mediaJobSchema } from './bot/intake/evidence.ts';
import { Mentions } from './bot/intake/mention.ts';
import { startLiveness } from './bot/liveness.ts';
import { createMessenger } from './bot/messenger.ts';
import { createReceive, type Receive } from './bot/receive.ts';
import { Sender } from './bot/sender.ts';
import { compose } from './cards/compose.ts';
import { Tasks } from './cards/task.ts';
import { mountForms } from './form/routes.ts';
import { PLATFORM } from './limits.ts';

/** A WeCom smart bot over its long connection, as a platform. Sending works once `serve` has connected it. */
export function createWecomBot(deps: BotDependencies) {
  const { config, kept, clock, ids } = deps;
  const chats = new Chats({ kept, clock });
  const tasks = new Tasks({ kept, clock, ids });
  const languages = new ChosenLanguages(kept);
  const inbound: { receive: Receive | null; connected: () => void } = { receive: null, connected: () => {} };
  const under = new Set<Promise<void>>();
  const connection = new Connection({
    ...deps,
    jitter: Math.random,
    received: (kind, frame) => {
      const handled: Promise<void> = (inbound.receive?.(kind, frame) ?? Promise.resolve()).finally(() =>
        under.delete(handled),
      );
      under.add(handled);
    },
    connected: () => inbound.connected(),
  });
  const renewals = new Renewals(kept);
  const sender = new Sender({ connection, chats, tasks, clock, ids });
  const parts: Parts = { deps, chats, tasks, languages, connection, sender, inbound, under, renewals };
  return {
    messenger: createMessenger({ botId: config.botId, sender, chats, kept, renewals }),
    /** Loads who wrote where and the languages they chose; also where the connection is elsewhere. Once, first. */
    recall: async () => {
      await Promise.all([chats.recall(), languages.recall()]);
    },
    readsRoom: (room: string, { account }: Caller) => {
      if (account.platform !== PLATFORM || account.tenant !== config.botId) return false;
      const address = addressFor(account, room);
      return address !== null && chats.reads(account.id, address);
    },
    serve: (core: Core) => createService(parts, core),
  };
}

interface Parts {
  readonly deps: BotDependencies;
  readonly chats: Chats;
  readonly tasks: Tasks;
  readonly languages: ChosenLanguages;
  readonly connection: Connection;
  readonly sender: Sender;
  readonly renewals: Renewals;
  readonly inbound: { receive: Receive | null; connected: () => void };
  readonly under: ReadonlySet<Promise<void>>;
}

function createService(parts: Parts, core: Core) {
  const { deps, tasks, languages, connection, sender, inbound, under } = parts;
  const { kept, clock, log, config } = deps;
  const http = new HttpClient(deps.proxy);
  const source = { http, wsUrl: config.wsUrl, clock };
  const options = { platform: PLATFORM, jobs: mediaJobSchema, prefix: 'media:', languages };
  const service = createServiceParts(deps, core, options);
  const { talk, jobs, answered } = service;
  const question = 'wecom.file_where';
  const files = new GivenFiles({ talk, kept, jobs, question, schema: givenFileSchema, keyOf: ({ msgid }) => msgid });
  const presses = new InOrder();
  const intake: Intake = {
    ...{ ...deps, ...core, ...parts, botId: config.botId },
    ...{ talk, files, answered, presses },
  };
  const mentions = new Mentions(kept);
  const receive = createReceive(intake, mentions);
  inbound.connected = () => {
    deps.wake();
    liveness?.look();
  };
  let liveness: ReturnType<typeof startLiveness> | null = null;
  const idle = async (): Promise<void> => {
    while (under.size > 0) await Promise.all(under);
    await service.idle();
    await sender.idle();
  };
  const routes: HttpRoutes = {
    mount: (server) => {
      if (!deps.pages?.areOwn) return;
      mountForms(server, {
        ...{ ...deps, ...deps.pages, talk },
        app: core.app,
        oauth: null,
        nameOf: ({ id }) => callerOf(intake, id).name,
        roomFor: async ({ id }) => directRoom(callerOf(intake, id), deps),
      });
    },
  };
  return {
    routes,
    start: async () => {
      inbound.receive = receive;
      await mentions.recall();
      await tasks.prune();
      await connection.start();
      jobs.start(async (job) => keepMedia(intake, job, await fetchMedia(source, job)));
      const failed = (error: unknown): void => log.warn({ err: error }, 'the monthly sign of life was not sent');
      liveness = startLiveness({ kept, clock, failed, send: () => signOfLife(intake) });
    },
    stop: async () => {
      inbound.receive = null;
      await liveness?.end();
      await idle();
      await service.stop();
      connection.stop();
      await http.close();
    },
    status: () => connection.status,
    health: () => {
      const { state, detail } = connection.status;
      return { ok: state === 'up', detail: detail || state };
    },
    idle,
  };
}

/** Records a photo or file, and sends the result to the person who gave it. */
async function keepMedia(intake: Intake, job: MediaJob, fetched: MediaResult): Promise<void> {
  const caller = callerOf(intake, job.user);
  const delivered = delivery(`file:${job.msgid}`, job.msgid);
  const reply = await keepEvidence(intake, { incident: job.incident, caller, delivery: delivered }, fetched, TEXTS);
  if (reply === null) return;
  const card = 'card' in reply ? reply.card : sentence(reply.text);
  const { language } = caller;
  const about = { incident: job.incident, card, language, revision: 0, surface: null };
  await intake.sender.push(job.user, compose(about, { flavour: 'bot' }), `file:${job.msgid}`, 'answer');
}
const TEXTS = { kept: 'wecom.file_kept', too_large: 'wecom.file_size', gone: 'wecom.file_gone' } as const;

/** To the administrators who can be reached, else to the conversation used last. */
async function signOfLife(intake: Intake): Promise<boolean> {
  const { profile, links, chats, botId } = intake;
  const administrators = (profile()?.people ?? []).filter((person) => person.roles.includes('administrator'));
  const own = administrators.flatMap((person) =>
    links
      .accountsOf(person.id)
      .filter((one) => one.platform === PLATFORM && one.tenant === botId && chats.isReachable(one.id)),
  );
  const latest = chats.latest();
  const to = own.length > 0 ? own.map(({ id }) => id) : latest ? [latest.id] : [];
  const text = { key: 'wecom.liveness' } as const;
  let sent = false;
  for (const chat of to) {
    const { language } = callerOf(intake, chat);
    const message = compose(
      { incident: '', card: sentence(text), language, revision: 0, surface: null },
      { flavour: 'bot' },
    );
    const outcome = await intake.sender.push(chat, message, `liveness:${chat}:${intake.ids.next()}`);
    sent ||= outcome.kind === 'sent';
  }
  return sent;
}
