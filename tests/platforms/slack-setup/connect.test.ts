import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDotEnv } from '../../../src/config/dotenv.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { type ConnectOptions, connectSlack } from '../../../src/platforms/slack/setup/connect.ts';
import { manifest, SCOPES } from '../../../src/platforms/slack/setup/manifest.ts';
import { APP_TOKEN, type Api, BOT_TOKEN, HQ_TOKEN, SIGNING_SECRET, startApi } from './api.ts';

interface Session {
  readonly code: number;
  readonly said: string;
  readonly envFile: string;
  readonly questions: readonly { readonly question: string; readonly secret: boolean }[];
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'jishi-connect-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A person who types these lines (or does something first), and then nothing more. */
async function session(
  api: Api,
  lines: readonly (string | (() => string))[],
  more: Partial<ConnectOptions> = {},
): Promise<Session> {
  const envFile = more.envFile ?? join(folder(), '.env');
  const said: string[] = [];
  const questions: { question: string; secret: boolean }[] = [];
  const waiting = [...lines];
  const code = await connectSlack({
    terminal: {
      out: (text) => void said.push(text),
      error: (text) => void said.push(text),
      ask: async (question, { secret }) => {
        questions.push({ question, secret });
        const next = waiting.shift() ?? null;
        return typeof next === 'function' ? next() : next;
      },
    },
    probe: api.probe,
    environment: {},
    command: '/incident',
    language: 'en',
    publicUrl: null,
    ...more,
    envFile,
  });
  return { code, said: said.join('\n'), envFile, questions };
}

const read = (file: string): string => readFileSync(file, 'utf8');

describe('from nothing to a connection', () => {
  it('takes three answers: both tokens, checked live and kept, and where to say hello', async () => {
    const api = await startApi();
    const { code, said, envFile, questions } = await session(api, [APP_TOKEN, BOT_TOKEN, '#incidents']);
    expect(code).toBe(0);
    expect(questions.map(({ secret }) => secret)).toEqual([true, true, false]);
    expect(read(envFile)).toBe(`SLACK_BOT_TOKEN=${BOT_TOKEN}\nSLACK_APP_TOKEN=${APP_TOKEN}\nSLACK_COMMAND=/incident\n`);
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    const hello = api.called.find(({ method }) => method === 'chat.postMessage');
    expect(hello?.args['channel']).toBe('C0INCIDENT');
    expect(hello?.args['text']).toContain('/incident new');
    expect(hello?.args['text']).toContain('“计时”已接入');
    expect(api.connections).toBe(1);
    expect(said).toContain('jishi in the workspace Lanting');
  });

  it('names at most six steps, and the link makes the app of the manifest', async () => {
    const { said } = await session(await startApi(), [APP_TOKEN, BOT_TOKEN, '']);
    const steps = [...said.matchAll(/^Step (\d) of 6/gm)].map(([, step]) => step);
    // Running the command is the first.
    expect(steps).toEqual(['2', '3', '4', '5', '6']);
    const link = /https:\/\/api\.slack\.com\/apps\?\S+/.exec(said)?.[0] ?? '';
    expect(JSON.parse(new URL(link).searchParams.get('manifest_json') ?? '')).toEqual(
      manifest({ command: '/incident', language: 'en', publicUrl: null }),
    );
    expect(said).toContain('https://api.slack.com/apps/A0JISHI/event-subscriptions → Delayed Events → On');
  });

  it('writes what the configuration reads', async () => {
    const { envFile } = await session(await startApi(), [APP_TOKEN, BOT_TOKEN, ''], { command: '/cn-incident' });
    const loaded = loadConfig(readDotEnv({}, envFile), [slack.settings]);
    expect(loaded.ok && slack.read(loaded.config.platformSettings)).toMatchObject([
      { botToken: BOT_TOKEN, appToken: APP_TOKEN, command: '/cn-incident' },
    ]);
  });

  it('never shows a token or the address of a connection', async () => {
    const { said } = await session(await startApi(), ['xapp-1-A0OTHER-1-bad', APP_TOKEN, BOT_TOKEN, '']);
    for (const secret of [APP_TOKEN, BOT_TOKEN, 'xapp-1-A0OTHER', 'ticket']) expect(said).not.toContain(secret);
  });

  it('HTTP mode asks for the signing secret, leaves Socket Mode, and says where Slack must arrive', async () => {
    const envFile = join(folder(), '.env');
    writeFileSync(envFile, `SLACK_APP_TOKEN=${APP_TOKEN}\n`);
    const { code, said } = await session(await startApi(), [SIGNING_SECRET, BOT_TOKEN, ''], {
      envFile,
      publicUrl: 'https://jishi.example.com',
    });
    expect(code).toBe(0);
    expect(read(envFile)).toContain(`SLACK_SIGNING_SECRET=${SIGNING_SECRET}`);
    const loaded = loadConfig(readDotEnv({}, envFile), [slack.settings]);
    expect(loaded.ok && slack.read(loaded.config.platformSettings)?.[0]?.appToken).toBeNull();
    expect(said).toContain('https://jishi.example.com/slack/events');
  });
});

describe('a further workspace', () => {
  const FIRST = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN };
  const added = async (lines: readonly string[], addTo: Readonly<Record<string, string>>, more = {}) => {
    const { code, said, envFile } = await session(await startApi(), lines, { addTo, ...more });
    return { code, said, line: code === 0 ? read(envFile) : '' };
  };

  it('is written beside the first one, with its own app or by the app of the first', async () => {
    expect((await added([APP_TOKEN, HQ_TOKEN, ''], FIRST)).line).toBe(
      `SLACK_WORKSPACES=T0HQ=${HQ_TOKEN}:${APP_TOKEN}\n`,
    );
    const before = { ...FIRST, SLACK_WORKSPACES: 'T0HQ=xoxb-old, E0ACME=xoxb-acme:xapp-acme' };
    const { line } = await added(['', HQ_TOKEN, ''], before);
    expect(line).toBe(`SLACK_WORKSPACES=E0ACME=xoxb-acme:xapp-acme,T0HQ=${HQ_TOKEN}\n`);
    const loaded = loadConfig({ ...FIRST, SLACK_WORKSPACES: line.trim().slice(17) }, [slack.settings]);
    const configs = loaded.ok ? slack.read(loaded.config.platformSettings) : null;
    expect(configs?.map(({ tenant, appToken }) => [tenant, appToken])).toEqual([
      [null, APP_TOKEN],
      ['E0ACME', 'xapp-acme'],
      ['T0HQ', APP_TOKEN],
    ]);
  });

  it('by HTTP has its signing secret, and an app of an organisation is one for all of it', async () => {
    const more = { publicUrl: 'https://jishi.example.com', ofOrganisation: true };
    const { line, said } = await added([SIGNING_SECRET, HQ_TOKEN, ''], FIRST, more);
    expect(line).toBe(`SLACK_WORKSPACES=T0HQ=${HQ_TOKEN}:${SIGNING_SECRET}\n`);
    expect(decodeURIComponent(said)).toContain('"org_deploy_enabled":true');
    expect(said).toContain('Install to Organization');
  });

  it('is none that is connected already', async () => {
    const { code, said } = await added(['', BOT_TOKEN], FIRST);
    expect([code, said]).toEqual([1, expect.stringContaining('Lanting is the first workspace already')]);
  });
});

describe('a slip says what to do, and may be made good', () => {
  /** What is said after one wrong answer, before the right ones. */
  async function after(wrong: readonly string[], prepare: (api: Api) => void = () => {}): Promise<string> {
    const api = await startApi();
    prepare(api);
    return (await session(api, wrong)).said;
  }

  it.each([
    ['the other token', [BOT_TOKEN], /a bot token; the app-level token begins with xapp-: Basic Information/],
    ['half a token', ['xapp-1-A0JISHI 333'], /copy it again with the Copy button/],
    ['an unknown one', ['xapp-1-A0JISHI-333-wrong'], /Slack does not recognise this token/],
    ['a token of a person', [APP_TOKEN, 'xoxp-1-2'], /a user token \(xoxp-\); the bot token begins with xoxb-/],
    ['one that expires', [APP_TOKEN, 'xoxe.xoxb-1-2'], /token rotation must stay off/],
  ])('%s', async (_, typed, expected) => {
    expect(await after(typed)).toMatch(expected);
  });

  it('quotation marks and the name of the variable are taken off', async () => {
    const { code } = await session(await startApi(), [`SLACK_APP_TOKEN="${APP_TOKEN}"`, `'${BOT_TOKEN}'`, '']);
    expect(code).toBe(0);
  });

  it.each([
    [
      'apps.connections.open',
      { ok: false, error: 'missing_scope', needed: 'connections:write' },
      /lacks connections:write/,
    ],
    ['apps.connections.open', { ok: false, error: 'not_allowed_token_type' }, /another kind of token/],
    ['auth.test', { ok: false, error: 'token_revoked' }, /A0JISHI\/install-on-team/],
    ['auth.test', { ok: false, error: 'team_access_not_granted' }, /administrator of the workspace has to approve/],
    ['auth.test', { ok: false, error: 'odd_error' }, /“odd_error”.*reference\/methods\/auth\.test/],
    ['auth.test', 'page', /cannot be reached from here \(HTTP 200 and no answer of Slack's\).*HTTPS_PROXY/],
    ['auth.test', 'hang up', /cannot be reached from here \(UND_ERR_SOCKET\)/],
    [
      'bots.info',
      { ok: true, bot: { app_id: 'A0OTHER' } },
      /two apps: the app-level token to A0JISHI, the bot token to A0OTHER/,
    ],
  ] as const)('%s answers %j', async (method, answer, expected) => {
    expect(await after([APP_TOKEN, BOT_TOKEN], (api) => api.answers.set(method, answer))).toMatch(expected);
  });

  it('Socket Mode that is off is seen on the connection itself', async () => {
    const said = await after([APP_TOKEN], (api) => (api.greeting = { type: 'disconnect', reason: 'link_disabled' }));
    expect(said).toContain('Socket Mode is off. Switch it on: https://api.slack.com/apps/A0JISHI/socket-mode');
  });

  it('a firewall that lets no WebSocket through is told apart from it', async () => {
    const said = await after([APP_TOKEN], (api) => (api.greeting = null));
    expect(said).toContain('Allow wss://*.slack.com');
  });

  it('missing scopes are named, with the page to add them, and nothing is written', async () => {
    const api = await startApi();
    api.scopes = SCOPES.required.filter((scope) => scope !== 'groups:read' && scope !== 'im:write');
    const { code, said, envFile } = await session(api, [APP_TOKEN, BOT_TOKEN]);
    expect(code).toBe(1);
    expect(said).toContain(
      'The bot lacks groups:read, im:write. Add it under https://api.slack.com/apps/A0JISHI/oauth',
    );
    expect(said).toContain('nothing was written');
    expect(() => statSync(envFile)).toThrow();
  });

  it('the same token passes once its scopes are there', async () => {
    const api = await startApi();
    api.scopes = ['chat:write'];
    const added = () => {
      api.scopes = [...SCOPES.required, ...SCOPES.optional];
      return BOT_TOKEN;
    };
    expect((await session(api, [APP_TOKEN, BOT_TOKEN, added, ''])).code).toBe(0);
  });

  it('optional scopes may be missing; what is lost with them is said', async () => {
    const api = await startApi();
    api.scopes = [...SCOPES.required];
    const { code, said } = await session(api, [APP_TOKEN, BOT_TOKEN, '']);
    expect(code).toBe(0);
    expect(said).toContain('without files:read: files in Slack cannot be kept as evidence');
  });

  it('a clock that is off is said', async () => {
    const api = await startApi();
    api.skew = -120;
    const { said } = await session(api, [APP_TOKEN, BOT_TOKEN, '']);
    expect(said).toMatch(/clock of this machine is 1(19|20|21) s ahead of Slack’s.*NTP/);
  });

  it('speaks Chinese where it is asked to, steps and remedies alike', async () => {
    const api = await startApi();
    api.scopes = ['chat:write'];
    const { said, questions } = await session(api, ['xoxp-1-2', APP_TOKEN, BOT_TOKEN], { language: 'zh-CN' });
    const all = [...said.split(/\n+/), ...questions.map(({ question }) => question)];
    const english = all.filter((text) => text !== '' && !text.startsWith('https:') && !/\p{Script=Han}/u.test(text));
    expect(english).toEqual([]);
    expect(said).toContain('SLACK_APP_TOKEN：这是个人令牌；应用级令牌以 xapp- 开头');
    expect(said).toContain('机器人缺少权限 app_mentions:read');
  });

  it('gives up after a few wrong answers instead of asking for ever', async () => {
    const { code, questions } = await session(
      await startApi(),
      Array.from({ length: 50 }, () => 'nonsense'),
    );
    expect(code).toBe(1);
    expect(questions.length).toBeLessThan(6);
  });
});

describe('hello', () => {
  const hello = async (where: string, prepare: (api: Api) => void = () => {}) => {
    const api = await startApi();
    prepare(api);
    const { code, said } = await session(api, [APP_TOKEN, BOT_TOKEN, where]);
    const posted = api.called.filter(({ method }) => method === 'chat.postMessage').map(({ args }) => args['channel']);
    return { code, said, posted };
  };

  it.each([
    ['a name', 'Incidents', 'C0INCIDENT'],
    ['an id', 'C0INCIDENT', 'C0INCIDENT'],
    ['a link', 'https://lanting.slack.com/archives/C0INCIDENT', 'C0INCIDENT'],
    ['a person', 'U0LIWEI000', 'U0LIWEI000'],
  ])('by %s', async (_, where, channel) => {
    expect((await hello(where)).posted).toEqual([channel]);
  });

  it('where the bot is not, says how to invite it and where it is; the set-up stands all the same', async () => {
    const { code, said, posted } = await hello('#secret');
    expect([code, posted]).toEqual([0, []]);
    expect(said).toContain(
      'The bot is not in #secret. It is in #incidents, #with-vendor. In that Slack channel, type /invite @jishi',
    );
  });

  it('not where another organisation reads it', async () => {
    const { said, posted } = await hello('#with-vendor');
    expect(posted).toEqual([]);
    expect(said).toContain('shared with another organisation');
  });

  it('an unknown person', async () => {
    const { said } = await hello('U0NOBODY00', (api) =>
      api.answers.set('chat.postMessage', { ok: false, error: 'channel_not_found' }),
    );
    expect(said).toContain('Copy member ID');
  });
});

describe('.env', () => {
  it('keeps every other line, and closes the file to others', async () => {
    const envFile = join(folder(), '.env');
    writeFileSync(
      envFile,
      '# mine\nPORT=4000\n\nSLACK_BOT_TOKEN=xoxb-old\nexport SLACK_APP_TOKEN=xapp-old\n#SLACK_BOT_TOKEN=kept\nSLACK_BOT_TOKEN=xoxb-older\nLOG_LEVEL=warn',
      { mode: 0o644 },
    );
    await session(await startApi(), [APP_TOKEN, BOT_TOKEN, ''], { envFile });
    expect(read(envFile)).toBe(
      `# mine\nPORT=4000\n\nSLACK_BOT_TOKEN=${BOT_TOKEN}\nSLACK_APP_TOKEN=${APP_TOKEN}\n#SLACK_BOT_TOKEN=kept\nLOG_LEVEL=warn\nSLACK_COMMAND=/incident\n`,
    );
    expect(statSync(envFile).mode & 0o777).toBe(0o640);
  });

  it('that cannot be written: the variables are named, their values not', async () => {
    const envFile = join(folder(), 'missing', '.env');
    const { code, said } = await session(await startApi(), [APP_TOKEN, BOT_TOKEN, ''], { envFile });
    expect(code).toBe(1);
    expect(said).toContain('SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_COMMAND in the environment yourself');
    expect(said).not.toContain(BOT_TOKEN);
  });

  it('loses against the environment, which is said', async () => {
    const { said } = await session(await startApi(), [APP_TOKEN, BOT_TOKEN, ''], {
      environment: { SLACK_BOT_TOKEN: 'xoxb-other' },
    });
    expect(said).toMatch(/SLACK_BOT_TOKEN is also set in the environment, which wins/);
  });
});
