import { type Case, fill, leakCase, minutes } from '../report/cases.ts';

/** Words that would do something if a format read them as markup, and that every format has to show as they are. */
export const HOSTILE = [
  '#import "x.typ": * #panic("boom") #read("/etc/hostname") $x^2$ @ref <label> `raw` = head',
  '<script>alert(1)</script> &amp; &lt; ]]> <!-- x --> </w:t></w:r>',
  '*_$ **bold** __x__ [link](javascript:alert(1)) ![img](http://example.org/x.png) | cell | ~~s~~ \\',
  '# heading\n- list\n> quote\n1. one\n---\n    code',
] as const;

/** A case with hostile words, a very long text, and many entries of the time line. */
export function hostileCase(): Case {
  const it = leakCase();
  HOSTILE.forEach((words, index) => {
    fill(it, ['art7.2.impact', 'art7.2.effect', 'art7.3.trend', 'art7.4.cause'][index] ?? '', '原话', `引文：${words}`);
  });
  fill(it, 'art7.5.attacker', '原话', '攻击者自称𠮷田，使用表情😀，域名 xn--fiq228c.example');
  fill(it, 'art7.5.path', '原话', `长文：${'外网接口经应用服务器到达数据库，'.repeat(160)}完`);
  fill(it, 'art7.5.vulnerabilities', '原话', `长串：${'0123456789abcdef'.repeat(20)}完`);
  fill(it, 'art7.6.planned', '原话', '第一步：\t下线接口\r\n第二步：\u0000\u0007\ufffe修复漏洞\n第三步：\ud800复测');
  for (let n = 1; n <= 60; n += 1) {
    it.now += minutes(1);
    it.must('chen-yu', { type: 'add_note', text: `第${n}条记录 ${HOSTILE[n % HOSTILE.length] ?? ''}` });
  }
  return it;
}
