import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { personalFormLink } from '../../../src/http/visits/links.ts';
import { VISIT_OPERATIONS } from '../../../src/http/visits/visits.ts';
import { CORP } from '../../fakes/wecom/app-server.ts';
import { type AppBot, FORM_SECRET, PUBLIC_URL, startAppBot, write } from './app-bot.ts';

const INCIDENT = 'INC-2026-0001';
const REF = { form: 'item', args: { incident: INCIDENT, item: 'art7.2' } };
const FORM = `/visit/form/item?incident=${INCIDENT}&item=art7.2`;

let bot: AppBot;
beforeEach(async () => {
  bot = await startAppBot();
  await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
});
afterEach(() => bot.stop());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  bot.http.fetch(
    new Request(new URL(path, PUBLIC_URL), {
      ...init,
      headers: { host: '127.0.0.1:3999', 'accept-language': 'zh-CN', ...init.headers },
    }),
  );
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
const link = (more: Partial<Parameters<typeof personalFormLink>[2]> = {}): string =>
  personalFormLink(
    REF,
    { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' },
    { publicUrl: PUBLIC_URL, secret: FORM_SECRET, nonce: 'nonce-of-sixteen-or-more', now: bot.clock.now(), ...more },
  );
const enter = (url: string): Promise<Response> =>
  ask('/visit/enter', {
    method: 'POST',
    body: new URLSearchParams({ token: new URL(url).searchParams.get('token') ?? '' }),
  });
/** The cookie of somebody whom WeCom identified. */
async function identified(
  userid: string,
): Promise<{ readonly cookie: string; readonly back: string; readonly to: string }> {
  const away = await ask(FORM);
  const state = new URL(away.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const code = `code-${userid}-${bot.wecom.codes.size}`;
  bot.wecom.codes.set(code, bot.wecom.users.has(userid) ? { userid } : { openid: userid });
  const back = `/visit/back?code=${code}&state=${encodeURIComponent(state)}`;
  const browser = cookiesOf(away);
  const came = await ask(back, { headers: { cookie: browser } });
  return { cookie: `${browser}; ${cookiesOf(came)}`, back, to: came.headers.get('location') ?? (await came.text()) };
}
const call = (cookie: string, path: string, json?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  ask(
    `/visit/api/v1${path}`,
    json === undefined
      ? { headers: { cookie, ...headers } }
      : {
          method: 'POST',
          body: JSON.stringify(json),
          headers: { cookie, 'content-type': 'application/json', ...headers },
        },
  );
const action = z.looseObject({
  label: z.string(),
  does: z.looseObject({ kind: z.string(), intent: z.unknown().optional() }),
});
const card = z.looseObject({ blocks: z.array(z.looseObject({ actions: z.array(action).default([]) })) });
const answered = z.looseObject({ said: card, revision: z.number() });
const actionsOf = ({ blocks }: z.infer<typeof card>) => blocks.flatMap(({ actions }) => actions);
const filled = (place: string, revision: number) => ({ ref: REF, revision, values: { 'art7.2.place': place } });
const versionOf = async (): Promise<number> => (await bot.store.incident(INCIDENT))?.version ?? 0;
const placeOf = async () => (await bot.store.incident(INCIDENT))?.fields['art7.2.place']?.current;

describe('a personal link', () => {
  it('opens its form once, and nothing else; looking at it uses nothing up', async () => {
    const url = link();
    for (let n = 0; n < 2; n += 1) {
      const looked = await ask(url);
      expect([looked.status, await looked.text()]).toEqual([200, expect.stringContaining('仅限您本人使用')]);
    }
    const first = await enter(url);
    expect([first.status, first.headers.get('location')]).toEqual([303, FORM]);
    expect(first.headers.get('set-cookie')).toMatch(/Path=\/visit; HttpOnly; SameSite=Lax/);
    expect((await enter(url)).status).toBe(403);
    const cookie = cookiesOf(first);
    expect((await call(cookie, '/forms/open', REF)).status).toBe(200);
    expect(await (await call(cookie, `/visit?incident=${INCIDENT}`)).json()).toEqual({
      name: '张三',
      revision: await versionOf(),
    });
    const other = { form: 'item', args: { incident: INCIDENT, item: 'art7.3' } };
    const intent = { type: 'note', text: 'x' };
    const refused: readonly (readonly [string, unknown])[] = [
      ['/forms/open', other],
      ['/forms/submit', { ref: other, revision: 0, values: {} }],
      ['/forms/preview', { ref: other, revision: 0, values: {} }],
      ['/views', { view: 'status', args: { incident: INCIDENT } }],
      [`/incidents/${INCIDENT}/intents`, { intent, revision: 1 }],
      ['/incidents/INC-2026-0002/intents', { intent: { type: 'answer', fact: 'x', value: 1 }, revision: 1 }],
      ['/visit', undefined],
      ['/visit?incident=INC-2026-0002', undefined],
    ];
    for (const [path, json] of refused) expect([path, (await call(cookie, path, json)).status]).toEqual([path, 403]);
    // The chat says who opens another page.
    for (const path of [FORM.replace('art7.2', 'art7.3'), `/visit/card/status?incident=${INCIDENT}`])
      expect((await ask(path, { headers: { cookie } })).status).toBe(302);
    expect((await ask('/api/v1/incidents', { headers: { cookie } })).status).toBe(401);
  });

  it('is good for half an hour, and only as it was signed', async () => {
    const url = link();
    expect((await ask(`${url.slice(0, -2)}xx`)).status).toBe(403);
    expect((await ask(link({ secret: 'another' }))).status).toBe(403);
    bot.clock.advance(30 * 60_000);
    expect([(await ask(url)).status, (await enter(url)).status]).toEqual([403, 403]);
  });
});

describe('who opens a page', () => {
  it('is asked of the chat, once for each code and only in the browser it began in', async () => {
    const own = await identified('zhangsan');
    expect(own.to).toBe(FORM);
    expect((await ask(FORM, { headers: { cookie: own.cookie } })).status).toBe(404);
    expect(await (await ask(own.back, { headers: { cookie: own.cookie } })).text()).toContain('未能');
    bot.wecom.codes.set('attack', { userid: 'lisi' });
    const stolen = own.back.replace(/code=[^&]*/, 'code=attack');
    expect(await (await ask(stolen)).text()).toContain('未能');
    expect(bot.wecom.codes.has('attack')).toBe(true);
    expect((await identified('outsider')).to).toContain('不是本企业成员');
  });

  it('decides what is shown: a colleague who may not see the incident gets nothing', async () => {
    const { cookie } = await identified('lisi');
    for (const [path, json] of [
      ['/forms/open', REF],
      ['/views', { view: 'status', args: { incident: INCIDENT } }],
    ] as const) {
      const answer = await call(cookie, path, json);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain('客户库');
    }
  });

  it.each(Object.keys(VISIT_OPERATIONS))('without a visit, or after twelve hours: %s is refused', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const { cookie } = await identified('zhangsan');
    bot.clock.advance(12 * 3_600_000);
    for (const headers of [{}, { cookie }]) {
      const body = method === 'POST' ? { body: '{}' } : {};
      const answer = await ask(`/visit/api/v1${path.replace('{id}', INCIDENT)}`, {
        ...{ method, ...body },
        headers: { 'content-type': 'application/json', ...headers },
      });
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('尚未记录')]);
    }
  });

  it('another site makes no browser send anything', async () => {
    const { cookie } = await identified('zhangsan');
    const origin = { origin: 'https://evil.example' };
    expect((await call(cookie, '/forms/submit', filled('evil', 1), origin)).status).toBe(403);
    const plain = { 'content-type': 'text/plain' };
    expect((await call(cookie, '/forms/submit', filled('evil', 1), plain)).status).toBe(415);
    expect(await placeOf()).toBeUndefined();
  });
});

it('each visit and each refusal is one line of the audit log, without names and contents', async () => {
  const url = link();
  for (let n = 0; n < 2; n += 1) await enter(url);
  await identified('zhangsan');
  await identified('outsider');
  expect(bot.audits).toEqual([
    { audit: 'sign_in', outcome: 'done', person: null, way: 'form_link', what: 'wecom-app' },
    { audit: 'link_refused', outcome: 'refused', person: null, way: 'form_link' },
    { audit: 'sign_in', outcome: 'done', person: null, way: 'chat', what: 'wecom-app' },
    { audit: 'sign_in_refused', outcome: 'refused', person: null, way: 'chat' },
  ]);
});

describe('what is sent', () => {
  it('is on the record under the account of the chat, once for each key', async () => {
    const { cookie } = await identified('zhangsan');
    const body = filled('上海数据中心\n<script>', await versionOf());
    const key = { 'idempotency-key': 'once' };
    const sent = await Promise.all([1, 2].map(() => call(cookie, '/forms/submit', body, key)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    const version = await versionOf();
    expect((await call(cookie, '/forms/submit', body, key)).status).toBe(200);
    expect(await versionOf()).toBe(version);
    expect(await placeOf()).toMatchObject({ text: '上海数据中心\n<script>' });
    const { people = {} } = (await bot.store.incident(INCIDENT)) ?? {};
    expect(JSON.stringify(people)).toContain('"id":"zhangsan"');
  });

  it('replaces a text of another person, and one press restores it', async () => {
    await bot.house.app.submit({
      ...{ incident: INCIDENT, revision: await versionOf(), caller: 'api' },
      intent: { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海一号机房' } },
      delivery: { platform: 'wecom-app', key: 'place', body: '' },
    });
    const cookie = cookiesOf(await enter(link()));
    const answer = await (await call(cookie, '/forms/submit', filled('北京', await versionOf()))).json();
    const { said, revision } = answered.parse(answer);
    expect(JSON.stringify(said)).toContain('上海一号机房');
    const restore = actionsOf(said).find(({ label }) => label === '恢复');
    const path = `/incidents/${INCIDENT}/intents`;
    expect((await call(cookie, path, { intent: restore?.does.intent, revision })).status).toBe(200);
    expect(await placeOf()).toMatchObject({ text: '上海一号机房' });
  });

  it('is told what is wrong by field, and what others changed meanwhile, with the revision to send it for', async () => {
    const { cookie } = await identified('zhangsan');
    const wrong = { ...filled('上海', await versionOf()) };
    const answer = await call(cookie, '/forms/submit', { ...wrong, values: { ...wrong.values, as_of: '不知所云' } });
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({ errors: { as_of: expect.stringContaining('时间') }, revision: wrong.revision }),
    ]);
    expect(await placeOf()).toBeUndefined();
    const ref = { form: 'new_incident', args: { drill: 'false' } };
    const declared = await call(cookie, '/forms/submit', { ref, revision: 0, values: { title: '从表单登记' } });
    expect(declared.status).toBe(200);
    expect((await bot.store.incidents({ limit: 9 })).map(({ title }) => title)).toContain('从表单登记');
  });

  it('a press on a card is an answer, and the next question is there', async () => {
    const { cookie } = await identified('zhangsan');
    const question = { view: 'question', args: { incident: INCIDENT } };
    const asked = card.parse(await (await call(cookie, '/views', question)).json());
    const first = actionsOf(asked).find(({ does }) => does.kind === 'intent');
    const body = { intent: first?.does.intent, revision: await versionOf() };
    expect((await call(cookie, `/incidents/${INCIDENT}/intents`, body)).status).toBe(200);
    expect(card.parse(await (await call(cookie, '/views', question)).json())).not.toEqual(asked);
  });
});
