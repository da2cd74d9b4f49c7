import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { assessIncident, holdsUntil } from '../../src/incident/facts/assessment.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { regime, Story } from '../conversation/story.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { answer, begun } from './guard-case.ts';

const THEN = '2026-03-31T10:00:00+08:00';
const LATER = '2026-04-01T16:00:00+08:00';

function incident(...answers: readonly (readonly [string, number | { readonly since: string }])[]): IncidentState {
  const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'shop' });
  for (const [fact, value] of answers) story.do({ type: 'answer', fact, value });
  if (!story.state) throw new Error('no incident');
  return story.state;
}

/** The same record, of which nothing was assessed before: assessments are kept by the facts they are of. */
const unknown = (state: IncidentState): IncidentState => ({ ...state, facts: { ...state.facts } });

/** What is said is kept for each record: asked in any order, it is what a record never asked before would get. */
it.each([
  ['nothing runs on', [['personal_info_people', 1_200_000]]],
  ['something runs on', [['site_outage_minutes', { since: '2026-03-31T09:30:00+08:00' }]]],
] as const)('an assessment does not depend on what was asked before: %s', (_, answers) => {
  const state = incident(...answers);
  for (const now of [THEN, LATER, THEN]) {
    expect(assessIncident(state, regime, now)).toEqual(assessIncident(unknown(state), regime, now));
  }
});

/** Instants, up to that of `holdsUntil`, at which an assessment differs in more than `now` from an earlier one. */
function changedBefore(state: IncidentState): readonly string[] {
  const { obligations } = assessIncident(state, regime, THEN);
  const dues = obligations.flatMap(({ due }) => (due === null ? [] : Date.parse(due)));
  const times = [THEN, LATER, '2027-03-31T10:00:00+08:00'].map((at) => Date.parse(at));
  const known = [...times, ...dues.flatMap((due) => [due, due + 1])]
    .filter((at) => at >= Date.parse(THEN))
    .map((at) => ({ at, ia: assessIncident(unknown(state), regime, new Date(at).toISOString()) }));
  return known.flatMap(({ at: start, ia: { now: _, ...first } }) =>
    known.flatMap(({ at, ia: { now, ...later } }) => {
      const isHeld = at >= start && at <= holdsUntil(state, { ...first, now: new Date(start).toISOString() });
      return isHeld && !isDeepStrictEqual(first, later) ? [now] : [];
    }),
  );
}

it('an assessment holds until its next limit, while no duration has times', () => {
  const until = (state: IncidentState) => new Date(holdsUntil(state, assessIncident(state, regime, THEN)));
  expect(until(incident(['personal_info_people', 1_200_000]))).toEqual(new Date('2026-03-31T10:42:00+08:00'));
  const runsOn = incident(['site_outage_minutes', { since: '2026-03-31T09:30:00+08:00' }]);
  expect(until(runsOn)).toEqual(new Date(THEN));
});

it('an assessment does not hold while an earlier answer that runs on stands', () => {
  const c = begun('shop');
  c.must('chen', answer('site_kind', ['gov_prefecture']));
  c.must('chen', answer('site_outage_minutes', { since: '2026-03-31T04:30:00+08:00' }));
  c.must('chen', answer('site_outage_minutes', 5));
  expect(c.current.standing).toHaveLength(1);
  const at = (now: string) => assessIncident(unknown(c.current), regime, now);
  expect(at('2026-03-31T10:35:00+08:00').level).not.toBe(at(THEN).level);
  expect(holdsUntil(c.current, at(THEN))).toBe(Date.parse(THEN));
});

/** Commands whose smallest example is refused. */
const NAMED: readonly Command[] = [
  { type: 'decide_level', level: 'significant', reason: 'x' },
  {
    ...{ type: 'add_request', from: 'x', recipient: 'provincial_cac', what: 'x' },
    ...{ receivedAt: '2026-03-31T09:42:00+08:00', due: '2026-03-31T10:05:00+08:00' },
  },
  { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at: '2026-03-31T09:42:00+08:00' },
];

it.each([
  ['nothing is answered', []],
  ['a threshold is reached', [answer('affected', ['personal_info']), answer('personal_info_people', 1_200_000)]],
  ['something runs on', [answer('site_outage_minutes', { since: '2026-03-31T09:30:00+08:00' })]],
])('an assessment after any command is the one of a record never assessed before: %s', (_, answers) => {
  const started = () => {
    const c = begun('shop');
    for (const one of answers) c.must('chen', one);
    return c;
  };
  // What is refused leaves the incident as it was.
  let c = started();
  const done = ['li', 'zhao', 'sun', 'clock'].flatMap((who) =>
    [...commandExamples, ...NAMED].filter((command) => {
      assessIncident(c.current, regime, LATER);
      if (!c.do(who, command, { revision: null }).ok) return false;
      expect(changedBefore(c.current), command.type).toEqual([]);
      const known = assessIncident(c.current, regime, LATER);
      expect(known, command.type).toEqual(assessIncident(unknown(c.current), regime, LATER));
      c = started();
      return true;
    }),
  );
  expect(new Set(done.map(({ type }) => type)).size).toBeGreaterThan(20);
});
