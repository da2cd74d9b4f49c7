import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { importAnswer, registerAnswer } from '../../src/http/integration-answers.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { allMessages } from '../../src/i18n/translate.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { csvOf, rowsOfCsv } from '../../src/report/csv.ts';
import { ALL_COLUMNS, REQUIRED_COLUMNS, readList, textOfFile } from '../../src/use-cases/earlier/earlier-list.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { regime } from '../fakes/law.ts';

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [
    { id: 'sh', name: '上海某公司', province: '31', operator: 'other', packs: ['cn-nfra-2024'] },
    { id: 'bj', name: '北京某公司', province: '11', operator: 'other' },
  ],
  people: [
    { id: 'li', name: 'Li', roles: ['lead', 'filer', 'legal'], accounts: [account('Li')] },
    { id: 'xu', name: 'Xu', roles: ['administrator'], accounts: [account('Xu')] },
    { id: 'wu', name: 'Wu', roles: ['responder'], accounts: [account('Wu')] },
    { id: 'ann', name: 'Ann', roles: ['lead'], location: 'abroad', accounts: [account('Ann')] },
  ],
  rooms: [{ platform: 'console', tenant: 'local', address: 'main', entities: ['sh'] }],
});
const LOCAL = 'local-secret-for-tests-local-secret';
const read = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
const EXAMPLE = read('earlier-incidents.csv');

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start() {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const house = await startHouse({ organisation, clock, apiToken: API_TOKEN });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, LOCAL, clock.now())}` });
  const take = async (csv: string, more: object = {}) => {
    const body = { csv, entity: 'sh', by: 'li', check: false, language: 'en', ...more };
    return importAnswer.parse(await (await operator.post('/api/v1/access/import', body)).json());
  };
  const as = (name: string) => signIn(new Client(house, { 'accept-language': 'en' }), name);
  return { house, clock, client, take, as };
}
const rowsFor = async (by: Client, query = '') =>
  registerAnswer.parse(await (await by.get(`/api/v1/register${query}`)).json());

test('earlier incidents are on the record, marked everywhere, with nothing owed, planned or sent', async () => {
  const { house, take, as } = await start();
  expect(await take(EXAMPLE, { check: true })).toMatchObject({ problems: [], incidents: [{ id: null }, {}, {}] });
  expect(await house.store.incidents({ limit: 9 })).toEqual([]);
  const { incidents } = await take(EXAMPLE);
  expect(incidents.map(({ id }) => id)).toEqual(['INC-2023-0001', 'INC-2024-0001', 'INC-2024-0002']);
  const id = 'INC-2023-0001';
  const li = await as('Li');
  const { register, figures } = await rowsFor(li);
  expect(register.map((one) => [one.id, one.recordedAfterwards?.reference])).toEqual([
    ['INC-2024-0002', '2024-02'],
    ['INC-2024-0001', '2024-01'],
    [id, '2023-04'],
  ]);
  expect(register[2]).toMatchObject({
    title: 'Ransomware on two file servers',
    entity: '上海某公司',
    level: 'major',
    phase: 'closed',
    duties: [],
    nextDue: null,
    overdue: 0,
    lead: 'Li Wei',
    declaredAt: '2023-06-12T08:35:00+08:00',
    closedAt: '2023-07-03T17:00:00+08:00',
    recordedAfterwards: { by: 'Li', filedAt: '2023-06-12T11:20:00+08:00', receipt: '沪网信收〔2023〕88号' },
  });
  // They count by level, and no time is measured in them.
  expect(figures).toMatchObject({ incidents: 3, recordedAfterwards: 3, due: 0, verdict: null, filing: null });
  expect((await rowsFor(li, '?from=2024-01-01')).register.length).toBe(2);
  expect((await rowsFor(li, '?search=encrypted')).register.map((one) => one.id)).toEqual([id]);
  // Nothing is planned, nothing is written to anybody, no room shows it.
  expect(await house.store.timers.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  expect(await house.store.openDues()).toEqual([]);
  expect((await house.store.incident(id))?.rooms).toEqual({});
  const shown = await json(await li.get(`/api/v1/incidents/${id}`));
  expect(shown).toMatchObject({ clocks: [], obligations: [], open: [], next: null, question: null, phase: 'closed' });
  expect(shown).toMatchObject({ recordedAfterwards: { reference: '2023-04', list: { line: 2 } }, lead: 'Li Wei' });
  const list = await json(await li.get('/api/v1/incidents'));
  expect(list).toMatchObject({ incidents: [{ imported: true }, { imported: true }, { imported: true }] });
  for (const path of ['report', 'timeline', 'cards', 'article11?format=md'])
    for (const [language, mark] of [
      ['en', /recorded afterwards/i],
      ['zh', /事后补录/],
    ] as const) {
      const by = li.with({ 'accept-language': language === 'zh' ? 'zh-CN' : 'en' });
      const text = await (
        await by.get(`/api/v1/incidents/${id}/${path}${path.includes('?') ? '&' : '?'}language=${language}`)
      ).text();
      expect([path, language, mark.test(text)]).toEqual([path, language, true]);
    }
  const table = await (await li.get('/api/v1/register.csv')).text();
  expect(
    table
      .split('\r\n')
      .slice(1, 4)
      .every((line) => line.endsWith('"yes"')),
  ).toBe(true);
});

test('the same list again records nothing; a changed row is refused with all others, and names what stands', async () => {
  const { house, take } = await start();
  await take(EXAMPLE);
  expect(await take(`${EXAMPLE}2024-09,New,2024-10-01 08:00,2024-10-02 08:00,,,,,,,,,\n`)).toMatchObject({
    incidents: [{ reference: '2024-09', id: 'INC-2024-0003' }],
    known: ['INC-2023-0001', 'INC-2024-0001', 'INC-2024-0002'],
  });
  const changed = EXAMPLE.replace('two file servers', 'three file servers').replace('2024-02,', '2024-12,');
  expect(await take(changed)).toEqual({
    problems: [expect.stringMatching(/^Line 2, column Number: 2023-04 was imported before as INC-2023-0001/)],
    incidents: [],
    known: [],
  });
  // Another entity has numbers of its own.
  expect((await take(EXAMPLE, { entity: 'bj' })).incidents.length).toBe(3);
  expect((await house.store.incidents({ limit: 20 })).length).toBe(7);
  // Also after the keys of deliveries are forgotten.
  await house.store.inbox.prune(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  expect((await take(EXAMPLE)).known.length).toBe(3);
});

test('it can be added to, kept and erased, and nothing is decided or filed in it; who may not keep the register does not see it', async () => {
  const { house, take, as } = await start();
  await take(EXAMPLE);
  const id = 'INC-2023-0001';
  const li = await as('Li');
  const act = async (intent: object) => {
    const { version = 0 } = (await house.store.incident(id)) ?? {};
    return li.post(`/api/v1/incidents/${id}/intents`, { intent, revision: version });
  };
  const at = '2026-03-31T09:00:00+08:00';
  for (const intent of [
    { type: 'reopen', reason: 'x' },
    { type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at },
    { type: 'decide_level', level: 'general', reason: 'x' },
    {
      type: 'add_room',
      room: { platform: 'console', tenant: 'local', address: 'main', location: 'home', language: 'en', open: false },
    },
    { type: 'finish_task', task: 't1' },
  ]) {
    const refused = await act(intent);
    expect([intent.type, refused.status]).toEqual([intent.type, 422]);
    expect(await json(refused)).toMatchObject({
      code: 'recorded_afterwards',
      detail: expect.stringContaining('recorded afterwards'),
    });
  }
  expect((await act({ type: 'add_note', text: 'Found the old mail' })).status).toBe(200);
  expect((await act({ type: 'hold', reason: 'court' })).status).toBe(200);
  const after = await house.store.incident(id);
  expect(after?.rooms).toEqual({});
  expect(await house.store.timers.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  expect((await rowsFor(await as('Wu'))).register).toEqual([]);
  expect((await (await as('Wu')).get(`/api/v1/incidents/${id}`)).status).toBe(404);
  const abroad = JSON.stringify(await rowsFor(await as('Ann')));
  expect(abroad).toContain(id);
  for (const word of ['Ransomware', '沪网信收', '2023-04', 'Li Wei', 'encrypted']) expect(abroad).not.toContain(word);
});

test('erased, it is still marked in the register, and nothing of the list is left; what was filed with an authority stays', async () => {
  const { house, clock, take, as } = await start();
  await take(EXAMPLE);
  clock.advance(31 * 86_400_000);
  const [li, xu] = [await as('Li'), await as('Xu')];
  const intents = (id: string): string => `/api/v1/incidents/${id}/intents`;
  const erase = { intent: { type: 'erase', reason: 'asked for' }, revision: 1 };
  expect(await json(await li.post(intents('INC-2023-0001'), erase))).toMatchObject({ code: 'matter_on_record' });
  const id = 'INC-2024-0001';
  const { revision } = await json(await li.post(intents(id), erase));
  const proposal = (await house.store.incident(id))?.proposals[0]?.id;
  const second = { intent: { type: 'second', proposal, agree: true }, revision };
  expect((await xu.post(intents(id), second)).status).toBe(200);
  const row = (await rowsFor(xu)).register.find((one) => one.id === id);
  expect(row).toMatchObject({ recordedAfterwards: { reference: null }, declaredAt: '2024-03-31T09:20:00+08:00' });
  expect(await house.store.incidents({ limit: 9 })).toContainEqual(expect.objectContaining({ id, imported: true }));
  expect(JSON.stringify([row, await house.store.events(id)])).not.toMatch(/Customer list|4200|2024-01|Zhao Min/);
});

test('only the command line and administrators may; every fault of the call is a sentence', async () => {
  const { client, take, as } = await start();
  const body = { csv: EXAMPLE, entity: 'sh', check: false, language: 'en' };
  expect((await client.post('/api/v1/access/import', body)).status).toBe(401);
  expect((await (await as('Li')).post('/api/v1/access/import', body)).status).toBe(403);
  expect((await client.with({ authorization: `Bearer ${API_TOKEN}` }).post('/api/v1/access/import', body)).status).toBe(
    403,
  );
  expect((await take(EXAMPLE, { entity: 'gz' })).problems).toEqual([expect.stringContaining('sh (上海某公司), bj')]);
  expect((await take(EXAMPLE, { entity: undefined })).problems.length).toBe(1);
  expect((await take(EXAMPLE, { by: 'nobody' })).problems).toEqual([expect.stringContaining('“nobody”')]);
});

describe('a list', () => {
  const now = Date.parse('2026-03-31T09:42:00+08:00');
  const at = (text: string) => readList(text, { regime, now });
  const good = { reference: 'R', title: 'T', aware: '2024-01-02 03:04', closed: '2024-01-03 03:04' };
  const listOf = (row: Readonly<Record<string, string>>) => csvOf([Object.keys(row), Object.values(row)]);

  test('reads the same from both examples, whatever the language of its columns and levels', () => {
    const [english, chinese] = [at(EXAMPLE), at(read('earlier-incidents.zh-CN.csv'))];
    expect([english.faults, chinese.faults]).toEqual([[], []]);
    const facts = ({ entries }: typeof english) =>
      entries.map(({ imported: { reference, awareAt, closedAt, level } }) => [reference, awareAt, closedAt, level]);
    expect(facts(english)).toEqual(facts(chinese));
    expect(facts(english).map(([, , , level]) => level)).toEqual(['major', 'general', undefined]);
  });

  test.each([
    [{ ...good, aware: '2024-01-02' }, 'aware', 'time'],
    [{ ...good, aware: '2024-13-02 03:04' }, 'aware', 'time'],
    [{ ...good, closed: '2027-01-02 03:04' }, 'closed', 'future'],
    [{ ...good, closed: '2024-01-01 03:04' }, 'closed', 'before'],
    [{ ...good, occurred: '2024-01-02 03:05' }, 'aware', 'before'],
    [{ ...good, filed: '2024-01-02 03:03' }, 'filed', 'before'],
    [{ ...good, handling_ended: '2024-01-04 03:03' }, 'closed', 'before'],
    [{ ...good, level: 'P1' }, 'level', 'level'],
    [{ ...good, receipt: 'x'.repeat(201) }, 'receipt', 'too_long'],
    ...REQUIRED_COLUMNS.map((column) => [{ ...good, [column]: ' ' }, column, 'missing'] as const),
  ] as const)('%j: its fault is named with its column', (row, column, code) => {
    const { faults, entries } = at(listOf(row));
    expect(faults.map((one) => [one.line, one.column, one.fault])).toEqual([[2, column, code]]);
    expect(entries).toEqual([]);
  });

  test('names faults of the file, every bad row at once, and a number that stands there twice', () => {
    expect(at('reference,title\n"open').faults).toEqual([{ line: 2, fault: 'quote' }]);
    expect(at('').faults[0]?.fault).toBe('empty');
    expect(at('reference,colour,title,title\n1').faults.map(({ fault }) => fault)).toEqual([
      'unknown_column',
      'twice_column',
      'no_column',
      'no_column',
    ]);
    const cells = Object.values(good).join(';');
    const both = at(`reference;title;aware;closed\n${cells}\n${cells};x\n;;;\n`);
    expect(both.faults.map(({ line, fault }) => [line, fault])).toEqual([[3, 'more_cells']]);
    expect(
      at(`reference;title;aware;closed\n${cells}\n${cells}`).faults.map(({ line, fault, params }) => [
        line,
        fault,
        params?.['first'],
      ]),
    ).toEqual([[3, 'twice', 2]]);
    const many = [
      'reference,title,aware,closed',
      ...Array.from({ length: 2_001 }, (_, n) => `${n},T,2024-01-02 03:04,2024-01-03 03:04`),
    ];
    expect(at(many.join('\n')).faults[0]?.fault).toBe('too_many');
  });

  test('is UTF-8 or what Chinese spreadsheets save as ANSI; anything else is no text', () => {
    expect(textOfFile(new TextEncoder().encode('标题'))).toBe('标题');
    expect(textOfFile(Uint8Array.from([0xb1, 0xea, 0xcc, 0xe2]))).toBe('标题');
    expect(textOfFile(Uint8Array.from([0xff, 0xfe, 0x41, 0x00]))).toBeNull();
  });

  test('comes back as it was written, formulas and all', () => {
    // A text that begins with the sign of the guard itself loses it.
    const unit = fc.constantFrom(...'a,;"\n\t =+@＝\'题');
    const cell = fc.string({ unit, minLength: 1 }).filter((text) => !text.startsWith("'"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const wanted = [['a', 'b'], ...rows.filter((row) => row.some((one) => one.trim() !== ''))];
        const found = rowsOfCsv(csvOf([['a', 'b'], ...rows]));
        expect(typeof found === 'number' ? found : found.map(({ cells }) => cells)).toEqual(wanted);
      }),
    );
  });

  test('has every column and every fault in both languages', () => {
    const codes = [...allMessages('en').keys()].filter((key) => key.startsWith('import.'));
    expect(codes.filter((key) => !allMessages('zh-CN').has(key))).toEqual([]);
    expect(ALL_COLUMNS.filter((column) => !codes.includes(`import.column.${column}`))).toEqual([]);
  });
});
