import { expect, it } from 'vitest';
import { Case, minutes, START } from './bench-incident.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const declared = (): Case => {
  const c = new Case();
  c.must('li', { type: 'declare', title: '官网首页被篡改' });
  return c;
};
const say = (c: Case, value: string[] | 'unknown', revision?: number) =>
  c.do('li', { type: 'answer', fact: 'circumstances', value }, revision === undefined ? {} : { revision });
const values = (c: Case) => Object.fromEntries(Object.entries(c.current.facts).map(([id, { value }]) => [id, value]));

it('what happened, since when and crime are one event and three facts; what is not ticked stays open', () => {
  const c = declared();
  const before = c.current.version;
  say(c, ['incident_type=attack.defacement', `ongoing=${iso(START - minutes(30))}`]);
  expect(c.current.version).toBe(before + 1);
  expect(values(c)).toEqual({ incident_type: 'attack.defacement', ongoing: { since: iso(START - minutes(30)) } });
  expect(c.current.circumstancesTold).toBe(true);
});

it('"don\'t know" takes back nothing that somebody knew', () => {
  const c = declared();
  c.must('li', { type: 'answer', fact: 'suspected_crime', value: true });
  say(c, 'unknown');
  expect(values(c)).toEqual({ suspected_crime: true, incident_type: 'unknown', ongoing: 'unknown' });
  expect(c.current.circumstancesTold).toBe(false);
});

it('a time to come, an unknown type and what is no tick are refused, and nothing is kept', () => {
  const c = declared();
  for (const ticks of [
    [`ongoing=${iso(START + minutes(5))}`],
    ['ongoing=soon'],
    ['incident_type=nonsense', 'suspected_crime=true'],
    ['suspected_crime=perhaps'],
    ['incident_type=attack.phishing', 'incident_type=attack.exploit'],
    ['__proto__=x'],
    [],
  ]) {
    expect([ticks, say(c, ticks).ok]).toEqual([ticks, false]);
  }
  expect(values(c)).toEqual({});
});

it('an old card does not overwrite what somebody else has answered since', () => {
  const c = declared();
  const shown = c.current.version;
  c.must('chen', { type: 'answer', fact: 'suspected_crime', value: false });
  expect(say(c, ['suspected_crime=true'], shown)).toMatchObject({ ok: false, refusal: { code: 'stale_revision' } });
  expect(say(c, ['incident_type=attack.defacement'], shown).ok).toBe(true);
});

it('the tick "don\'t know" alone is that answer, for every question with ticks', () => {
  const c = declared();
  c.must('li', { type: 'answer', fact: 'affected', value: ['unknown'] });
  expect(values(c)).toEqual({ affected: 'unknown' });
  expect(c.do('li', { type: 'answer', fact: 'affected', value: ['outage', 'unknown'] }).ok).toBe(false);
});
