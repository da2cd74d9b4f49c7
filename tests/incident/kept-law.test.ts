import { expect, it } from 'vitest';
import { lawCircumstances } from '../../src/incident/facts/law-facts.ts';
import { replay } from '../../src/incident/record/evolve.ts';
import { keepEdition, withEditions } from '../../src/use-cases/upkeep/editions.ts';
import { memoryKept } from '../platforms/slack/kept.ts';
import { level, people, smallRegime } from '../regimes/small-regime.ts';
import { company } from '../report/cases.ts';
import { Case, regime, START } from './bench-incident.ts';

/** The same act with another limit: the file was changed. */
const withLimit = (hours: number) =>
  smallRegime(
    {
      levels: [level('minor', 'not_reported'), level('reportable', 'reported')],
      criteria: [people(1_000, 'reportable')],
    },
    hours,
  );
const dueAfter = (c: Case): number =>
  (Date.parse(c.assess().clocks.find(({ id }) => id === 'act.alert')?.due ?? '') - START) / 3_600_000;

it('a changed file never changes an incident that was declared under the text before', async () => {
  const kept = memoryKept();
  const c = new Case(null, await keepEdition(kept, withLimit(10), '2026-01-01T00:00:00Z'));
  c.must('li', { type: 'declare', title: 'Outage' });
  expect(dueAfter(c)).toBe(10);
  // A restart with the changed file, and one that only reads.
  c.law = await keepEdition(kept, withLimit(4), '2026-06-01T00:00:00Z');
  expect(dueAfter(c)).toBe(10);
  c.law = await withEditions(kept, withLimit(2));
  expect(dueAfter(c)).toBe(10);
  const later = new Case(null, c.law);
  later.must('li', { type: 'declare', title: 'Outage' });
  expect(dueAfter(later)).toBe(2);
  expect(kept.values.size).toBe(2);
});

it('a text kept before a law named its reports, points and flags has those of the file', async () => {
  const kept = memoryKept();
  const { reports: _reports, points: _points, operatorQuestion: _asked, ...older } = regime;
  const flags = regime.flags.map(({ id }) => ({ id }));
  const edition = { since: '2026-01-01T00:00:00Z', regime: { ...older, version: 'old', flags } };
  await kept.put(`law:${regime.id}:old`, JSON.stringify(edition));
  const law = (await withEditions(kept, regime)).editions?.get('old');
  expect(law?.version).toBe('old');
  expect([law?.reports, law?.points, law?.operatorQuestion, law?.flags]).toEqual([
    ...[regime.reports, regime.points, regime.operatorQuestion, regime.flags],
  ]);
});

it('a record that does not say under which text it began keeps the first text that was kept', async () => {
  const kept = memoryKept();
  const c = new Case(null, await keepEdition(kept, withLimit(10), '2026-01-01T00:00:00Z'));
  c.must('li', { type: 'declare', title: 'Outage' });
  const [first, ...rest] = c.events;
  if (first?.event.type !== 'declared') throw new Error('not declared');
  const { law: _, ...payload } = first.event.payload;
  c.state = replay([{ ...first, event: { type: 'declared', payload } }, ...rest]);
  c.law = await keepEdition(kept, withLimit(4), '2026-06-01T00:00:00Z');
  expect(c.current.law).toBeNull();
  expect(dueAfter(c)).toBe(10);
});

it.each([
  [0, 48],
  [48, 0],
])('an adopted reading counts from its first day, whatever record was read before (hours %j)', (...hours) => {
  const [question] = regime.openQuestions;
  const [cautious, adopted] = question?.readings ?? [];
  if (!question || !cautious || !adopted) throw new Error('no question');
  const from = new Date(START + 24 * 3_600_000).toISOString();
  const reading = { question: question.id, reading: adopted.id, from, by: 'counsel' };
  const organisation = { ...company, readings: [reading] };
  const inUse = hours.map((later) => {
    const c = new Case(organisation);
    c.now = START + later * 3_600_000;
    c.must('li-wei', { type: 'declare', title: 'Outage' });
    return lawCircumstances(c.current, regime, new Date(c.now).toISOString()).readings[question.id];
  });
  expect(inUse).toEqual(hours.map((later) => (later > 24 ? adopted.id : cautious.id)));
});
