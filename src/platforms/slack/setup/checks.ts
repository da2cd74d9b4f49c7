import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import { authTest } from '../api-shapes.ts';
import { tenantOf } from '../installation.ts';
import { appOfToken, Problem, socketAdvice, type TokenKind, tokenProblem } from './advice.ts';
import { SCOPES } from './manifest.ts';
import type { Probe } from './probe.ts';

/** Live checks of the set-up, shared by `connect` and `doctor`. One that fails rejects with a `Problem`. */
export interface Bot {
  /** Id of the workspace, or of the organisation. */
  readonly tenant: string;
  readonly team: string;
  readonly name: string;
  /** App id of the token; null if Slack did not name it. */
  readonly app: string | null;
  /** Scopes that the token lacks; null if Slack named no scopes. */
  readonly missing: { readonly required: readonly string[]; readonly optional: readonly OptionalScope[] } | null;
  /** Seconds by which this machine is ahead of Slack. */
  readonly skew: number | null;
}
type OptionalScope = (typeof SCOPES.optional)[number];

/** Name and workspace of the bot. */
export const named = ({ name, team }: Bot): Text => ({ key: 'slack.connect.bot', params: { bot: name, team } });
/** Function that is lost without an optional scope. */
export const lostWithout = (scope: OptionalScope): Text => ({
  key: 'slack.connect.without',
  params: { scope, lost: { key: `slack.connect.lost.${scope}` } },
});

const botInfo = z.object({ bot: z.object({ app_id: z.string().optional() }) });

/** Looks at a token or secret without a request. */
export function checkForm(name: string, kind: TokenKind, token: string): void {
  const problem = tokenProblem(kind, token);
  if (problem !== null) throw new Problem({ key: 'slack.connect.problem', params: { name, problem } });
}

/** `auth.test` with its scopes. `app`: the id of the app if it is known, for links. */
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
 * `apps.connections.open`, and with `greet` a connection that is closed after Slack's first word. Not while the bot runs:
 * Slack deals payloads out to all connections, and one dealt to this would be lost.
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

/** Both tokens must belong to one app: otherwise commands arrive at one app and answers come from the other. */
export function otherApp(bot: Bot, appToken: string): Text | null {
  const app = appOfToken(appToken);
  if (app === null || bot.app === null || app === bot.app) return null;
  return { key: 'slack.connect.two_apps', params: { one: app, other: bot.app } };
}

/** A signature is refused when it is five minutes off (docs.slack.dev "Verifying requests from Slack"). */
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
