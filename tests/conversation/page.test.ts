import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Block } from '../../src/conversation/cards/card.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { drillControls } from '../../src/conversation/drills/drill-cards.ts';
import { type IncidentPage, pageOf } from '../../src/conversation/page/page.ts';
import { menuOf } from '../../src/use-cases/incident-page.ts';
import { Story } from './story.ts';
import { starts, steps, walk } from './walk.ts';

const notesOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'note' ? [localise(block.text, 'en')] : []));
const actionsOf = (blocks: readonly Block[]): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));
const EVIDENCE = 'Evidence first: memory, disks, logs.';

describe('the page of an incident, whatever people do', () => {
  it('has one filled button at most, and says “evidence first” where the list that says it is folded', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { situation } = walk(start, path).story;
        const page: IncidentPage = pageOf(situation, null, null);
        const all = [...page.panel.blocks, ...page.foot, ...page.cards.flatMap(({ card }) => card.blocks)];
        const filled = [...actionsOf(all), page.skip].filter((action) => action?.style === 'primary');
        expect(filled.length).toBeLessThanOrEqual(1);
        const list = page.cards.find(({ surface }) => surface === 'checklist');
        const isSaid = notesOf(list?.card.blocks ?? []).some((note) => note.startsWith('Preserve evidence first'));
        expect(notesOf(page.foot).includes(EVIDENCE)).toBe(isSaid && page.brief);
      }),
      { numRuns: 60 },
    );
  });

  it('has a menu in four groups, no entry twice, those in red at the end of the last', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const groups = menuOf(walk(start, path).story.situation, null);
        expect(['look', 'change', 'rooms', 'end'].filter((id) => groups.some((one) => one.id === id))).toEqual(
          groups.map(({ id }) => id),
        );
        const all = groups.flatMap(({ actions }) => actions);
        expect(new Set(all.map(({ does }) => JSON.stringify(does))).size).toBe(all.length);
        const red = all.filter(({ style }) => style === 'danger');
        expect(all.slice(all.length - red.length)).toEqual(red);
      }),
      { numRuns: 60 },
    );
  });
});

it('an answer that moves the first deadline says so before it is given, until evidence is on the record', () => {
  const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'Strange logins' });
  const { panel, foot } = pageOf(story.situation, null, null);
  expect(notesOf(panel.blocks).join(' ')).toMatch(/“No”: the deadline becomes \d\d:\d\d\./);
  expect(notesOf(foot)).toContain(EVIDENCE);
});

describe('the bar above a drill', () => {
  const drill = (speed: number) =>
    new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'x', drill: true, speed });
  const speedOf = (story: Story): unknown => {
    const [first] = drillControls(story.situation);
    return first?.does.kind === 'intent' && first.does.intent.type === 'set_drill_speed' && first.does.intent.speed;
  };

  it.each([1, 30, 600])('pauses a clock that runs at %i and lets it go on at that speed', (speed) => {
    const story = drill(speed);
    expect(speedOf(story)).toBe(0);
    expect(speedOf(story.do({ type: 'set_drill_speed', speed: 0 }))).toBe(speed);
  });

  it('offers the score alone once the drill is over, and is not there outside of drills', () => {
    const ended = drill(60).do({ type: 'close', reason: 'x' });
    expect(drillControls(ended.situation).map(({ id }) => id)).toEqual(['score']);
    const real = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'x' });
    expect(drillControls(real.situation)).toEqual([]);
  });
});
