import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { compileReport } from '../../src/report/compile.ts';
import { documentLines } from '../../src/report/paper.ts';
import { company, Story } from '../conversation/story.ts';

/** Times of awareness that a report prints, and who may take one back. */

const REASON = 'agreed with counsel, see the minutes';
const at = (time: string): string => `2026-03-31T${time}:00+08:00`;
const added = (time: string, reachedUs = true, description = time): Command => ({
  ...{ type: 'add_awareness', at: at(time), source: 'mail', description, reachedUs },
});

/** The declaration of 09:00, earlier times in this order, and the declaration's time confirmed by two people. */
function story(earlier: readonly Command[], isConfirmed: boolean): Story {
  const one = new Story(at('09:30'), company);
  one.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: at('09:00') });
  one.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  for (const command of earlier) one.wait(1).do(command);
  if (!isConfirmed) return one;
  one.wait(1).do({ type: 'confirm_awareness', candidate: 'a1', reason: REASON });
  return agreed(one);
}

function agreed(one: Story): Story {
  const open = one.situation.state.proposals.findLast(({ settled }) => settled === null);
  return open ? one.wait(1).do({ type: 'second', proposal: open.id, agree: true }, 'Zhao Min') : one;
}

const printed = (one: Story): string =>
  documentLines(compileReport(one.situation, { report: 'initial', cannotDetermine: [] }, 'zh'))
    .filter((line) => !line.startsWith('报告时间'))
    .join('\n');

it.each<readonly [string, readonly Command[], boolean, string | null]>([
  ['the earliest beside a confirmed one', [added('08:00')], true, 'start_withdrawn'],
  ['the earliest of three', [added('08:00'), added('08:30')], true, 'start_withdrawn'],
  ['the earliest, nothing confirmed', [added('08:00')], false, 'later'],
  ['one between the earliest and the confirmed', [added('08:30'), added('08:00')], true, null],
  ['one of the same time as another', [added('08:00'), added('08:00', true, 'again')], true, null],
  ['one after the confirmed', [added('09:10')], true, null],
  ['one that did not reach us', [added('08:00', false)], true, null],
])('who takes back %s', (_, earlier, isConfirmed, effect) => {
  const one = story(earlier, isConfirmed);
  const before = printed(one);
  one.wait(1).do({ type: 'withdraw_awareness', candidate: 'a2' });
  const open = one.situation.state.proposals.filter(({ settled }) => settled === null);
  expect(open.flatMap(({ effects }) => [...new Set(effects.map(({ kind }) => kind))])).toEqual(effect ? [effect] : []);
  expect(printed(one), 'one person changes nothing that is printed').toBe(before);
  if (effect === null) return;
  expect(before).toContain('08时00分');
  agreed(one);
  expect(printed(one)).not.toContain('08时00分');
});

it('takes back a slip alone, while nothing followed it', () => {
  const one = story([added('08:00')], false);
  one.do({ type: 'withdraw_awareness', candidate: 'a2' });
  expect(one.situation.state.candidates.map(({ id }) => id)).toEqual(['a1']);
});
