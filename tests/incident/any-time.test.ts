import { expect, it } from 'vitest';
import { assessIncident } from '../../src/incident/facts/assessment.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { regime, Story } from '../conversation/story.ts';

const THEN = '2026-03-31T10:00:00+08:00';
const LATER = '2026-04-01T16:00:00+08:00';

function incident(...answers: readonly (readonly [string, number | { readonly since: string }])[]): IncidentState {
  const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'shop' });
  for (const [fact, value] of answers) story.do({ type: 'answer', fact, value });
  if (!story.state) throw new Error('no incident');
  return story.state;
}

/** What is said is kept for each record: asked in any order, it is what a record never asked before would get. */
it.each([
  ['nothing runs on', [['personal_info_people', 1_200_000]]],
  ['something runs on', [['site_outage_minutes', { since: '2026-03-31T09:30:00+08:00' }]]],
] as const)('an assessment does not depend on what was asked before: %s', (_, answers) => {
  const state = incident(...answers);
  for (const now of [THEN, LATER, THEN]) {
    expect(assessIncident(state, regime, now)).toEqual(assessIncident({ ...state }, regime, now));
  }
});
