import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { pasteBlocks } from '../../src/report/channels/blocks.ts';
import { addressOf, besidePublicChannels, destinationsOf } from '../../src/report/channels/destinations.ts';
import { faxSheet, mailDraft } from '../../src/report/channels/mail.ts';
import { phoneScript } from '../../src/report/channels/script.ts';
import { documentLines, headingText, lineText } from '../../src/report/paper.ts';
import { ANY_CHARACTER } from '../fakes/characters.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { type Case, company, fill, leakCase, regime, reportOf } from './cases.ts';

function destinations(it: Case) {
  const known = { state: it.current, ia: it.assess(), regime };
  return destinationsOf(known, reportOf(it));
}

describe('the phone script', () => {
  test('says who, what, when, how bad, what is done, whom to call, and asks for a number', () => {
    const { lines } = phoneScript(reportOf(leakCase()), regime);
    expect(lines.join('')).toContain('您好，我是某某（上海）贸易有限公司的李伟，');
    for (const word of [
      '系统或者设施名称及用途：会员商城系统。',
      '2026年3月31日09时20分',
      '数据泄露',
      '较大',
      '1200000',
      '隔离两台服务器',
      '021-5555 0100',
      '受理编号',
    ]) {
      expect(lines.join('').replaceAll('120万', '1200000')).toContain(word);
    }
  });

  test.each(regime.reports.flatMap(({ id: kind }) => [[kind, 'zh'] as const, [kind, 'en'] as const]))(
    'is read in two minutes however much people wrote: %s, %s',
    { tags: 'grows' },
    (kind, language) => {
      fc.assert(
        fc.property(
          fc.string({ unit: ANY_CHARACTER, minLength: 1 }),
          fc.integer({ min: 1, max: 400 }),
          (text, times) => {
            const it = leakCase();
            for (const field of ['art7.2.impact', 'art7.2.measures', 'art7.2.place']) {
              fill(it, field, 'x', `攻击者窃取了数据，${text}`.repeat(times).slice(0, 9_000));
            }
            const { seconds, lines } = phoneScript(reportOf(it, { kind, language }), regime);
            expect(seconds).toBeLessThanOrEqual(120);
            // A blank cannot be read aloud.
            expect(lines.join('')).not.toMatch(/＿|__/);
          },
        ),
        { numRuns: inEverySoak(6, 20) },
      );
    },
  );

  test('stops at a clause and points to the written report', () => {
    const it = leakCase();
    fill(it, 'art7.2.impact', 'x', '攻击者窃取了会员姓名，'.repeat(40));
    expect(phoneScript(reportOf(it), regime).lines.join('')).toMatch(/窃取了会员姓名，详见书面报告。/);
    fill(it, 'art7.2.impact', 'x', 'names and telephone numbers '.repeat(20));
    expect(phoneScript(reportOf(it), regime).lines.join('')).toMatch(/[a-z]，详见书面报告。/);
    // A bracket that does not end before the cut is left out.
    fill(it, 'art7.2.impact', 'x', `攻击者窃取了会员姓名（${'手机号和地址'.repeat(30)}）`);
    expect(phoneScript(reportOf(it), regime).lines.join('')).toMatch(/窃取了会员姓名，详见书面报告。/);
  });

  test('reads out no figure that the report does not have, however it is shortened', { tags: 'grows' }, () => {
    const figures = (text: string): readonly string[] =>
      text.match(/\d(?:[\d,.]*\d)?(?: ?[万亿mb](?:illion)?)?/gu) ?? [];
    const figure = fc.integer({ min: 1, max: 99_999_999 });
    const bounds = fc.tuple(figure, figure).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
    const words = fc.tuple(fc.constantFrom('已', '已隔离服务器', 'isolated '), figure, fc.constantFrom('', '台', '，'));
    const long = fc.array(words, { minLength: 1, maxLength: 40 }).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(bounds, bounds, long, fc.constantFrom('zh', 'en'), (people, loss, text, language) => {
        const it = leakCase();
        it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: people });
        it.must('chen-yu', { type: 'answer', fact: 'direct_loss_cny', value: loss });
        for (const field of ['art7.2.measures', 'art7.2.place', 'art7.1.system']) fill(it, field, 'x', text);
        const document = reportOf(it, { language });
        const stated = new Set(documentLines(document).flatMap(figures));
        const { lines } = phoneScript(document, regime);
        expect(lines.flatMap(figures).filter((one) => !stated.has(one))).toEqual([]);
      }),
      { numRuns: inEverySoak(30, 200) },
    );
  });

  test('of ransomware says what is asked for, and of a report after the first what is new', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'answer', fact: 'ransomware', value: true });
    fill(it, 'art7.2.ransom_amount', 'x', '3枚比特币');
    expect(phoneScript(reportOf(it), regime).lines.join('')).toContain('3枚比特币');
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
    const filing = { type: 'record_filing' as const, obligation: 'cac.art4.other', channel: 'web_12387', draft: 1 };
    it.must('zhao-min', { ...filing, at: '2026-03-31T13:05:00+08:00' });
    fill(it, 'art7.2.place', 'x', '苏州机房');
    const { lines } = phoneScript(reportOf(it, { kind: 'follow_up' }), regime);
    expect(lines.join('')).toContain('地点：苏州机房');
    expect(lines.join('')).not.toContain('3枚比特币');
  });
});

describe('pieces to paste', () => {
  test('are the items of the law in their order, whole, with the length a form counts', () => {
    const document = reportOf(leakCase());
    const pieces = pasteBlocks(document);
    expect(pieces.map(({ heading }) => heading)).toEqual([...document.sections.map(headingText), '说明']);
    for (const { text, length } of pieces) {
      expect(text).not.toBe('');
      expect(length).toBe(Array.from(text).length);
    }
    expect(pieces.find(({ id }) => id === 'art7.2')?.text).toContain('（一）发现时间：2026年3月31日09时20分');
  });

  test('are the outline and six parts for the summary report, with what was filed before ahead of them', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'decide_level', level: 'major' });
    const at = new Date(it.now).toISOString();
    it.must('zhao-min', {
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at,
      receipt: 'R-1',
    });
    const pieces = pasteBlocks(reportOf(it, { kind: 'summary' }));
    expect(pieces.map(({ id }) => id)).toEqual([
      'introduction',
      'overview',
      ...[1, 2, 3, 4, 5, 6].map((n) => `art8.${n}`),
    ]);
    expect(pieces[0]?.text).toContain('R-1');
  });
});

describe('destinations', () => {
  test('of an ordinary operator are the province, by every channel of the law in their order', () => {
    const [only, ...more] = destinations(leakCase());
    expect(more).toEqual([]);
    expect(only).toMatchObject({ recipient: 'provincial_cac', name: '上海市互联网信息办公室' });
    expect(only?.channels.map(({ id }) => id)).toEqual([
      'web_12387',
      'hotline_12387',
      'mini_program_12387',
      'public_account_cncert',
      'email_12387',
      'fax_12387',
    ]);
    expect(besidePublicChannels(destinations(leakCase()))).toEqual([]);
  });

  test('of a CII operator are other bodies, reached as the profile says; 12387 does not reach them', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'system', value: 'grid' });
    const beside = besidePublicChannels(destinations(it)).map(({ recipient }) => recipient);
    expect(beside).toEqual(['protection_department', 'public_security']);
  });

  test('are reached at their own address before the public one', () => {
    const [entity] = company.entities;
    const own = { provincial_cac: { email: 'duty@example.cn', fax: '021-1' } };
    const it = leakCase(organisationSchema.parse({ ...company, entities: [{ ...entity, recipients: own }] }));
    const [to] = destinations(it);
    expect(to && [addressOf(to, 'email'), addressOf(to, 'fax'), addressOf(to, 'phone')]).toEqual([
      'duty@example.cn',
      '021-1',
      '12387',
    ]);
  });
});

describe('mail and fax', () => {
  test('the e-mail names report, unit and number, and carries the whole text', () => {
    const it = leakCase();
    const [to] = destinations(it);
    if (!to) throw new Error('no destination');
    const mail = mailDraft(reportOf(it), to);
    expect(mail.to).toEqual(['12387@cert.org.cn']);
    expect(mail.subject).toBe('网络安全事件报告（首报）·某某（上海）贸易有限公司·INC-2026-0001');
    expect(mail.text).toContain('上海市互联网信息办公室：');
    expect(mail.text).toContain('二、事件基本情况');
  });

  test('the fax sheet says to whom, from whom, and asks for a receipt', () => {
    const it = leakCase();
    const [to] = destinations(it);
    if (!to) throw new Error('no destination');
    const sheet = faxSheet(reportOf(it), to);
    expect(sheet.head.map(lineText)).toEqual(
      expect.arrayContaining([
        '收件单位：上海市互联网信息办公室',
        '收件传真：010-82992387（12387传真，仅有一处公开来源，发送前请核对）',
        '发件单位：某某（上海）贸易有限公司',
      ]),
    );
    expect(sheet.signature.map(({ label }) => label)).toEqual(['接收人', '接收时间', '受理编号']);
  });
});
