import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { URGENT_MINUTES } from '../../../src/conversation/cards/headline.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../../fakes/house.ts';
import { Client, json, signIn } from '../../fakes/http-client.ts';

/** Entries of a record that is longer than what a page shows of it. */
const NOTES = 70;
const record = z.object({ timeline: z.array(z.object({ text: z.string() })), earlier: z.number() });
let house: RunningHouse;
let wei: Client;
let chen: Client;
beforeAll(async () => {
  house = await startHouse();
  const client = new Client(house);
  wei = await signIn(client, 'Li Wei');
  chen = (await signIn(client, '陈宇')).with({ 'accept-language': 'zh-CN' });
});
afterAll(() => house.stop());

const say = (who: Client, text: string, more: object = {}, headers: Record<string, string> = {}) =>
  who.post('/api/v1/rooms/main/messages', { text, ...more }, headers);
const read = async (who: Client, query = '') =>
  (await json(await who.get(`/api/v1/rooms/main/messages${query}`))).messages;

describe('a room', () => {
  test('shows who said what, and the status card of what was declared, each in the language of the reader', async () => {
    const answer = await json(await say(wei, '/incident new 支付系统疑似用户数据泄露'));
    await house.house.settle();
    const id = answer['incident'];
    const english = await read(wei);
    expect(english[0]).toMatchObject({ author: 'Li Wei', text: '/incident new 支付系统疑似用户数据泄露' });
    const status = english.find((m) => m.incident === id && m.thread === null);
    const chinese = (await read(chen)).find((m) => m.ref === status?.ref);
    expect(status?.card?.title).toContain('支付系统疑似用户数据泄露');
    expect(JSON.stringify(status?.card)).toMatch(/report to .*by .*Beijing/i);
    expect(JSON.stringify(chinese?.card)).toMatch(/前报告|前报/);
    const page = await (await chen.get(`/api/v1/incidents/${id}/page`)).json();
    expect(page).toMatchObject({ place: { address: 'main', thread: status?.ref } });
    const thread = await read(chen, `?thread=${status?.ref}`);
    expect(thread.length).toBeGreaterThan(0);
    expect(thread.every((m) => m.thread === status?.ref)).toBe(true);
  });

  test.each([
    ['/incident new 官网被篡改', '', 'Declares “官网被篡改”; deadlines run from now'],
    ['/incident new', '', 'Declares an incident: add what is going on'],
    ['/incident drill', '', 'Starts a drill: “First drill: customer data leak”'],
    ['note the log is kept', 'INC-1', 'Adds to the record: “the log is kept”'],
    ['about 1.2 million people', 'INC-1', expect.stringMatching(/^Number: 1.2 million/)],
    ['2026-03-31 09:20', 'INC-1', expect.stringMatching(/^Time: .*09:20/)],
    // Values are read in a note alone, and a note is about an incident.
    ['about 1.2 million people', '', ''],
    ['/incident list', 'INC-1', ''],
    ['the log is kept', 'INC-1', ''],
  ])('tells what “%s” would do while it is typed (%s)', async (text, incident, effect) => {
    const query = new URLSearchParams({ text, ...(incident === '' ? {} : { incident }) });
    const answer = await json(await wei.get(`/api/v1/reading?${query}`));
    expect(answer).toMatchObject({ understood: effect !== '', text: effect });
  });

  test('the same line sent twice under one key is said once and has one effect', async () => {
    const before = (await read(wei)).length;
    const key = { 'idempotency-key': 'said-once' };
    const first = await json(await say(wei, '/incident drill 演练一次', {}, key));
    const again = await json(await say(wei, '/incident drill 演练一次', {}, key));
    expect(again['incident']).toBe(first['incident']);
    await house.house.settle();
    // The line and one status card.
    expect((await read(wei)).length).toBe(before + 2);
  });

  test('gives its pages from the end', async () => {
    const all = await read(wei);
    const last = await read(wei, '?limit=1');
    expect(last).toEqual(all.slice(-1));
    const earlier = await read(wei, `?limit=1&before=${last[0]?.ref}`);
    expect(earlier).toEqual(all.slice(-2, -1));
  });

  test('what is not understood gets an answer, for the one who typed', async () => {
    const answer = await say(chen, 'blorf nagle');
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await json(answer))).toMatch(/"card":\{/);
  });
});

describe('who may read', () => {
  test('direct messages: only the one they are for', async () => {
    expect((await wei.get(`/api/v1/rooms/${encodeURIComponent('dm:Li Wei')}/messages`)).status).toBe(200);
    expect((await chen.get(`/api/v1/rooms/${encodeURIComponent('dm:Li Wei')}/messages`)).status).toBe(404);
    expect((await chen.post(`/api/v1/rooms/${encodeURIComponent('dm:Li Wei')}/messages`, { text: 'x' })).status).toBe(
      404,
    );
  });

  test('nobody: the list of used login links, rooms that do not exist', async () => {
    for (const room of ['login-links', 'nowhere']) {
      expect((await wei.get(`/api/v1/rooms/${room}/messages`)).status).toBe(404);
    }
  });

  test('not the token, which is nobody of the console; nobody without a session', async () => {
    const token = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
    expect((await token.get('/api/v1/rooms')).status).toBe(403);
    expect((await token.get('/api/v1/stream')).status).toBe(403);
    expect((await new Client(house).get('/api/v1/rooms')).status).toBe(401);
    expect((await new Client(house).get('/api/v1/stream')).status).toBe(401);
  });
});

describe('the stream', () => {
  async function events(
    who: Client,
    path: string,
    until: (text: string) => boolean,
    act: () => Promise<unknown> = async () => {},
  ) {
    const response = await who.get(path);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('no body');
    let text = (await reader.read()).value ?? '';
    await act();
    while (!until(text)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    await reader.cancel();
    return text;
  }

  test('tells what is said, in the language of the listener, and that an incident changed', async () => {
    const heard = await events(
      chen,
      '/api/v1/stream?language=zh-CN',
      (text) => text.includes('event: incident') && /event: message\n.*\nid: \d/.test(text),
      () => say(wei, '/incident new 官网首页被篡改'),
    );
    expect(heard).toMatch(/event: hello\n/);
    expect(heard).toMatch(/event: message\ndata: .*官网首页被篡改.*\nid: \d+/);
  });

  test('after a break gives what was missed, and nothing that is for others', async () => {
    const [last] = await read(wei, '?limit=1');
    await say(wei, '断线期间的消息');
    await wei.post(`/api/v1/rooms/${encodeURIComponent('dm:Li Wei')}/messages`, { text: '只给李伟' });
    await say(wei, '断线之后');
    const path = `/api/v1/stream?after=${last?.seq}`;
    const heard = await events(chen, path, (text) => text.includes('断线之后'));
    expect(heard).toContain('断线期间的消息');
    expect(heard).not.toContain('只给李伟');
  });

  test('names the parts of the page that an act changed, and none to a reader who may not see it', async () => {
    const { incident: id } = await json(await say(wei, '/incident new 工单系统异常'));
    const act = async (intent: object): Promise<void> => {
      const { revision } = await json(await wei.get(`/api/v1/incidents/${id}`));
      expect((await wei.post(`/api/v1/incidents/${id}/intents`, { intent, revision })).status).toBe(200);
    };
    const told = (text: string) =>
      [...text.matchAll(/event: incident\ndata: (.*)/g)]
        .map(([, data = '']) => z.object({ incident: z.string(), what: z.array(z.string()) }).parse(JSON.parse(data)))
        .flatMap(({ incident, what }) => (incident === id ? [what.join()] : []));
    const heard = await events(
      chen,
      '/api/v1/stream',
      (text) => told(text).includes('desk'),
      async () => {
        await act({ type: 'answer', fact: 'operator', value: 'other' });
        await act({ type: 'add_note', text: '一条记录' });
        await act({ type: 'stop_state_secret' });
      },
    );
    // Entries that the bot writes meanwhile, e.g. on deliveries, are activity.
    expect(told(heard).filter((what) => what !== 'activity')[0]).toBe('desk,report,duties,activity');
    expect(told(heard)).toContain('activity');
    expect(told(heard).at(-1)).toBe('desk');
  });
});

describe('the page', () => {
  test('brings the end of a long record, and the whole of it where that is asked for', async () => {
    const { incident: id } = await json(await say(wei, '/incident new 笔记很多的事件'));
    for (let n = 0; n < NOTES; n += 1) {
      const { revision } = await json(await wei.get(`/api/v1/incidents/${id}`));
      const intent = { type: 'add_note', text: `note ${n}` };
      await wei.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
    }
    const recordOf = async (query = '') =>
      record.parse(await (await wei.get(`/api/v1/incidents/${id}/page${query}`)).json());
    const { timeline, earlier } = await recordOf();
    expect(timeline).toHaveLength(60);
    expect(timeline.at(-1)?.text).toContain(`note ${NOTES - 1}`);
    expect(earlier).toBeGreaterThanOrEqual(NOTES - 60);
    expect((await recordOf('?lines=100000')).timeline).toHaveLength(60 + earlier);
  });

  test('comes with files that may be kept for ever, under a name that changes with them', async () => {
    const html = await (await wei.get('/')).text();
    const paths = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      const asset = await wei.get(path);
      expect([path, asset.status]).toEqual([path, 200]);
      expect(asset.headers.get('cache-control')).toContain('immutable');
    }
    expect(html).not.toMatch(/<script(?![^>]*src=)|\sstyle=|\son\w+="/);
    expect((await wei.get('/assets/000000000000/app.js')).status).toBe(404);
    expect((await wei.get('/assets/fonts/..%2Fpackage.json')).status).toBe(404);
  });

  test('packed for browsers that can unpack it', async () => {
    const html = await (await wei.get('/')).text();
    const path = /src="(\/assets\/[^"]+app\.js)"/.exec(html)?.[1] ?? '';
    const packed = await wei.with({ 'accept-encoding': 'gzip, br' }).get(path);
    expect(packed.headers.get('content-encoding')).toBe('br');
    // Minutes before a deadline from which its clock is red, as on cards.
    expect(html).toContain(`<body data-urgent="${URGENT_MINUTES}">`);
  });
});
