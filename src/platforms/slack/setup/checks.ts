import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { t } from '../../../conversation/cards/situation.ts';
import { messageOf } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Clock } from '../../../use-cases/ports.ts';
import { type ApiClient, ApiError, asking } from '../../shared/api-client.ts';
import { type HttpClient, NoAnswer } from '../../shared/http-client.ts';
import { dialWebSocket } from '../../shared/web-socket.ts';
import { tenantOf } from '../installation.ts';
import { type Args, ask, type ClientOptions, headersOf, isNoAnswer, slackClient } from '../send/api.ts';
import { authTest } from '../shapes.ts';
import { SCOPES } from './manifest.ts';

/** Problem found by a live check of `connect` or `doctor`; `text` is the remedy. */
export class Problem extends Error {
  readonly text: Text;
  /** Slack's error code, e.g. `missing_scope`; null if Slack gave none. */
  readonly code: string | null;

  constructor(text: Text, code: string | null = null) {
    super(localise(text, 'en'));
    this.text = text;
    this.code = code;
  }
}

/** Returns the problem that ended a step; throws any other error again. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

/** Returns a page of an app's settings; without its id the list of apps, which leads there. */
export function settingsPage(app: string | null, page: string): string {
  return ['https://api.slack.com/apps', ...(app === null ? [] : [app, page])].join('/');
}

/** Returns the app of an app-level token: `xapp-1-A0123-…`. */
export function appOfToken(token: string): string | null {
  return /^xapp-\d+-(A[A-Z0-9]+)-/.exec(token)?.[1] ?? null;
}

type TokenKind = 'bot' | 'app' | 'signing';
const FORMS: Readonly<Record<TokenKind, RegExp>> = {
  bot: /^xoxb-[A-Za-z0-9-]+$/,
  app: /^xapp-[A-Za-z0-9-]+$/,
  signing: /^[0-9a-f]{32}$/,
};
const PREFIXES = [
  ['xoxb-', 'bot'],
  ['xapp-', 'app'],
  ['xoxp-', 'person'],
  ['xoxe', 'expiring'],
  ['xoxc-', 'browser'],
] as const;
const whereOf = (kind: TokenKind): Text => t(`slack.connect.where_${kind}`);

/** Checks the form of a token or secret without a request. The problem's text never contains it. */
export function checkForm(name: string, kind: TokenKind, token: string): void {
  if (FORMS[kind].test(token)) return;
  const [, is] = PREFIXES.find(([start]) => token.startsWith(start)) ?? [];
  const where = whereOf(kind);
  const other = is === undefined ? where : t('slack.connect.other_token', { what: t(`slack.connect.is_${is}`), where });
  const problem = is === kind ? t('slack.connect.odd_characters') : other;
  throw new Problem(t('slack.connect.problem', { name, problem }));
}

/** Advice by Slack's refusal code; for others Slack's page on the method helps. */
const ADVICE = {
  invalid_auth: 'unknown_token',
  not_authed: 'unknown_token',
  account_inactive: 'reinstall',
  token_revoked: 'reinstall',
  token_expired: 'expired',
  not_allowed_token_type: 'token_type',
  team_access_not_granted: 'approval',
  access_denied: 'approval',
  no_permission: 'approval',
  ratelimited: 'pause',
} as const;
const isAdvised = (code: string): code is keyof typeof ADVICE => code in ADVICE;

/** Returns advice on Slack's refusal `code`. `app`: its id for links, if known. */
function advice(code: string, needed: string, method: string, app: string | null): Text {
  if (code === 'missing_scope') return missingScope(needed, method, app);
  if (!isAdvised(code))
    return t('slack.connect.answered', { code, page: `https://docs.slack.dev/reference/methods/${method}` });
  const where = whereOf(method === OPEN ? 'app' : 'bot');
  return t(`slack.connect.${ADVICE[code]}`, { page: settingsPage(app, 'install-on-team'), where });
}

/** Returns advice for adding missing scopes, e.g. `chat:write, commands`, to the token that lacks them. */
export function missingScope(scopes: string, method: string, app: string | null): Text {
  return method === OPEN
    ? t('slack.connect.app_scope', { page: settingsPage(app, 'general') })
    : t('slack.connect.bot_scope', { scopes: scopes || '…', page: settingsPage(app, 'oauth') });
}

/** Slack's answer, the token's scopes, and the seconds by which our clock is ahead; null: Slack named none, or no date. */
interface Answer {
  readonly body: unknown;
  readonly scopes: readonly string[] | null;
  readonly skew: number | null;
}
export interface Probe {
  /** Calls a method; rejects with a `Problem`. `app`: its id for links, if known. */
  ask(method: string, token: string, args?: Args, app?: string | null): Promise<Answer>;
  /** Opens a Socket Mode address and closes it after the first message; returns a problem, or null. */
  greet(url: string, app: string | null): Promise<Text | null>;
}

/** Creates set-up requests, one at a time and without retries. */
export function createProbe(client: ApiClient, clock: Clock): Probe {
  return {
    ask: async (method, token, args = {}, app = null) => {
      const before = clock.now();
      const body = await ask(client, token, method, args).catch((error: unknown) => {
        if (error instanceof ApiError && !isNoAnswer(error))
          throw new Problem(advice(String(error.code), error.detail, method, app), String(error.code));
        // Web pages instead of an answer come from a server in between.
        const isPage = error instanceof ApiError;
        const reason = error instanceof NoAnswer ? error.reason : messageOf(error);
        throw new Problem(
          t('slack.connect.unreachable', { reason: isPage ? `${error.detail} and no answer of Slack's` : reason }),
        );
      });
      const { scopes, date } = headersOf.parse(body).headers;
      const skew = Math.round(((before + clock.now()) / 2 - Date.parse(date ?? '')) / 1_000);
      return { body, scopes, skew: Number.isNaN(skew) ? null : skew };
    },
    greet: (url, app) => greeting(url, app, client.http),
  };
}

/** Runs requests with separate connections that are closed afterwards. */
export function probing<T>(by: ClientOptions, work: (probe: Probe) => Promise<T>): Promise<T> {
  return asking(slackClient(by), (client) => work(createProbe(client, by.clock)));
}

const TIMEOUT = 10_000;
const frame = z.object({ type: z.string(), reason: z.string().default('disconnect') });

function greeting(url: string, app: string | null, http: HttpClient): Promise<Text | null> {
  const { promise, resolve } = Promise.withResolvers<Text | null>();
  const unreached = (reason: string): void => resolve(t('slack.connect.no_socket', { reason }));
  const timer = setTimeout(() => unreached('no greeting in time'), TIMEOUT);
  const received = (data: unknown): void => {
    const said = frame.safeParse(parseJson(String(data))).data;
    if (said?.type === 'hello') resolve(null);
    if (said?.type === 'disconnect') resolve(ended(said.reason, app));
  };
  const nothing = (): void => {};
  // The address contains a ticket, so no part of it is printed.
  const events = { ready: nothing, heard: nothing, replace: nothing, lost: () => unreached('the connection failed') };
  const link = dialWebSocket({ address: async () => url, http, received, greets: true }, events);
  return promise.finally(() => {
    clearTimeout(timer);
    link.close();
  });
}

/** Returns the remedy for a connection that Slack ended, by its reason; `link_disabled`: Socket Mode is off. */
function ended(reason: string, app: string | null): Text {
  const page = settingsPage(app, 'socket-mode');
  return t(`slack.connect.socket_${reason === 'link_disabled' ? 'off' : 'ended'}`, { reason, page });
}

const OPEN = 'apps.connections.open';
const connection = z.object({ url: z.string() });

/**
 * Calls `apps.connections.open`; with `greet` connects until Slack's first message. It must not run beside the bot:
 * Slack distributes payloads over all connections, so one sent here would be lost.
 */
export async function checkSocket(probe: Probe, token: string, greet: boolean): Promise<void> {
  checkForm('SLACK_APP_TOKEN', 'app', token);
  const app = appOfToken(token);
  const opened = connection.safeParse((await probe.ask(OPEN, token, {}, app)).body).data;
  if (!opened) throw new Problem(ended('no address', app));
  const problem = greet ? await probe.greet(opened.url, app) : null;
  if (problem) throw new Problem(problem);
}

export interface Bot {
  /** Id of the workspace, or of the organisation. */
  readonly tenant: string;
  readonly team: string;
  readonly name: string;
  /** Name and workspace, in words. */
  readonly shown: Text;
  /** App id of the token; null if Slack did not name it. */
  readonly app: string | null;
  /** Scopes that the token lacks; null if Slack named none. */
  readonly missing: { readonly required: readonly string[]; readonly optional: readonly OptionalScope[] } | null;
  /** Difference between our clock and Slack's: `wrong` if Slack refuses signatures; null: unknown. */
  readonly clock: { readonly state: 'ok' | 'warning' | 'wrong'; readonly say: Text } | null;
}
type OptionalScope = (typeof SCOPES.optional)[number];
const botInfo = z.object({ bot: z.object({ app_id: z.string().optional() }) });

/** Calls `auth.test` and checks the scopes. `app`: its id for links, if known. */
export async function checkBot(probe: Probe, token: string, app: string | null): Promise<Bot> {
  checkForm('SLACK_BOT_TOKEN', 'bot', token);
  const { body, scopes, skew } = await probe.ask('auth.test', token, {}, app);
  const self = authTest.safeParse(body).data;
  if (!self) throw new Problem(t('slack.connect.strange'));
  const { user: name, bot_id: bot } = self;
  const info = bot === undefined ? null : await probe.ask('bots.info', token, { bot }).catch(() => null);
  const lacks = (scope: string): boolean => scopes?.includes(scope) === false;
  const tenant = tenantOf(self);
  const team = self.team || tenant;
  return {
    ...{ team, tenant, name, shown: t('slack.connect.bot', { bot: name, team }), clock: clockBy(skew) },
    app: botInfo.safeParse(info?.body).data?.bot.app_id ?? null,
    missing: scopes && { required: SCOPES.required.filter(lacks), optional: SCOPES.optional.filter(lacks) },
  };
}

export const lostWithout = (scope: OptionalScope): Text =>
  t('slack.connect.without', { scope, lost: t(`slack.connect.lost.${scope}`) });

/** Returns a problem if the tokens belong to two apps: commands would arrive at one and answers come from the other. */
export function otherApp(bot: Bot, appToken: string): Text | null {
  const app = appOfToken(appToken);
  if (app === null || bot.app === null || app === bot.app) return null;
  return t('slack.connect.two_apps', { one: app, other: bot.app });
}

/** Seconds of clock difference from which Slack refuses signatures (docs.slack.dev "Verifying requests from Slack"). */
const SKEW_WRONG = 300;
const SKEW_NOTED = 30;
function clockBy(skew: Answer['skew']): Bot['clock'] {
  if (skew === null) return null;
  if (Math.abs(skew) <= SKEW_NOTED) return { state: 'ok', say: t('slack.doctor.clock') };
  const off = t(`slack.connect.${skew > 0 ? 'ahead' : 'behind'}`, { n: Math.abs(skew) });
  return { state: Math.abs(skew) > SKEW_WRONG ? 'wrong' : 'warning', say: t('slack.connect.clock', { off }) };
}
