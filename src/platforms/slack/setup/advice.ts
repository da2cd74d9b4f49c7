import '../messages.ts';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';

/** Problem in a set-up step; `text` is the remedy. */
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
export function settingsPage(app: string | null, page = ''): string {
  return ['https://api.slack.com/apps', ...(app === null ? [] : [app, page])].filter(Boolean).join('/');
}

/** Returns the app of an app-level token: `xapp-1-A0123-…`. */
export function appOfToken(token: string): string | null {
  return /^xapp-\d+-(A[A-Z0-9]+)-/.exec(token)?.[1] ?? null;
}

export type TokenKind = 'bot' | 'app' | 'signing';
const FORMS: Readonly<Record<TokenKind, { readonly is: RegExp; readonly prefix: string | null }>> = {
  bot: { is: /^xoxb-[A-Za-z0-9-]+$/, prefix: 'xoxb-' },
  app: { is: /^xapp-[A-Za-z0-9-]+$/, prefix: 'xapp-' },
  signing: { is: /^[0-9a-f]{32}$/, prefix: null },
};
const OTHERS = [
  ['xoxb-', 'bot'],
  ['xapp-', 'app'],
  ['xoxp-', 'person'],
  ['xoxe', 'expiring'],
  ['xoxc-', 'browser'],
] as const;
const whereOf = (kind: TokenKind): Text => ({ key: `slack.connect.where_${kind}` });

/** Returns a problem of a token's form without a request; null if it looks right. The text never contains the token. */
export function tokenProblem(kind: TokenKind, token: string): Text | null {
  const { is, prefix } = FORMS[kind];
  if (is.test(token)) return null;
  if (prefix !== null && token.startsWith(prefix)) return { key: 'slack.connect.odd_characters' };
  const [, other] = OTHERS.find(([start]) => token.startsWith(start)) ?? [];
  const where = whereOf(kind);
  if (other === undefined) return where;
  return { key: 'slack.connect.other_token', params: { what: { key: `slack.connect.is_${other}` }, where } };
}

export function unreachable(reason: string): Problem {
  return new Problem({ key: 'slack.connect.unreachable', params: { reason } });
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
export function advice(code: string, needed: string | null, method: string, app: string | null): Text {
  if (code === 'missing_scope') return missingScope(needed === null ? [] : [needed], method, app);
  if (!isAdvised(code)) {
    const page = `https://docs.slack.dev/reference/methods/${method}`;
    return { key: 'slack.connect.answered', params: { code, page } };
  }
  const where = whereOf(method === 'apps.connections.open' ? 'app' : 'bot');
  return { key: `slack.connect.${ADVICE[code]}`, params: { page: settingsPage(app, 'install-on-team'), where } };
}

/** Returns advice for adding a missing scope to the token that lacks it. */
export function missingScope(scopes: readonly string[], method: string, app: string | null): Text {
  if (method === 'apps.connections.open')
    return { key: 'slack.connect.app_scope', params: { page: settingsPage(app, 'general') } };
  const params = { scopes: scopes.join(', ') || '…', page: settingsPage(app, 'oauth') };
  return { key: 'slack.connect.bot_scope', params };
}

/** Returns the remedy for a connection that Slack ended, by its reason; `link_disabled`: Socket Mode is off. */
export function socketAdvice(reason: string, app: string | null): Text {
  const page = settingsPage(app, 'socket-mode');
  return { key: `slack.connect.socket_${reason === 'link_disabled' ? 'off' : 'ended'}`, params: { reason, page } };
}
