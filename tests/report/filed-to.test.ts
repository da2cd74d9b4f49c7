import { expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { needsNow } from '../../src/conversation/closing.ts';
import { filedBlocks } from '../../src/conversation/filing/changes-since-filing.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { facesOf } from '../../src/conversation/page/page.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import type { Command } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { reportWith } from '../../src/law/regime.ts';
import type { ReportRole } from '../../src/law/types.ts';
import { compileReport, recipientsBehind } from '../../src/report/compile.ts';
import { leniencyPack } from '../../src/report/evidence.ts';
import { documentLines } from '../../src/report/paper.ts';
import { papersOf } from '../../src/report/papers.ts';
import { owedReports } from '../../src/report/updates.ts';
import { rowOf as listRowOf } from '../../src/use-cases/list-row.ts';
import { register } from '../../src/use-cases/register.ts';
import { timelineOf } from '../../src/use-cases/timeline.ts';
import { company, Story } from '../conversation/story.ts';
import { allPacks } from '../fakes/law.ts';

/** Where a report was filed, as every surface tells it after the province or the reporting unit was corrected. */

const [shanghai] = company.entities;
const organisation = organisationSchema.parse({
  ...company,
  entities: [shanghai, { id: 'jiangsu', name: '某某（江苏）能源有限公司', province: '32', operator: 'other' }],
  systems: [...company.systems, { id: 'gas', name: '燃气收费系统', entity: 'jiangsu', cii: false, siteKind: ['none'] }],
});
const DUTY = 'cac.art4.other';
/** Names of the three bodies, in full and short, in both languages. */
const BODIES = /(上海|江苏|浙江)[省市]?(?:互联网信息办公室|网信办)|(?:Shanghai|Jiangsu|Zhejiang) CAC/g;

function filed(): Story {
  const story = new Story('2026-03-31T09:30:00+08:00', organisation);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'answer', fact: 'suspected_crime', value: true }).wait(5);
  const reason = 'agreed with counsel, see the minutes';
  const filing = { at: isoOf(story.now), receipt: 'R-1', contradictionsKept: reason };
  return story.do({ type: 'record_filing', obligation: DUTY, channel: 'web_12387', ...filing }).wait(5);
}

/** Lines about the filing, by surface. */
function told(story: Story): Readonly<Record<string, readonly string[]>> {
  const { situation, events } = story;
  const recorded = events.map((event, index) => ({
    ...{ incident: situation.state.id, version: index + 1, at: isoOf(story.now), actor: 'actor-li-wei', command: 'c' },
    event,
  }));
  const filings = recorded.filter(({ event }) => event.type === 'filing_recorded');
  const steps = timelineOf(situation, filings, 'zh-CN', { show: 'all' });
  const pack = leniencyPack({ ...situation, language: 'zh', steps, headHash: 'x' });
  const crime = papersOf(situation, 'zh').find(({ definition }) => definition.id === 'crime_report');
  return {
    timeline: [...steps, ...timelineOf(situation, filings, 'en', { show: 'all' })].map(({ text }) => text),
    pack: documentLines(pack).filter((line) => line.includes('R-1')),
    police: crime ? documentLines(crime.paper).filter((line) => line.includes('09时35分')) : [],
    page: facesOf(situation).flatMap(({ id, to }) => (id === DUTY ? [localise(to, 'zh-CN')] : [])),
    duties: dutyRows(situation).flatMap(({ duty, recipient }) => (duty.id === DUTY ? [localise(recipient, 'en')] : [])),
  };
}

const corrections: readonly Command[] = [
  { type: 'answer', fact: 'province', value: 'zhejiang' },
  { type: 'answer', fact: 'system', value: 'gas' },
];

it.each(corrections)('a filing stays with the body it went to: $fact $value', (command) => {
  const story = filed();
  const before = told(story);
  for (const lines of Object.values(before)) expect(lines.join().match(BODIES)?.join()).toMatch(/上海|Shanghai/);
  story.do(command);
  for (const { id, settled } of story.situation.state.proposals)
    if (!settled) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
  expect(told(story)).toEqual(before);
  const order = { report: reportWith(story.situation.regime, 'update'), cannotDetermine: [] };
  const lines = documentLines(compileReport(story.situation, order, 'zh'));
  expect(lines.find((line) => line.startsWith('主送'))).not.toContain('上海');
  expect(lines.join()).toContain('通过12387网站向上海市互联网信息办公室报送首报');
});

it.each([null, 1])('a body that is the addressee since a correction is told as having no report: draft %j', (draft) => {
  const story = new Story('2026-03-31T09:30:00+08:00', organisation);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  const file = (number: number | null) =>
    story.wait(1).do({
      ...{ type: 'record_filing', obligation: DUTY, channel: 'web_12387', at: isoOf(story.now) },
      ...{ withoutApproval: 'agreed by phone', contradictionsKept: 'agreed by phone' },
      ...(number === null ? {} : { draft: number }),
    });
  const lines = (): string =>
    story.situation.state.filings
      .flatMap((filing) => filedBlocks(story.situation, filing))
      .flatMap((block) => ('text' in block && block.kind !== 'quote' ? [localise(block.text, 'zh-CN')] : []))
      .join();
  if (draft) story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
  file(draft);
  expect(lines()).not.toContain('更正后的报告对象');
  story.do({ type: 'answer', fact: 'province', value: 'zhejiang' });
  for (const { id, settled } of story.situation.state.proposals)
    if (!settled) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
  expect(lines()).toContain('报告已报送上海市网信办；更正后的报告对象浙江省网信办尚未收到报告，请及时报送。');
  const owed = (): readonly string[] => owedReports(story.situation).map(({ role }) => role);
  expect(owed()).toContain('update');
  expect(needsNow(story.situation)).toContain('report.update');
  story.do({ type: 'compile_draft', report: 'follow_up', cannotDetermine: ['cause'] });
  file(story.situation.state.drafts.length);
  expect(lines()).not.toContain('更正后的报告对象');
  expect(owed()).not.toContain('update');
});

it('news sent to one of two bodies are owed to the other, whose text they are compared with', () => {
  const story = new Story('2026-03-31T09:30:00+08:00', company);
  story.do({ type: 'declare', title: 'Outage', system: 'grid', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 30 });
  const bodies = story.situation.ia.obligations.filter(({ form }) => form === 'first');
  const roles = (): readonly string[] => owedReports(story.situation).map(({ role }) => role);
  const compile = (report: string) => story.do({ type: 'compile_draft', report, cannotDetermine: ['cause'] });
  const file = (obligation: string, draft: number) =>
    story.wait(1).do({
      ...{ type: 'record_filing', obligation, channel: 'own_contact', at: isoOf(story.now), draft },
      ...{ withoutApproval: 'agreed by phone', contradictionsKept: 'agreed by phone' },
    });
  compile('initial');
  for (const { id } of bodies) file(id, 1);
  story.wait(30).do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 90 });
  compile('follow_up');
  const [first, second] = bodies.map(({ id }) => id);
  expect(roles()).toContain('update');
  expect(recipientsBehind(story.situation)).toEqual([]);
  file(first ?? '', 2);
  expect(roles()).toContain('update');
  expect(recipientsBehind(story.situation)).toEqual(['public_security']);
  const order = { report: 'follow_up', cannotDetermine: [] };
  expect(documentLines(compileReport(story.situation, order, 'zh')).join()).toMatch(/主要内容[\s\S]*1小时30分/);
  file(second ?? '', 2);
  expect(roles()).not.toContain('update');
  expect(recipientsBehind(story.situation)).toEqual([]);
});

it('a report to two bodies states the first report of each, not one of them for both', () => {
  const story = new Story('2026-03-31T09:10:00+08:00', company);
  story.do({ type: 'declare', title: 'Outage', system: 'grid', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 30 });
  const file = (minutes: number, recipient: string, receipt = '') =>
    story.wait(minutes).do({
      ...{ type: 'record_filing', channel: 'own_contact', at: isoOf(story.now), contradictionsKept: 'said by phone' },
      ...(receipt ? { receipt } : {}),
      obligation: `cac.art4.cii.${recipient}`,
    });
  file(20, 'public_security', 'POL-77');
  file(70, 'protection_department');
  story.do({ type: 'end_handling', at: isoOf(story.now), reason: 'agreed with counsel, see the minutes' });
  const roles: readonly ReportRole[] = ['supplement', 'update', 'final'];
  for (const role of roles) {
    const order = { report: reportWith(story.situation.regime, role), cannotDetermine: [] };
    const [zh, en] = (['zh', 'en'] as const).map((one) =>
      documentLines(compileReport(story.situation, order, one)).join('\n'),
    );
    expect(zh).toContain('于2026年3月31日09时30分通过对方指定的联系方式向公安机关报送首报（受理编号：POL-77）');
    expect(zh).toContain('于2026年3月31日10时40分通过对方指定的联系方式向保护工作部门报送首报');
    expect(en).toMatch(/first report with Police .*09:30.*POL-77.*first report with Protection department .*10:40/);
    if (role === 'final') expect(zh).toMatch(/09时30分向公安机关报送首报；2026年3月31日10时40分向保护工作部门报送首报/);
  }
});

it('a first report entered afterwards leaves the newer text the newest', () => {
  const story = new Story('2026-03-31T09:30:00+08:00', company);
  story.do({ type: 'declare', title: 'Outage', system: 'grid', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 30 });
  const bodies = story.situation.ia.obligations.filter(({ form }) => form === 'first');
  const roles = (): readonly string[] => owedReports(story.situation).map(({ role }) => role);
  const compile = (report: string) => story.do({ type: 'compile_draft', report, cannotDetermine: ['cause'] });
  const file = (obligation: string, draft: number, at = '') =>
    story.wait(1).do({
      ...{ type: 'record_filing', obligation, channel: 'own_contact', at: at || isoOf(story.now), draft },
      ...{ withoutApproval: 'agreed by phone', contradictionsKept: 'agreed by phone' },
    });
  compile('initial');
  const sentAt = isoOf(story.now);
  const [first, second] = bodies.map(({ id }) => id);
  file(first ?? '', 1);
  story.wait(30).do({ type: 'answer', fact: 'cii_whole_outage_minutes', value: 90 });
  compile('follow_up');
  file(first ?? '', 2);
  expect(roles()).not.toContain('update');
  file(second ?? '', 1, sentAt);
  expect(recipientsBehind(story.situation)).toEqual(['public_security']);
  expect(roles()).toContain('update');
});

it('the pack on Art. 11 names a repeated filing of a pack by its duty', () => {
  const packs = [...allPacks().values()].flatMap(({ pack }) => (pack.id === 'cn-nfra-2024' ? [pack] : []));
  const entities = company.entities.map((one) => ({ ...one, packs: packs.map(({ id }) => id) }));
  const story = new Story('2026-03-31T09:30:00+08:00', { ...company, entities }, packs);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'nfra_data_incident', value: true });
  for (const receipt of ['R-1', 'R-2', 'R-3']) {
    const at = isoOf(story.wait(60).now);
    story.do({ type: 'record_filing', obligation: 'nfra.art69.progress', channel: 'own_contact', at, receipt });
  }
  for (const language of ['zh', 'en'] as const) {
    const pack = leniencyPack({ ...story.situation, language, steps: [], headHash: 'x' });
    const tables = pack.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'table');
    const names = tables.flatMap(({ rows }) =>
      rows.flatMap(([name = '', told]) => (told?.includes('R-2') ? [name] : [])),
    );
    expect(names).toEqual([language === 'zh' ? '报告处置进展' : expect.stringMatching(/progress/i)]);
  }
});

it('the report to the police names whatever went to other authorities, and nothing that went to others', () => {
  const packs = [...allPacks().values()].flatMap(({ pack }) =>
    ['cn-nfra-2024', 'eu-gdpr'].includes(pack.id) ? [pack] : [],
  );
  const entities = company.entities.map((one) => ({ ...one, packs: packs.map(({ id }) => id) }));
  const story = new Story('2026-03-31T09:30:00+08:00', { ...company, entities }, packs);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  for (const fact of ['nfra_data_incident', 'suspected_crime']) story.do({ type: 'answer', fact, value: true });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  const line = (): string => {
    const paper = papersOf(story.situation, 'zh').find(({ definition }) => definition.id === 'crime_report');
    return (paper ? documentLines(paper.paper) : []).find((one) => one.startsWith('向其他机关报告的情况')) ?? '';
  };
  const file = (obligation: string): void => {
    const at = isoOf(story.wait(1).now);
    const channel = obligation === 'pipl.art57.authority' ? 'web_12387' : 'own_contact';
    story.do({ type: 'record_filing', obligation, channel, at });
  };
  for (const obligation of ['pipl.art57.individuals', 'dsl.art29.users', 'gdpr.art34.individuals']) file(obligation);
  expect(line()).toContain('尚未登记报送');
  for (const obligation of ['nfra.art69.initial', 'pipl.art57.authority', 'dsl.art29.authority']) file(obligation);
  expect(line()).toBe(
    '向其他机关报告的情况：已于2026年3月31日09时34分向国家金融监督管理总局或其派出机构报送首次报告；' +
      '已于2026年3月31日09时35分向上海市互联网信息办公室报送个人信息安全事件通知；' +
      '已于2026年3月31日09时36分向行业主管监管部门报送网络安全事件情况报告。',
  );
});

it('a body that nobody had named at the filing gets its name from the first answer', () => {
  const story = new Story('2026-03-31T09:30:00+08:00', organisation);
  story.do({ type: 'declare', title: 'Leak', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }).wait(5);
  const filing = { at: isoOf(story.now), receipt: 'R-1', contradictionsKept: 'the line was already open' };
  story.do({ type: 'record_filing', obligation: DUTY, channel: 'web_12387', ...filing }).wait(5);
  story.do({ type: 'answer', fact: 'system', value: 'shop' });
  const lines = Object.values(told(story)).flat();
  expect(lines.join().match(BODIES)?.[0]).toMatch(/上海|Shanghai/);
  expect(told(story)['page']).toEqual([expect.stringContaining('上海')]);
});

it('the refusal of a filing entered again opens the entry that exists', () => {
  const { situation } = filed();
  const [{ version } = { version: 0 }] = situation.state.filings;
  const card = refusalCard({ code: 'filed_already', params: { filing: version } }, situation);
  expect(JSON.stringify(card.blocks)).toContain(`"correct_filing_${version}"`);
});

it('an answer goes to the office that asked, under its name, and has the name of an answer', () => {
  const story = filed();
  const due = isoOf(story.now + 3_600_000);
  const request = { type: 'add_request', receivedAt: isoOf(story.now), due } as const;
  story.do({ ...request, from: '浦东新区网信办', recipient: 'provincial_cac', what: '说明攻击路径' });
  story.do({ ...request, from: '上海市网信办', recipient: 'provincial_cac', what: '补充日志' });
  const to = () =>
    dutyRows(story.situation).flatMap(({ duty, recipient }) =>
      duty.anchor === 'request' ? [localise(recipient, 'zh-CN')] : [],
    );
  expect(to()).toEqual(['浦东新区网信办', '上海市网信办']);
  const answer = { type: 'record_filing', channel: 'own_contact', otherChannel: 'as the office asked' } as const;
  story.wait(5).do({ ...answer, obligation: 'request.1', at: isoOf(story.now), receipt: 'R-2' });
  const lines = (): readonly string[] => {
    const { situation } = story;
    const pack = leniencyPack({ ...situation, language: 'zh', steps: [], headHash: 'x' });
    const crime = papersOf(situation, 'zh').find(({ definition }) => definition.id === 'crime_report');
    return [pack, ...(crime ? [crime.paper] : [])].flatMap(documentLines);
  };
  expect(lines().find((line) => line.includes('R-2'))).toContain('报告对象：浦东新区网信办');
  expect(lines().join()).toContain('向浦东新区网信办报送关于要求补正、说明事项的答复');
});

it('a filing under a law of the former entity stays with its limit, its name and its lateness', async () => {
  const nfra = [...allPacks().values()].flatMap(({ pack }) => (pack.id === 'cn-nfra-2024' ? [pack] : []));
  const notify = { name: 'Acme SOC' };
  const customer = { zh: '甲客户', en: 'Acme' };
  const profile = organisationSchema.parse({
    ...organisation,
    entities: [
      { ...shanghai, packs: ['cn-nfra-2024'] },
      { id: 'jiangsu', name: '某某（江苏）能源有限公司', province: '31', operator: 'other' },
    ],
    contracts: [{ id: 'acme', entity: 'shanghai', hours: 1, from: 'awareness', customer, notify }],
  });
  const story = new Story('2026-03-31T09:30:00+08:00', profile, nfra);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  story.do({ type: 'answer', fact: 'nfra_data_incident', value: true });
  for (const obligation of ['contract.acme', 'nfra.art69.initial']) {
    const at = isoOf(story.wait(90).now);
    story.do({ type: 'record_filing', obligation, channel: 'own_contact', at, receipt: `R-${obligation}` });
  }
  const told = async () => {
    const { situation } = story;
    const rows = () => [{ row: listRowOf(situation.state, situation.ia), read: async () => ({ ...situation, shown }) }];
    const [row] = await register({}, 'zh-CN', { rows, situation: () => situation });
    const pack = leniencyPack({ ...situation, language: 'zh', steps: [], headHash: 'x' });
    const filings = row?.duties.filter(({ filedAt }) => filedAt !== null) ?? [];
    return {
      board: dutyRows(situation).flatMap(({ duty, what, recipient, state }) =>
        duty.filing ? [[what, recipient, state].map((one) => localise(one, 'zh-CN')).join()] : [],
      ),
      register: filings.map(({ id, to, status }) => [id, to, status].join()),
      pack: documentLines(pack).filter((line) => line.includes('R-')),
    };
  };
  const shown = { show: 'all' } as const;
  const customers = (): string => {
    const notice = papersOf(story.situation, 'zh').find(({ definition }) => definition.id === 'customer_notice');
    return notice ? documentLines(notice.paper).join() : '';
  };
  const before = await told();
  expect(customers()).toContain('甲客户');
  expect(before.register).toEqual([expect.stringContaining('late'), expect.stringContaining('late')]);
  story.do({ type: 'answer', fact: 'system', value: 'gas' });
  for (const { id, settled } of story.situation.state.proposals)
    if (!settled) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
  expect(story.situation.regime.packs?.map(({ id }) => id) ?? []).toEqual([]);
  expect(customers()).not.toContain('甲客户');
  const after = await told();
  for (const surface of ['board', 'register', 'pack'] as const)
    expect(after[surface].toSorted()).toEqual(before[surface].toSorted());
});
