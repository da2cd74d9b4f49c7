/** A step of the set-up that did not work; the message is the remedy. */
export class Problem extends Error {
  /** Slack's own word for it, e.g. `missing_scope`; null if it said nothing. */
  readonly code: string | null;

  constructor(say: string, code: string | null = null) {
    super(say);
    this.code = code;
  }
}

/** The problem that a step ended with; what else was thrown is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

/** Pages of an app's settings. Without its id the list of apps, from where the same pages are reached. */
export function settingsPage(app: string | null, page = ''): string {
  return app === null
    ? 'https://api.slack.com/apps'
    : `https://api.slack.com/apps/${app}${page === '' ? '' : `/${page}`}`;
}

/** The app an app-level token belongs to: `xapp-1-A0123-…`. */
export function appOfToken(token: string): string | null {
  return /^xapp-\d+-(A[A-Z0-9]+)-/.exec(token)?.[1] ?? null;
}

export type TokenKind = 'bot' | 'app' | 'signing';
const KINDS: Readonly<Record<TokenKind, { readonly is: RegExp; readonly where: string }>> = {
  bot: {
    is: /^xoxb-[A-Za-z0-9-]+$/,
    where: 'the bot token begins with xoxb-: OAuth & Permissions → Bot User OAuth Token',
  },
  app: {
    is: /^xapp-[A-Za-z0-9-]+$/,
    where: 'the app-level token begins with xapp-: Basic Information → App-Level Tokens',
  },
  signing: {
    is: /^[0-9a-f]{32}$/,
    where: 'the signing secret has 32 characters: Basic Information → App Credentials → Signing Secret → Show',
  },
};
const OTHERS: readonly (readonly [prefix: string, what: string])[] = [
  ['xoxb-', 'a bot token'],
  ['xapp-', 'an app-level token'],
  ['xoxp-', 'a token of a person'],
  ['xoxe', 'a token that expires (token rotation must stay off)'],
  ['xoxc-', 'a token of a browser'],
];

/** Problem of a token's form, checked without a request; null if it looks right. The text never contains the token. */
export function tokenProblem(kind: TokenKind, token: string): string | null {
  const { is, where } = KINDS[kind];
  if (is.test(token)) return null;
  const other = OTHERS.find(([prefix]) => token.startsWith(prefix));
  const isRightKind = kind !== 'signing' && token.startsWith(kind === 'bot' ? 'xoxb-' : 'xapp-');
  if (isRightKind) return 'this has characters no token has; copy it again with the Copy button';
  return other ? `this is ${other[1]}; ${where}` : where;
}

export function unreachable(reason: string): Problem {
  return new Problem(
    `Slack cannot be reached from here (${reason}). Allow https://slack.com and wss://*.slack.com; where a proxy is needed, set HTTPS_PROXY or SLACK_PROXY and see that it runs.`,
  );
}

/** Advice when Slack refuses with `code`. `app`: its id if it is known, for links. */
export function advice(code: string, needed: string | null, method: string, app: string | null): string {
  switch (code) {
    case 'invalid_auth':
    case 'not_authed':
      return 'Slack does not know this token. Copy it again, whole, with the Copy button of the page.';
    case 'account_inactive':
    case 'token_revoked':
      return `The app was removed or its token revoked. Install it again: ${settingsPage(app, 'install-on-team')} and take the new token.`;
    case 'token_expired':
      return 'The token has expired: token rotation is on and cannot be switched off again. Create the app anew from the link of `npx jishi connect slack`.';
    case 'not_allowed_token_type':
      return `Slack takes another kind of token here: ${KINDS[method === 'apps.connections.open' ? 'app' : 'bot'].where}.`;
    case 'missing_scope':
      return missingScope(needed === null ? [] : [needed], method, app);
    case 'team_access_not_granted':
    case 'access_denied':
    case 'no_permission':
      return 'An administrator of the workspace has to approve the app first: Slack → Tools & settings → Manage apps.';
    case 'ratelimited':
      return 'Slack asks for a pause. Try again in a minute.';
    default:
      return `Slack answered "${code}". What it means: https://docs.slack.dev/reference/methods/${method}`;
  }
}

/** Advice for adding a missing scope, by the token that lacks it. */
export function missingScope(scopes: readonly string[], method: string, app: string | null): string {
  if (method === 'apps.connections.open') {
    return `The app-level token lacks connections:write. Make another one with it: ${settingsPage(app, 'general')} → App-Level Tokens.`;
  }
  return `The bot lacks ${scopes.join(', ') || 'a scope'}. Add it under ${settingsPage(app, 'oauth')} → Bot Token Scopes, then Reinstall to Workspace on the same page.`;
}

export const SOCKET_MODE_OFF = 'link_disabled';
export function socketAdvice(reason: string, app: string | null): string {
  return reason === SOCKET_MODE_OFF
    ? `Socket Mode is off. Switch it on: ${settingsPage(app, 'socket-mode')}`
    : `Slack ended the connection at once ("${reason}"). Check that Socket Mode is on (${settingsPage(app, 'socket-mode')}) and that fewer than ten programs use this app.`;
}
