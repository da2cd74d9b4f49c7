import './messages.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import { translate } from '../../i18n/translate.ts';
import { Jobs } from '../../talk/jobs.ts';
import { Talk } from '../../talk/talk.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { Messenger } from '../../use-cases/ports.ts';
import { BackgroundWork } from '../shared/background-work.ts';
import { Recently } from '../shared/recently.ts';
import { PLATFORM } from './api-shapes.ts';
import { Directory } from './directory.ts';
import { introduce, meeting } from './intake/acquaintance.ts';
import type { Intake } from './intake/context.ts';
import { jobSchema } from './job.ts';
import type { SlackDependencies } from './ports.ts';
import { createHttpMode } from './receive/http-mode.ts';
import { createReceive } from './receive/receive.ts';
import { SocketMode } from './receive/socket-mode.ts';
import { createApi, type SlackApi } from './send/api.ts';
import { createMessenger } from './send/messenger.ts';
import { createNet, type Net } from './send/net.ts';
import { PressResponses } from './send/press-responses.ts';
import { Upkeep } from './upkeep.ts';

/** Status of the Slack connection, for `/readyz` and `doctor`. */
export interface SlackStatus {
  readonly state: 'up' | 'connecting' | 'down';
  /** Since when nothing can arrive, epoch milliseconds. */
  readonly since: number | null;
  readonly detail: string;
}
export interface SlackPlatform {
  readonly messenger: Messenger;
  /** Returns true if a person is a member of a room, as far as Slack reported it. */
  readsRoom(room: string, caller: Caller): boolean;
  /** Connects the use cases; called once they are created. */
  serve(house: { readonly app: App; explain: Intake['explain'] }): SlackService;
}
export interface SlackService {
  /** HTTP mode takes payloads at `/slack/events`; socket mode has no routes. */
  readonly routes: HttpRoutes;
  /** Resolves when the first attempt to connect is over; it is kept up from then on. */
  start(): Promise<void>;
  /** Nothing new comes in after; what was taken is finished. */
  stop(): Promise<void>;
  status(): SlackStatus;
  health(): { readonly ok: boolean; readonly detail: string };
  /** Resolves when replies and jobs in flight are finished; for tests and a clean stop. */
  idle(): Promise<void>;
}

const ANSWERED_FOR = 26 * 3_600_000;
const OFFERED_FOR = 10 * 60_000;

/** Slack as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export function createSlackPlatform(deps: SlackDependencies): SlackPlatform {
  const net = createNet(deps.proxy);
  const { clock, kept, log, publicUrl } = deps;
  const end = (reason: string): void => deps.end(endingSentence(reason));
  const api = createApi({ token: deps.config.botToken, apiUrl: deps.config.apiUrl, net, clock });
  const directory = new Directory({ api, clock, kept, log });
  const presses = new PressResponses(clock);
  const messenger = createMessenger({ api, net, clock, kept, directory, presses, publicUrl, end });
  const parts: Parts = { deps, net, api, directory, presses, messenger, end };
  return {
    messenger,
    readsRoom: (room, caller) => readsRoom(directory, room, caller),
    serve: (house) => createService(parts, house),
  };
}

/** For the one who runs the bot, in both languages: it ends, and what to do. */
function endingSentence(reason: string): string {
  return (['en', 'zh-CN'] as const).map((language) => translate(language, 'slack.end', { reason })).join('\n');
}

interface Parts {
  readonly deps: SlackDependencies;
  readonly net: Net;
  readonly api: SlackApi;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly messenger: Messenger;
  end(reason: string): void;
}

function readsRoom(directory: Directory, room: string, { account }: Caller): boolean {
  // Members of a shared channel read it, of whatever workspace they are.
  const address = account.platform === PLATFORM ? addressFor({ ...account, tenant: directory.team }, room) : null;
  return address !== null && directory.reads(account.id, address);
}

function createService(parts: Parts, house: Parameters<SlackPlatform['serve']>[0]): SlackService {
  const { deps, net, directory } = parts;
  const { clock, log, kept, config } = deps;
  const after = new BackgroundWork(deps);
  const jobs = new Jobs({ platform: PLATFORM, prefix: 'job:', schema: jobSchema, kept, clock, log, inbox: deps.inbox });
  const app = meeting(house.app, (account) => after.run(() => introduce({ app: house.app, directory }, account)));
  const intake: Intake = {
    ...deps,
    ...parts,
    ...house,
    app,
    talk: new Talk({ app, kept, explain: house.explain, languages: directory.languages }),
    jobs,
    command: config.command,
    reactions: new Set(config.reactions),
    answered: new Recently(deps, 'answered:', ANSWERED_FOR),
    offered: new Recently(deps, 'offered:', OFFERED_FOR),
    inviting: new Set(),
    nextId: () => deps.ids.next(),
  };
  const receive = createReceive(intake, deps.inbox, config.botToken);
  const upkeep = new Upkeep({ intake, after, deps });
  const shared = { receive, after, clock, log };
  const socket =
    config.appToken === null
      ? null
      : new SocketMode({
          ...shared,
          net,
          appToken: config.appToken,
          apiUrl: config.apiUrl,
          connected: (missedSince) => upkeep.connected(missedSince),
          end: (reason) => parts.end(reason),
        });
  const handle = createHttpMode({ ...shared, signingSecrets: config.signingSecrets });
  const status = (): SlackStatus => socket?.status ?? { state: 'up', since: null, detail: '' };
  return {
    routes: socket ? {} : { raw: [{ path: '/slack/events', handle }] },
    start: async () => {
      await directory.recall();
      await upkeep.start();
      await socket?.start();
      if (!socket) upkeep.connected(null);
    },
    stop: async () => {
      await socket?.stop();
      await after.idle();
      await upkeep.stop();
      await jobs.stop();
      await net.close();
    },
    status,
    health: () => {
      const { state, detail } = status();
      return { ok: state === 'up', detail: detail || state };
    },
    idle: async () => {
      await after.idle();
      await upkeep.idle();
      await jobs.idle();
      await after.idle();
    },
  };
}
