import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '../../src/http/operations/operations.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { Listening } from '../fakes/listening.ts';

let house: RunningHouse;
let api: Client;
let wei: Client;
beforeAll(async () => {
  house = await startHouse();
  api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  wei = await signIn(new Client(house), 'Li Wei');
});
afterAll(() => house.stop());

async function declared(client: Client, title = '支付系统疑似用户数据泄露') {
  const response = await client.post('/api/v1/incidents', { title, anyway: true });
  expect(response.status).toBe(201);
  return json(response);
}

describe('declaring', () => {
  test('answers the incident and where it is', async () => {
    const response = await api.post('/api/v1/incidents', { title: 'Leak', awareness: '2026-03-31T09:42:00+08:00' });
    expect(response.status).toBe(201);
    const incident = await json(response);
    expect(incident).toMatchObject({ title: 'Leak', drill: false, phase: 'classifying', level: 'undetermined' });
    expect(incident.id).toMatch(/^INC-\d{4}-\d{4}$/);
    expect(response.headers.get('location')).toBe(`/api/v1/incidents/${incident.id}`);
    const dues = incident.clocks.map((c) => Date.parse(c.due));
    expect(Math.min(...dues)).toBe(Date.parse('2026-03-31T10:42:00+08:00'));
  });

  test('a drill has a number and a speed of its own', async () => {
    const response = await api.post('/api/v1/incidents', { title: 'Drill', drill: true, speed: 60 });
    expect(await json(response)).toMatchObject({ drill: true, rate: 60, id: expect.stringMatching(/^DRILL-/) });
  });

  test('the same key is the same incident; with another body it is refused', async () => {
    const key = { 'idempotency-key': 'declare-once' };
    const first = await json(await api.post('/api/v1/incidents', { title: 'Once' }, key));
    const again = await api.post('/api/v1/incidents', { title: 'Once' }, key);
    expect((await json(again)).id).toBe(first.id);
    const other = await api.post('/api/v1/incidents', { title: 'Twice' }, key);
    expect([409, 422]).toContain(other.status);
    expect(await json(other)).toMatchObject({ code: 'key_reused' });
    const everybodyElse = await wei.post('/api/v1/incidents', { title: 'Twice', anyway: true }, key);
    expect(everybodyElse.status).toBe(201);
  });

  test.each([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: 'x', awareness: '2026-03-31 09:42' }, 'awareness'],
    [{ title: 'x', speed: 0 }, 'speed'],
  ])('%j is refused and names %s', async (body, field) => {
    const response = await api.post('/api/v1/incidents', body);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await json(response)).toMatchObject({ code: 'invalid', field, status: 422 });
  });

  test('what is no JSON is 400, what is too large 413', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect((await api.raw('/api/v1/incidents', { ...init, body: '{' })).status).toBe(400);
    expect((await api.raw('/api/v1/incidents', { ...init, body: `"${'x'.repeat(300_000)}"` })).status).toBe(413);
  });
});

test('after a state-secret stop nothing that anybody wrote is given out any more, only clocks and people', async () => {
  const { id } = await declared(wei, '绝密项目甲');
  const at = `/api/v1/incidents/${id}`;
  const secret = '绝密';
  await house.house.settle();
  const { address, thread } = z
    .object({ place: z.object({ address: z.string(), thread: z.string() }) })
    .parse(await (await wei.get(`${at}/page`)).json()).place;
  const lines = `/api/v1/rooms/${address}/messages`;
  const say = (text: string) => wei.post(lines, { text, incident: id, thread });
  expect((await say('绝密内容丁')).status).toBe(200);
  expect(await (await wei.get(`${lines}?thread=${thread}`)).text()).toContain(secret);
  for (const intent of [
    { type: 'add_note', text: '绝密内容乙' },
    { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '绝密地点丙' } },
    { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
    { type: 'stop_state_secret' },
  ]) {
    const { revision } = await json(await wei.get(at));
    expect((await wei.post(`${at}/intents`, { intent, revision })).status).toBe(200);
  }
  await house.house.settle();
  await say('又一句绝密内容');
  const stream = await wei.get('/api/v1/stream?after=0');
  const live = new Listening(stream);
  await live.until('event: message');
  expect(await live.rest()).not.toContain(secret);
  for (const query of ['', `?thread=${thread}`]) {
    expect([query, (await (await wei.get(lines + query)).text()).includes(secret)]).toEqual([query, false]);
  }
  const doors = ['', '/timeline', '/files', '/cards', '/record', '/report?format=md&language=zh'].map(
    (door) => at + door,
  );
  for (const path of [...doors, '/api/v1/incidents', `/api/v1/incidents?search=${encodeURIComponent(secret)}`]) {
    expect([path, (await (await wei.get(path)).text()).includes(secret)]).toEqual([path, false]);
  }
  for (const form of ['item', 'wording', 'rename']) {
    const args = { incident: id, item: 'art7.2', field: 'art7.2.place' };
    const shown = await wei.post('/api/v1/forms/open', { form, args });
    expect(shown.status).toBe(422);
    expect([form, (await shown.text()).includes(secret)]).toEqual([form, false]);
  }
  const look = async (view: string) => (await wei.post('/api/v1/views', { view, args: { incident: id } })).text();
  const status = await look('status');
  const views = ['question', 'checklist', 'draft', 'text', 'tasks', 'assessment', 'why', 'people', 'answers'];
  for (const view of [...views, 'timeline', 'script', 'send', 'papers', 'download']) {
    expect([view, await look(view)]).toEqual([view, status]);
  }
  expect(`${status}${await look('more')}`).not.toContain(secret);
  const left = await json(await wei.get(at));
  expect(left).toMatchObject({ title: '—', stopped: true, question: null });
  expect(left.clocks.length).toBeGreaterThan(0);
});

describe('intents', () => {
  test('an option of the question can be posted as it is', async () => {
    const incident = await declared(wei);
    const option = incident.question?.options[0];
    const path = `/api/v1/incidents/${incident.id}/intents`;
    const response = await wei.post(path, { intent: option?.intent, revision: incident.revision });
    expect(response.status).toBe(200);
    const after = await json(response);
    expect(after.revision).toBeGreaterThan(incident.revision);
    expect(after.question?.id).not.toBe(incident.question?.id);
    expect(after.said?.title).toMatch(/./);
  });

  test('a stale one is 409 and says who was quicker', async () => {
    const incident = await declared(wei);
    const path = `/api/v1/incidents/${incident.id}/intents`;
    const intent = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 };
    expect((await wei.post(path, { intent, revision: incident.revision })).status).toBe(200);
    const late = await wei.post(path, { intent: { ...intent, value: 5 }, revision: incident.revision });
    expect(late.status).toBe(409);
    const detail = expect.stringMatching(/Li Wei.*1\.2 million|Li Wei.*1,200,000/);
    expect(await json(late)).toMatchObject({ code: 'stale_revision', params: { by: 'Li Wei' }, detail });
  });

  test('the token cannot decide: 403', async () => {
    const incident = await declared(api);
    const intent = { type: 'decide_level', level: 'major' };
    const response = await api.post(`/api/v1/incidents/${incident.id}/intents`, {
      intent,
      revision: incident.revision,
    });
    expect(response.status).toBe(403);
    expect(await json(response)).toMatchObject({ code: 'forbidden' });
  });

  test.each([
    [{ type: 'tick', timer: 'x', dueAt: '2026-03-31T09:42:00Z' }, 403],
    [{ type: 'nonsense' }, 422],
    [{ type: 'answer', fact: 'no_such_fact', value: 1 }, 422],
  ])('%j is %i', async (intent, status) => {
    const incident = await declared(wei);
    const response = await wei.post(`/api/v1/incidents/${incident.id}/intents`, {
      intent,
      revision: incident.revision,
    });
    expect(response.status).toBe(status);
    expect(await json(response)).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
  });
});

describe('reading', () => {
  test('the list, the incident, its record, time line, files and names', async () => {
    const { id } = await declared(wei, 'To be read');
    const list = await json(await wei.get('/api/v1/incidents?search=To+be+read'));
    expect(list.incidents.map((row) => row.id)).toEqual([id]);
    const record = await wei.get(`/api/v1/incidents/${id}/record`);
    expect(record.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await record.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ incident: id, version: 1, type: 'declared' });
    const { timeline } = await json(await wei.get(`/api/v1/incidents/${id}/timeline`));
    expect(timeline[0]).toMatchObject({ who: 'Li Wei' });
    expect(await json(await wei.get(`/api/v1/incidents/${id}/files`))).toMatchObject({ files: [], drafts: [] });
    const zh = await json(await wei.with({ 'accept-language': 'zh-CN' }).get('/api/v1/labels'));
    expect(zh['provincial_cac']).toMatch(/网信/);
    // What was filed is listed under the name of the duty, never its id.
    expect(zh['cac.art4.other']).toBe('向属地省级网信部门报告');
  });

  test('what does not exist is 404 everywhere', async () => {
    for (const path of ['', '/record', '/timeline', '/files', '/report', '/page']) {
      const response = await wei.get(`/api/v1/incidents/INC-2026-9999${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
    expect((await wei.get('/api/v1/nothing')).status).toBe(404);
  });

  test('the report in both languages, with a name any program can save', async () => {
    const { id } = await declared(wei);
    const zh = await wei.get(`/api/v1/incidents/${id}/report?format=md&language=zh`);
    expect(await zh.text()).toContain('网络安全事件报告');
    expect(zh.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.%-]+$/,
    );
    const docx = await wei.get(`/api/v1/incidents/${id}/report?format=docx&language=en`);
    expect(new Uint8Array(await docx.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
    expect((await wei.get(`/api/v1/incidents/${id}/report?format=exe`)).status).toBe(422);
  });

  test('what the bot understands', async () => {
    const now = encodeURIComponent('2026-03-31T09:44:00+08:00');
    const time = await json(await wei.get(`/api/v1/interpret?kind=time&text=09:20&now=${now}`));
    expect(time).toMatchObject({ understood: true, text: expect.stringContaining('09:20') });
    expect(JSON.stringify(time['value'])).toMatch(/2026-03-31T(09:20:00(\.000)?\+08:00|01:20:00(\.000)?Z)/);
    const number = await json(await wei.get(`/api/v1/interpret?kind=number&text=${encodeURIComponent('120万')}`));
    expect(number['understood']).toBe(true);
    expect(JSON.stringify(number['value'])).toContain('1200000');
    const records = await json(await wei.get('/api/v1/interpret?kind=number&unit=people&text=1.2%20million%20records'));
    expect(records).toMatchObject({ understood: false, value: null });
    expect((await wei.get('/api/v1/interpret?kind=colour&text=x')).status).toBe(422);
  });

  test('problems come in the language of the caller', async () => {
    const ask = (language: string) => wei.with({ 'accept-language': language }).get('/api/v1/incidents/INC-2026-9999');
    expect((await json(await ask('fr, zh;q=0.9, en;q=0.5'))).title).toMatch(/找不到该事件/);
    expect((await json(await ask('de-DE, en;q=0.7, zh;q=0.2'))).title).toMatch(/no such incident/);
  });
});

describe('files', () => {
  test('go up, are listed, and come down as they were, never as a page of ours', async () => {
    const { id } = await declared(wei);
    const content = '<script>alert(1)</script>';
    const up = await wei.raw(`/api/v1/incidents/${id}/files?name=${encodeURIComponent('证据.html')}`, {
      method: 'POST',
      body: content,
      headers: { 'content-type': 'text/html' },
    });
    expect(up.status).toBe(201);
    const { files } = await json(await wei.get(`/api/v1/incidents/${id}/files`));
    expect(files).toMatchObject([{ name: '证据.html', by: 'Li Wei', size: content.length }]);
    const down = await wei.get(`/api/v1/incidents/${id}/files/${files[0]?.file}`);
    expect(await down.text()).toBe(content);
    expect(down.headers.get('content-type')).toBe('application/octet-stream');
    expect(down.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(down.headers.get('content-security-policy')).toContain('sandbox');
    expect((await wei.get(`/api/v1/incidents/${id}/files/${'0'.repeat(64)}`)).status).toBe(404);
  });

  test('a hash alone attaches nothing, be it of no file or of a file of another incident', async () => {
    const [ours, other] = [await declared(wei, 'ours'), await declared(wei, 'other')];
    const upload = { method: 'POST', body: 'of the other incident', headers: { 'content-type': 'text/plain' } };
    expect((await wei.raw(`/api/v1/incidents/${other.id}/files?name=a.txt`, upload)).status).toBe(201);
    const file = (await json(await wei.get(`/api/v1/incidents/${other.id}/files`))).files[0]?.file ?? '';
    for (const client of [wei, api]) {
      for (const hash of ['f'.repeat(64), file]) {
        const evidence = { file: hash, name: 'ghost', size: 5, mediaType: 'text/plain' };
        const body = { intent: { type: 'add_evidence', evidence }, revision: ours.revision };
        const answer = await client.post(`/api/v1/incidents/${ours.id}/intents`, body);
        expect(answer.status).toBe(422);
        expect(await json(answer)).toMatchObject({ code: 'unknown_file', field: 'evidence.file' });
      }
    }
    expect(await json(await wei.get(`/api/v1/incidents/${ours.id}/files`))).toMatchObject({ files: [] });
    expect((await wei.get(`/api/v1/incidents/${ours.id}/files/${file}`)).status).toBe(404);
  });

  test('a file the incident has already gets another name, with the size it has', async () => {
    const { id } = await declared(wei);
    const upload = { method: 'POST', body: 'twelve bytes', headers: { 'content-type': 'text/plain' } };
    const after = await json(await wei.raw(`/api/v1/incidents/${id}/files?name=a.txt`, upload));
    const file = (await json(await wei.get(`/api/v1/incidents/${id}/files`))).files[0]?.file ?? '';
    const evidence = { file, name: 'b.txt', size: 5, mediaType: 'text/html' };
    const body = { intent: { type: 'add_evidence', evidence }, revision: after['revision'] };
    expect((await wei.post(`/api/v1/incidents/${id}/intents`, body)).status).toBe(200);
    const { files } = await json(await wei.get(`/api/v1/incidents/${id}/files`));
    expect(files).toMatchObject([
      { name: 'a.txt', size: 12 },
      { name: 'b.txt', size: 12 },
    ]);
  });
});

describe('every answer', () => {
  test('carries the headers that keep others out', async () => {
    for (const path of ['/', '/healthz', '/api/v1/session', '/nothing']) {
      const { headers } = await new Client(house).get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('openapi.json', () => {
  test('lists exactly the routes of the API', async () => {
    const document = await json(await new Client(house).get('/api/v1/openapi.json'));
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
    const own = house.server
      .routes()
      .filter(
        (route) =>
          !/^\w+ \/(rooms|stream|push|desk|lines|reading|incidents\/\{id\}\/(thread|page|readers))/.test(route),
      );
    expect(own.toSorted()).toEqual(listed.toSorted());
  });

  test('describes the intents by the schema that checks them', async () => {
    const document = await json(await new Client(house).get('/api/v1/openapi.json'));
    const described = JSON.stringify(document.paths['/incidents/{id}/intents']?.['post']);
    for (const word of ['"answer"', '"decide_level"', '"intent"', '"revision"', 'Idempotency-Key'])
      expect(described).toContain(word);
  });
});
