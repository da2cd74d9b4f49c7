import { afterEach, beforeEach, expect, it } from 'vitest';
import { Members } from '../../../src/http/members.ts';
import { openOutsideLinks } from '../../../src/http/outside/outside-links.ts';
import { createHttpServer, type HttpServer } from '../../../src/http/server.ts';
import { openSessions } from '../../../src/http/session-store.ts';
import { openTokens } from '../../../src/http/token-store.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomIds } from '../../../src/ops/system-clock.ts';
import { FORM_PAGES, mountForms } from '../../../src/platforms/wecom/form/routes.ts';
import { personalFormLink } from '../../../src/platforms/wecom/form/session.ts';
import { createPageIntake } from '../../../src/talk/page-intake.ts';
import { explaining } from '../../../src/wiring/explain.ts';
import { CORP } from '../../fakes/wecom/app-server.ts';
import { memoryKept } from '../slack/kept.ts';
import { type AppBot, startAppBot, write } from './app-bot.ts';

const URL_ = 'http://127.0.0.1:3999';
const account = { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' };
const ref = { form: 'item', args: { incident: 'INC-2026-0001', item: 'art7.2' } };
const used = new Set<string>();

let bot: AppBot;
let http: HttpServer;
let link: string;
let again: () => string;
beforeEach(async () => {
  bot = await startAppBot({ publicUrl: null });
  await write(bot, 'zhangsan', '新建事件 没有应用也能填');
  const shared = {
    publicUrl: URL_,
    clock: bot.clock,
    usedLinks: { use: async (nonce: string) => !used.has(nonce) && !!used.add(nonce) },
  };
  const { app } = bot.house;
  const kept = memoryKept();
  const log = createLogger('silent');
  const inbox = { failed: async () => {} };
  const own = {
    ...{ ...shared, app, kept, secret: 'secret', ids: randomIds, log: { warn: () => {} }, oauth: null },
    acts: createPageIntake(
      { kept, clock: bot.clock, log, inbox },
      { app, explain: explaining(bot.house).asCard },
      FORM_PAGES,
    ),
    nameOf: ({ id }: { readonly id: string }) => id,
    roomFor: async () => null,
  };
  again = () => personalFormLink(ref, account, { ...own, nonce: randomIds.next(), now: bot.clock.now() });
  link = again();
  http = createHttpServer({
    ...shared,
    config: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: URL_,
      apiToken: null,
      consoleSecret: 'c',
      localSecret: 'l',
      localToken: 'l',
    },
    app: bot.house.app,
    readiness: { store: async () => 'ready', parts: () => [] },
    metrics: createMetrics().registry,
    platforms: [{ mount: (server) => mountForms(server, own) }],
    consoleRoom: null,
    sessions: await openSessions({ kept: memoryKept(), ids: randomIds, clock: bot.clock }),
    tokens: await openTokens({ kept: memoryKept(), ids: randomIds, clock: bot.clock }),
    outsideLinks: await openOutsideLinks({ kept: memoryKept(), ids: randomIds, clock: bot.clock }),
    calendarEntries: memoryKept(),
    members: new Members(() => null, null),
    explain: () => '',
  });
});
afterEach(() => bot.stop());

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  http.fetch(
    new Request(url, { ...init, headers: { host: '127.0.0.1:3999', 'accept-language': 'en', ...init.headers } }),
  );
const open = (token: string): Promise<Response> =>
  ask(`${URL_}/wecom/form/enter`, { method: 'POST', body: new URLSearchParams({ token }) });

it('without the app a link of a direct message is the way in, once; there is no other', async () => {
  const token = new URL(link).searchParams.get('token') ?? '';
  const first = await open(token);
  expect(first.status).toBe(303);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/);
  const form = await ask(first.headers.get('location') ?? '', { headers: { cookie } });
  expect([form.status, await form.text()]).toEqual([200, expect.stringContaining('<form method="post"')]);
  expect(form.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect((await open(token)).status).toBe(403);
  const other = await ask(`${URL_}/wecom/form/open/item?incident=INC-2026-0001&item=art7.3`, { headers: { cookie } });
  expect([other.status, await other.text()]).toEqual([401, expect.stringContaining('WeCom')]);
  expect((await ask(`${URL_}/wecom/form/card/status?incident=INC-2026-0001`, { headers: { cookie } })).status).toBe(
    401,
  );
  expect((await ask(`${URL_}/wecom/form/open/item?incident=INC-2026-0001&item=art7.2`)).status).toBe(401);
});

it('says in Chinese what to do, to those who read Chinese', async () => {
  const page = await ask(link, { headers: { 'accept-language': 'zh-CN' } });
  expect(await page.text()).toContain('仅供您本人使用');
});

/** The page of a link with the cookie of its session. */
async function entered(url: string): Promise<{ page: string; cookie: string; html: string }> {
  const first = await open(new URL(url).searchParams.get('token') ?? '');
  const page = first.headers.get('location') ?? '';
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { page, cookie, html: await (await ask(page, { headers: { cookie } })).text() };
}
const hiddenOf = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

it('what was sent an hour too late waits for its writer to come back, for the form and the state it was meant for', async () => {
  const { page, cookie, html } = await entered(link);
  const fields = { token: hiddenOf(html, 'token'), revision: hiddenOf(html, 'revision'), key: 'k1' };
  const body = () => new URLSearchParams({ ...fields, 'f:art7.2.place': '上海机房' });
  const send = (as: string) => ask(page, { method: 'POST', body: body(), headers: { cookie: as } });
  bot.clock.advance(61 * 60_000);
  const late = await send(cookie);
  expect([late.status, await late.text()]).toEqual([401, expect.stringContaining('kept for 24 hours')]);
  const back = await entered(again());
  expect(back.html).toContain('上海机房');
  expect(back.html).toContain('nothing was recorded yet');
  expect(hiddenOf(back.html, 'revision')).toBe(fields.revision);
  const token = hiddenOf(back.html, 'token');
  const done = await ask(page, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, token, 'f:art7.2.place': '上海机房' }),
    headers: { cookie: back.cookie },
  });
  expect(done.status).toBe(200);
  expect(JSON.stringify(await bot.store.events('INC-2026-0001'))).toContain('上海机房');
  expect((await entered(again())).html).not.toContain('nothing was recorded yet');
  // Whoever cannot be told any more can at least copy it.
  const unknown = await send('');
  expect([unknown.status, await unknown.text()]).toEqual([401, expect.stringContaining('上海机房')]);
  bot.clock.advance(26 * 3_600_000);
  expect(await (await send(cookie)).text()).toContain('Copy what you entered');
});
