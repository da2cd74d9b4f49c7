import { z } from 'zod';
import { authTest } from '../api-shapes.ts';
import { advice, appOfToken, socketAdvice, tokenProblem } from './advice.ts';
import { SCOPES } from './manifest.ts';
import type { Probe } from './probe.ts';

/** Live checks of the set-up, shared by `connect` and `doctor`. A failed one gives the remedy. */
interface Failed {
  readonly ok: false;
  readonly say: string;
}
const failed = (say: string): Failed => ({ ok: false, say });

export interface Bot {
  readonly ok: true;
  readonly team: string;
  readonly name: string;
  /** Null if Slack did not say. */
  readonly app: string | null;
  /** Null if Slack named no scopes. */
  readonly missing: { readonly required: readonly string[]; readonly optional: readonly Optional[] } | null;
  /** Seconds by which this machine is ahead of Slack. */
  readonly skew: number | null;
}
type Optional = (typeof SCOPES.optional)[number];

const botInfo = z.object({ bot: z.object({ app_id: z.string().optional() }) });

/** `auth.test` with its scopes. `app`: the id of the app if it is known, for links. */
export async function checkBot(probe: Probe, token: string, app: string | null): Promise<Bot | Failed> {
  const problem = tokenProblem('bot', token);
  if (problem !== null) return failed(`SLACK_BOT_TOKEN: ${problem}.`);
  const answer = await probe.ask('auth.test', token);
  if (answer.kind !== 'ok') return failed(advice(answer, 'auth.test', app));
  const self = authTest.safeParse(answer.body);
  if (!self.success) return failed('Slack answered auth.test in a way we do not know. Is SLACK_API_URL right?');
  const { scopes } = answer;
  const lacks = (scope: string): boolean => scopes?.includes(scope) === false;
  return {
    ok: true,
    team: self.data.team,
    name: self.data.user,
    app: self.data.bot_id === undefined ? null : await appOfBot(probe, token, self.data.bot_id),
    missing:
      scopes === null ? null : { required: SCOPES.required.filter(lacks), optional: SCOPES.optional.filter(lacks) },
    skew: answer.skew,
  };
}

async function appOfBot(probe: Probe, token: string, bot: string): Promise<string | null> {
  const answer = await probe.ask('bots.info', token, { bot });
  const info = botInfo.safeParse(answer.kind === 'ok' ? answer.body : null);
  return info.success ? (info.data.bot.app_id ?? null) : null;
}

export type SocketChecked = { readonly ok: true } | Failed;
const connection = z.object({ url: z.string() });

/**
 * `apps.connections.open`, and with `greet` a connection that is closed after Slack's first word. Not while the bot runs:
 * Slack deals payloads out to all connections, and one dealt to this would be lost.
 */
export async function checkSocket(probe: Probe, token: string, greet: boolean): Promise<SocketChecked> {
  const problem = tokenProblem('app', token);
  if (problem !== null) return failed(`SLACK_APP_TOKEN: ${problem}.`);
  const app = appOfToken(token);
  const answer = await probe.ask('apps.connections.open', token);
  if (answer.kind !== 'ok') return failed(advice(answer, 'apps.connections.open', app));
  const opened = connection.safeParse(answer.body);
  if (!opened.success) return failed(socketAdvice('no address', app));
  if (!greet) return { ok: true };
  const greeting = await probe.greet(opened.data.url);
  if (greeting.kind === 'hello') return { ok: true };
  return failed(
    greeting.kind === 'ended'
      ? socketAdvice(greeting.reason, app)
      : `Slack can be asked, but no WebSocket can be opened (${greeting.reason}). Allow wss://*.slack.com through the firewall or proxy.`,
  );
}

/** Both tokens must be of one app: otherwise commands arrive at one and answers come from another. */
export function otherApp(bot: Bot, appToken: string): string | null {
  const app = appOfToken(appToken);
  if (app === null || bot.app === null || app === bot.app) return null;
  return `The two tokens belong to two apps: the app-level token to ${app}, the bot token to ${bot.app}. Take both from one.`;
}

/** A signature is refused when it is five minutes off (docs.slack.dev "Verifying requests from Slack"). */
const SKEW_WRONG = 300;
const SKEW_NOTED = 30;
export function clockProblem(
  skew: number | null,
): { readonly state: 'warning' | 'wrong'; readonly say: string } | null {
  if (skew === null || Math.abs(skew) <= SKEW_NOTED) return null;
  const off = skew > 0 ? `${skew} s ahead of Slack's` : `${-skew} s behind Slack's`;
  const say = `The clock of this machine is ${off}. Deadlines are counted by it: switch time synchronisation (NTP) on.`;
  return { state: Math.abs(skew) > SKEW_WRONG ? 'wrong' : 'warning', say };
}
