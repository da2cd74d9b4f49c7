import { z } from 'zod';
import { buttons, sentenceCard } from '../../conversation/cards/sentence.ts';
import type { Visitors } from '../../http/routes.ts';
import type { Account } from '../../incident/identity.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Core } from '../../talk/acts.ts';
import type { About, AnswerPort } from '../../talk/answering.ts';
import { createIntake } from '../../talk/intake.ts';
import type { After, Intake, IntakeOptions, Spot } from '../../talk/intake-options.ts';
import { keptIfFailed } from '../../talk/keep-failed.ts';
import { createPageIntake } from '../../talk/page-intake.ts';
import type { ChatPlatform, ChatService, PlatformNeeds } from '../description.ts';
import { type ApiClient, ApiError } from '../shared/api-client.ts';
import { People } from '../shared/people.ts';
import { readsOwn } from '../shared/rooms.ts';
import { Standing } from '../shared/standing.ts';
import { advice, createWecomApi } from '../wecom/api/wecom-api.ts';
import { type Effect, meant } from '../wecom/cards/button-effects.ts';
import { Tasks } from '../wecom/cards/task.ts';
import { mountCallback } from './callback.ts';
import { EqualTexts } from './equal-texts.ts';
import { fetchGiven, type GivenMedia, givenSchema } from './evidence.ts';
import { Groups } from './groups.ts';
import type { WecomAppConfig } from './index.ts';
import { PLATFORM } from './limits.ts';
import { MENU_LINES, menu } from './menu.ts';
import { createMessenger } from './messenger.ts';
import { createReplies, type Replies } from './replies.ts';
import { Sender } from './sender.ts';
import { Suspension } from './suspension.ts';
import type { Incoming } from './wire.ts';

/** Parts of the platform needs that the app uses. */
export type WecomAppNeeds = Pick<
  PlatformNeeds,
  'profile' | 'links' | 'clock' | 'ids' | 'log' | 'kept' | 'inbox' | 'tell' | 'alarm'
> & { readonly config: Pick<PlatformNeeds['config'], 'proxy' | 'publicUrl'> };

const user = z.looseObject({ name: z.string().trim().min(1) });
const TEXTS = {
  question: 'chat.which_incident',
  kept: 'chat.file_kept',
  too_large: 'wecom_app.given_too_large',
  gone: 'wecom_app.given_gone',
} as const;

type Parts = ReturnType<typeof partsOf>;
function partsOf(config: WecomAppConfig, needs: WecomAppNeeds) {
  const { corpId, agentId } = config;
  const { proxy, publicUrl } = needs.config;
  const standing = new Standing(needs, PLATFORM);
  const api = createWecomApi({ apiUrl: config.apiUrl, proxy, clock: needs.clock, app: config, standing });
  const shared = { ...needs, api, corpId, agentId, publicUrl };
  const tasks = new Tasks(needs);
  const sender = new Sender({ ...shared, tasks, texts: new EqualTexts(needs) });
  const lookUp = async (userid: string) => {
    const { name } = user.parse(await api.call('user/get', { query: { userid } }));
    return { name };
  };
  /** Last error that blocks all sends, until a send succeeds again. */
  const trouble: { last: string | null } = { last: null };
  return {
    ...{ config, needs, api, tasks, sender, trouble, shared },
    groups: new Groups(shared),
    people: new People({ ...needs, platform: PLATFORM, tenant: corpId, lookUp }),
    suspension: new Suspension(needs),
  };
}

/** Creates the platform of WeCom's self-built app. It sends at once, and receives people's input after `serve`. */
export function createWecomApp(config: WecomAppConfig, needs: WecomAppNeeds): ChatPlatform {
  const parts = partsOf(config, needs);
  const { groups, trouble } = parts;
  return {
    messenger: createMessenger({
      ...parts.shared,
      ...{ groups, sender: parts.sender },
      ended: (outcome) => {
        if (outcome.kind === 'sent') trouble.last = null;
        else if (outcome.kind === 'unknown' || outcome.reason === 'unreachable' || outcome.reason === 'forbidden')
          trouble.last = outcome.detail;
      },
    }),
    readsRoom: readsOwn({ platform: PLATFORM, tenant: config.corpId }, (user, chat) => groups.reads(user, chat)),
    serve: (core) => createService(parts, core),
  };
}

function createService(parts: Parts, core: Core): ChatService {
  const { config, needs, api, people, groups, suspension, trouble, tasks } = parts;
  const { callbackToken: token, encodingAesKey, corpId: receiveId, agentId } = config;
  const { clock } = needs;
  const chat = createIntake<GivenMedia>(needs, core, {
    ...{ platform: PLATFORM, prefix: 'given:', people, texts: TEXTS, file: givenSchema },
    port: (spot) => replies.port(spot),
    // Forms become lines to send back if there is no address for pages.
    ...(needs.config.publicUrl === null ? { lineForms: true as const } : {}),
    visibleCards: cardsOf(groups),
    giver: ({ user }) => ({ caller: people.caller(user), place: DIRECT, at: user }),
    fetch: (file) => fetchGiven(api, file),
    roomFor: (caller, key) => groups.roomFor(caller, key),
    isOwnRoom: ({ platform, address }, { id }) => platform === PLATFORM && groups.isAlone(id, address),
  });
  const replies = createReplies({ ...parts.shared, sender: parts.sender, app: core.app, after: chat.after });
  return {
    routes: {
      mount: (server) => {
        mountCallback(server, {
          keys: { token, encodingAesKey, receiveId },
          ...{ agentId, clock },
          after: (work) => chat.after.run(work),
          receive: (incoming) =>
            keptOnFailure({ ...parts, replies }, incoming, async () => {
              if (await suspension.concerns(incoming)) return null;
              const spot = { caller: people.caller(incoming.from), place: DIRECT, at: incoming.from };
              return receive({ chat, tasks, replies }, incoming, spot);
            }),
        });
      },
      visitors: {
        acts: createPageIntake(needs, core, PLATFORM),
        identity: createOAuth(api, config, (id) => people.account(id)),
        serves: ({ platform, tenant }) => platform === PLATFORM && tenant === receiveId,
        nameOf: (account) => people.nameOf(account),
        roomFor: ({ id }, key) => groups.roomFor(people.caller(id), key),
      },
    },
    start: async () => {
      await Promise.all([people.recall(), groups.recall(), suspension.recall(), tasks.prune()]);
      chat.after.run(() => makeMenu(parts));
      chat.start();
    },
    stop: async () => {
      await chat.stop();
      await api.http.close();
    },
    idle: chat.idle,
    health: () => {
      const detail = suspension.trouble ?? trouble.last;
      return { ok: detail === null, detail: detail ?? 'up' };
    },
  };
}

/** Keeps, acknowledges and answers a payload whose handling failed twice, as a third delivery would fail too. */
function keptOnFailure(
  { needs, people, replies }: Pick<Parts, 'needs' | 'people'> & { readonly replies: Replies },
  incoming: Incoming,
  handle: () => Promise<After | null>,
): Promise<After | null> {
  return keptIfFailed(needs, {
    ...{ platform: PLATFORM, body: incoming, key: incoming.key, handle },
    // The response code of a card acts as a secret, so it is not stored.
    secrets: new Set(['responseCode']),
    apologise: () => async () => {
      await replies.port({ caller: people.caller(incoming.from) }).say({ key: 'chat.failed' });
    },
  });
}

/** Creates the menu at each start, which is cheap, so that it always matches this version. */
async function makeMenu({ api, needs, config, trouble }: Parts): Promise<void> {
  const language = needs.profile()?.languages.people ?? 'zh-CN';
  try {
    const body = { json: JSON.stringify(menu(language)) };
    await api.call('menu/create', { query: { agentid: config.agentId }, body });
  } catch (error) {
    trouble.last = error instanceof ApiError ? advice(error) : error instanceof Error ? error.message : null;
    needs.log.warn({ detail: trouble.last }, 'the menu of the app could not be made');
  }
}

const HOME = 'https://open.weixin.qq.com';
const AUTHORIZE = '/connect/oauth2/authorize';
const answer = z.looseObject({ userid: z.string().optional(), openid: z.string().optional() });

/** Identifies a person who opens a page in WeCom (documents 91022, 91023). Only company members have a `userid`. */
function createOAuth(
  api: ApiClient,
  config: { readonly corpId: string; readonly agentId: string; readonly apiUrl: string | null },
  account: (id: string) => Account,
): NonNullable<Visitors['identity']> {
  return {
    authorizeUrl: (redirect, state) => {
      const query = new URLSearchParams({
        appid: config.corpId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: config.agentId,
      });
      return `${config.apiUrl ?? HOME}${AUTHORIZE}?${query.toString()}#wechat_redirect`;
    },
    accountOf: async (code) => {
      const { userid } = answer.parse(await api.call('auth/getuserinfo', { query: { code } }));
      return userid ? account(userid) : null;
    },
  };
}

interface IntakeDependencies {
  readonly chat: Intake<GivenMedia>;
  readonly tasks: Tasks;
  readonly replies: Replies;
}

/** Conversations with the app have one person; a declaration creates a separate room. */
const DIRECT = { kind: 'direct', room: null } as const;

/** Handles one callback: everything is on disk when it resolves; replies follow the acknowledgement. */
function receive(deps: IntakeDependencies, incoming: Incoming, spot: Spot): Promise<After> {
  const { chat, replies } = deps;
  const { type, event, key, text, media } = incoming;
  const line = type === 'text' ? text : event === 'click' ? entryOf(MENU_LINES, incoming.eventKey) : undefined;
  if (line !== undefined) return chat.line(spot, { key, text: line });
  if (event === 'template_card_event') return clicked(deps, incoming, spot);
  if (media !== '') return chat.give(spot, { key, files: [{ media, user: incoming.from, message: key }] });
  // Events such as opening the app or joining need no answer.
  if (type === 'event') return Promise.resolve(async () => {});
  return Promise.resolve(
    chat.once(key, async () => void (await replies.port(spot).say({ key: 'wecom_app.no_media' }))),
  );
}

/** Handles a button, checkboxes or a drop-down of a card. */
async function clicked(deps: IntakeDependencies, incoming: Incoming, spot: Spot): Promise<After> {
  const { chat, tasks, replies } = deps;
  const { key, responseCode } = incoming;
  const port = replies.port(spot);
  const after = (work: () => Promise<unknown>): After => chat.once(key, async () => void (await work()));
  const task = await tasks.get(incoming.taskId);
  if (!task) return after(() => port.say({ key: 'wecom.old_card' }));
  const { incident, revision, surface, bound } = task;
  await chat.talk.focus(spot, incident);
  const entry = meant(bound, incoming.eventKey, Object.values(incoming.selected).flat());
  if ('say' in entry) return after(() => port.say({ key: entry.say, params: { option: { raw: entry.option } } }));
  const { does, label, confirm } = entry;
  if (confirm !== undefined)
    return after(() => askFirst(port, { ...task, language: spot.caller.language }, entry, confirm));
  const pressed =
    does.kind === 'refresh' ? ({ kind: 'view', view: { view: 'status', args: { incident } } } as const) : does;
  const press = await chat.press(spot, { key, incident, revision, does: pressed, surface });
  // Lists stay unlocked: their other rows are still needed.
  const isLocked = press.outcome?.change?.kind === 'done' && !bound.isList;
  return after(async () => {
    if (isLocked) await replies.lock(incoming.from, responseCode, `${spot.caller.name}：${label}`);
    await press.after();
  });
}

/** Asks again before an irreversible act: a card with the question and one button to confirm. */
async function askFirst(port: AnswerPort, about: About, { does, label }: Effect, question: string): Promise<void> {
  if (does.kind === 'refresh') return;
  const sure = { id: 'sure', label: { raw: label }, style: 'danger', does } as const;
  await port.card(sentenceCard({ raw: question }, buttons([sure])), about, null);
}

/** Returns the cards a person gets anyway: status and question, if a room asks this person; otherwise none. */
function cardsOf(groups: Groups): IntakeOptions<GivenMedia>['visibleCards'] {
  return ({ caller }, _, state) => {
    const room = Object.values(state.rooms).find(
      ({ platform, address }) => platform === PLATFORM && groups.asks(caller.account.id, address),
    );
    return room ? { comes: ['status', 'question'], cards: 'reposted', room } : { comes: [], cards: null, room: null };
  };
}
