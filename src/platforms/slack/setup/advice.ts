import '../messages.ts';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';

/** A step of the set-up that did not work; `text` is the remedy. */
export class Problem extends Error {
  readonly text: Text;
  /** Slack's own error code, e.g. `missing_scope`; null if Slack gave none. */
  readonly code: string | null;

  constructor(text: Text, code: string | null = null) {
    super(localise(text, 'en'));
    this.text = text;
    this.code = code;
  }
}

/** Problem that ended a step; any other error is thrown again. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

/** Pages of an app's settings. Without its id the list of apps, from where the same pages are reached. */
export function settingsPage(app: string | null, page = ''): string {
  return ['https://api.slack.com/apps', ...(app === null ? [] : [app, page])].filter(Boolean).join('/');
}

/** The app an app-level token belongs to: `xapp-1-A0123-…`. */
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

/** Problem of a token's form, checked without a request; null if it looks right. The text never contains the token. */
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

/** Advice by Slack's word for its refusal; other words mean that Slack's own page about the method helps. */
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

/** Advice when Slack refuses with `code`. `app`: its id if it is known, for links. */
export function advice(code: string, needed: string | null, method: string, app: string | null): Text {
  if (code === 'missing_scope') return missingScope(needed === null ? [] : [needed], method, app);
  if (!isAdvised(code)) {
    const page = `https://docs.slack.dev/reference/methods/${method}`;
    return { key: 'slack.connect.answered', params: { code, page } };
  }
  const where = whereOf(method === 'apps.connections.open' ? 'app' : 'bot');
  return { key: `slack.connect.${ADVICE[code]}`, params: { page: settingsPage(app, 'install-on-team'), where } };
}

/** Advice for adding a missing scope, by the token that lacks it. */
export function missingScope(scopes: readonly string[], method: string, app: string | null): Text {
  if (method === 'apps.connections.open')
    return { key: 'slack.connect.app_scope', params: { page: settingsPage(app, 'general') } };
  const params = { scopes: scopes.join(', ') || '…', page: settingsPage(app, 'oauth') };
  return { key: 'slack.connect.bot_scope', params };
}

/** Remedy for a connection that Slack ended, by Slack's reason; `link_disabled`: Socket Mode is off. */
export function socketAdvice(reason: string, app: string | null): Text {
  const page = settingsPage(app, 'socket-mode');
  return { key: `slack.connect.socket_${reason === 'link_disabled' ? 'off' : 'ended'}`, params: { reason, page } };
}
