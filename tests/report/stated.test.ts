import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { ReportDocument, Run } from '../../src/incident/report-document.ts';
import { lawSet } from '../../src/law/pack.ts';
import { asPrinted } from '../../src/report/head.ts';
import { documentLines, type Paper } from '../../src/report/paper.ts';
import { papersOf } from '../../src/report/papers.ts';
import { courseOfHandling } from '../../src/report/sections.ts';
import { sheetNow } from '../../src/report/sheet.ts';
import { allPacks } from '../fakes/law.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { Case, company, fill, leakCase, minutes, regime, reportOf } from './cases.ts';
import { cases, casesUnder } from './random-cases.ts';

/** Fixed sentences of papers and reports in which nothing was stated, as they were read and found to assert nothing of the incident. */
const SAID = {
  zh: [
    '如有其他应当报告的情况，将及时报告',
    '我们发现一起网络安全事件，可能影响您的合法权益。依照有关法律、行政法规，现将安全事件和风险情况、危害后果、已经采取的补救措施告知您。',
    '我们发现一起网络安全事件，涉及或者可能涉及您的个人信息。依照《中华人民共和国个人信息保护法》第五十七条，现将有关情况告知您。',
    '暂无附件。',
    '第三至七部分的有关情况尚未查明，将依据《国家网络安全事件报告管理办法》第七条及时补报',
    '请依法受理，审查决定是否立案侦查，并出具受案回执。',
    '；发生时间：',
    '；措施的效果：',
  ],
  en: [
    ' (seal)',
    ' [original wording, not translated]',
    '; Effect of the measures: ',
    '; Time of occurrence: ',
    'Anything else that has to be reported will be reported promptly',
    'To accept this report, to decide by law on opening an investigation, and to issue a receipt.',
    'We have found a network security incident that concerns or may concern your personal information. Under Article 57 of the Personal Information Protection Law we inform you of it.',
    'We have found a network security incident that may affect your lawful interests. As the laws and administrative regulations require, we inform you of the incident and the risk, the harm, and the remedial measures taken.',
    'items 3–7: not established yet, to follow promptly in a supplement under Art. 7 of the National Cybersecurity Incident Reporting Management Measures',
    'none attached so far.',
  ],
} as const;

/** The same of the papers of clock packs: how a letter to people begins. */
const SAID_BY_PACKS = {
  zh: [
    '您使用的产品存在一项安全问题，现将有关情况和您可以采取的措施告知您。',
    '您的个人信息可能受到一起事件的影响，现向您告知如下。',
    '我们就一起影响您财务利益的事件向您告知如下。',
    '我们就一起涉及您个人信息的事件向您告知如下。',
    '我们就一起涉及您个人信息的数据泄露向您告知如下。',
    '我们就一起涉及您个人数据的事件向您告知如下。',
    '我们就一起涉及您个人数据的安全事件向您告知如下。',
  ],
  en: [
    'We inform you of a data breach that concerns your personal information.',
    'We inform you of a security issue of a product that you use and of what you can do.',
    'We inform you of an incident that concerns your personal data.',
    'We inform you of an incident that concerns your personal information.',
    'We inform you of an incident that has an impact on your financial interests.',
    'Your personal information may be affected by an incident. We inform you of the following.',
  ],
} as const;
const SEAL = { zh: [], en: [' (seal)'] } as const;

/** Nothing is printed that no recorded fact, decision or wording states. */

const lines = (document: ReportDocument): string => documentLines(document).join('\n');
const signed = (it: Case): string | undefined => {
  const text = it.current.drafts.at(-1)?.text;
  if (!text) throw new Error('no draft');
  return documentLines(asPrinted(text.document, it.current)).find((line) => line.startsWith('签发人：'));
};
function drafted(): Case {
  const it = leakCase();
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
  return it;
}
const approve = (it: Case): void => {
  const draft = it.current.drafts.at(-1);
  it.must('zhao-min', { type: 'approve', draft: draft?.draft ?? 0, hash: draft?.text?.hash ?? '' });
};
const send = (it: Case, more: object = {}): void =>
  it.must('zhao-min', {
    type: 'record_filing',
    obligation: 'cac.art4.other',
    channel: 'web_12387',
    at: new Date(it.now).toISOString(),
    draft: it.current.drafts.at(-1)?.draft,
    ...more,
  });

describe('签发人 is an act', () => {
  test('a text that nobody approved has a blank, whatever the profile says', () => {
    expect(signed(drafted())).toBe('签发人：＿＿＿＿＿＿');
  });
  test('one that was sent so says so', () => {
    const it = drafted();
    send(it, { withoutApproval: 'the approver could not be reached' });
    expect(signed(it)).toBe('签发人：＿＿＿＿＿＿（未签发，先行报送）');
  });
  test('an approved text has who approved it, otherwise who was named for it', () => {
    const it = drafted();
    approve(it);
    expect(signed(it)).toBe('签发人：赵敏');
    it.must('chen-yu', { type: 'answer', fact: 'signatory', value: '王建国' });
    expect(signed(it)).toBe('签发人：王建国');
  });
  test('a name that was stated does not sign a text that nobody approved', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'signatory', value: '王建国' });
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
    expect(signed(it)).toBe('签发人：＿＿＿＿＿＿');
    expect(lines(reportOf(it))).not.toContain('王建国');
  });
});

describe('the class of data', () => {
  const stated = (facts: Readonly<Record<string, readonly string[] | 'unknown'>>): string => {
    const it = leakCase();
    if (Object.keys(facts).length > 0) {
      it.must('chen-yu', { type: 'answer', fact: 'affected', value: ['personal_info', 'outage', 'data'] });
    }
    for (const [fact, value] of Object.entries(facts)) {
      it.must('chen-yu', { type: 'answer', fact, value: value === 'unknown' ? value : [...value] });
    }
    return lines(reportOf(it));
  };
  const LEAKED = ['leaked_or_stolen'] as const;

  test.each([
    [['important'], '重要数据：泄露或者被窃取', '核心数据'],
    [['core'], '核心数据：泄露或者被窃取', '重要数据'],
  ])('%s is printed as stated, and the other is not named', (of, said, other) => {
    const text = stated({ data_class: of, data_compromise: LEAKED });
    expect(text).toContain(said);
    expect(text).not.toContain(other);
  });
  test('both', () => {
    expect(stated({ data_class: ['core', 'important'], data_compromise: LEAKED })).toContain(
      '核心数据、重要数据：泄露或者被窃取',
    );
  });
  test('a class that is not known is being verified', () => {
    for (const facts of [
      { data_compromise: LEAKED },
      { data_compromise: LEAKED, data_class: 'unknown' as const },
      { data_class: 'unknown' as const },
    ]) {
      expect(stated(facts)).toContain('是否涉及重要数据、核心数据正在核实');
    }
    expect(stated({ data_class: ['important'] })).toContain('涉及重要数据，受损情形正在核实');
  });
  test('none and nothing raised print no class', () => {
    expect(stated({ data_class: ['none'], data_compromise: LEAKED })).not.toMatch(/核心数据|重要数据/);
    expect(stated({})).not.toMatch(/核心数据|重要数据/);
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'data_class', value: 'unknown' });
    expect(lines(reportOf(it))).not.toMatch(/核心数据|重要数据/);
  });
});

describe('a filing taken back', () => {
  test('went to another office: it is kept as evidence, and a later one is late by the same clock', () => {
    const it = drafted();
    approve(it);
    it.now = Date.parse('2026-03-31T13:10:00+08:00');
    send(it, { to: '浦东新区网信办' });
    it.now += minutes(30);
    send(it);
    const [wrong, right] = it.current.filings;
    expect(right).toMatchObject({ due: null, lateSeconds: 0 });
    it.must('zhao-min', {
      type: 'correct_filing',
      filing: wrong?.version ?? 0,
      mistaken: '送错单位',
      sentTo: '浦东新区网信办',
    });
    expect(it.current.voidedFilings[0]?.voided.sentTo).toBe('浦东新区网信办');
    expect(it.assess().filings).toMatchObject([{ due: '2026-03-31T13:20:00+08:00', lateSeconds: 20 * 60 }]);
  });
  test('several offices of one duty are several filings', () => {
    const it = drafted();
    approve(it);
    send(it);
    send(it, { to: '江苏省互联网信息办公室' });
    expect(it.current.filings.map(({ to }) => to)).toEqual([undefined, '江苏省互联网信息办公室']);
  });
});

test('the course of handling tells every level and every report', () => {
  const it = drafted();
  it.must('li-wei', { type: 'decide_level', level: 'major' });
  approve(it);
  send(it);
  it.now += minutes(60);
  it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
  it.must('li-wei', { type: 'decide_level', level: 'significant' });
  it.must('li-wei', { type: 'compile_draft', report: 'follow_up', cannotDetermine: [] });
  approve(it);
  send(it);
  const course = courseOfHandling(sheetNow({ state: it.current, ia: it.assess(), regime }, 'zh'));
  expect(course).toMatch(/发现；.*定级为较大；.*报送首报；.*定级为重大；.*报送续报/);
});

describe('letters and papers say nothing of their own', () => {
  const NEVER = [/歉/, /对不起/, /抱歉/, /保证不再/, /apolog/i, /\bsorry\b/i, /regret/i];
  const it = leakCase();
  // Whatever is written for the authority may name the vulnerability or somebody else.
  const free = ['art7.2.impact', 'art7.2.measures', 'art7.2.effect'];
  const later = regime.items.filter(({ n }) => n > 2).flatMap(({ fields }) => fields.map(({ id }) => id));
  for (const field of [...free, ...later]) fill(it, field, '接口越权漏洞', '会员接口存在越权漏洞');
  const written = { state: it.current, ia: it.assess(), regime };
  const papers = (['zh', 'en'] as const).flatMap((language) => papersOf(written, language));

  test('no apology and no promise', () => {
    for (const { paper } of papers) for (const word of NEVER) expect(documentLines(paper).join('\n')).not.toMatch(word);
  });
  test('nor does any text of the product or of a law', () => {
    for (const folder of ['src/i18n/zh-CN', 'src/i18n/en', 'src/regimes/cn-cac-2025', 'src/regimes/packs']) {
      for (const file of readdirSync(folder).filter((name) => /json$|yaml$/.test(name))) {
        const text = readFileSync(`${folder}/${file}`, 'utf8').replace(/^ *#.*$/gm, '');
        for (const word of NEVER) expect([file, word.exec(text)?.[0]]).toEqual([file, undefined]);
      }
    }
  });
  test('letters to people name neither the vulnerability nor figures of others', () => {
    const letters = papers.filter(({ definition }) => definition.letter && definition.recipient === 'individuals');
    expect(letters.length).toBeGreaterThan(3);
    for (const { paper } of letters) {
      const text = documentLines({ ...paper, appendix: [] }).join('\n');
      expect(text).not.toMatch(/越权|漏洞|120万|1\.2 million/);
    }
  });
  test('titles are those of the paper, without notes of ours', () => {
    for (const { paper } of papers) expect(paper.title).not.toMatch(/（报|利害关系人）/);
  });
});

describe('every run of text of every paper is stated by somebody', () => {
  /** Sources of a run that need no statement: the record, the profile, the clock, and what the law calls a recipient. */
  const OF_THE_RECORD = /^(?:incident|compiledAt|to|recipient\.\w+|salutation|filings|filing|requests)$/;
  const isStated = (run: Run, { current, organisation }: Case): boolean => {
    if (run.kind === 'phrase') return true;
    const { kind, of } = run;
    if (kind === 'to_supplement' || OF_THE_RECORD.test(of)) return true;
    if (/^profile\.|^(?:contact|phone|dpo|unit)$/.test(of)) return organisation !== null || of === 'contact';
    if (of === 'awareness' || of === 'aware') return current.candidates.length > 0;
    if (of === 'occurrence') return current.facts['occurrence'] !== undefined;
    if (of === 'level' || of === 'overview.course') return current.gradings.length > 0 || current.candidates.length > 0;
    if (of === 'handling_end') return current.handlingEnded !== null;
    if (of === 'statement') return true;
    if (kind === 'words') return current.fields[of]?.wording !== undefined;
    const value = current.facts[of]?.value;
    // Under whose class data were affected may be open while what happened to them is known.
    const isClass = of === 'data_compromise' && current.facts['affected'] !== undefined;
    return (value !== undefined && value !== 'unknown') || isClass || current.fields[of] !== undefined;
  };
  const runsOf = ({ head, introduction, sections, notes, signature }: Paper): readonly Run[] => [
    ...[...head, ...signature].flatMap(({ runs }) => runs),
    ...[...introduction, ...notes, ...sections.flatMap(({ blocks }) => blocks)].flatMap((block) =>
      block.kind === 'paragraph' ? block.runs : [],
    ),
  ];
  const allOf = (it: Case, language: 'zh' | 'en'): readonly Paper[] => [
    ...papersOf({ state: it.current, ia: it.assess(), regime }, language).map(({ paper }) => paper),
    ...regime.reports.map(({ id }) => reportOf(it, { kind: id, language, statement: '更正说明', cannotDetermine: [] })),
  ];

  test.each(['zh', 'en'] as const)('whatever people did (%s)', { tags: 'grows' }, (language) => {
    fc.assert(
      fc.property(cases, (it) => {
        for (const paper of allOf(it, language)) {
          const unstated = runsOf(paper).filter((run) => !isStated(run, it));
          expect([paper.title, unstated]).toEqual([paper.title, []]);
        }
      }),
      { numRuns: inEverySoak(12, 40) },
    );
  });

  describe('of every law, contracts too', () => {
    const packs = [...allPacks().values()].map(({ pack }) => pack);
    const organisation = organisationSchema.parse({
      ...company,
      entities: company.entities.map((entity) => ({ ...entity, packs: packs.map(({ id }) => id) })),
      accept: Object.fromEntries(packs.map(({ id }) => [id, { by: 'chen-yu', on: '2026-03-01' }])),
      contracts: [
        { id: 'acme', customer: { zh: '某客户', en: 'Acme' }, hours: 12, from: 'awareness', notify: { name: 'SOC' } },
      ],
    });
    const papers = (it: Case, language: 'zh' | 'en') => {
      const ia = it.assess();
      return papersOf({ state: it.current, ia, regime: ia.regime }, language);
    };

    test.each(['zh', 'en'] as const)('whatever people did (%s)', { tags: 'grows' }, (language) => {
      fc.assert(
        fc.property(casesUnder(organisation, packs), (it) => {
          for (const { definition, paper } of papers(it, language)) {
            const unstated = runsOf(paper).filter((run) => !isStated(run, it));
            expect([definition.id, unstated]).toEqual([definition.id, []]);
          }
        }),
        { numRuns: inEverySoak(4, 12) },
      );
    });

    test('letters name neither the vulnerability nor figures of others, and titles are no orders', () => {
      const it = leakCase(organisation);
      for (const field of regime.items
        .flatMap(({ fields }) => fields)
        .filter(({ id }) => /impact|measures|cause|vuln/.test(id)))
        fill(it, field.id, '接口越权漏洞', '会员接口存在越权漏洞');
      const ia = it.assess();
      const law = lawSet(ia.regime, packs);
      const all = (['zh', 'en'] as const).flatMap((language) =>
        papersOf({ state: it.current, ia, regime: law }, language),
      );
      const letters = all.filter(({ definition }) => definition.letter);
      expect(letters.length).toBeGreaterThan(16);
      for (const { definition, paper } of letters) {
        const text = documentLines({ ...paper, appendix: [] }).join('\n');
        expect([definition.id, text]).toEqual([
          definition.id,
          expect.not.stringMatching(/越权|漏洞$|120万|1\.2 million/m),
        ]);
      }
      for (const { paper } of all)
        expect(paper.title).not.toMatch(/^(?:Submit|File|Notify|Inform)\b|^(?:提交|报送|通知委托|告知客户)/);
    });

    test.each(['zh', 'en'] as const)('where nothing was stated the fixed sentences are these (%s)', (language) => {
      const it = new Case(organisation);
      it.packs = packs;
      it.must('li-wei', { type: 'declare', title: 'x' });
      const own = new Set(regime.papers.map(({ id }) => id));
      const said = papers(it, language)
        .filter(({ definition }) => !own.has(definition.id))
        .flatMap(({ paper }) => runsOf(paper))
        .flatMap(({ kind, text }) => (kind === 'phrase' && /[\p{L}]{4}/u.test(text) ? [text] : []));
      expect([...new Set(said)].toSorted()).toEqual([...SAID_BY_PACKS[language], ...SEAL[language]].toSorted());
    });
  });

  // Fixed sentences are the other way to say what nobody stated: these are all of them, and each was read.
  test.each([
    ['zh', SAID.zh],
    ['en', SAID.en],
  ] as const)('where nothing was stated the fixed sentences are these (%s)', (language, reviewed) => {
    const it = new Case(null);
    it.must('li-wei', { type: 'declare', title: 'x' });
    const said = new Set(
      allOf(it, language)
        .flatMap(runsOf)
        .flatMap(({ kind, text }) => (kind === 'phrase' && /[\p{L}]{4}/u.test(text) ? [text] : [])),
    );
    expect([...said].toSorted()).toEqual([...reviewed].toSorted());
  });
});

test('a notice is no report: its head says who sends it, not who reports', () => {
  const it = leakCase();
  for (const language of ['zh', 'en'] as const) {
    for (const { paper } of papersOf({ state: it.current, ia: it.assess(), regime }, language))
      for (const { label } of [...paper.head, ...paper.signature]) expect(label).not.toMatch(/报告|[Rr]eport/);
  }
});

test('the kinds of personal information are written once, for the report and for every letter; without them there is a blank', () => {
  const KINDS = '姓名、手机号、收货地址';
  const of = (it: Case) => papersOf({ state: it.current, ia: it.assess(), regime }, 'zh');
  const concerned = ['personal_info_authority', 'personal_info_individuals'];
  const blank = of(leakCase()).filter(({ definition }) => concerned.includes(definition.id));
  expect(blank).toHaveLength(2);
  for (const { missing } of blank) expect(missing.join('\n')).toMatch(/信息种类（逐项列出/);
  expect(lines(reportOf(leakCase()))).not.toContain('个人信息种类');
  const it = leakCase();
  fill(it, 'art7.2.info_kinds', KINDS);
  for (const { missing } of of(it).filter(({ definition }) => concerned.includes(definition.id)))
    expect(missing.join('\n')).toMatch(/个人信息种类（已填写，文字待确认）/);
  fill(it, 'art7.2.info_kinds', KINDS, KINDS);
  expect(lines(reportOf(it))).toContain(`涉及的个人信息种类：${KINDS}`);
  for (const { paper } of of(it).filter(({ definition }) => concerned.includes(definition.id)))
    expect(documentLines({ ...paper, appendix: [] }).join('\n')).toContain(KINDS);
});

test('the matter of a police report is not taken from our types of incident', () => {
  const it = leakCase();
  const police = papersOf({ state: it.current, ia: it.assess(), regime }, 'zh').find(
    ({ definition }) => definition.id === 'crime_report',
  );
  if (!police) throw new Error('no paper');
  const text = documentLines({ ...police.paper, appendix: [] });
  expect(text.find((line) => line.includes('案由：'))).toMatch(/案由：＿+$/);
  expect(text.join('\n')).toContain('类型：数据安全事件—数据泄露事件');
  for (const label of ['法定代表人：', '请求事项：请依法受理', '向其他机关报告的情况：'])
    expect(text.some((line) => line.includes(label))).toBe(true);
});
