import { describe, expect, it } from 'vitest';
import { paperWordsForm } from '../../src/conversation/collecting/paper-words.ts';
import { contractPack } from '../../src/incident/people/contracts.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { ReportLanguage } from '../../src/incident/report-document.ts';
import { lawSet } from '../../src/law/pack.ts';
import { toldIn } from '../../src/law/told.ts';
import { documentLines } from '../../src/report/paper.ts';
import { asSent, type PreparedPaper, papersOf } from '../../src/report/papers.ts';
import { allPacks } from '../fakes/law.ts';
import { Case, company, fill, regime } from './cases.ts';

const packs = [...allPacks().values()].map(({ pack }) => pack);
const acme = {
  id: 'acme',
  customer: { zh: '某某客户', en: 'Acme' },
  hours: 24,
  from: 'awareness',
  notify: { name: 'Acme SOC' },
};
/** Words of the report for authorities, each with a mark of its own. */
const REPORT = {
  impact: '已造成会员数据泄露（机关专用甲）',
  measures: '已隔离服务器（机关专用乙）',
  cause: '接口越权（机关专用丙）',
};
const NAMES = [/某某（上海）贸易有限公司/g, /会员商城系统/g, /李伟|陈宇|赵敏/g, /某某客户/g];

function told(more: object = {}): Case {
  const [entity] = company.entities;
  const organisation: Organisation = organisationSchema.parse({
    ...company,
    entities: [{ ...entity, packs: packs.map(({ id }) => id), ...more }],
    contracts: [acme],
    accept: Object.fromEntries(packs.map(({ id }) => [id, { by: 'chen-yu', on: '2026-11-29' }])),
  });
  const it = new Case(organisation);
  it.packs = packs;
  it.must('li-wei', { type: 'declare', title: '支付系统疑似用户数据泄露', system: 'shop' });
  it.must('li-wei', { type: 'add_awareness', at: '2026-03-31T09:20:00+08:00', source: 'alert', reachedUs: true });
  it.must('li-wei', { type: 'answer', fact: 'incident_type', value: 'data.leak' });
  it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  fill(it, 'art7.2.impact', 'leak', REPORT.impact);
  fill(it, 'art7.2.measures', 'isolated', REPORT.measures);
  fill(it, 'art7.4.cause', 'idor', REPORT.cause);
  return it;
}

const law = lawSet(regime, [...packs, contractPack(acme, regime)]);
const written = (it: Case) => ({ state: it.current, ia: { ...it.assess(), regime: law }, regime: law });
const papers = (it: Case, language: ReportLanguage): readonly PreparedPaper[] => papersOf(written(it), language);
const ofPacks = (it: Case, language: ReportLanguage) =>
  papers(it, language).filter(({ definition }) =>
    law.obligations.some((rule) => definition.duties.includes(rule.id) && rule.regime),
  );
const text = (paper: PreparedPaper): string =>
  documentLines(asSent(paper, { language: paper.paper.language })).join('\n');
const one = (it: Case, id: string, language: ReportLanguage = 'en'): PreparedPaper => {
  const found = papers(it, language).find(({ definition }) => definition.id === id);
  if (!found) throw new Error(`no paper ${id}`);
  return found;
};

describe('one fact has words of its own for each reader', () => {
  it('what was worded for authorities reaches no customer, no public and no individual, in any paper of any pack', () => {
    const it = told();
    for (const language of ['zh', 'en'] as const)
      for (const paper of ofPacks(it, language)) {
        const { reader } = paper.definition;
        if (reader && reader !== 'authority')
          expect([paper.definition.id, text(paper)]).not.toEqual([
            paper.definition.id,
            expect.stringContaining('机关专用'),
          ]);
      }
    expect(text(one(it, 'nfra.art69.written', 'zh'))).toContain('机关专用甲');
  });

  it('what was written for customers stands in every paper to customers, and in no other', () => {
    const it = told();
    it.must('chen-yu', {
      type: 'confirm_wording',
      field: 'art7.2.impact@customer',
      wording: 'Names and e-mail addresses were read.',
    });
    const having = ofPacks(it, 'en')
      .filter((paper) => text(paper).includes('e-mail addresses were read'))
      .map(({ definition }) => definition.id)
      .sort();
    expect(having).toEqual(['contract.acme', 'gdpr.art33.processor', 'sg.pdpa.26c.intermediary']);
  });

  it('a line is worded for one paper, and is then no longer missing', () => {
    const it = told();
    const before = one(it, 'gdpr.art34.individuals').missing.length;
    const [place] = toldIn(law, one(it, 'gdpr.art34.individuals').definition);
    it.must('chen-yu', { type: 'confirm_wording', field: place?.id ?? '', wording: 'Somebody read your address.' });
    const after = one(it, 'gdpr.art34.individuals');
    expect(after.missing.length).toBe(before - 1);
    expect(text(after)).toContain('Somebody read your address.');
  });

  it('every gap that a person words in a paper of a pack is in its form', () => {
    const it = told();
    for (const paper of ofPacks(it, 'en')) {
      const built = paperWordsForm.build({ ...written(it) }, { paper: paper.definition.id });
      const inputs = built?.fields.length ?? 0;
      expect([paper.definition.id, inputs]).toEqual([paper.definition.id, toldIn(law, paper.definition).length]);
    }
    const form = paperWordsForm.parse(written(it), { paper: 'contract.acme' }, { w0: ['Your orders were read.'] });
    expect(form).toEqual({
      commands: [{ type: 'confirm_wording', field: 'art7.2.impact@customer', wording: 'Your orders were read.' }],
    });
  });

  it('no other words are taken: an unknown reader or line is refused', () => {
    const it = told();
    for (const field of ['art7.2.impact@press', 'gdpr.art33.authority/nothing', 'art7.2.nothing@customer'])
      expect(it.do('chen-yu', { type: 'confirm_wording', field, wording: 'x' })).toMatchObject({
        refusal: { code: 'unknown_field' },
      });
  });
});

describe('the language of a recipient', () => {
  it('nothing Chinese stands in a paper in English but names; what is worded in Chinese is named as missing', () => {
    const it = told();
    for (const paper of ofPacks(it, 'en').filter(({ language }) => language === 'en')) {
      const rest = NAMES.reduce((all, name) => all.replace(name, ''), text(paper));
      expect([paper.definition.id, rest.match(/.{0,20}\p{Script=Han}.{0,20}/u)?.[0]]).toEqual([
        paper.definition.id,
        undefined,
      ]);
    }
    expect(one(it, 'gdpr.art33.authority').missing.join('\n')).toContain('for the authority');
  });

  it('is that of the law, or of the profile: an authority that reads Chinese gets the report’s own words', () => {
    expect(one(told(), 'gdpr.art33.authority').language).toBe('en');
    const it = told({ contacts: { gdpr_authority: { language: 'zh' } } });
    expect(one(it, 'gdpr.art33.authority', 'zh')).toMatchObject({ language: 'zh' });
    expect(text(one(it, 'gdpr.art33.authority', 'zh'))).toContain('机关专用甲');
  });

  it('papers that leave China carry the rules on it before they are sent', () => {
    for (const paper of ofPacks(told(), 'en')) {
      const rule = law.obligations.find(({ id }) => paper.definition.duties.includes(id));
      if (!rule || rule.zone === regime.zone) continue;
      const before = documentLines({ ...paper.paper, head: [], introduction: [], sections: [] }).join('\n');
      for (const words of ['第三十六条', '第四十一条', '第九条第（七）项', 'state secrets'])
        expect([paper.definition.id, before]).toEqual([paper.definition.id, expect.stringContaining(words)]);
    }
  });
});

describe('answers to requests of authorities', () => {
  const ask = (it: Case, from: string, what: string): void =>
    it.must('zhao-min', {
      ...{ type: 'add_request', from, recipient: 'provincial_cac', what },
      receivedAt: '2026-03-31T09:30:00+08:00',
    });
  const answers = (it: Case): readonly PreparedPaper[] =>
    papers(it, 'zh').filter(({ definition }) => definition.requests);

  it('are one paper for each authority, which reads neither the request nor the answer of another', () => {
    const it = told();
    const asked = { 上海市网信办: ['补充日志留存情况', '说明影响范围'], 浦东公安分局: ['提供某账号登录记录'] };
    for (const [from, all] of Object.entries(asked)) for (const what of all) ask(it, from, what);
    for (const { definition, destination } of answers(it)) {
      const known = { ...written(it), language: 'zh' as const };
      const form = paperWordsForm.parse(known, { paper: definition.id }, { w0: [`致${destination.name}的答复`] });
      for (const command of 'commands' in form ? form.commands : []) it.must('chen-yu', command);
    }
    expect(answers(it).map(({ destination }) => destination.name)).toEqual(Object.keys(asked));
    for (const paper of answers(it)) {
      for (const [from, all] of Object.entries(asked)) {
        const own = paper.destination.name === from;
        for (const words of [...all, from, `致${from}的答复`]) expect(text(paper).includes(words)).toBe(own);
      }
      expect(paper.duties).toHaveLength(
        asked[paper.destination.name === '上海市网信办' ? '上海市网信办' : '浦东公安分局'].length,
      );
    }
  });

  it('words written before answers were kept apart stay with the authority that had asked first', () => {
    const it = told();
    ask(it, '上海市网信办', '补充日志留存情况');
    it.must('chen-yu', { type: 'confirm_wording', field: 'request_answer/answer', wording: '日志已留存六个月' });
    ask(it, '浦东公安分局', '提供某账号登录记录');
    const [first, second] = answers(it).map(text);
    expect(first).toContain('日志已留存六个月');
    expect(second).not.toContain('日志已留存六个月');
    it.must('zhao-min', { type: 'drop_request', request: 'request.1', reason: 'withdrawn by the office in writing' });
    it.must('chen-yu', { type: 'second', proposal: it.current.proposals.at(-1)?.id ?? '', agree: true });
    expect(answers(it).map(text).join()).not.toContain('日志已留存六个月');
  });

  it('an older button that names no authority writes words that are printed', () => {
    const it = told();
    ask(it, '上海市网信办', '补充日志留存情况');
    ask(it, '浦东公安分局', '提供某账号登录记录');
    it.must('zhao-min', { type: 'drop_request', request: 'request.1', reason: 'withdrawn by the office in writing' });
    it.must('chen-yu', { type: 'second', proposal: it.current.proposals.at(-1)?.id ?? '', agree: true });
    const form = paperWordsForm.parse(written(it), { paper: 'request_answer' }, { w0: ['日志已留存六个月'] });
    for (const command of 'commands' in form ? form.commands : []) it.must('chen-yu', command);
    expect(answers(it).map(text).join()).toContain('日志已留存六个月');
  });

  it('an answer that was sent is not the answer to the next request, of the same authority or another', () => {
    for (const next of ['上海市网信办', '浦东公安分局']) {
      const it = told();
      ask(it, '上海市网信办', '补充日志留存情况');
      const [first] = answers(it);
      it.must('chen-yu', {
        type: 'confirm_wording',
        field: `${first?.definition.id}/answer`,
        wording: '日志已留存六个月',
      });
      expect(answers(it).map(text).join()).toContain('日志已留存六个月');
      it.must('zhao-min', {
        ...{ type: 'record_filing', obligation: first?.duties[0]?.id ?? '', channel: 'own_contact' },
        ...{ at: new Date(it.now).toISOString(), receipt: 'R-1' },
      });
      ask(it, next, '说明影响范围');
      expect(answers(it).map(text).join()).not.toContain('日志已留存六个月');
    }
  });
});
