import { describe, expect, it } from 'vitest';
import { type LocalCard, localiseCard } from '../../src/conversation/cards/localise.ts';
import { saidAfter } from '../../src/conversation/record/command-confirmations.ts';
import { elsewhereCard, routeReason } from '../../src/conversation/reminding/fallback-cards.ts';
import type { Command } from '../../src/incident/commands.ts';
import { LANGUAGES } from '../../src/incident/identity.ts';
import { differentShown } from '../platforms/slack/situations.ts';
import { company, regime, Story } from './story.ts';

const cards = differentShown().flatMap(({ name, card }) => (card ? [{ name, card }] : []));
const START = '2026-03-31T09:42:00+08:00';
const declared = () => new Story(START, company).do({ type: 'declare', title: 'Leak' });

/** Lines that a card says below its title, without its buttons. */
const linesOf = ({ blocks }: LocalCard): readonly string[] =>
  blocks.flatMap((block) => ('text' in block ? [block.text] : []));
const bare = (text: string): string => text.replace(/[\s。.，,：:]+$/u, '');

describe.each(LANGUAGES)('what is said once: %s', (language) => {
  it('no line of a card repeats its title', () => {
    const repeated = cards.flatMap(({ name, card }) => {
      const local = localiseCard(card, language);
      const title = local.title.replace(/^.*?\b(?:INC|DRILL)-[\d-]+(?: · |：|: )/u, '');
      // A quotation is headed by the name of its text.
      const lines = local.blocks
        .filter(({ kind }) => kind !== 'quote')
        .flatMap((block) => linesOf({ ...local, blocks: [block] }));
      return lines.filter((line) => bare(line) === bare(title)).map((line) => `${name}: ${line}`);
    });
    expect(repeated).toEqual([]);
  });

  it('a level that the title names is not named again by who decided it', () => {
    const names = regime.levels.map(({ short }) => short.zh);
    const repeated = cards.flatMap(({ name, card }) => {
      if (!/ verdict$/.test(name)) return [];
      const { title, ...local } = localiseCard(card, language);
      const [level] = names.filter((one) => title.includes(one));
      const below = [local.summary, ...linesOf({ ...local, title })].join('\n');
      return level && below.includes(level) ? [`${name}: ${below}`] : [];
    });
    expect(repeated).toEqual([]);
  });

  it('a condition that the title of a reminder names is not repeated by the line below it', () => {
    const CLAUSE = / is involved$|涉及[^，。；]*）$/u;
    const titled = cards.flatMap(({ name, card }) => {
      const { title, blocks } = localiseCard(card, language);
      const [line] = blocks.flatMap((block) => ('text' in block ? [block.text] : []));
      return CLAUSE.test(title) ? [{ name, line: line ?? '' }] : [];
    });
    expect(titled.length).toBeGreaterThan(0);
    expect(titled.filter(({ line }) => /CII is involved|涉及关基|涉及关键/u.test(line))).toEqual([]);
  });

  it('the way a message came is its last line', () => {
    const others = cards.flatMap(({ name, card }) => {
      const why = routeReason(card);
      const lines = card.blocks.filter(({ kind }) => kind !== 'actions');
      return why && lines.at(-1) !== why ? [name] : [];
    });
    expect(others).toEqual([]);
    expect(cards.filter(({ card }) => routeReason(card)).length).toBeGreaterThan(5);
  });

  it('one act is answered with one "Recorded."', () => {
    const facts: readonly Command[] = [
      { type: 'answer', fact: 'incident_type', value: 'data.leak' },
      { type: 'answer', fact: 'suspected_crime', value: true },
      { type: 'answer', fact: 'affected', value: ['personal_info'] },
      { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
      { type: 'answer', fact: 'first_notice', value: 'unknown' },
    ];
    const others: readonly Command[] = [
      { type: 'add_awareness', at: START, source: 'alert', reachedUs: true },
      { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' } },
      { type: 'add_note', text: 'isolated' },
    ];
    const pairs = [...facts, ...others].flatMap((one) =>
      [...facts, ...others].flatMap((other) => (one === other ? [] : [[one, other]])),
    );
    for (const commands of [...pairs, facts, [...others, ...facts]]) {
      const story = declared();
      const before = story.situation.state;
      for (const command of commands) story.do(command);
      const said = saidAfter({ commands, before, after: story.situation });
      const title = said ? localiseCard(said, language).title : '';
      expect(title.match(/Recorded[.:]|已记录[：“]/gu)?.length ?? 0, title).toBeLessThanOrEqual(1);
    }
  });
});

describe('what depends on an open question', () => {
  /** Bodies and limits that only an operator of CII has. */
  const OF_CII = /protection department|police \(|limit is 1 hour|保护工作部门|公安机关|只有1小时/u;
  const CONDITION = /\bif\b|^If |^Where |depends|only at level|must choose|do not say|如|待确认|涉及.*的|没有规定/u;

  it.each(LANGUAGES)('is not stated as a fact: %s', (language) => {
    const stated = cards.flatMap(({ name, card }) => {
      if (!/^(?:declared|affected) /.test(name) || / (?:refused|form) /.test(name)) return [];
      const local = localiseCard(card, language);
      const lines = local.blocks
        .filter(({ kind }) => kind !== 'quote')
        .flatMap((block) => linesOf({ ...local, blocks: [block] }));
      return lines.filter((line) => OF_CII.test(line) && !CONDITION.test(line)).map((line) => `${name}: ${line}`);
    });
    expect([...new Set(stated)]).toEqual([]);
  });
});

it('the reason for another way stays with the card, also without buttons', () => {
  const [card] = cards.flatMap(({ name, card: one }) => (name.endsWith(' fallback') ? [one] : []));
  const why = card && routeReason(card);
  expect(card && why && elsewhereCard(why, { ...card, blocks: [] }).blocks).toEqual([why]);
});
