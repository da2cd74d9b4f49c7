import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { systemClock } from '../../../src/ops/system-clock.ts';
import { slackClient } from '../../../src/platforms/slack/send/api.ts';
import { createProbe, type Probe } from '../../../src/platforms/slack/setup/checks.ts';
import { SCOPES } from '../../../src/platforms/slack/setup/manifest.ts';

export const BOT_TOKEN = 'xoxb-111-222-abcDEF';
/** Of a further workspace. */
export const HQ_TOKEN = 'xoxb-444-555-ghiJKL';
export const APP_TOKEN = 'xapp-1-A0JISHI-333-abcdef0123';
export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

interface Called {
  readonly method: string;
  readonly token: string;
  readonly args: Readonly<Record<string, string>>;
}
type Answer = Readonly<Record<string, unknown>> | 'page' | 'hang up';

/** The few methods of the Web API the set-up asks, over loopback; `answers` replaces what one says. */
export interface Api {
  readonly url: string;
  readonly called: Called[];
  readonly answers: Map<string, Answer>;
  scopes: readonly string[] | null;
  /** Seconds by which the date of the answers is off. */
  skew: number;
  /** The first word on a Socket Mode connection; null: none, and closed. */
  greeting: Readonly<Record<string, unknown>> | null;
  connections: number;
  readonly probe: Probe;
}

export const CHANNELS = [
  { id: 'C0INCIDENT', name: 'incidents', is_member: true },
  { id: 'C0SHARED01', name: 'with-vendor', is_member: true, is_ext_shared: true },
];

export async function startApi(): Promise<Api> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const method = (request.url ?? '').replace('/api/', '');
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      api.called.push({ method, token, args: Object.fromEntries(new URLSearchParams(body)) });
      const answer = api.answers.get(method) ?? standard(method, token, api.url);
      if (answer === 'hang up') return void request.socket.destroy();
      if (answer === 'page') return void response.writeHead(200).end('<html>Sign in to the proxy</html>');
      response.writeHead(200, {
        'content-type': 'application/json',
        date: new Date(Date.now() + api.skew * 1_000).toUTCString(),
        ...(api.scopes === null ? {} : { 'x-oauth-scopes': api.scopes.join(',') }),
      });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (socket) => {
    api.connections += 1;
    if (api.greeting === null) socket.close();
    else socket.send(JSON.stringify(api.greeting));
  });
  const url = `http://127.0.0.1:${address.port}/api`;
  const client = slackClient({ proxy: null, apiUrl: url, clock: systemClock });
  const probe = createProbe(client, systemClock);
  const api: Api = {
    url,
    called: [],
    answers: new Map(),
    scopes: [...SCOPES.required, ...SCOPES.optional],
    skew: 0,
    greeting: { type: 'hello', num_connections: 1 },
    connections: 0,
    probe,
  };
  onTestFinished(async () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
    server.closeAllConnections();
    server.close();
    await client.http.close();
  });
  return api;
}

function standard(method: string, token: string, url: string): Answer {
  const good = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
  const isHq = token === HQ_TOKEN && method !== 'apps.connections.open';
  if (token !== good && !isHq) return { ok: false, error: 'invalid_auth' };
  switch (method) {
    case 'auth.test':
      return {
        ok: true,
        url: 'https://lanting.slack.com/',
        ...(isHq ? { team: 'Lanting HQ', team_id: 'T0HQ' } : { team: 'Lanting', team_id: 'T0LANTING' }),
        user: 'jishi',
        user_id: 'U0JISHI000',
        bot_id: 'B0JISHI000',
      };
    case 'bots.info':
      return { ok: true, bot: { id: 'B0JISHI000', app_id: 'A0JISHI' } };
    case 'apps.connections.open':
      return { ok: true, url: `${url.replace('http', 'ws').replace('/api', '/link')}?ticket=secret` };
    case 'users.conversations':
      return { ok: true, channels: CHANNELS };
    case 'chat.postMessage':
      return { ok: true, ts: '1.2' };
    default:
      return { ok: false, error: 'unknown_method' };
  }
}
