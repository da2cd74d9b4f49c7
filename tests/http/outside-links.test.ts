import ICAL from 'ical.js';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { linkAnswer, reportsAnswer } from '../../src/http/integration-answers.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { translate } from '../../src/i18n/translate.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead', 'filer'], accounts: [account('Li')], language: 'en' },
    { id: 'ann', name: 'Ann', location: 'abroad', roles: ['lead'], accounts: [account('Ann')] },
  ],
  suppliers: [{ id: 'cloud', name: '云某科技', contact: 'li' }],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function withLinks(profile = organisation) {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const house = await startHouse({ organisation: profile, clock, consoleSecret: SECRET });
  running.push(house);
  const nobody = new Client(house, { 'accept-language': 'en' });
  const operator = () => nobody.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, clock.now())}` });
  const program = nobody.with({ authorization: `Bearer ${API_TOKEN}` });
  const make = async (kind: string, who: string) => {
    const answer = await operator().post('/api/v1/access/links', { kind, who });
    const link = linkAnswer.parse(await answer.json());
    return { ...link, path: new URL(link.url).pathname };
  };
  const revoke = (id: string) => operator().raw(`/api/v1/access/links/${id}`, { method: 'DELETE' });
  return { house, clock, nobody, program, operator, make, revoke };
}

/** The form as a browser sends it. */
function filled(values: Record<string, string>, files: readonly File[] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    nonce: 'n1',
    what: 'Keys of the backup were taken',
    contact: 'Wu 139',
    ...values,
  }))
    form.set(name, value);
  for (const file of files) form.append('file', file);
  return form;
}

async function reportsOf({ house }: Awaited<ReturnType<typeof withLinks>>) {
  const caller = { account: account('Li'), name: 'Li', language: 'en' } as const;
  return reportsAnswer.parse(await house.house.app.reports(caller)).reports;
}

test('a supplier reports by its link, in both languages and without an account; the right person is told at once', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  const page = await (await bot.nobody.get(path)).text();
  for (const words of ['云某科技', '事件情况', 'What happened', 'width=device-width', 'multipart/form-data'])
    expect(page).toContain(words);
  const file = new File(['log'], '../../etc/日志.txt', { type: 'text/plain' });
  const values = { known: '2026-03-31T08:10', data: '约2万人手机号' };
  const sent = await bot.nobody.raw(path, { method: 'POST', body: filled(values, [file]) });
  expect([sent.status, await sent.text()]).toEqual([200, expect.stringMatching(/S-[2-9A-Z]{7}.*2026-03-31 09:42/s)]);
  const [report, ...more] = await reportsOf(bot);
  expect(more).toEqual([]);
  expect(report).toMatchObject({
    kind: 'supplier',
    source: '云某科技',
    title: 'Keys of the backup were taken',
    text: expect.stringContaining('Wu 139'),
    receivedAt: '2026-03-31T01:42:00.000Z',
    startedAt: '2026-03-31T00:10:00.000Z',
    files: [{ name: '日志.txt', size: 3 }],
  });
  await bot.house.house.settle();
  for (const to of ['person:li', 'console/local/main'])
    expect((await bot.house.store.outbox.get(`intake:${report?.ref}:${to}`))?.state).toBe('sent');
});

test.each([
  { known: '2026-03-31T10:30', startedAt: null, words: '2026-03-31 10:30' },
  { known: '2026-03-31T08:10', startedAt: '2026-03-31T00:10:00.000Z', words: '' },
])('a time of another zone that is still to come in Beijing is kept as it was typed: $known', async (one) => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  await bot.nobody.raw(path, { method: 'POST', body: filled({ known: one.known }) });
  const [report] = await reportsOf(bot);
  expect(report?.startedAt).toBe(one.startedAt);
  expect(/\d{4}-\d\d-\d\d \d\d:\d\d/.exec(report?.text ?? '')?.[0] ?? '').toBe(one.words);
});

test('opened, it puts the time of receipt on the record; what only the supplier knew starts no clock; files are evidence', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  const file = new File(['log'], 'a.txt', { type: 'text/plain' });
  await bot.nobody.raw(path, { method: 'POST', body: filled({ known: '2026-03-31T08:10' }, [file]) });
  const [report] = await reportsOf(bot);
  bot.clock.advance(600_000);
  const caller = { account: account('Li'), name: 'Li', language: 'en' } as const;
  const done = await bot.house.house.app.decideReport({ ref: report?.ref ?? '', choice: 'new', caller, room: null });
  const id = done.kind === 'done' ? done.incident : '';
  const incident = await (await bot.program.get(`/api/v1/incidents/${id}`)).json();
  expect(incident).toMatchObject({
    title: 'Suspected: Keys of the backup were taken',
    awareness: {
      confirmed: false,
      at: '2026-03-31T01:42:00.000Z',
      candidates: [
        { source: 'declaration' },
        { source: 'supplier', at: '2026-03-31T01:42:00.000Z', reachedUs: true },
        { source: 'supplier', at: '2026-03-31T00:10:00.000Z', reachedUs: false },
      ],
    },
  });
  const files = await (await bot.program.get(`/api/v1/incidents/${id}/files`)).json();
  expect(files).toMatchObject({ files: [{ name: 'a.txt', uploaded: true }] });
});

test('set aside, its words leave the messages about it at once, and its files go with it in the end', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  const file = new File(['log of the supplier'], 'a.txt', { type: 'text/plain' });
  await bot.nobody.raw(path, { method: 'POST', body: filled({ what: 'Keys of 13800138000 were taken' }, [file]) });
  const [report] = await reportsOf(bot);
  const { house, store } = bot.house;
  const posted = async () => JSON.stringify((await store.roomLog.page('main', null, null, 10)).map(({ body }) => body));
  await house.settle();
  expect(await posted()).toContain('13800138000');
  const caller = { account: account('Li'), name: 'Li', language: 'en' } as const;
  await house.app.decideReport({ ref: report?.ref ?? '', choice: 'none', reason: 'known', caller, room: null });
  await house.settle();
  expect(await posted()).not.toContain('13800138000');
  const [{ file: sha256 } = { file: '' }] = z.array(z.object({ file: z.string() })).parse(report?.files);
  expect(await store.blobs.get(sha256)).not.toBeNull();
  bot.clock.jumpTo(bot.clock.now() + 91 * 86_400_000);
  await house.app.dropReports();
  expect(await reportsOf(bot)).toEqual([]);
  expect(await store.blobs.get(sha256)).toBeNull();
});

test('the same form sent again is one notice; with anything corrected it is another, and both are kept', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  const file = (text: string) => new File([text], 'a.txt', { type: 'text/plain' });
  const send = async (values: Record<string, string>, files: readonly File[] = []) => {
    const answer = await bot.nobody.raw(path, { method: 'POST', body: filled(values, files) });
    return /S-[2-9A-Z]{7}/.exec(await answer.text())?.[0];
  };
  const first = await send({ data: '2' });
  expect(await send({ data: '2' })).toBe(first);
  const corrected = [
    await send({ data: '20000' }),
    await send({ data: '2', contact: 'Li 138' }),
    await send({ data: '2', known: '2026-03-31T08:10' }),
    await send({ data: '2' }, [file('log')]),
    await send({ data: '2' }, [file('another log')]),
  ];
  expect(new Set([first, ...corrected]).size).toBe(6);
  expect((await reportsOf(bot)).map(({ ref }) => ref).toSorted()).toEqual([first, ...corrected].toSorted());
});

test('two alerts whose short references are the same are two alerts', async () => {
  const bot = await withLinks();
  const receive = (key: string) =>
    bot.house.house.app.receive({ kind: 'alert', source: 'siem', key, title: `Alert ${key}` });
  const [first, second] = [await receive('k162171'), await receive('k185751')];
  expect([first.state, second.state]).toEqual(['new', 'new']);
  expect(second.ref.startsWith(first.ref)).toBe(true);
  expect(await receive('k185751')).toEqual({ ref: second.ref, state: 'repeated' });
  expect(await receive('k162171')).toEqual({ ref: first.ref, state: 'repeated' });
  expect((await reportsOf(bot)).map(({ title }) => title).toSorted()).toEqual(['Alert k162171', 'Alert k185751']);
});

test('ten thousand alerts hide no notice of a supplier, and all go when their time is over', {
  tags: 'soak',
}, async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  await bot.nobody.raw(path, { method: 'POST', body: filled({}) });
  const [notice] = await reportsOf(bot);
  const { kept } = bot.house.store;
  const keys = Array.from(
    { length: 10_000 },
    (_, n) =>
      `A-${n
        .toString(7)
        .padStart(7, '0')
        .replaceAll(/\d/g, (d) => 'ABCDEFG'[Number(d)] ?? '')}`,
  );
  const alert = { ...notice, kind: 'alert', files: [] };
  await Promise.all(keys.map((ref) => kept.put(`intake:report:${ref}`, JSON.stringify({ ...alert, ref }))));
  const found = await reportsOf(bot);
  expect([found.length, found.filter(({ kind }) => kind === 'supplier').map(({ ref }) => ref)]).toEqual([
    10_001,
    [notice?.ref],
  ]);
  bot.clock.jumpTo(bot.clock.now() + 91 * 86_400_000);
  await bot.house.house.app.dropReports();
  expect(await reportsOf(bot)).toEqual([]);
});

test('a body that is no form is refused as such, and is no failure of the bot', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('supplier', 'cloud');
  const bodies: readonly RequestInit[] = [
    {},
    { body: '' },
    { body: 'token=x' },
    { headers: { 'content-type': 'application/json' }, body: '{"token":"x"}' },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'garbage' },
    { headers: { 'content-type': 'multipart/form-data' } },
  ];
  for (const place of [path, '/login']) {
    for (const body of bodies) {
      const answer = await bot.nobody.raw(place, { method: 'POST', ...body });
      expect([place, body, answer.status]).toEqual([place, body, 400]);
    }
  }
  expect(await reportsOf(bot)).toEqual([]);
});

test('a wrong, revoked or worn-out link opens nothing; sent twice it is one notice; an hour takes ten', async () => {
  const bot = await withLinks();
  const { path, id } = await bot.make('supplier', 'Somebody unlisted');
  const post = (nonce: string, values = {}) =>
    bot.nobody.raw(path, { method: 'POST', body: filled({ nonce, ...values }) });
  expect((await bot.nobody.get(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
  expect((await bot.nobody.get(`${path}.ics`.replace('supplier', 'calendar'))).status).toBe(404);
  expect((await post('n', { what: '' })).status).toBe(422);
  expect((await post('a')).status).toBe(200);
  expect((await post('a')).status).toBe(200);
  expect((await reportsOf(bot)).length).toBe(1);
  for (let n = 0; n < 7; n += 1) await post(`b${n}`);
  expect((await post('z')).status).toBe(429);
  expect((await bot.revoke(id)).status).toBe(200);
  expect([(await bot.nobody.get(path)).status, (await post('y')).status]).toEqual([404, 404]);
  expect((await bot.program.get('/api/v1/access/links')).status).toBe(403);
  expect((await bot.operator().post('/api/v1/access/links', { kind: 'calendar', who: 'nobody' })).status).toBe(422);
});

const events = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      status: component.getFirstPropertyValue('status'),
    };
  });

test('the calendar of a person holds deadlines in UTC without titles; what falls away is cancelled', async () => {
  const bot = await withLinks();
  const { path, id: link } = await bot.make('calendar', 'li');
  const li = { account: account('Li'), name: 'Li', language: 'en' } as const;
  const { app } = bot.house.house;
  const delivery = (key: string) => ({ platform: 'test', key, body: '' });
  const made = await app.declare({ title: '支付系统泄露', caller: li, room: null, delivery: delivery('1') });
  const id = made.kind === 'done' ? made.incident : '';
  const submit = async (key: string, intent: Parameters<typeof app.submit>[0]['intent']) => {
    const revision = (await app.state(id, li))?.version ?? 0;
    const done = await app.submit({ incident: id, intent, revision, caller: li, delivery: delivery(key) });
    expect(done).toMatchObject({ kind: 'done' });
  };
  await submit('2', { type: 'decide_level', level: 'major', reason: 'users' });
  const answer = await bot.nobody.get(path);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const text = await answer.text();
  expect(text).not.toContain('支付');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const first = events(text);
  const report = first.find(({ summary }) => summary.includes('First report'));
  expect(report).toMatchObject({ status: 'CONFIRMED', sequence: 0, zone: 'UTC', start: '2026-03-31T05:42:00.000Z' });
  expect(events(await (await bot.nobody.get(path)).text())).toEqual(first);
  await submit('3', {
    type: 'record_filing',
    obligation: report?.uid.replace(`${id}.`, '').replace('@jishi', '') ?? '',
    channel: 'hotline_12387',
    takenBy: 'Officer Wang',
    contradictionsKept: 'by phone',
    at: new Date(bot.clock.now()).toISOString(),
  });
  const after = events(await (await bot.nobody.get(path)).text()).find(({ uid }) => uid === report?.uid);
  expect(after).toMatchObject({ status: 'CANCELLED', sequence: 1 });
  await bot.revoke(link);
  expect((await bot.nobody.get(path)).status).toBe(404);
});

test('the calendar of a person known only in a chat that the incident left keeps its deadlines', async () => {
  const wu = { id: 'wu', name: 'Wu', roles: ['lead'], accounts: [{ platform: 'chat', tenant: 'T', id: 'wu' }] };
  const people = [...organisation.people, wu];
  const bot = await withLinks(organisationSchema.parse({ ...organisation, people }));
  const { path } = await bot.make('calendar', 'wu');
  const li = { account: account('Li'), name: 'Li', language: 'en' } as const;
  const delivery = (key: string) => ({ platform: 'test', key, body: '' });
  const { app } = bot.house.house;
  await app.declare({ title: 'x', caller: li, room: null, delivery: delivery('1') });
  const states = async () => events(await (await bot.nobody.get(path)).text()).map(({ status }) => status);
  const before = await states();
  expect(new Set(before)).toEqual(new Set(['CONFIRMED']));
  const revision = (await app.state('INC-2026-0001', li))?.version ?? 0;
  const left = { incident: 'INC-2026-0001', intent: { type: 'leave_chat' }, revision, caller: li } as const;
  expect(await app.submit({ ...left, delivery: delivery('2') })).toMatchObject({ kind: 'done' });
  expect(await states()).toEqual(before);
});

test('abroad the calendar says no more than may be shown there; after a stop it holds no new word', async () => {
  const bot = await withLinks();
  const { path } = await bot.make('calendar', 'ann');
  const li = { account: account('Li'), name: 'Li', language: 'en' } as const;
  await bot.house.house.app.declare({
    title: '支付系统泄露',
    caller: li,
    room: null,
    delivery: { platform: 'test', key: '1', body: '' },
  });
  const text = await (await bot.nobody.get(path)).text();
  expect(text).toContain('INC-2026-0001');
  expect(text).not.toContain('支付');
  // No level is known, so that the first report is only possible.
  const marks = (['en', 'zh-CN'] as const).map((language) =>
    translate(language, 'close.provisional', { what: '' }).trim(),
  );
  const reports = events(text).filter(({ summary }) => /First report|首报/.test(summary));
  expect(reports.map(({ summary }) => marks.some((mark) => summary.endsWith(mark)))).toContain(true);
  expect(reports.map(({ summary }) => marks.some((mark) => summary.endsWith(mark)))).not.toContain(false);
  const { revision } = await json(await bot.program.get('/api/v1/incidents/INC-2026-0001'));
  await bot.house.house.app.submit({
    ...{ incident: 'INC-2026-0001', intent: { type: 'stop_state_secret' }, revision: Number(revision), caller: li },
    delivery: { platform: 'test', key: '2', body: '' },
  });
  const states = events(await (await bot.nobody.get(path)).text()).map(({ status }) => status);
  expect(new Set(states)).toEqual(new Set(['CANCELLED']));
  expect(z.array(z.unknown()).parse(states).length).toBeGreaterThan(0);
});
