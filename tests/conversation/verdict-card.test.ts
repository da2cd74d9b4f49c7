import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import type { Action, Card, Surface } from '../../src/conversation/cards/card.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { verdictActions } from '../../src/conversation/level/verdict.ts';
import { everywhere, packs, states } from './states.ts';
import { company, MAIN_ROOM, Story } from './story.ts';

const START = '2026-03-31T09:42:00+08:00';
const ABROAD = { ...MAIN_ROOM, location: 'abroad' } as const;
const LEVEL: ReadonlySet<string> = new Set(['confirm_level', 'another_level', 'judge', 'not_reportable']);
const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
const decides = (card: Card): boolean => actionsOf(card).some(({ id }) => LEVEL.has(id));
const asks = (card: Card, { situation }: Story): boolean => {
  const asked = ['operator', null].flatMap((elsewhere) => nextQuestion(situation, elsewhere)?.id ?? []);
  const isAnswer = ({ answers }: Action): boolean => answers !== undefined && asked.includes(answers.fact);
  return actionsOf(card).some(isAnswer) || card.blocks.some(({ kind }) => kind === 'choices');
};
const posted = (story: Story, room: typeof ABROAD | typeof MAIN_ROOM | null = null): Surface | undefined =>
  surfacesOf(story.situation, room).find(({ key }) => key === 'verdict');
const isPosted = (story: Story): boolean => posted(story) !== undefined && posted(story)?.ifPosted !== true;

describe.each([
  ['the law alone', company, []],
  ['every law', everywhere, packs],
] as const)('with %s, in every state', (_, organisation, laws) => {
  it('where cards are edited, no card both decides the level and answers a question', () => {
    const story = new Story(START, organisation, laws);
    const seen = { both: 0, verdict: 0, question: 0 };
    for (const state of states(story)) {
      const { situation } = story;
      const views = ['question', 'verdict'].flatMap((view) => {
        const card = viewOf({ view, args: {} }, { ...situation, edited: true });
        return card ? [card] : [];
      });
      const shown = surfacesOf(situation).flatMap(({ card, opening }) => (opening ? [card, opening] : [card]));
      for (const card of [...shown, ...views]) expect(decides(card) && asks(card, story), state).toBe(false);
      const verdict = posted(story);
      if (verdict?.ifPosted === undefined && verdict) {
        expect(actionsOf(verdict.card).length, state).toBeLessThanOrEqual(5);
        expect(actionsOf(verdict.card).map(({ id }) => id)).toContain('why');
        seen.verdict += 1;
      }
      const question = surfacesOf(situation).find(({ key }) => key === 'question');
      if (question && asks(question.card, story)) seen.question += 1;
      // Where cards are not edited, one message has both.
      if (question?.joint && decides(question.joint) && asks(question.joint, story)) seen.both += 1;
    }
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
  });

  it('every act on the level is on the card of the verdict', () => {
    const story = new Story(START, organisation, laws);
    for (const state of states(story)) {
      const card = posted(story)?.card;
      const acts = verdictActions(story.situation).filter(({ id }) => LEVEL.has(id));
      if (!isPosted(story)) continue;
      expect(card && actionsOf(card).map(({ id }) => id), state).toEqual(
        expect.arrayContaining(acts.map(({ id }) => id)),
      );
    }
  });
});

describe('the card of the verdict', () => {
  const reached = (): Story =>
    new Story(START, company)
      .do({ type: 'declare', title: '客户库疑似泄露' })
      .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });

  it('is there once there is a level to decide, and becomes a line when it is decided', () => {
    const story = new Story(START, company).do({ type: 'declare', title: '客户库疑似泄露' });
    expect(posted(story)).toBeUndefined();
    expect(isPosted(story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] }))).toBe(false);
    expect(isPosted(story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }))).toBe(true);
    story.do({ type: 'decide_level', level: 'major' });
    expect(isPosted(story)).toBe(false);
    const blocks = posted(story)?.card.blocks ?? [];
    expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'actions']);
    expect(blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.map(({ id }) => id) : []))).toEqual([
      'another_level',
      'why',
    ]);
  });

  it('waits again when the facts rise above the decision, and has no act when they no longer give a level', () => {
    const story = reached().do({ type: 'decide_level', level: 'major' });
    story.do({ type: 'answer', fact: 'personal_info_people', value: 12_000_000 });
    expect(isPosted(story)).toBe(true);
    const unstated = new Story(START, company)
      .do({ type: 'declare', title: '客户库疑似泄露' })
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(isPosted(unstated)).toBe(true);
    const figure = { type: 'answer', fact: 'personal_info_people', value: 'unknown' } as const;
    // Until a second person agrees, the figure stands and the verdict waits.
    unstated.wait(5).do(figure);
    expect(isPosted(unstated)).toBe(true);
    unstated.do({ type: 'second', proposal: 'p1', agree: true }, 'Chen Yu');
    expect(posted(unstated)?.ifPosted).toBe(true);
  });

  it('names the people who may agree to a proposed level, and who proposed it', () => {
    const story = reached().do({ type: 'decide_level', level: 'general', reason: '按影响研判' });
    const card = viewOf({ view: 'verdict', args: {} }, story.situation);
    expect(
      localise({ list: card?.blocks.flatMap((one) => ('text' in one ? one.text : [])) ?? [], joiner: 'dot' }, 'en'),
    ).toMatch(/Waiting for .* or .* to decide on Li Wei’s proposal: level 一般 \(General, 1 of 4\)\./);
  });

  it('is posted for a level that was decided before any verdict was due, and follows when that is withdrawn', () => {
    const story = new Story(START, company).do({ type: 'declare', title: '客户库疑似泄露' });
    story.do({ type: 'decide_level', level: 'major', reason: '按影响研判' });
    expect(isPosted(story)).toBe(true);
    story.do({ type: 'withdraw_decision', about: 'level', reason: '误点' });
    expect(posted(story)?.ifPosted).toBe(true);
    expect(JSON.stringify(posted(story)?.card)).not.toContain('decided_title');
  });

  it('is taken back after a stop, and goes abroad only with the answers', () => {
    const story = reached().do({ type: 'add_room', room: ABROAD });
    expect(posted(story, ABROAD)?.ifPosted).toBe(true);
    expect(JSON.stringify(posted(story, ABROAD)?.card)).not.toContain('confirm_level');
    story.do({ type: 'stop_state_secret' });
    expect(posted(story, MAIN_ROOM)?.ifPosted).toBe(true);
    expect(
      actionsOf(
        posted(story, MAIN_ROOM)?.card ?? {
          tone: 'calm',
          drill: false,
          title: { raw: '' },
          summary: { raw: '' },
          blocks: [],
        },
      ),
    ).toEqual([]);
  });
});
