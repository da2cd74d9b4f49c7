import './messages.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import type { Core } from '../../talk/acts.ts';
import { keepEvidence } from '../../talk/evidence.ts';
import { GivenFiles } from '../../talk/given-files.ts';
import { InOrder } from '../../talk/in-order.ts';
import { Renewals } from '../../talk/renewals.ts';
import { createServiceParts } from '../../talk/service.ts';
import type { Caller } from '../../use-cases/app.ts';
import { ChosenLanguages } from '../../use-cases/directory/chosen-languages.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import { HttpClient } from '../shared/http-client.ts';
import { directRoom } from '../shared/rooms.ts';
import { Chats } from './bot/chats.ts';
import { Connection } from './bot/connection.ts';
import {
  type BotDependencies,
  callerOf,
  composed,
  delivery,
  directSpot,
  type Intake,
  sent,
  sentence,
} from './bot/intake/context.ts';
import { fetchMedia, givenFileSchema, type MediaJob, type MediaResult, mediaJobSchema } from './bot/intake/evidence.ts';
import { Mentions } from './bot/intake/mention.ts';
import { startLiveness } from './bot/liveness.ts';
import { createMessenger } from './bot/messenger.ts';
import { createReceive, type Receive } from './bot/receive.ts';
import { Sender } from './bot/sender.ts';
import { Tasks } from './cards/task.ts';
import { mountForms } from './form/routes.ts';
import { PLATFORM } from './limits.ts';

/** A WeCom smart bot over its long connection, as a platform. Sending works once `serve` has connected it. */
export function createWecomBot(deps: BotDependencies) {
  const parts = partsOf(deps);
  const { chats, languages } = parts;
  const { botId } = deps.config;
  return {
    messenger: createMessenger({ ...parts, botId, kept: deps.kept }),
    /** Loads who wrote where and the languages they chose; also where the connection is elsewhere. Once, first. */
    recall: async () => {
      await Promise.all([chats.recall(), languages.recall()]);
    },
    readsRoom: (room: string, { account }: Caller) => {
      if (account.platform !== PLATFORM || account.tenant !== botId) return false;
      const address = addressFor(account, room);
      return address !== null && chats.reads(account.id, address);
    },
    serve: (core: Core) => createService(parts, core),
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(deps: BotDependencies) {
  const { kept } = deps;
  const chats = new Chats(deps);
  const tasks = new Tasks(deps);
  const inbound: { receive: Receive | null; connected: () => void } = { receive: null, connected: () => {} };
  const connection = new Connection({
    ...deps,
    jitter: Math.random,
    received: (kind, frame) => inbound.receive?.(kind, frame),
    connected: () => inbound.connected(),
  });
  const sender = new Sender({ ...deps, connection, chats, tasks });
  const languages = new ChosenLanguages(kept);
  return { deps, chats, tasks, languages, connection, sender, inbound, renewals: new Renewals(kept) };
}

function createService(parts: Parts, core: Core) {
  const { deps, tasks, languages, connection, sender, inbound } = parts;
  const { kept, clock, config } = deps;
  const http = new HttpClient(deps.proxy);
  const source = { http, wsUrl: config.wsUrl, clock };
  const service = createServiceParts(deps, core, {
    ...{ platform: PLATFORM, jobs: mediaJobSchema, prefix: 'media:', languages },
  });
  const { talk, jobs, after, answered } = service;
  const question = 'wecom.file_where';
  const files = new GivenFiles({ talk, kept, jobs, question, schema: givenFileSchema, keyOf: ({ msgid }) => msgid });
  const intake: Intake = {
    ...{ ...deps, ...core, ...parts, botId: config.botId },
    ...{ talk, files, after, answered, presses: new InOrder() },
  };
  const mentions = new Mentions(kept, (line) => talk.read(line));
  const receive = createReceive(intake, mentions);
  let look = (): void => {};
  inbound.connected = () => {
    deps.wake();
    look();
  };
  const idle = async (): Promise<void> => {
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
      inbound.receive = (kind, frame) => after.run(() => receive(kind, frame));
      await mentions.recall();
      await tasks.prune();
      await connection.start();
      jobs.start(async (job) => keepMedia(intake, job, await fetchMedia(source, job)));
      look = startLiveness(after, { kept, clock, send: () => signOfLife(intake) });
    },
    stop: async () => {
      inbound.receive = null;
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

const TEXTS = { kept: 'wecom.file_kept', too_large: 'wecom.file_size', gone: 'wecom.file_gone' } as const;

/** Records a photo or file, and sends the result to the person who gave it. */
async function keepMedia(intake: Intake, { user, msgid, incident }: MediaJob, fetched: MediaResult): Promise<void> {
  const spot = directSpot(intake, user, msgid);
  const by = delivery(`file:${msgid}`, msgid);
  const reply = await keepEvidence(intake, { incident, caller: spot.caller, delivery: by }, fetched, TEXTS);
  if (reply === null) return;
  const card = 'card' in reply ? reply.card : sentence(reply.text);
  await sent(intake, spot, composed(spot, card, { incident }));
}

/** To the administrators who can be reached, else to the conversation used last. Returns true if one arrived. */
async function signOfLife(intake: Intake): Promise<boolean> {
  const { profile, links, chats, botId } = intake;
  const administrators = (profile()?.people ?? []).filter((person) => person.roles.includes('administrator'));
  const accounts = administrators.flatMap(({ id }) => links.accountsOf(id));
  const own = accounts.filter((one) => one.platform === PLATFORM && one.tenant === botId && chats.isReachable(one.id));
  const latest = chats.latest();
  const to = own.length > 0 ? own : latest ? [latest] : [];
  let isSent = false;
  for (const { id } of to) {
    const message = composed(directSpot(intake, id), sentence({ key: 'wecom.liveness' }), { incident: null });
    const outcome = await intake.sender.push(id, message, `liveness:${id}:${intake.ids.next()}`);
    isSent ||= outcome.kind === 'sent';
  }
  return isSent;
}
