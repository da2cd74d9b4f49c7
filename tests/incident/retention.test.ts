import { describe, expect, test } from 'vitest';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { canonical } from '../../src/incident/record/chain.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { Case, minutes } from './bench-incident.ts';

const DAY = minutes(24 * 60);
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = (retention?: object): Organisation =>
  organisationSchema.parse({
    organisation: 'x',
    entities: [{ id: 'x', name: '某公司', province: '31', operator: 'other' }],
    people: [
      { id: 'li', name: '李伟', roles: ['responder', 'lead'], accounts: [account('li')] },
      { id: 'anna', name: 'Anna', roles: ['administrator'], accounts: [account('anna')] },
    ],
    ...(retention ? { retention } : {}),
  });

/** A drill that was closed: nothing is owed in it. */
function closedCase(retention?: object): Case {
  const it = new Case(organisation(retention));
  it.must('li', { type: 'declare', title: '会员数据泄露', drill: true });
  it.must('li', { type: 'add_note', text: '内鬼张三' });
  it.must('li', { type: 'close', reason: 'over' });
  return it;
}
const code = (it: Case, who: string, command: Parameters<Case['do']>[1]): string => {
  const decision = it.do(who, command);
  return decision.ok ? decision.events.map(({ type }) => type).join() : decision.refusal.code;
};

describe('erasing an incident', () => {
  test('leaves who, when and why, and nothing of what was said', () => {
    const it = closedCase();
    expect(code(it, 'anna', { type: 'erase', reason: 'court order' })).toBe('person_joined,erased');
    expect(it.current).toMatchObject({ id: 'INC-2026-0001', title: '—', notes: [], organisation: null, rooms: {} });
    expect(it.current.erased).toMatchObject({ by: 'anna', reason: 'court order' });
    expect(it.current.people['anna']?.name).toBe('Anna');
    expect(canonical(it.current)).not.toMatch(/张三|会员/);
  });

  test('gives the same state from its last event alone', () => {
    const it = closedCase();
    it.must('anna', { type: 'erase', reason: 'court order' });
    const last = it.events.at(-1);
    expect(last && evolve(null, last)).toEqual(it.current);
  });

  test('is for administrators, after the incident, and is the last thing that happens', () => {
    const open = new Case(organisation());
    open.must('li', { type: 'declare', title: 'x' });
    expect(code(open, 'anna', { type: 'erase', reason: 'r' })).toBe('not_closed');
    const it = closedCase();
    expect(code(it, 'li', { type: 'erase', reason: 'r' })).toBe('forbidden');
    it.must('anna', { type: 'erase', reason: 'r' });
    for (const command of [
      { type: 'reopen', reason: 'r' },
      { type: 'add_note', text: 'x' },
      { type: 'erase', reason: 'r' },
    ] as const) {
      expect(code(it, 'anna', command)).toBe('erased');
    }
  });

  test('is impossible while the incident is on hold', () => {
    const it = closedCase();
    it.must('li', { type: 'hold', reason: 'litigation' });
    expect(code(it, 'li', { type: 'release_hold', reason: 'r' })).toBe('forbidden');
    expect(code(it, 'anna', { type: 'erase', reason: 'r' })).toBe('on_hold');
    it.must('anna', { type: 'release_hold', reason: 'settled' });
    expect(code(it, 'anna', { type: 'erase', reason: 'r' })).toBe('erased');
  });
});

describe('the time for which incidents are kept', () => {
  test('runs from closing, by the profile, and stops for a hold', () => {
    const it = closedCase({ incidents: 365 });
    it.now += 364 * DAY;
    expect(code(it, 'clock', { type: 'expire' })).toBe('');
    it.must('anna', { type: 'hold', reason: 'litigation' });
    it.now += 2 * DAY;
    expect(code(it, 'clock', { type: 'expire' })).toBe('');
    it.must('anna', { type: 'release_hold', reason: 'settled' });
    expect(code(it, 'clock', { type: 'expire' })).toBe('erased');
    expect(it.current.erased).toMatchObject({ reason: null });
  });

  test('is without end unless the profile gives one, and nobody but the clock ends it', () => {
    const it = closedCase();
    it.now += 9_999 * DAY;
    expect(code(it, 'clock', { type: 'expire' })).toBe('');
    expect(code(closedCase({ incidents: 180 }), 'anna', { type: 'expire' })).toBe('forbidden');
  });
});
