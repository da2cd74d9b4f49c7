import { expect, it } from 'vitest';
import type { Command, CommandOf } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { isCalledOn } from '../../src/incident/people/called.ts';
import { delayTold } from '../../src/use-cases/notices/filing-notices.ts';
import { company, Story } from '../conversation/story.ts';

/** Limit by which a filing is judged: that of its duty now, whatever was known when it was entered. */

const REASON = 'agreed with counsel, see the minutes of 31 March';
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

/** Aware 09:00, 1.2 million people: the first report is due 13:00. */
function leak(): Story {
  const story = new Story(at('09:30'), company);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: at('09:00') });
  return story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
}

function filed(story: Story, clock: string, more: Partial<CommandOf<'record_filing'>> = {}, who = 'Zhao Min'): Story {
  const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387' } as const;
  return story.do({ ...filing, at: at(clock), contradictionsKept: REASON, ...more }, who);
}

function agreed(story: Story, command: Command, by = 'Li Wei', second = 'Zhao Min'): Story {
  story.wait(1).do(command, by);
  const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
  return open ? story.do({ type: 'second', proposal: open.id, agree: true }, second) : story;
}

const clock = ({ situation: { ia } }: Story) => {
  const duty = ia.clocks.find(({ id }) => id === 'cac.art4.other');
  return { due: duty && isoOf(Date.parse(duty.due)), status: duty?.status, late: duty?.filing?.lateSeconds };
};
const explain: Command = { type: 'explain_delay', obligation: 'cac.art4.other', reason: REASON };

it('an earlier start that people confirm makes a filing late, and its reason is asked', () => {
  const story = filed(leak().wait(183), '12:33');
  expect(clock(story)).toEqual({ due: isoOf(Date.parse(at('13:00'))), status: 'met', late: 0 });
  expect(story.try(explain)?.code).toBe('not_late');
  story.wait(1).do({ type: 'add_awareness', at: at('08:00'), source: 'call', reachedUs: true });
  expect(clock(story)).toEqual({ due: isoOf(Date.parse(at('13:00'))), status: 'met', late: 0 });
  const before = story.situation;
  const candidate = before.state.candidates.find(({ instant }) => instant === at('08:00'))?.id ?? '';
  agreed(story, { type: 'confirm_awareness', candidate, reason: REASON });
  expect(clock(story)).toEqual({ due: isoOf(Date.parse(at('12:00'))), status: 'late', late: 33 * 60 });
  const told = delayTold(story.situation, before.state, () => before.ia);
  expect(told?.people.map(({ name }) => name)).toContain('Li Wei');
  // The bot asks legal of the profile if nobody of the incident can be reached, so legal may see it.
  expect([before.state, story.situation.state].map((state) => isCalledOn(state, 'chen-yu'))).toEqual([false, true]);
  expect(story.try(explain)).toBeNull();
});

it('a call made in time meets the duty, though it is entered after a late filing, once two people stand by it', () => {
  const story = filed(leak().wait(273), '14:03', { receipt: 'T-1' });
  expect(clock(story)).toMatchObject({ status: 'late', late: 63 * 60 });
  filed(story.wait(5), '12:30', { channel: 'hotline_12387', takenBy: '3321' });
  expect(clock(story)).toMatchObject({ status: 'late', late: 63 * 60 });
  const open = story.situation.state.proposals.find(({ settled }) => settled === null);
  story.do({ type: 'second', proposal: open?.id ?? '', agree: true }, 'Li Wei');
  expect(clock(story)).toMatchObject({ status: 'met', late: 0 });
  expect(story.situation.ia.filings.map(({ due }) => due === null)).toEqual([true, false]);
});

it('of two filings after one that is taken back only the first has the limit', () => {
  const story = filed(leak().wait(60), '10:30');
  filed(story.wait(30), '11:00', { receipt: 'T-2' });
  filed(story.wait(300), '16:00', { receipt: 'T-3' });
  const [wrong] = story.situation.state.filings;
  agreed(story, { type: 'correct_filing', filing: wrong?.version ?? 0, mistaken: REASON });
  expect(clock(story)).toMatchObject({ status: 'met', late: 0 });
  expect(story.situation.ia.filings.map(({ lateSeconds }) => lateSeconds)).toEqual([0, 0]);
});

it('a second entry of the same filing adds its receipt', () => {
  const story = filed(leak().wait(60), '10:30');
  filed(story.wait(1), '10:30', { receipt: 'T-9' }, 'Li Wei');
  expect(story.situation.state.filings).toMatchObject([{ receipt: 'T-9', by: 'actor-zhao-min' }]);
});
