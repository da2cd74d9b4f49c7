import { describe, expect, test } from 'vitest';
import type { Paragraph, ReportDocument } from '../../src/incident/report-document.ts';
import { documentLines, textOf } from '../../src/report/paper.ts';
import { Case, company, fill, leakCase, reportOf } from './cases.ts';

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
const text = (document: ReportDocument): string => documentLines(document).join('\n');

function paragraphOf(document: ReportDocument, id: string): Paragraph {
  const blocks = document.sections.flatMap((section) => section.blocks);
  const found = blocks.find((block): block is Paragraph => block.kind === 'paragraph' && block.id === id);
  if (!found) throw new Error(`no paragraph ${id}`);
  return found;
}

describe('the first report', () => {
  test('has the form a regulator knows, line by line', () => {
    expect(documentLines(reportOf(leakCase()))).toEqual([
      '网络安全事件报告（首报）',
      '我单位事件编号：INC-2026-0001',
      '主送：上海市互联网信息办公室',
      '报告单位：某某（上海）贸易有限公司（盖章）',
      '报告时间：2026年3月31日13时05分',
      '签发人：＿＿＿＿＿＿',
      '联系人：李伟',
      '24小时联系电话：021-5555 0100',
      '一、涉事单位名称及涉事系统基本情况',
      '（一）单位名称：某某（上海）贸易有限公司；统一社会信用代码：91310000MA1FL0XX0P。',
      '（二）系统或者设施名称及用途：会员商城系统；网络安全等级保护级别：第三级；等级保护备案编号：31011543210-26001；部署地点和方式：上海市浦东新区某数据中心；用户规模：约300万。',
      '二、事件基本情况',
      '（一）发现时间：2026年3月31日09时20分，经监测告警发现；发生时间：正在核实。',
      '（二）地点：上海市浦东新区某数据中心。',
      '（三）类型：数据安全事件—数据泄露事件。',
      '（四）级别：初步研判为较大网络安全事件（《网络安全事件分级指南》较大第1项、较大第5项）。',
      '（五）已造成的影响和危害：初步统计，泄露的公民个人信息涉及约120万人（截至09时47分）；自2026年3月31日09时30分起网站不能访问，截至13时05分已持续3小时35分，尚未结束。',
      '（六）已采取的措施：09时50分隔离两台服务器并重置口令；措施的效果：＿＿＿＿＿＿。',
      '三、事态发展趋势及可能造成的进一步影响和危害',
      '正在研判，将及时补报。',
      '四、原因初步分析',
      '正在研判，将及时补报。',
      '五、溯源线索',
      '正在研判，将及时补报。',
      '六、拟采取的措施及请求支援事项',
      '正在研判，将及时补报。',
      '七、现场保护情况',
      '正在核实，将及时补报。',
      '八、其他情况',
      '如有其他应当报告的情况，将及时报告。',
      '说明：事发原因、发展趋势暂不能判定，依据《国家网络安全事件报告管理办法》第七条，先行报告已查明的情况，其余情况及时补报。',
      '报告单位（盖章）：某某（上海）贸易有限公司',
      '签发人（签字）：＿＿＿＿＿＿',
      '日期：2026年3月31日',
    ]);
  });

  test('is the same for the same input', () => {
    const it = leakCase();
    expect(reportOf(it)).toEqual(reportOf(it));
  });

  test('takes the words of a person only as confirmed for the report', () => {
    const it = leakCase();
    expect(text(reportOf(it))).not.toContain('looks quiet now');
    it.must('chen-yu', { type: 'confirm_wording', field: 'art7.2.effect', wording: '异常外传已于10时05分停止。' });
    expect(text(reportOf(it))).toContain('措施的效果：异常外传已于10时05分停止。');
  });

  test('prints names in the order of their letters, whatever signs turn them around', () => {
    const it = leakCase();
    fill(it, 'art7.2.measures', 'x', '已隔离invoice\u202efdp.exe\u2066和\u2069两台服务器');
    it.must('chen-yu', {
      type: 'add_evidence',
      evidence: { file: 'd'.repeat(64), name: 'invoice\u202efdp.exe', size: 1, mediaType: 'text/plain' },
    });
    const text = documentLines(reportOf(it, { version: 'internal' })).join('\n');
    expect(text).toContain('已隔离invoicefdp.exe和两台服务器');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test('a newer version of the words makes the wording stale', () => {
    const it = leakCase();
    fill(it, 'art7.2.place', '其实在苏州');
    expect(text(reportOf(it))).toContain('（二）地点：＿＿＿＿＿＿。');
  });

  test('writes an estimate as one, without saying twice what the words say', () => {
    const it = leakCase();
    const estimate = (wording: string): string => {
      const value = { state: 'estimate' as const, text: 'x', asOf: at('12:50') };
      it.must('chen-yu', { type: 'fill_field', field: 'art7.2.impact', value, wording });
      return textOf(paragraphOf(reportOf(it), 'art7.2.impact').runs).replace(/；自.*/, '');
    };
    expect(estimate('120万名用户的姓名、手机号泄露')).toBe('初步统计约120万名用户的姓名、手机号泄露（截至12时50分）');
    expect(estimate('约120万名用户的手机号泄露')).toBe('初步统计约120万名用户的手机号泄露（截至12时50分）');
    expect(estimate('商城停止服务')).toBe(
      '初步统计，商城停止服务（截至12时50分）；初步统计，泄露的公民个人信息涉及约120万人（截至09时47分）',
    );
    expect(estimate('初步估计约100万人，截至12时')).toBe('初步估计约100万人，截至12时');
  });

  test('adds what goes on to a confirmed impact, as of the time of the report', () => {
    const it = leakCase();
    fill(it, 'art7.2.impact', '120万', '约120万名用户的手机号泄露');
    const impact = textOf(paragraphOf(reportOf(it), 'art7.2.impact').runs);
    expect(impact).toBe(
      '约120万名用户的手机号泄露；自2026年3月31日09时30分起网站不能访问，截至13时05分已持续3小时35分，尚未结束。',
    );
  });

  test.each([
    [{ min: 1_000_000, max: 9_999_999 }, '100万人以上、不足1000万人'],
    [{ max: 999_999 }, '不足100万人'],
    [{ max: 1_000_000 }, '不超过100万人'],
    [{ min: 300_000, max: 500_000 }, '30万至50万人'],
    [{ min: 100_000_000 }, '1亿人以上'],
    [1_234_567, '约1,234,567人'],
  ])('people %j are %s', (value, shown) => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value });
    expect(text(reportOf(it))).toContain(`初步统计，泄露的公民个人信息涉及${shown}（截至13时05分）`);
  });

  test.each([[0], ['unknown' as const], [{ min: 0, max: 0 }]])('%j states no impact', (value) => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value });
    it.must('zhao-min', { type: 'second', proposal: 'p1', agree: true });
    expect(text(reportOf(it))).not.toContain('泄露的公民个人信息');
  });

  test('an outage that ended has its length, one given in minutes as well', () => {
    const it = leakCase();
    const span = { since: at('09:30'), until: at('11:45') };
    it.must('chen-yu', { type: 'answer', fact: 'site_outage_minutes', value: span });
    const ended = '自2026年3月31日09时30分起网站不能访问，于2026年3月31日11时45分结束，共持续2小时15分';
    expect(text(reportOf(it))).toContain(ended);
    it.must('chen-yu', { type: 'answer', fact: 'site_outage_minutes', value: 135 });
    expect(text(reportOf(it))).toContain('网站不能访问，共约2小时15分');
  });

  test('for ransomware asks the three figures, and only then', () => {
    const it = leakCase();
    expect(text(reportOf(it))).not.toContain('赎金');
    it.must('chen-yu', { type: 'answer', fact: 'incident_type', value: 'malware.ransomware' });
    fill(it, 'art7.2.ransom_amount', '2 BTC', '2个比特币');
    expect(text(reportOf(it))).toContain(
      '（七）要求支付赎金的金额：2个比特币；要求支付赎金的方式：正在核实；要求支付赎金的日期：正在核实。',
    );
  });

  test('a ransom that was paid stands by itself, not in what was demanded', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'incident_type', value: 'malware.ransomware' });
    expect(text(reportOf(it))).not.toContain('已支付赎金');
    fill(it, 'art7.2.ransom_paid', '1 BTC', '2026年4月1日支付1个比特币');
    expect(text(reportOf(it))).toContain('已支付赎金的情况：2026年4月1日支付1个比特币');
  });

  test('says what cannot be determined, or what follows, or nothing when nothing is open', () => {
    const it = leakCase();
    expect(text(reportOf(it, { cannotDetermine: ['impact'] }))).toContain('说明：影响暂不能判定');
    expect(text(reportOf(it, { cannotDetermine: [] }))).toContain('第三至七部分的有关情况尚未查明');
    for (const field of [
      'art7.3.trend',
      'art7.3.further_impact',
      'art7.4.cause',
      'art7.5.attacker',
      'art7.5.path',
      'art7.5.vulnerabilities',
      'art7.6.planned',
      'art7.6.support',
      'art7.7.preservation',
    ]) {
      fill(it, field, '已写', `已写明：${field}`);
    }
    expect(reportOf(it, { cannotDetermine: [] }).notes).toEqual([]);
  });

  test('a confirmed level is the level, with the rules of exactly that level', () => {
    const it = leakCase();
    it.must('zhao-min', { type: 'decide_level', level: 'significant', reason: '社会影响' });
    const level = textOf(paragraphOf(reportOf(it), 'art7.2.level').runs);
    expect(level).toBe('初步研判为重大网络安全事件。');
  });
});

describe('to whom', () => {
  const to = (it: Case): string => documentLines(reportOf(it))[2] ?? '';
  const second = (it: Case): void => {
    const open = it.current.proposals.find(({ settled }) => settled === null);
    it.must('chen-yu', { type: 'second', proposal: open?.id ?? '', agree: true });
  };

  test('a CII system goes to its two recipients, by the names of the profile', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'answer', fact: 'system', value: 'grid' });
    second(it);
    expect(to(it)).toBe('主送：某行业保护工作部门、公安机关');
  });

  test('an answer that takes a certain recipient away leaves it on until a second person agrees', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'answer', fact: 'operator', value: 'cii_involved' });
    expect(to(it)).toBe('主送：某行业保护工作部门、公安机关、上海市互联网信息办公室');
    second(it);
    expect(to(it)).toBe('主送：某行业保护工作部门、公安机关');
  });

  test('without a profile the blanks are visible', () => {
    const lines = documentLines(reportOf(leakCase(null)));
    expect(lines).toContain('报告单位：＿＿＿＿＿＿（盖章）');
    expect(lines).toContain('签发人：＿＿＿＿＿＿');
    expect(lines.join()).toContain('（属地省、自治区、直辖市名称待填）互联网信息办公室');
  });

  test('the unit can be written by a person where there is no profile', () => {
    const it = leakCase(null);
    fill(it, 'art7.1.unit', 'Moumou', '某某（上海）贸易有限公司');
    expect(documentLines(reportOf(it))).toContain('报告单位：某某（上海）贸易有限公司（盖章）');
  });
});

describe('marks', () => {
  test('a drill says so on every page', () => {
    const it = new Case(company);
    it.must('li-wei', { type: 'declare', title: '演练', drill: true });
    expect(reportOf(it).marks).toEqual(['演练　非真实事件，不得报送']);
    expect(reportOf(it, { language: 'en', version: 'internal' }).marks).toHaveLength(3);
  });

  test('the submission in Chinese has none', () => {
    expect(reportOf(leakCase()).marks).toEqual([]);
  });
});

describe('the English reference copy', () => {
  test('has the same statements in the same places', () => {
    const it = leakCase();
    const zh = reportOf(it);
    const en = reportOf(it, { language: 'en' });
    const shape = (document: ReportDocument) =>
      [...document.head, ...document.sections.flatMap(({ blocks }) => blocks), ...document.signature].map((part) => [
        part.id,
        'rows' in part ? [] : part.runs.flatMap((run) => ('of' in run ? [run.of] : [])),
      ]);
    expect(shape(en)).toEqual(shape(zh));
  });

  test("marks people's words as untranslated, and keeps the Chinese level", () => {
    const english = text(reportOf(leakCase(), { language: 'en' }));
    expect(english).toContain('“09时50分隔离两台服务器并重置口令” [original wording, not translated]');
    expect(english).toContain('较大 (Major, 2 of 4)');
    expect(english).toContain('By preliminary count, personal information of about 1.2 million people has leaked');
  });

  test('states a time that was understood as a time, not as words', () => {
    const it = leakCase();
    fill(it, 'art7.2.occurrence_time', 'night', '约2026年3月30日23时05分');
    expect(text(reportOf(it, { language: 'en' }))).toContain(
      'Time of occurrence: about 30 March 2026, 23:05 (Beijing, UTC+8)',
    );
  });

  test('English words stand as they are', () => {
    const it = leakCase();
    fill(it, 'art7.2.effect', 'quiet', 'The outflow of data has stopped');
    expect(text(reportOf(it, { language: 'en' }))).toContain(
      'Effect of the measures: The outflow of data has stopped.',
    );
  });
});
