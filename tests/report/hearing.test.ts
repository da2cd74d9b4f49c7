import { describe, expect, test } from 'vitest';
import { reducers } from '../../src/incident/commands.ts';
import { contractPack } from '../../src/incident/people/contracts.ts';
import { lawSet } from '../../src/law/pack.ts';
import { type DrillResult, resultOf } from '../../src/report/drills/score.ts';
import { emergencyCard } from '../../src/report/emergency-card.ts';
import { leniencyPack } from '../../src/report/evidence.ts';
import { documentLines } from '../../src/report/paper.ts';
import { papersOf } from '../../src/report/papers.ts';
import { answersThatChangedDuties, eventGroups, GROUPS } from '../../src/use-cases/documents/bundle-lists.ts';
import { packsOf } from '../fakes/packs.ts';
import { underThreeLaws } from '../laws/three-laws.ts';
import { Case, company, fill, leakCase, minutes, regime } from './cases.ts';

/** What a hearing asks of the pack on Art. 11: both deadlines, who decided, what was waived, taken back or not proven. */

const packOf = (it: Case, drills: readonly DrillResult[] = []): string =>
  documentLines(
    leniencyPack({
      state: it.current,
      ia: it.assess(),
      regime,
      language: 'zh',
      steps: [],
      headHash: 'ab'.repeat(32),
      drills,
    }),
  ).join('\n');

describe('the pack on Art. 11', () => {
  test('says that there is no trusted time, no drill and no approval of the plan', () => {
    const text = packOf(leakCase());
    for (const said of ['没有第三方可信时间戳', '没有此前演练的记录', '未登记应急预案的版本']) {
      expect(text).toContain(said);
    }
  });

  test('names the plan with its version and approval, when it was activated, and earlier drills', () => {
    const emergencyPlanApproval = { version: '2025-2', on: '2025-11-01', by: '王总' };
    const it = leakCase({ ...company, emergencyPlan: '网络安全应急预案', emergencyPlanApproval });
    it.must('li-wei', { type: 'answer', fact: 'plan_activated', value: '2026-03-31T09:50:00+08:00' });
    const drill = new Case(company);
    drill.must('li-wei', { type: 'declare', title: '勒索演练', drill: true });
    const held = resultOf({ state: drill.current, ia: drill.assess(), regime }, drill.events);
    const text = packOf(it, [{ ...held, percent: 80 }]);
    expect(text).toContain('版本：2025-2；批准日期：2025-11-01；批准人：王总。');
    expect(text).toMatch(/启动应急预案的时间：2026-03-31 09:50/);
    expect(text).toMatch(/勒索演练\s+2026-03-31 09:42\s+80%/);
    expect(text).not.toMatch(/没有此前演练的记录|未登记应急预案的版本|没有启动应急预案/);
  });

  test('lists the file and the message that prove when it was learnt, beside their time', () => {
    const it = leakCase();
    const file = 'ab'.repeat(32);
    const told = { type: 'add_awareness', at: '2026-03-31T09:10:00+08:00', source: 'mail', reachedUs: true } as const;
    expect(it.do('li-wei', { ...told, proofs: [file] })).toMatchObject({
      ok: false,
      refusal: { code: 'unknown_file' },
    });
    it.must('li-wei', {
      type: 'add_evidence',
      evidence: { name: '告警邮件.eml', file, size: 5, mediaType: 'text/plain' },
    });
    it.must('li-wei', { ...told, proofs: [file], link: 'https://chat.example/archives/C1/p1' });
    expect(packOf(it)).toMatch(
      new RegExp(
        `获知于2026-03-31 09:10，[\\s\\S]*?https://chat.example/archives/C1/p1\\s+告警邮件.eml SHA-256 ${file}`,
      ),
    );
  });

  test('lists 续报 and 补报 with what was filed', () => {
    const it = leakCase();
    const filed = (report: string): void => {
      it.must('li-wei', { type: 'compile_draft', report, cannotDetermine: [] });
      const draft = it.current.drafts.at(-1)?.draft;
      const at = new Date(it.now).toISOString();
      const filing = { obligation: 'cac.art4.other', channel: 'web_12387', at, draft, receipt: `R-${report}` };
      it.must('zhao-min', { type: 'record_filing', ...filing, withoutApproval: '审批人不在' });
    };
    filed('initial');
    it.now += minutes(30);
    expect(packOf(it)).not.toMatch(/^续报/m);
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 9_000_000 });
    expect(packOf(it)).toMatch(/^续报\s+尚未报送。\s+尚缺$/m);
    it.byTwo('li-wei', 'zhao-min', { type: 'not_owed', obligation: 'report.update', reason: '并入总结' });
    expect(packOf(it)).toMatch(/^续报\s+决定无须履行：李伟（提议）、赵敏（复核同意）。理由：并入总结/m);
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 9_100_000 });
    expect(packOf(it)).toMatch(/^续报\s+尚未报送。\s+尚缺$/m);
    filed('follow_up');
    it.now += minutes(30);
    fill(it, 'art7.4.cause', '接口缺少校验', '接口缺少校验');
    filed('supplement');
    const text = packOf(it);
    expect(text).toMatch(/后续报告及其他报送.*续报.*受理编号R-follow_up.*补报.*受理编号R-supplement/s);
  });

  test('names the stamps of an authority', () => {
    const it = leakCase();
    it.must('clock', {
      type: 'record_stamp',
      version: 1,
      hash: '11'.repeat(32),
      at: '2026-03-31T01:42:05.000Z',
      authority: 'tsa.example',
      response: 'MAA=',
    });
    expect(packOf(it)).toMatch(/第1条\s+2026-03-31 09:42\s+tsa\.example/);
    it.must('clock', {
      type: 'record_stamp',
      version: 1,
      hash: '11'.repeat(32),
      at: '2026-03-31T01:43:05.000Z',
      authority: 'tsa.example',
      response: 'MAA=',
    });
    expect(it.current.stamps.length).toBe(1);
  });

  test('shows both deadlines where a later start was chosen, and who proposed and who agreed', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'add_awareness', at: '2026-03-31T11:00:00+08:00', source: 'call', reachedUs: true });
    const later = it.current.candidates.at(-1)?.id ?? '';
    it.must('li-wei', { type: 'confirm_awareness', candidate: later, reason: '值班来电未能理解' });
    const proposal = it.current.proposals.at(-1)?.id ?? '';
    it.must('chen-yu', { type: 'second', proposal, agree: true });
    const text = packOf(it);
    expect(text).toMatch(/2026-03-31 15:00.*[\s\S]*自最早获知时间起算：2026-03-31 13:20/);
    expect(text).toContain('（提议）');
    expect(text).toContain('（复核同意）');
  });

  test('keeps a filing that went to the wrong office, one entered later, and one without proof', () => {
    const it = leakCase();
    const filing = (at: string) =>
      it.must('zhao-min', { type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at });
    it.now = Date.parse('2026-03-31T13:40:00+08:00');
    filing('2026-03-31T13:10:00+08:00');
    const text = packOf(it);
    expect(text).toMatch(/登记晚于所称报送时间30分钟/);
    expect(text).toMatch(/没有回执，也没有凭证/);
    const version = it.current.filings[0]?.version ?? 0;
    it.must('zhao-min', { type: 'correct_filing', filing: version, mistaken: '送错', sentTo: '浦东新区网信办' });
    expect(packOf(it)).toMatch(/送至浦东新区网信办，不是主送单位，不计为已报送/);
    expect(packOf(it)).not.toContain('实际未报送');
    const forwarded = { forwardedBy: '浦东新区网信办', takenBy: '张科长' };
    const at = '2026-03-31T13:45:00+08:00';
    it.now = Date.parse(at);
    const filed = { obligation: 'cac.art4.other', channel: 'own_contact', at, otherChannel: '由区里转送' };
    it.must('zhao-min', { type: 'record_filing', ...filed, ...forwarded });
    expect(packOf(it)).toMatch(/报告对象：上海市互联网信息办公室。 由浦东新区网信办转送。 接听人：张科长。/);
  });

  test('lists a duty that people waived, with the reason', () => {
    const it = leakCase();
    const duty = it.assess().obligations.find(({ id }) => id === 'dsl.art29.users');
    expect(duty).toBeDefined();
    it.must('li-wei', { type: 'not_owed', obligation: 'dsl.art29.users', reason: '与个人告知合并' });
    const [open] = it.current.proposals.filter(({ settled }) => !settled);
    if (open) it.must('chen-yu', { type: 'second', proposal: open.id, agree: true });
    expect(packOf(it)).toMatch(/决定无须履行：.*与个人告知合并/);
  });
});

test('who could read it is a list of its own: people who were let in and taken out, rooms', () => {
  const it = leakCase();
  it.byTwo('li-wei', 'zhao-min', { type: 'remove_person', person: 'chen-yu', reason: '嫌疑人' });
  const { access = [] } = eventGroups(it.current, it.events, new Map());
  const types = access.map((one) => ('type' in one ? one.type : ''));
  expect(types).toEqual(expect.arrayContaining(['person_joined', 'person_removed']));
  expect(access.at(-1)).toMatchObject({
    type: 'person_removed',
    proposedBy: '李伟',
    by: '赵敏',
    what: { reason: '嫌疑人' },
  });
});

/** Entries of no list: statements, texts, work, roles, and entries of the bot. */
const UNLISTED: readonly string[] = [
  ...['fact_stated', 'point_assessed', 'threshold_crossed', 'relation_set', 'renamed', 'language_set', 'snoozed'],
  ...['field_filled', 'wording_confirmed', 'version_chosen', 'item_assigned', 'note_added', 'evidence_added'],
  ...['declared', 'draft_compiled', 'task_added', 'task_changed', 'task_finished', 'person_named', 'right_asked'],
  ...['lead_taken', 'charge_taken', 'handover_offered', 'handover_taken', 'drill_speed_changed', 'inject_given'],
  ...['call_practised', 'reminder_due', 'head_stamped', 'record_restored', 'notice_delivered'],
];

test('every entry is in a list of the bundle, or is known to be in none', () => {
  const listed: ReadonlySet<string> = new Set(Object.values(GROUPS).flat());
  const unlisted = Object.keys(reducers).filter((type) => !listed.has(type));
  expect(unlisted.toSorted()).toEqual(UNLISTED.toSorted());
});

test('answers that changed what is owed are decisions', () => {
  const it = leakCase();
  it.must('chen-yu', { type: 'answer', fact: 'suspected_crime', value: true });
  const { version } = it.current;
  const changes = answersThatChangedDuties(it.events, regime);
  const crime = it.events.find(({ event }) => event.type === 'fact_stated' && event.payload.fact === 'suspected_crime');
  expect(changes.get(crime?.version ?? version)?.added).toContain('police.art14');
  expect([...changes.keys()].length).toBeLessThan(it.events.length);
});

describe('as processor or supplier', () => {
  const ids = (it: Case) =>
    it
      .assess()
      .obligations.filter(({ status }) => status !== 'void')
      .map(({ id }) => id);
  const OURS = ['pipl.art57.authority', 'pipl.art57.individuals', 'dsl.art29.users', 'csl.art44.users'];

  test('unknown counts as handler; entrusted, the handler is told and no letter is ours', () => {
    const it = leakCase();
    expect(ids(it)).toEqual(expect.arrayContaining(OURS));
    expect(ids(it)).not.toContain('pipl.art59.entrusting');
    it.must('chen-yu', { type: 'answer', fact: 'entrusted', value: true });
    for (const proposal of it.current.proposals.filter(({ settled }) => !settled)) {
      it.must('zhao-min', { type: 'second', proposal: proposal.id, agree: true });
    }
    expect(ids(it)).toContain('pipl.art59.entrusting');
    for (const id of OURS) expect(ids(it)).not.toContain(id);
    const letters = papersOf({ state: it.current, ia: it.assess(), regime }, 'zh').filter(
      ({ definition, duties }) => definition.recipient === 'individuals' && duties.length > 0,
    );
    expect(letters).toEqual([]);
  });

  test('a supplier tells its customers, who are listed for whoever sends it', () => {
    const contracts = [
      {
        id: 'acme',
        customer: { zh: '某某客户', en: 'Acme' },
        hours: 24,
        from: 'awareness',
        notify: { name: 'Acme SOC', email: 'soc@acme.example' },
      },
    ];
    const it = leakCase({ ...company, contracts });
    it.must('chen-yu', { type: 'answer', fact: 'serves_others', value: true });
    expect(ids(it)).toContain('cac.art5.customers');
    const paper = papersOf({ state: it.current, ia: it.assess(), regime }, 'zh').find(
      ({ definition }) => definition.id === 'customer_notice',
    )?.paper;
    const before = paper ? documentLines(paper).join('\n') : '';
    expect(before).toContain('某某客户');
    expect(paper ? documentLines({ ...paper, appendix: [] }).join('\n') : '').not.toContain('某某客户');
  });
});

describe('the emergency card', () => {
  const organisation = underThreeLaws();
  const contracts = (organisation.contracts ?? []).map((one) => contractPack(one, regime));
  const all = lawSet(regime, [...packsOf(organisation, regime), ...contracts]);

  test.each(['zh', 'en'] as const)('says on every row from when, and that it is not complete (%s)', (language) => {
    for (const entity of organisation.entities) {
      const card = emergencyCard({ regime: all, organisation, language, at: '2026-03-31T13:05:00+08:00' }, entity);
      const table = card.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === 'clocks.list');
      if (table?.kind !== 'table') throw new Error('no clocks');
      const column = table.columns.findIndex(({ title }) => title === (language === 'zh' ? '起算' : 'Runs from'));
      for (const row of table.rows) expect(row[column]).not.toBe('');
      const text = documentLines(card).join('\n');
      expect(text).toContain(language === 'zh' ? '并不完整' : 'not complete');
      expect(text).not.toMatch(/自获知时起算；|(?:strict|cautious) reading: from awareness/);
      for (const { notify } of organisation.contracts ?? []) expect(text).toContain(notify.name);
    }
  });
});

test('the row of a limit that the law counts from the occurrence says so on the card of a bank', () => {
  const bank = { ...company, entities: company.entities.map((one) => ({ ...one, packs: ['cn-nfra-2024'] })) };
  const law = lawSet(regime, packsOf(bank, regime));
  const [entity] = bank.entities;
  const card = emergencyCard(
    { regime: law, organisation: bank, language: 'zh', at: '2026-03-31T13:05:00+08:00' },
    entity ?? null,
  );
  const table = card.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === 'clocks.list');
  const rows = table?.kind === 'table' ? table.rows.filter((row) => row.join().includes('国家金融监督管理总局')) : [];
  expect(rows.length).toBeGreaterThan(0);
  for (const [limit, from] of rows) expect(`${limit} ${from}`).toMatch(/小时.* 发生/);
});

test('a request of an authority has a paper that answers it, to whoever asked', () => {
  const it = leakCase();
  const answer = () =>
    papersOf({ state: it.current, ia: it.assess(), regime }, 'zh').find(({ definition }) => definition.requests);
  expect(answer()?.duties).toEqual([]);
  it.must('zhao-min', {
    type: 'add_request',
    from: '上海市网信办网络安全处',
    recipient: 'provincial_cac',
    what: '补正：请说明影响人数的统计口径',
    receivedAt: '2026-03-31T11:00:00+08:00',
  });
  const prepared = answer();
  expect(prepared?.duties.length).toBe(1);
  const text = prepared ? documentLines(prepared.paper).join('\n') : '';
  expect(text).toContain('主送：上海市网信办网络安全处');
  expect(text).toContain('上海市网信办网络安全处于2026年3月31日11时00分要求：补正：请说明影响人数的统计口径');
});
