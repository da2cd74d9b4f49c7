import { describe, expect, it } from 'vitest';
import type { Action, Card, SurfaceKey } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import type { Command } from '../../src/incident/commands.ts';
import { LANGUAGES } from '../../src/incident/identity.ts';
import { openProposals } from '../../src/incident/proposals.ts';
import { states } from './states.ts';
import { company, MAIN_ROOM, Story } from './story.ts';

const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
const isSecond = ({ does }: Action): boolean => does.kind === 'intent' && does.intent.type === 'second';
const isOther = ({ does }: Action): boolean => does.kind !== 'view' && does.kind !== 'link';
const raise = (): never => {
  throw new Error('no card of proposals');
};
const ABROAD = { ...MAIN_ROOM, location: 'abroad' } as const;

/** Surfaces of a room by key; null: for the API. */
const shownTo = (story: Story, room: typeof ABROAD | typeof MAIN_ROOM | null = null) =>
  new Map<SurfaceKey, Card>(
    surfacesOf(story.situation, room).flatMap(({ key, card, ifPosted }) => (ifPosted ? [] : [[key, card] as const])),
  );

/** Decisions that wait for a second person when Li Wei makes them, at any state of the incident. */
const PROPOSED = (story: Story): readonly Command[] => [
  { type: 'decide_level', level: 'general', reason: 'small' },
  { type: 'not_reportable', reason: 'small', reviewAt: new Date(story.now + 3_600_000).toISOString() },
  { type: 'answer', fact: 'operator', value: 'other' },
  { type: 'answer', fact: 'personal_info_people', value: 10 },
  { type: 'leave_chat', reason: 'compromised' },
  { type: 'withdraw_declaration', reason: 'mistake' },
  { type: 'not_owed', obligation: 'pipl.art57.authority', reason: 'none affected' },
  { type: 'lift_stop', reason: 'no secret' },
];

it('no card mixes a proposal with anything else to answer, in any state', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company, []);
  let seen = 0;
  for (const state of states(story)) {
    for (const command of PROPOSED(story)) story.try(command);
    const { state: now } = story.situation;
    for (const { key, card, opening } of surfacesOf(story.situation))
      for (const one of opening ? [card, opening] : [card]) {
        const actions = actionsOf(one);
        if (!actions.some(isSecond)) continue;
        // A stopped incident has one card; it asks nothing.
        expect(key, state).toBe(now.stopped ? 'status' : 'proposals');
        if (key === 'proposals') expect(actions.filter(isOther).filter((action) => !isSecond(action))).toEqual([]);
        expect(actions.length, state).toBeLessThanOrEqual(5);
        for (const language of LANGUAGES) {
          const labels = localiseCard(one, language).blocks.flatMap((block) =>
            block.kind === 'actions' ? block.actions.map(({ label }) => label) : [],
          );
          expect(new Set(labels).size, labels.join()).toBe(labels.length);
        }
        seen += 1;
      }
  }
  expect(seen).toBeGreaterThan(10);
});

describe('the card of proposals', () => {
  const proposed = (): Story =>
    new Story('2026-03-31T09:42:00+08:00', company)
      .do({ type: 'declare', title: '客户库疑似泄露' })
      .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
      .do({ type: 'decide_level', level: 'general', reason: 'small' });

  it('is there while a decision waits, and is gone once it is settled', () => {
    const story = proposed();
    const [waits] = openProposals(story.situation.state);
    expect(shownTo(story).has('proposals')).toBe(true);
    story.do({ type: 'second', proposal: waits?.id ?? '', agree: false }, 'Zhao Min');
    expect(shownTo(story).has('proposals')).toBe(false);
    // Where it was posted, a line on the answer replaces it, without buttons.
    const posted = surfacesOf(story.situation).find(({ key }) => key === 'proposals');
    expect(posted?.ifPosted).toBe(true);
    expect(posted && actionsOf(posted.card)).toEqual([]);
  });

  it('names what each button decides while several wait', () => {
    const story = proposed().do({ type: 'withdraw_declaration', reason: 'mistake' });
    const card = shownTo(story).get('proposals');
    const labels = card && localiseCard(card, 'zh-CN').blocks.flatMap((b) => (b.kind === 'actions' ? b.actions : []));
    expect(labels?.map(({ label }) => label)).toEqual(['定级：同意', '定级：不同意', '误报：同意', '误报：不同意']);
  });

  it('says whose proposal another decision on the same subject replaced', () => {
    const story = new Story('2026-03-31T09:42:00+08:00', company)
      .do({ type: 'declare', title: '客户库疑似泄露' })
      .do({ type: 'decide_level', level: 'general', reason: 'small' });
    const asked = () => JSON.stringify(localiseCard(shownTo(story).get('proposals') ?? raise(), 'zh-CN'));
    expect(asked()).not.toContain('取代');
    story.do({ type: 'not_reportable', reason: '误报', reviewAt: '2026-04-02T09:00:00+08:00' }, 'Zhao Min');
    expect(asked()).toContain('本提议取代Li Wei此前的提议：定级为一般。');
  });

  it('does not change the question, and is taken back after a stop', () => {
    const story = proposed();
    const asked = JSON.stringify(
      shownTo(story)
        .get('question')
        ?.blocks.map(({ kind }) => kind),
    );
    expect(asked).toBeDefined();
    story.do({ type: 'stop_state_secret' });
    const taken = surfacesOf(story.situation, MAIN_ROOM).find(({ key }) => key === 'proposals');
    expect(taken?.ifPosted).toBe(true);
    expect(JSON.stringify(taken?.card)).not.toContain('small');
  });

  it('goes abroad only with the answers', () => {
    const story = proposed().do({ type: 'add_room', room: ABROAD });
    expect(shownTo(story, ABROAD).has('proposals')).toBe(false);
  });
});
