import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseOrganisation } from '../../src/config/organisation.ts';
import { contractPack } from '../../src/incident/people/contracts.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { inForce } from '../../src/law/dated.ts';
import { lawSet } from '../../src/law/pack.ts';
import { emergencyCard } from '../../src/report/emergency-card.ts';
import { leniencyPack } from '../../src/report/evidence.ts';
import { guide } from '../../src/report/guide.ts';
import { documentLines, type Paper } from '../../src/report/paper.ts';
import { isStep } from '../../src/use-cases/documents/bundle-lists.ts';
import { timelineOf } from '../../src/use-cases/timeline.ts';
import { packsOf } from '../fakes/packs.ts';
import { underThreeLaws } from '../laws/three-laws.ts';
import { type Case, company, fill, leakCase, minutes, regime } from './cases.ts';

const EXAMPLE = 'manifests/organisation.example.yaml';
const example = parseOrganisation(readFileSync(EXAMPLE, 'utf8'), EXAMPLE);
const AT = '2026-03-31T13:05:00+08:00';
const shown = (paper: Paper): string => documentLines(paper).join('\n');

describe.each(['zh', 'en'] as const)('the guide (%s)', (language) => {
  const text = shown(guide({ regime, organisation: example, language, at: AT }));

  test('quotes every duty and every criterion that is law that day', () => {
    const rules = [...inForce(regime.obligations, '2026-03-31'), ...inForce(regime.criteria, '2026-03-31')];
    expect(rules.length).toBeGreaterThan(30);
    for (const { source } of rules) expect(text).toContain(source.quote);
  });

  test('says when each recipient applies, and keeps what the guide of the law leaves to judgement', () => {
    for (const { applies } of inForce(regime.obligations, '2026-03-31')) expect(text).toContain(applies[language]);
    expect(text).toContain('通常情况下，满足下列条件之一的，可判别为较大网络安全事件');
    expect(text).toContain('以有限枚举的方式给出相关事件的分级定量指标');
  });

  test('names the notice by which a system is critical infrastructure', () => {
    const notices = (example?.systems ?? []).flatMap(({ ciiNotice = [] }) => ciiNotice);
    expect(notices.length).toBeGreaterThan(0);
    for (const notice of notices) expect(text).toContain(notice);
  });

  test('says of every duty from when its limit runs', () => {
    const from = language === 'zh' ? '起算' : 'Runs from';
    const tables = guide({ regime, organisation: example, language, at: AT })
      .sections.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'table' && block.columns.some(({ title }) => title === from) ? [block] : []));
    expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(10);
    for (const { columns, rows } of tables) {
      const column = columns.findIndex(({ title }) => title === from);
      for (const row of rows) expect(row[column]).not.toBe('');
    }
  });

  test('only what every incident has is due with the first report', () => {
    const ransom = regime.items.flatMap(({ fields }) => fields).filter(({ onlyIf }) => onlyIf === 'ransomware');
    const list = ransom.map(({ label }) => label[language]).join(language === 'zh' ? '、' : ', ');
    expect(text).toContain(`${language === 'zh' ? '勒索软件攻击事件另报：' : 'Ransomware only: '}${list}`);
    expect(text).toContain(
      language === 'zh' ? '如有：统一社会信用代码' : 'If there is any: Unified social credit code',
    );
  });

  test('prints the notes on suppliers, minors, duties of authorities and penalties', () => {
    for (const id of ['art5.suppliers', 'minors.art35', 'art4.onward.other', 'csl.art27', 'pipl.art66', 'dsl.art45']) {
      expect(text).toContain(regime.notes.find((note) => note.id === id)?.source.quote);
    }
  });

  test('names every unit, system, person and contact of the profile', () => {
    for (const { name } of [...example.entities, ...example.systems, ...example.people]) expect(text).toContain(name);
    for (const contact of example.entities.flatMap(({ recipients }) => Object.values(recipients))) {
      if (contact.phone) expect(text).toContain(contact.phone);
    }
  });

  test('does without a profile, and has no empty table', () => {
    for (const organisation of [example, null]) {
      const paper = guide({ regime, organisation, language, at: AT });
      const blocks = paper.sections.flatMap((section) => section.blocks);
      expect(paper.sections.every((section) => section.blocks.length > 0)).toBe(true);
      for (const block of blocks) if (block.kind === 'table') expect(block.rows.length).toBeGreaterThan(0);
    }
  });
});

describe('the emergency card', () => {
  test('has the clocks, the contacts of the unit, and what to say', () => {
    const [, energy] = example.entities;
    const text = shown(emergencyCard({ regime, organisation: example, language: 'zh', at: AT }, energy ?? null));
    for (const word of ['受影响的系统', 'https://12387.cert.org.cn', '没有规定向12387报告可以代替'])
      expect(text).toContain(word);
    for (const word of [
      '1小时',
      '2小时',
      '4小时',
      '12387',
      '025-0000-0001',
      '025-0000-0110',
      '您好，我是兰庭（江苏）燃气服务有限公司',
    ]) {
      expect(text).toContain(word);
    }
  });

  test('adds the first reports of the entity under other laws, and its contracts', () => {
    const organisation = underThreeLaws();
    const [entity] = organisation.entities;
    const contracts = (organisation.contracts ?? []).map((one) => contractPack(one, regime));
    const all = lawSet(regime, [...packsOf(organisation, regime), ...contracts]);
    const text = (of: typeof entity) =>
      shown(emergencyCard({ regime: all, organisation, language: 'zh', at: AT }, of ?? null));
    expect(text(entity)).toMatch(
      /4小时.*\n?[\s\S]*12小时[\s\S]*Acme SOC[\s\S]*36小时[\s\S]*Globex SOC[\s\S]*72小时[\s\S]*GDPR Art\. 33\(1\)/,
    );
    expect(text(entity && { ...entity, packs: [] })).not.toContain('GDPR');
  });

  test('says when each recipient applies, the police too, and the figures of 较大', () => {
    const text = shown(emergencyCard({ regime, organisation: null, language: 'zh', at: AT }, null));
    for (const word of ['涉及关键信息基础设施，较大以上', '其他网络运营者，较大以上', '涉嫌违法犯罪（任何级别）'])
      expect(text).toContain(word);
    for (const word of ['100万人以上', '500万元以上', '关键信息基础设施整体中断：10分钟以上', '通常情况下', '有限枚举'])
      expect(text).toContain(word);
  });
});

/** The pack with the steps that the record itself tells. */
function packOf(it: Case, language: 'zh' | 'en'): Paper {
  const situation = { state: it.current, ia: it.assess(), regime };
  const steps = it.events.filter(({ event }) => isStep(event.type));
  const told = timelineOf(situation, steps, language === 'zh' ? 'zh-CN' : 'en', { show: 'all' });
  return leniencyPack({ ...situation, language, steps: told, headHash: 'ab'.repeat(32) });
}

describe('the pack on Art. 11', () => {
  const pack = (it: Case, language: 'zh' | 'en' = 'zh') => packOf(it, language);
  const filed = (late: boolean): Case => {
    const it = leakCase(
      organisationSchema.parse({ ...company, safeguards: ['异地备份'], emergencyPlan: '应急预案（2025版）' }),
    );
    it.must('li-wei', { type: 'decide_level', level: 'major' });
    if (late) it.now += minutes(120);
    const at = new Date(it.now).toISOString();
    it.must('zhao-min', {
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at,
      receipt: 'R-17',
    });
    return it;
  };

  test('quotes the article, promises nothing, and gives each point its entry of the record', () => {
    const text = shown(pack(filed(false)));
    expect(text).toContain('可视情从轻或不予追究相关单位和人员责任');
    expect(text).toContain('不对处理结果作任何承诺');
    expect(text).toMatch(/异地备份\n据组织档案陈述（记录第1条）/);
    expect(text).toContain('应急预案（2025版）');
    expect(text).toMatch(/按时报送：2026-03-31 13:05，经12387网站，受理编号R-17。/);
    expect(text).toContain('ab'.repeat(32));
  });

  test('says lateness and what is missing instead of hiding it', () => {
    const late = filed(true);
    late.must('li-wei', { type: 'explain_delay', obligation: 'cac.art4.other', reason: '网站无法访问' });
    expect(shown(pack(late))).toMatch(
      /逾期报送：2026-03-31 15:05，经12387网站，受理编号R-17。 报告对象：上海市互联网信息办公室。 原因：网站无法访问/,
    );
    const bare = shown(pack(leakCase(null)));
    expect(bare.match(/尚缺：/g)?.length).toBeGreaterThanOrEqual(2);
    expect(shown(pack(leakCase()))).toContain('尚未报送');
  });

  test('says when it was learnt and on which basis, the plan, every level, the end of handling, recipients and who took it', () => {
    const it = leakCase();
    expect(shown(pack(it))).toContain('获知时间未经确认');
    expect(shown(pack(it))).toContain('记录中没有启动应急预案的时间和人员');
    const [candidate] = it.current.candidates;
    it.must('zhao-min', { type: 'confirm_awareness', candidate: candidate?.id ?? '', reason: '告警单第17号' });
    it.must('li-wei', { type: 'add_note', text: '09:45 启动应急预案二级响应' });
    it.must('li-wei', { type: 'decide_level', level: 'major', reason: '按指标第5项' });
    it.must('li-wei', { type: 'decide_level', level: 'significant', reason: '人数上调' });
    const at = new Date(it.now).toISOString();
    const filing = { obligation: 'cac.art4.other', channel: 'hotline_12387', at, takenBy: '王工 0231' };
    it.must('zhao-min', { type: 'record_filing', ...filing });
    it.must('li-wei', { type: 'end_handling', at, reason: '业务恢复' });
    const text = shown(pack(it));
    for (const one of [
      '告警单第17号',
      '启动应急预案二级响应',
      '按指标第5项',
      '人数上调',
      '业务恢复',
      '接听人：王工 0231',
      '报告对象：',
    ])
      expect(text).toContain(one);
    expect(text).toContain('2026-04-30 24:00');
    expect(text).not.toContain('00:00');
    expect(text).toMatch(/法律未规定具体时限\n尚未报送。\n尚缺/);
    expect(`${text}${shown(pack(it, 'en'))}`).not.toMatch(
      /\b(cac|pipl|dsl|police|csl|ndr)\.art|\bactor-|hotline_12387|art7\./,
    );
  });

  test('tells that a level was taken back, beside the level', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'decide_level', level: 'particularly_significant', reason: '误触前的说明' });
    it.must('li-wei', { type: 'withdraw_decision', about: 'level', reason: '按错按钮' });
    expect(shown(pack(it))).toMatch(/定级：特别重大[\s\S]*按错按钮/);
  });

  test('is marked as internal in both languages', () => {
    const it = filed(false);
    fill(it, 'art7.2.effect', 'x', '外传已停止');
    for (const [language, zone] of [
      ['zh', '北京时间'],
      ['en', 'Beijing (UTC+8)'],
    ] as const)
      expect(shown(pack(it, language))).toContain(zone);
    expect(pack(it).marks[0]).toContain('内部稿');
    expect(pack(it, 'en').marks[0]).toContain('INTERNAL');
    expect(shown(pack(it, 'en'))).toContain('外传已停止');
  });
});
