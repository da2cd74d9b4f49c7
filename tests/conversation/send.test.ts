import { describe, expect, test } from 'vitest';
import { localiseCard, plainWords } from '../../src/conversation/cards/localise.ts';
import { scriptCard, sendCard } from '../../src/conversation/filing/send-cards.ts';
import { type Case, company, leakCase, regime } from '../report/cases.ts';
import { Story } from './story.ts';

const situation = (it: Case) => ({ state: it.current, ia: it.assess(), regime });
const words = (card: Parameters<typeof localiseCard>[0], language: 'en' | 'zh-CN' = 'zh-CN'): string =>
  JSON.stringify(localiseCard(card, language).blocks);
const cii = (): Case => {
  const it = leakCase();
  it.byTwo('chen-yu', 'li-wei', { type: 'answer', fact: 'system', value: 'grid' });
  return it;
};

describe('the card of what can be sent', () => {
  test('has every item as a piece to copy, with its length, and every channel', () => {
    const card = localiseCard(sendCard(situation(leakCase())), 'zh-CN');
    const pieces = card.blocks.filter((block) => block.kind === 'quote' && block.copy);
    expect(pieces.map((block) => ('source' in block ? block.source : ''))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^二、事件基本情况 · \d+字$/)]),
    );
    expect(pieces).toHaveLength(9);
    expect(words(sendCard(situation(leakCase())))).toContain('12387@cert.org.cn（仅有一处公开来源，发送前请核对）');
  });

  test('has the heading of a piece above its text, where it is pasted from', () => {
    const lines = plainWords(sendCard(situation(leakCase())), 'zh-CN').split('\n');
    const heading = lines.findIndex((line) => line.startsWith('二、事件基本情况 · '));
    expect(lines[heading + 1]).toMatch(/^（一）发现时间：/);
  });

  test.each([
    ['zh-CN', '没有规定向12387报告可以代替'],
    ['en', 'The Measures do not say that a report there replaces'],
  ] as const)('says to a CII operator that 12387 is not enough, on the phone script too: %s', (language, sentence) => {
    expect(words(sendCard(situation(cii())), language)).toContain(sentence);
    const script = words(scriptCard(situation(cii())), language);
    expect(script).toContain(sentence);
    expect(localiseCard(scriptCard(situation(cii())), language).summary).not.toContain('12387');
    expect(script).not.toMatch(/请先确认是否|First find out/);
    expect(words(sendCard(situation(leakCase())), language)).not.toContain(sentence);
  });

  test('says that the record has left the draft behind, and in what, on the phone script too', () => {
    const it = leakCase();
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
    const cards = () => [sendCard, scriptCard].map((card) => words(card(situation(it))));
    for (const card of cards()) expect(card).not.toContain('请重新出稿');
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 2_900_000 });
    for (const card of cards()) {
      expect(card).toContain('报送前请重新出稿');
      expect(card).toContain('出稿后有变：已造成的影响和危害');
    }
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
    for (const card of cards()) expect(card).not.toContain('请重新出稿');
  });

  test('the phone script tells whom to call while the kind of operator is open', () => {
    const open = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'Leak' });
    const { summary } = localiseCard(scriptCard(open.situation), 'zh-CN');
    expect(summary).toMatch(/^请先确认是否涉及关键信息基础设施，再给相应的报告对象打电话；一时不能确认的，逐一拨打。/);
  });

  test('the phone script gives each of several recipients its own number', () => {
    const [entity] = company.entities;
    const recipients = {
      protection_department: { name: '某行业保护工作部门', phone: '010-0000-0001' },
      public_security: { name: '属地网安支队', phone: '021-0000-0110' },
    };
    const it = leakCase({ ...company, entities: entity ? [{ ...entity, recipients }] : [] });
    it.must('chen-yu', { type: 'answer', fact: 'system', value: 'grid' });
    const script = words(scriptCard(situation(it)));
    expect(script).toContain('某行业保护工作部门：010-0000-0001');
    expect(script).toContain('属地网安支队：021-0000-0110');
    expect(words(scriptCard(situation(cii())))).toContain('公安机关：组织档案中没有电话');
  });
});
