import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import { authTest } from '../api-shapes.ts';
import { tenantOf } from '../installation.ts';
import { appOfToken, Problem, socketAdvice, type TokenKind, tokenProblem } from './advice.ts';
import { SCOPES } from './manifest.ts';
import type { Probe } from './probe.ts';

/** Result of live set-up checks shared by `connect` and `doctor`. A failing check rejects with a `Problem`. */
export interface Bot {
  /** Id of the workspace, or of the organisation. */
  readonly tenant: string;
  readonly team: string;
  readonly name: string;
  /** App id of the token; null if Slack did not name it. */
  readonly app: string | null;
  /** Scopes that the token lacks; null if Slack named none. */
  readonly missing: { readonly required: readonly string[]; readonly optional: readonly OptionalScope[] } | null;
  /** Seconds by which this machine is ahead of Slack. */
  readonly skew: number | null;
}
type OptionalScope = (typeof SCOPES.optional)[number];

/** Returns the bot's name and workspace. */
export const named = ({ name, team }: Bot): Text => ({ key: 'slack.connect.bot', params: { bot: name, team } });
/** Returns the function lost without an optional scope. */
export const lostWithout = (scope: OptionalScope): Text => ({
  key: 'slack.connect.without',
  params: { scope, lost: { key: `slack.connect.lost.${scope}` } },
});

const botInfo = z.object({ bot: z.object({ app_id: z.string().optional() }) });

/** Checks the form of a token or secret without a request. */
export function checkForm(name: string, kind: TokenKind, token: string): void {
  const problem = tokenProblem(kind, token);
  if (problem !== null) throw new Problem({ key: 'slack.connect.problem', params: { name, problem } });
}

/** Calls `auth.test` and checks the scopes. `app`: its id for links, if known. */
export async function checkBot(probe: Probe, token: string, app: string | null): Promise<Bot> {
  checkForm('SLACK_BOT_TOKEN', 'bot', token);
  const { body, scopes, skew } = await probe.ask('auth.test', token, {}, app);
  const self = authTest.safeParse(body);
  if (!self.success) throw new Problem({ key: 'slack.connect.strange' });
  const { team, user: name, bot_id: bot } = self.data;
  const info = bot === undefined ? null : await probe.ask('bots.info', token, { bot }).catch(() => null);
  const lacks = (scope: string): boolean => scopes?.includes(scope) === false;
  const missing = { required: SCOPES.required.filter(lacks), optional: SCOPES.optional.filter(lacks) };
  return {
    ...{ team: team || tenantOf(self.data), tenant: tenantOf(self.data), name, skew },
    app: botInfo.safeParse(info?.body).data?.bot.app_id ?? null,
    missing: scopes && missing,
  };
}

const connection = z.object({ url: z.string() });

/**
 * Calls `apps.connections.open`; with `greet` connects until Slack's first message. It must not run beside the bot:
 * Slack distributes payloads over all connections, so one sent here would be lost.
 */
export async function checkSocket(probe: Probe, token: string, greet: boolean): Promise<void> {
  checkForm('SLACK_APP_TOKEN', 'app', token);
  const app = appOfToken(token);
  const opened = connection.safeParse((await probe.ask('apps.connections.open', token, {}, app)).body);
  if (!opened.success) throw new Problem(socketAdvice('no address', app));
  const greeting = greet ? await probe.greet(opened.data.url) : null;
  if (greeting?.kind === 'ended') throw new Problem(socketAdvice(greeting.reason, app));
  if (greeting?.kind === 'unreachable')
    throw new Problem({ key: 'slack.connect.no_socket', params: { reason: greeting.reason } });
}

/** Returns a problem if the tokens belong to two apps: commands would arrive at one and answers come from the other. */
export function otherApp(bot: Bot, appToken: string): Text | null {
  const app = appOfToken(appToken);
  if (app === null || bot.app === null || app === bot.app) return null;
  return { key: 'slack.connect.two_apps', params: { one: app, other: bot.app } };
}

/** Seconds of clock difference from which Slack refuses signatures (docs.slack.dev "Verifying requests from Slack"). */
const SKEW_WRONG = 300;
const SKEW_NOTED = 30;
export function clockProblem({ skew }: Bot): { readonly state: 'warning' | 'wrong'; readonly say: Text } | null {
  if (skew === null || Math.abs(skew) <= SKEW_NOTED) return null;
  const off: Text = { key: `slack.connect.${skew > 0 ? 'ahead' : 'behind'}`, params: { n: Math.abs(skew) } };
  return {
    state: Math.abs(skew) > SKEW_WRONG ? 'wrong' : 'warning',
    say: { key: 'slack.connect.clock', params: { off } },
  };
}
