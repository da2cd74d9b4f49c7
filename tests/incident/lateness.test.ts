import { expect, it } from 'vitest';
import type { Command, CommandOf } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { isCalledOn } from '../../src/incident/people/called.ts';
import { leniencyPack } from '../../src/report/evidence.ts';
import { documentLines } from '../../src/report/paper.ts';
import { delayTold } from '../../src/use-cases/notices/filing-notices.ts';
import { company, Story } from '../conversation/story.ts';
import { allPacks } from '../fakes/law.ts';

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

/** The same leak at a bank: NFRA's reports of progress and its summary beside the summary of the Measures. */
function bank(): Story {
  const packs = [...allPacks().values()].flatMap(({ pack }) => (pack.id === 'cn-nfra-2024' ? [pack] : []));
  const entities = company.entities.map((one) => ({ ...one, packs: packs.map(({ id }) => id) }));
  const story = new Story(at('09:10'), { ...company, entities }, packs);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: at('09:00') });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'answer', fact: 'nfra_data_incident', value: true });
  return story.do({ type: 'answer', fact: 'occurrence', value: at('08:00') });
}
const SUMMARIES = ['cac.art8.other', 'nfra.art69.summary'];
const sent = (story: Story, obligation: string, more: Partial<CommandOf<'record_filing'>> = {}): Story => {
  const channel = obligation.startsWith('cac') ? 'web_12387' : 'own_contact';
  return filed(story, '', { obligation, channel, at: isoOf(story.now), otherChannel: REASON, ...more });
};
const dutyOf = ({ situation: { ia } }: Story, duty: string) => ia.obligations.find(({ id }) => id === duty);

it.each(['reopened', 'resumed'])('a summary meets no end of handling after it: %s', (how) => {
  const story = bank();
  sent(story, 'cac.art4.other');
  story
    .wait(600)
    .do({ type: 'end_handling', at: isoOf(story.now), reason: REASON })
    .wait(60);
  for (const duty of SUMMARIES) sent(story, duty);
  for (const duty of SUMMARIES) expect(dutyOf(story, duty)).toMatchObject({ status: 'met' });
  if (how === 'reopened') {
    story.apply({ type: 'closed', payload: { reason: REASON } }, 'actor-li-wei');
    story.wait(30_000).do({ type: 'reopen', reason: REASON });
  } else agreed(story, { type: 'withdraw_decision', about: 'handling', reason: REASON });
  story.wait(5_000).do({ type: 'end_handling', at: isoOf(story.now), reason: REASON });
  for (const duty of SUMMARIES) {
    expect(dutyOf(story, duty)).toMatchObject({ status: 'running', filing: null });
    expect(story.situation.ia.owed).toContain(duty);
  }
  for (const duty of SUMMARIES) sent(story.wait(1), duty);
  for (const duty of SUMMARIES) expect(dutyOf(story, duty)).toMatchObject({ status: 'met' });
});

it('a repeated report that was late stays late once the handling has ended', () => {
  const story = bank();
  const progress = 'nfra.art69.progress';
  sent(story.wait(10), progress);
  sent(story.wait(360), progress, { receipt: 'P-2' });
  const lines = (): readonly string[] =>
    documentLines(leniencyPack({ ...story.situation, language: 'en', steps: [], headHash: '' }));
  const told = () => lines().filter((line) => line.includes('P-2'));
  const late = () => story.situation.ia.filings.map(({ lateSeconds }) => lateSeconds);
  const before = { told: told(), late: late() };
  expect(before).toEqual({ told: [expect.stringMatching(/^LATE/)], late: [0, 4 * 3_600] });
  story.wait(20).do({ type: 'end_handling', at: isoOf(story.now), reason: REASON });
  expect({ told: told(), late: late() }).toEqual(before);
  expect(dutyOf(story, progress)?.status).toBe('late');
});
