import './messages.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { localise } from '../../conversation/cards/localise.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import { GivenFiles } from '../../talk/given-files.ts';
import type { Caller } from '../../use-cases/app.ts';

import { addressFor } from '../../use-cases/platform-support.ts';
import type { SendOutcome } from '../../use-cases/ports.ts';
import type { Core, PlatformNeeds } from '../description.ts';
import { keepEvidence } from '../shared/evidence.ts';
import { keptIfFailed } from '../shared/keep-failed.ts';
import { People } from '../shared/people.ts';
import { directCaller, directRoom } from '../shared/rooms.ts';
import { createServiceParts } from '../shared/service.ts';
import { advice, WecomError } from '../wecom/api/errors.ts';
import { WecomApp, WecomHttp } from '../wecom/api/http-api.ts';
import { Tasks } from '../wecom/cards/task.ts';
import { mountForms } from '../wecom/form/routes.ts';
import { plainInMarkdown } from '../wecom/text/markdown.ts';
import { mountCallback } from './callback.ts';
import { type Fetched, fetchGiven, type GivenMedia, givenSchema, unplacedSchema } from './evidence.ts';
import { Groups } from './groups.ts';
import type { WecomAppConfig } from './index.ts';
import { receive } from './intake.ts';
import { PLATFORM } from './limits.ts';
import { menu } from './menu.ts';
import { createMessenger } from './messenger.ts';
import { createOAuth } from './oauth.ts';
import { Replies } from './replies.ts';
import { Sender } from './sender.ts';
import { Suspension } from './suspension.ts';
import type { Incoming } from './wire.ts';

/** Dependencies of the app. */
export interface WecomAppDependencies
  extends Pick<
    PlatformNeeds,
    'profile' | 'links' | 'clock' | 'ids' | 'log' | 'kept' | 'inbox' | 'usedLinks' | 'tell' | 'alarm'
  > {
  readonly config: WecomAppConfig;
  readonly proxy: OutgoingProxy | null;
  /** Public address of the web form; null: no forms. */
  readonly publicUrl: string | null;
  /** Signs sessions and links of the web form. */
  readonly formSecret: string;
  wake(): void;
}

interface Parts {
  readonly deps: WecomAppDependencies;
  readonly http: WecomHttp;
  readonly api: WecomApp;
  readonly people: People;
  readonly groups: Groups;
  readonly tasks: Tasks;
  readonly sender: Sender;
  readonly suspension: Suspension;
  readonly trouble: { last: string | null };
}

/** WeCom's self-built app as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export function createWecomApp(deps: WecomAppDependencies) {
  const { clock, config, kept } = deps;
  const http = new WecomHttp({ apiUrl: config.apiUrl, proxy: deps.proxy });
  const api = new WecomApp(http, config, clock);
  const shared = { ...deps, api, corpId: config.corpId };
  const groups = new Groups(shared);
  const tasks = new Tasks(deps);
  const sender = new Sender({ api, agentId: config.agentId, clock, tasks });
  const trouble: Parts['trouble'] = { last: null };
  const parts: Parts = {
    deps,
    http,
    api,
    groups,
    tasks,
    sender,
    trouble,
    people: new People({ ...shared, platform: PLATFORM, tenant: config.corpId, nameOf: namesBy(api) }),
    suspension: new Suspension(deps),
  };
  const messenger = createMessenger({
    api,
    sender,
    groups,
    clock,
    kept,
    corpId: config.corpId,
    profile: deps.profile,
    publicUrl: deps.publicUrl,
    ended: (outcome) => noted(trouble, outcome),
  });
  return {
    messenger,
    readsRoom: (room: string, { account }: Caller) => {
      if (account.platform !== PLATFORM || account.tenant !== config.corpId) return false;
      const address = addressFor(account, room);
      return address !== null && groups.reads(account.id, address);
    },
    serve: (core: Core) => createService(parts, core),
  };
}

const user = z.looseObject({ name: z.string().trim().min(1) });
function namesBy(api: WecomApp): (id: string) => Promise<string> {
  return async (userid) => user.parse(await api.get('user/get', { userid })).name;
}

/** Keeps an error that blocks every send, until a send succeeds again. */
function noted(trouble: Parts['trouble'], outcome: SendOutcome): void {
  if (outcome.kind === 'sent') trouble.last = null;
  else if (outcome.kind === 'unknown' || outcome.reason === 'unreachable' || outcome.reason === 'forbidden') {
    trouble.last = outcome.detail;
  }
}

function createService(parts: Parts, core: Core) {
  const { deps, api, people, groups, sender, suspension, trouble } = parts;
  const { config, clock, log, publicUrl } = deps;
  const { callbackToken: token, encodingAesKey, corpId: receiveId, agentId } = config;
  const replies = new Replies({ api, agentId, sender, publicUrl, log });
  const service = createServiceParts(deps, core, {
    ...{ platform: PLATFORM, jobs: givenSchema, prefix: 'given:', languages: people },
    isOwnRoom: ({ platform, address }, { id }) => platform === PLATFORM && groups.isAlone(id, address),
  });
  const { talk, after, jobs, answered } = service;
  const question = 'wecom_app.which_incident';
  const files = new GivenFiles({
    ...{ ...deps, talk, jobs, question },
    schema: unplacedSchema,
    keyOf: (one) => one.message,
  });
  const intake = { ...parts, core, talk, replies, files, answered };
  const routes: HttpRoutes = {
    mount: (server) => {
      mountCallback(server, {
        keys: { token, encodingAesKey, receiveId },
        ...{ agentId, clock },
        after: (work) => after.run(work),
        receive: (incoming) => keptOnFailure(parts, replies, incoming, () => receive(intake, incoming)),
      });
      if (publicUrl === null) return;
      mountForms(server, {
        ...deps,
        publicUrl,
        secret: deps.formSecret,
        app: core.app,
        talk,
        oauth: createOAuth(api, config, (id) => people.account(id)),
        nameOf: (account) => people.nameOf(account),
        // A link of the smart bot brings people whose conversation is with the bot.
        roomFor: async (account, key) =>
          account.platform === PLATFORM
            ? groups.roomFor(people.caller(account.id), key)
            : directRoom(directCaller(account, deps), deps),
      });
    },
  };
  return {
    routes,
    start: async () => {
      await Promise.all([people.recall(), groups.recall(), suspension.recall(), parts.tasks.prune()]);
      after.run(() => makeMenu(parts));
      jobs.start(async (one) => keep(parts, core, replies, one, await fetchGiven(api, one)));
    },
    stop: async () => {
      await service.stop();
      await parts.http.close();
    },
    idle: () => service.idle(),
    health: () => {
      const detail = suspension.trouble ?? trouble.last;
      return { ok: detail === null, detail: detail ?? 'up' };
    },
  };
}

/** For a third time it would not go better, so what cannot be handled is kept, acknowledged and answered. */
function keptOnFailure(
  { deps, people }: Parts,
  replies: Replies,
  incoming: Incoming,
  handle: () => Promise<(() => Promise<void>) | null>,
): Promise<(() => Promise<void>) | null> {
  return keptIfFailed(deps, {
    ...{ platform: PLATFORM, body: incoming, key: incoming.key, handle },
    // The code of a card is a handle of a few minutes.
    secrets: new Set(['responseCode']),
    apologise: () => () => replies.say(people.caller(incoming.from), 'wecom.failed'),
  });
}

async function keep(
  { people }: Parts,
  core: Core,
  replies: Replies,
  { incident, user, message }: GivenMedia,
  fetched: Fetched,
): Promise<void> {
  const caller = people.caller(user);
  const file =
    typeof fetched === 'string'
      ? fetched
      : { ...fetched, name: fetched.name ?? createHash('sha256').update(message).digest('hex').slice(0, 8) };
  const delivery = { platform: PLATFORM, key: `given:${message}`, body: message };
  const reply = await keepEvidence(core, { incident, caller, delivery }, file, TEXTS);
  if (reply === null) return;
  if ('card' in reply) return replies.card(caller, reply.card, { incident, revision: 0 });
  return replies.line(caller, plainInMarkdown(localise(reply.text, caller.language)));
}
const TEXTS = {
  kept: 'wecom_app.given',
  too_large: 'wecom_app.given_too_large',
  gone: 'wecom_app.given_gone',
} as const;

/** Made anew at each start: it is cheap, and the menu is always the one of this version. */
async function makeMenu({ api, deps, trouble }: Parts): Promise<void> {
  const language = deps.profile()?.languages.people ?? 'zh-CN';
  try {
    await api.post('menu/create', JSON.stringify(menu(language)), { agentid: deps.config.agentId });
  } catch (error) {
    trouble.last = error instanceof WecomError ? advice(error) : error instanceof Error ? error.message : null;
    deps.log.warn({ detail: trouble.last }, 'the menu of the app could not be made');
  }
}
