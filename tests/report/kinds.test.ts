import { describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/incident/report-document.ts';
import { documentLines } from '../../src/report/paper.ts';
import { type Case, fill, leakCase, minutes, reportOf } from './cases.ts';

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
const text = (document: ReportDocument): string => documentLines(document).join('\n');

describe('after the first report', () => {
  function filed(): Case {
    const it = leakCase();
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    const filing = { type: 'record_filing' as const, obligation: 'cac.art4.other', channel: 'web_12387', draft: 1 };
    it.must('zhao-min', { ...filing, at: at('13:05'), receipt: '2026-0331-17' });
    it.now += minutes(60);
    return it;
  }

  test('a supplement says what was filed, what is new, and then everything', () => {
    const it = filed();
    it.now += minutes(30);
    fill(it, 'art7.4.cause', 'IDOR', '经初步分析，系订单查询接口缺少权限校验');
    const lines = documentLines(reportOf(it, { kind: 'supplement', cannotDetermine: ['cause'] }));
    expect(lines[0]).toBe('网络安全事件报告（补报）');
    expect(lines.slice(8, 12)).toEqual([
      '我单位已于2026年3月31日13时05分通过12387网站报送首报（受理编号：2026-0331-17），现将有关情况补报如下。',
      '本次补报的主要内容：',
      '（一）原因初步分析：经初步分析，系订单查询接口缺少权限校验。',
      '以下为报告全文。',
    ]);
  });

  test('the draft it belongs to is the one compiled from that entry of the record', () => {
    const it = filed();
    const [draft] = it.current.drafts;
    expect(reportOf(it, { basedOnVersion: draft?.upTo ?? 0 }).draft).toBe(1);
    expect(reportOf(it).draft).toBe(2);
  });

  test('the summary has the six parts of Art. 8, filled from the record where nobody wrote', () => {
    const it = filed();
    fill(it, 'art8.6', '教训', '上线前安全测试覆盖不足');
    it.must('zhao-min', { type: 'end_handling', at: at('14:00'), reason: 'done' });
    const lines = documentLines(reportOf(it, { kind: 'summary' }));
    expect(lines[0]).toBe('网络安全事件处置总结报告');
    expect(lines).toContain('一、事件概况');
    expect(lines).toContain('（二）发现时间：2026年3月31日09时20分，经监测告警发现。');
    expect(lines.find((line) => line.includes('处置经过'))).toMatch(
      /09时20分发现.*首报；2026年3月31日14时00分处置结束。$/,
    );
    expect(lines).toContain('三、应急处置措施');
    expect(lines).toContain('09时50分隔离两台服务器并重置口令。');
    expect(lines).toContain('待补充。');
    expect(lines).toContain('上线前安全测试覆盖不足。');
    expect(lines.join()).toContain('依据《国家网络安全事件报告管理办法》第八条');
    expect(lines).toContain('主送：上海市互联网信息办公室');
  });
});

describe('the internal version', () => {
  const internal = reportOf(leakCase(), { version: 'internal', record: { headHash: 'ab'.repeat(32) } });
  const shown = text(internal);

  test('adds verdict with the deciding rules, duties, gaps, time line and the head of the record', () => {
    expect(internal.appendix.map(({ id }) => id)).toEqual([
      'verdict',
      'questions',
      'duties',
      'gaps',
      'timeline',
      'record',
    ]);
    expect(shown).toContain('5.泄露100万人以上公民个人信息。');
    expect(shown).toContain('《国家网络安全事件报告管理办法》第四条第四款第一句');
    // The word of each law, and what is only possible as the cards say it.
    const duties = internal.appendix
      .find(({ id }) => id === 'duties')
      ?.blocks.flatMap((one) => (one.kind === 'table' ? one.rows : []));
    const dueOf = (article: string) =>
      duties?.filter(([, source]) => source?.includes(article)).map(([, , due]) => due);
    expect(dueOf('个人信息保护法》第五十七条')).toEqual(['立即', '立即']);
    expect(dueOf('数据安全法》第二十九条')).toEqual(['按照规定及时', '按照规定及时']);
    expect(duties?.some(([title]) => title?.endsWith('（待确认）'))).toBe(true);
    expect(shown).toContain('“措施的效果”的文字尚未确认，未写入报告稿');
    expect(shown).toContain('怀疑是内鬼张三干的，先别外传');
    expect(shown).toContain('ab'.repeat(32));
  });

  test('takes the time line of the record when it is given, up to the entry it is based on', () => {
    const timeline = [
      { version: 1, at: at('09:42'), who: '李伟', text: '立案' },
      { version: 99, at: at('13:04'), who: '陈宇', text: '后来的事' },
    ];
    const document = reportOf(leakCase(), { version: 'internal', record: { headHash: 'x', timeline } });
    const section = document.appendix.find(({ id }) => id === 'timeline');
    expect(section?.blocks).toMatchObject([{ rows: [['2026-03-31 09:42', '李伟', '立案']] }]);
  });

  test('lists evidence with its hashes', () => {
    const it = leakCase();
    const evidence = { file: 'c'.repeat(64), name: 'access.log', size: 1024, mediaType: 'text/plain' };
    it.must('chen-yu', { type: 'add_evidence', evidence });
    const section = reportOf(it, { version: 'internal' }).appendix.find(({ id }) => id === 'evidence');
    expect(section?.blocks).toMatchObject([
      { rows: [['access.log', '1024', 'c'.repeat(64), '陈宇 2026-03-31 13:05']] },
    ]);
  });
});
