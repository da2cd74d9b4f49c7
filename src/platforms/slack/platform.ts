import './messages.ts';
import type { Config } from '../../config/schema.ts';
import { translate } from '../../i18n/translate.ts';
import type { Core } from '../../talk/acts.ts';
import { Recently } from '../../talk/recently.ts';
import { createServiceParts } from '../../talk/service.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { ChatPlatform, ChatService, PlatformNeeds } from '../description.ts';
import { HttpClient } from '../shared/http-client.ts';
import { PLATFORM } from './api-shapes.ts';
import { Directory } from './directory.ts';
import type { SlackConfig } from './index.ts';
import { introduce, meeting } from './intake/acquaintance.ts';
import { type Intake, jobSchema, type Needs, type SlackParts } from './intake/context.ts';
import { mountHttpMode } from './receive/http-mode.ts';
import { createReceive } from './receive/receive.ts';
import { SocketMode } from './receive/socket-mode.ts';
import { createApi } from './send/api.ts';
import { createMessenger } from './send/messenger.ts';
import { PressResponses } from './send/press-responses.ts';
import { Upkeep } from './upkeep.ts';

/** Dependencies of the platform, which the program gives it. */
export interface SlackNeeds extends Pick<PlatformNeeds, Needs> {
  readonly config: Pick<Config, 'proxy' | 'publicUrl'>;
  /** Null: no reminder is left with Slack for the case that the bot is down. */
  readonly backups: PlatformNeeds['backups'] | null;
}
const OFFERED_FOR = 10 * 60_000;

/** Slack as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export function createSlackPlatform(config: SlackConfig, needs: SlackNeeds) {
  const { proxy, publicUrl } = needs.config;
  const http = new HttpClient(proxy);
  const api = createApi({ ...needs, token: config.botToken, apiUrl: config.apiUrl, http });
  const directory = new Directory({ ...needs, api });
  const presses = new PressResponses(needs.clock);
  // For the one who runs the bot, in both languages: it ends, and what to do.
  const end = (reason: string): void =>
    needs.end((['en', 'zh-CN'] as const).map((language) => translate(language, 'slack.end', { reason })).join('\n'));
  const messenger = createMessenger({ ...needs, api, http, directory, presses, publicUrl, end });
  const parts = { config, http, api, directory, presses, messenger };
  return {
    messenger,
    readsRoom: (room, { account }) => {
      // Members of a shared channel read it, of whatever workspace they are.
      const address = account.platform === PLATFORM ? addressFor({ ...account, tenant: directory.team }, room) : null;
      return address !== null && directory.reads(account.id, address);
    },
    serve: (core) => createService(parts, { ...needs, end }, core),
  } satisfies ChatPlatform;
}

function createService(parts: SlackParts, needs: SlackNeeds, { app: plain, explain }: Core) {
  const { http, directory, config } = parts;
  const app = meeting(plain, (account) => service.after.run(() => introduce({ app: plain, directory }, account)));
  const service = createServiceParts(
    needs,
    { app, explain },
    { platform: PLATFORM, jobs: jobSchema, prefix: 'job:', languages: directory.languages },
  );
  const { after } = service;
  const intake: Intake = {
    ...{ ...needs, ...parts, ...service, app, explain },
    publicUrl: needs.config.publicUrl,
    offered: new Recently(needs, 'offered:', OFFERED_FOR),
    inviting: new Set(),
  };
  const receive = createReceive(intake, config.botToken);
  const upkeep = new Upkeep(intake, needs.backups);
  const { appToken, apiUrl, signingSecrets } = config;
  const connected = (missedSince: number | null): void => upkeep.connected(missedSince);
  const socket =
    appToken === null ? null : new SocketMode({ ...needs, http, receive, after, appToken, apiUrl, connected });
  return {
    routes: socket ? {} : { mount: (server) => mountHttpMode(server, { ...needs, receive, after, signingSecrets }) },
    start: async () => {
      await directory.recall();
      await upkeep.start();
      await socket?.start();
      if (!socket) connected(null);
    },
    stop: async () => {
      await socket?.stop();
      await after.idle();
      await upkeep.stop();
      await service.stop();
      await http.close();
    },
    health: () => socket?.health ?? { ok: true, detail: 'up' },
    idle: async () => {
      await after.idle();
      await upkeep.idle();
      await service.idle();
    },
  } satisfies ChatService;
}
