import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectionCommand } from '../../src/cli/inspection.ts';
import { isoOf, toIncidentTime } from '../../src/incident/drill-clock.ts';
import { assessIncident } from '../../src/incident/facts/assessment.ts';
import { type RecordRow, verifyChain } from '../../src/incident/record/chain.ts';
import type { RecordedEvent } from '../../src/incident/record/events.ts';
import { replay } from '../../src/incident/record/evolve.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { loadInspection } from '../../src/regimes/load-inspection.ts';
import type { InspectedRecord, Pointer } from '../../src/report/inspection/dossier.ts';
import { type InspectionLine, inspect as linesOf } from '../../src/report/inspection/pack.ts';
import { inspected, inspectionFile } from '../../src/use-cases/documents/inspection.ts';
import { documentsWith } from '../../src/wiring.ts';
import { collect } from '../contract/harness.ts';
import { docxLines } from '../documents/reading.ts';
import { python, verified } from '../e2e/support/verifier.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { INSPECTED_PROFILE, InspectedYear } from '../fakes/inspected-year.ts';
import { regime } from '../fakes/law.ts';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const QUERY = 'entity=sh&from=2026-01-01&to=2026-12-31';
const NOTHING_LEFT_OUT = { withheld: 0, erased: 0, unassigned: 0, broken: [], reasons: 0 };
const map = loadInspection();
const home = newDataFolder('inspection');
const logged: Record<string, unknown>[] = [];
let year: InspectedYear;
let records: readonly InspectedRecord[];

beforeAll(async () => {
  const log = createLogger('info', { write: (line) => void logged.push(JSON.parse(line)) });
  year = await InspectedYear.begin({ dataDir: home, log });
  await year.drill(1_000);
  year.pass(60 * 24 * 30);
  await year.drill(1_200_000);
  await year.handled();
  records = stamped(await read());
});
afterAll(async () => {
  await year.house.stop();
  await rm(home, { recursive: true, force: true });
});

/** The records as a program of the machine reads them. */
async function read(): Promise<readonly InspectedRecord[]> {
  const found = await inspected(
    {
      store: year.house.store,
      organisation: INSPECTED_PROFILE,
      map,
      situation: (state) => written(state),
      shown: () => ({ show: 'all' }),
      counts: () => true,
      readsReasons: () => true,
    },
    { ...YEAR, entity: 'sh', counsel: true },
    year.now,
  );
  if ('code' in found) throw new Error(found.code);
  return found.records;
}

function written(state: InspectedRecord['state']) {
  const ia = assessIncident(state, regime, isoOf(toIncidentTime(state.segments, year.clock.now())));
  return { state, ia, regime: ia.regime };
}

/** A record that continues with these events; an event of the same version takes the place of the one before. */
function withEvents(record: InspectedRecord, events: readonly RecordedEvent[]): readonly InspectedRecord[] {
  const state = replay(events);
  const hashes = new Map(events.map(({ version }) => [version, record.hashes.get(version) ?? `${version}`.repeat(64)]));
  return state ? [{ ...written(state), events, hashes }] : [];
}

/** The incident with a stamp of a time-stamping authority, which no test of the door has. */
function stamped(all: readonly InspectedRecord[]): readonly InspectedRecord[] {
  return all.flatMap((record) => {
    const last = record.events.at(-1);
    if (record.state.drill || !last) return [record];
    const payload = {
      version: 6,
      hash: record.hashes.get(6) ?? '',
      at: last.at,
      authority: 'TSA of the province',
      response: 'AA==',
    };
    const stamp: RecordedEvent = { ...last, version: last.version + 1, event: { type: 'head_stamped', payload } };
    return withEvents(record, [...record.events, stamp]);
  });
}

/** The records without the content of some entries: of a first entry its record is gone. */
function without(all: readonly InspectedRecord[], gone: readonly Pointer[]): readonly InspectedRecord[] {
  return all.flatMap((record) => {
    const versions = new Set(gone.flatMap(({ incident, version }) => (incident === record.state.id ? [version] : [])));
    if (versions.has(1)) return [];
    if (versions.size === 0) return [record];
    const events = record.events.map((event) =>
      versions.has(event.version)
        ? { ...event, event: { type: 'note_added', payload: { note: 'gone', text: '-' } } as const }
        : event,
    );
    const kept = withEvents(record, events);
    return kept.map((one) => ({
      ...one,
      hashes: new Map([...one.hashes].filter(([version]) => !versions.has(version))),
    }));
  });
}

const inspect = (...of: Parameters<typeof linesOf>): readonly InspectionLine[] => [...linesOf(...of)];
const pointersOf = ({ claims }: Pick<InspectionLine, 'claims'>) => claims.flatMap(({ pointers }) => pointers);
const pointsTo = (line: InspectionLine | undefined, { incident, version }: Pointer): boolean =>
  pointersOf(line ?? { claims: [] }).some((one) => one.incident === incident && one.version === version);

describe('every line', () => {
  const items = map.groups.flatMap((group) => group.items.map(({ id }) => id));

  test.each(['zh', 'en'] as const)('has evidence in a year in which everything happened: %s', (language) => {
    const lines = inspect(records, map, language);
    expect(lines.filter(({ claims }) => claims.length === 0)).toEqual([]);
    expect(lines.map(({ item }) => item.id)).toEqual(items);
  });

  test.each(items)(
    '%s claims nothing without each entry it rests on, and nothing at all without all of them',
    (item) => {
      const lineOf = (all: readonly InspectedRecord[]) => inspect(all, map, 'zh').find((line) => line.item.id === item);
      const pointers = pointersOf(lineOf(records) ?? { claims: [] });
      for (const pointer of pointers) expect(pointsTo(lineOf(without(records, [pointer])), pointer)).toBe(false);
      expect(lineOf(without(records, pointers))?.claims).toEqual([]);
    },
  );

  test('says so on paper when the record of it is gone', async () => {
    const li = await year.as('li');
    const empty = await li.get(`/api/v1/inspection?entity=bj&from=2026-01-01&to=2026-12-31&format=md`);
    const text = await empty.text();
    expect(text).toContain(`${items.length}项中0项在记录中有证据`);
    expect(text.match(/\*\* 无证据|：\*\*无证据|无证据/g)?.length).toBeGreaterThanOrEqual(items.length);
  });
});

/** What an inspector asks, and the item in which the answer stands. */
const QUESTIONS: Readonly<Record<string, string>> = {
  '有没有网络安全事件应急预案？': 'plan',
  '预案是哪一版，谁批准的，什么时候批准的？': 'plan.approval',
  '事件发生时什么时候启动了预案？': 'plan.started',
  '谁负责，谁审批，谁报送？': 'roles',
  '24小时联系人和网信部门的联系方式是什么？': 'contacts',
  '系统定了几级，备案编号是多少？': 'mlps.systems',
  '有哪些防护措施？': 'safeguards',
  '今年搞过几次演练，谁参加了？': 'drills.held',
  '演练打了多少分，各步骤用了多久？': 'drills.score',
  '演练成绩比上次好还是差？': 'drills.trend',
  '演练发现了什么问题？': 'drills.problems',
  '今年发生过哪些事件？': 'incidents.list',
  '什么时候得知的，谁确认的？': 'incidents.awareness',
  '定的什么级别，理由是什么？': 'incidents.levels',
  '是否按时报送，逾期的原因是什么？': 'incidents.deadlines',
  '报送内容谁批准的？': 'incidents.approval',
  '有没有回执？': 'incidents.receipts',
  '供应商怎么通知你们的？': 'suppliers',
  '日志和记录留多久？': 'retention.logs',
  '还有哪些整改没有完成，谁负责，什么时候完成？': 'gaps.open',
};

describe('an auditor with twenty questions', () => {
  test('finds each answered by a line whose entries are in the store, and whose chains hold', async () => {
    expect(Object.keys(QUESTIONS)).toHaveLength(20);
    const lines = inspect(await read(), map, 'zh');
    const rows = new Map<string, readonly RecordRow[]>();
    for (const { id } of await year.house.store.incidents({ limit: 10 })) {
      const all: RecordRow[] = [];
      for await (const row of year.house.store.record(id)) all.push(row);
      expect(verifyChain(all)).toBeNull();
      rows.set(id, all);
    }
    for (const [question, item] of Object.entries(QUESTIONS)) {
      const pointers = pointersOf(lines.find((line) => line.item.id === item) ?? { claims: [] });
      expect(pointers.length, question).toBeGreaterThan(0);
      for (const { incident, version, hash } of pointers) {
        expect(rows.get(incident)?.[version - 1], question).toMatchObject({ hash, bytes: expect.any(String) });
      }
    }
  });

  test.skipIf(python === null)(
    'verifies the zip without this program; a changed byte and a missing entry are found',
    async () => {
      const li = await year.as('li');
      const zip = new Uint8Array(await (await li.get(`/api/v1/inspection?${QUERY}&format=zip`)).arrayBuffer());
      const files = unzipSync(zip);
      expect(Object.keys(files)).toEqual(
        expect.arrayContaining([
          'inspection.zh.pdf',
          'inspection.en.docx',
          'lines.zh.json',
          'records/INC-2026-0001.jsonl',
        ]),
      );
      expect(verified(zip)).toMatchObject({ status: 0, said: expect.stringContaining('3 records') });
      const at = zip.length - 3_000;
      expect(verified(zip.with(at, (zip[at] ?? 0) ^ 1))).toMatchObject({
        status: 1,
        said: expect.stringContaining('BROKEN'),
      });
      // Entries that no line points to are there by their hash alone.
      const rows = strFromU8(files['records/INC-2026-0001.jsonl'] ?? new Uint8Array())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(rows.some(({ bytes }) => bytes === null)).toBe(true);
      expect(rows.find(({ type }) => type === 'delay_explained')).toMatchObject({ bytes: null });
      expect(strFromU8(zip)).not.toContain('联系人变更');
    },
  );
});

describe('who may make a pack, and what is in it', () => {
  const packOf = async (who: string, query = QUERY) => {
    const answer = await (await year.as(who)).get(`/api/v1/inspection?${query}&format=md&language=en`);
    return { status: answer.status, text: await answer.text() };
  };

  test('those who keep the register; each pack leaves an audit line', async () => {
    expect((await packOf('sun')).status).toBe(403);
    expect(await (await (await year.as('sun')).get('/api/v1/inspection/units')).json()).toEqual({
      allowed: false,
      units: [],
    });
    expect((await packOf('law')).status).toBe(200);
    expect(await (await (await year.as('law')).get('/api/v1/inspection/units')).json()).toMatchObject({
      allowed: true,
      units: [{ id: 'sh' }, { id: 'bj' }],
    });
    const audits = logged.filter(({ what }) => what === 'inspection.md');
    expect(audits.map(({ outcome, person }) => `${person} ${outcome}`)).toEqual(
      expect.arrayContaining(['sun refused', 'law done']),
    );
  });

  test('the reason of a late filing is there only when asked for', async () => {
    expect((await packOf('li')).text).not.toContain('联系人变更');
    expect((await packOf('li')).text).toContain('Reasons for late filings are left out for one incident');
    expect((await packOf('li', `${QUERY}&counsel=true`)).text).toContain('联系人变更');
  });

  test('a wrong question gets an answer that names what is right', async () => {
    expect(await packOf('li', 'from=2026-01-01&to=2026-12-31')).toMatchObject({
      status: 422,
      text: expect.stringContaining('sh, bj'),
    });
    expect(await packOf('li', 'entity=sh&from=2026-12-31&to=2026-01-01')).toMatchObject({
      status: 422,
      text: expect.stringContaining('ends before it begins'),
    });
    expect((await packOf('li', 'entity=sh&from=yesterday&to=2026-01-01')).status).toBe(422);
  });

  test('DOCX and PDF say the same as the lines', async () => {
    const li = await year.as('li');
    const docx = docxLines(
      new Uint8Array(await (await li.get(`/api/v1/inspection?${QUERY}&format=docx`)).arrayBuffer()),
    );
    expect(docx.join('\n')).toContain('2026-0302-17');
    const pdf = new Uint8Array(
      await (await li.get(`/api/v1/inspection?${QUERY}&format=pdf&language=en`)).arrayBuffer(),
    );
    expect(strFromU8(pdf.slice(0, 5))).toBe('%PDF-');
  });

  test('too long for DOCX and PDF is refused before any is made, and the zip has the text alone', {
    tags: 'soak',
  }, async () => {
    const many = Array.from({ length: 220 }, () => records).flat();
    const found = { ...YEAR, unit: '某公司', at: year.now, records: many, leftOut: NOTHING_LEFT_OUT, map };
    const tools = await documentsWith(null)();
    const query = { ...YEAR, counsel: false };
    const made = (format: 'docx' | 'pdf' | 'zip' | 'md') =>
      inspectionFile(tools, found, { store: year.house.store }, query, { format, language: 'en' });
    for (const format of ['pdf', 'docx'] as const)
      expect(await made(format)).toMatchObject({ code: 'paper_too_long', field: 'format', params: { most: 3_000 } });
    expect(await made('md')).toMatchObject({ content: expect.any(Uint8Array) });
    const zip = await made('zip');
    if ('code' in zip || zip.content instanceof Uint8Array) throw new Error('no zip');
    const files = unzipSync(Buffer.concat(await collect(zip.content)));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['inspection.zh.md', 'inspection.en.md']));
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toMatchObject({
      tooLong: ['inspection.zh.docx', 'inspection.zh.pdf', 'inspection.en.docx', 'inspection.en.pdf'],
    });
  });

  test('the command line writes the three files of an entity', async () => {
    const organisation = join(home, 'organisation.json');
    writeFileSync(organisation, JSON.stringify(INSPECTED_PROFILE));
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const terminal = {
      env: { DATA_DIR: home, ORGANISATION_FILE: organisation },
      out: say,
      error: say,
      stdin: async () => '',
    };
    const args = ['--entity', 'sh', '--from', YEAR.from, '--to', YEAR.to, join(home, 'pack')];
    expect(await inspectionCommand(args, terminal)).toBe(0);
    expect(said.map((line) => line.split('.').at(-1))).toEqual(['docx', 'pdf', 'zip']);
    await expect(inspectionCommand(['--entity', 'xx', ...args.slice(2)], terminal)).rejects.toThrow('sh, bj');
    for (const day of ['may', '2026-02-31'])
      await expect(inspectionCommand([...args, '--from', day], terminal)).rejects.toThrow('usage');
  });

  test('an incident that was recorded afterwards says so, and shows nothing of plan or people', async () => {
    const csv = 'reference,title,aware,closed\nA-1,Old leak,2026-02-01 09:00,2026-02-03 18:00\n';
    const { problems, incidents } = await year.house.house.app.importEarlier({
      csv,
      entity: 'sh',
      check: false,
      language: 'en',
    });
    expect(problems).toEqual([]);
    const { text } = await packOf('li');
    expect(text).toMatch(/Old leak.*RECORDED AFTERWARDS.*number A-1, awareness 2026-02-01 09:00, first report Missing/);
    const [imported] = incidents;
    const plan = inspect(await read(), map, 'en').find(({ item }) => item.id === 'plan');
    expect(pointersOf(plan ?? { claims: [] }).map(({ incident }) => incident)).not.toContain(imported?.id);
  });

  test('what may not be shown is counted: withheld, stopped, erased, of no entity; another entity is apart', async () => {
    const of = async (system: string | null) => {
      const id = await year.declare('li', { title: `Secret of ${system}` });
      if (system) await year.give('li', id, { type: 'answer', fact: 'system', value: system });
      return id;
    };
    await of('mail');
    await of(null);
    await year.give('li', await of('shop'), { type: 'stop_state_secret' });
    const mistaken = await of('shop');
    await year.give('li', mistaken, { type: 'withdraw_declaration' });
    year.pass(60 * 24 * 40);
    await year.give('law', mistaken, { type: 'erase', reason: 'personal data' });
    const open = (await year.state(mistaken)).proposals.find(({ settled }) => settled === null);
    await year.give('adm', mistaken, { type: 'second', proposal: open?.id ?? '', agree: true });
    const { text } = await packOf('li');
    expect(text).toContain('One incident or drill of the period is left out');
    expect(text).toContain('One record of the period was erased');
    expect(text).toContain('One record of the period names no legal entity');
    expect(text).not.toContain('Secret of');
    expect((await packOf('li', QUERY.replace('sh', 'bj'))).text).toContain('Secret of mail');
    // A reader abroad keeps the register, and sees of no incident more than its overview.
    const abroad = await packOf('ann');
    expect(abroad.text).toMatch(/\d incidents or drills of the period are left out/);
    expect(abroad.text).not.toContain('INC-2026');
  });
});
