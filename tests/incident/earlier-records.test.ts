import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { switchedOff } from '../../src/incident/people/law-in-use.ts';
import { upcast } from '../../src/incident/record/upcast.ts';
import { Case } from './bench-incident.ts';
import { answer, begun, group, owed } from './guard-case.ts';

/** Records as earlier versions wrote them: what waited still waits, what was decided or left out stays so. */
const wrote = (c: Case, by: string, type: string, payload: object, v = 1): void =>
  c.tell(by, upcast({ type, v, payload }));
const open = (c: Case) => c.current.proposals.filter(({ settled }) => settled === null);
const FIRST = 'cac.art4.other';
const leak = (people = 1_200_000): Case => {
  const c = begun('shop');
  c.must('chen', answer('affected', ['personal_info']));
  c.must('chen', answer('personal_info_people', people));
  return c;
};
const status = (c: Case, id = FIRST) => c.assess().obligations.find((one) => one.id === id)?.status;
const level = { level: 'general', floor: 'major', ceiling: 'major', kind: 'below_floor', criteria: [], reason: 'x' };
const minutesAgo = (c: Case, n: number): string => isoOf(c.now - n * 60_000);

/** Decisions that waited, by the ground of the first versions. */
const WAITING: Readonly<Record<string, (c: Case) => Command>> = {
  below_floor: () => ({ type: 'decide_level', level: 'general', reason: 'x' }),
  ends_clock: () => ({ type: 'not_owed', obligation: 'pipl.art57.individuals', reason: 'x' }),
  later_start: (c) => {
    c.must('chen', { type: 'add_awareness', at: minutesAgo(c, 200), source: 'alert', reachedUs: true });
    return { type: 'confirm_awareness', candidate: 'a1', reason: 'x' };
  },
};

describe('a proposal of earlier versions', () => {
  it.each(Object.entries(WAITING))('on the ground %s waits for a second person, who has the right', (ground, make) => {
    const c = leak();
    const command = make(c);
    const before = owed(c);
    wrote(c, 'li', 'proposal_made', { proposal: 'p1', ground, command });
    expect(owed(c)).toEqual(before);
    expect(open(c)).toMatchObject([{ id: 'p1', by: 'li', recorded: false }]);
    const agree: Command = { type: 'second', proposal: 'p1', agree: true };
    for (const [who, code] of Object.entries({ li: 'same_person', chen: 'forbidden', api: 'forbidden' }))
      expect([who, c.do(who, agree)]).toMatchObject([who, { refusal: { code } }]);
    expect(owed(c)).toEqual(before);
    c.must('zhao', agree);
    expect(open(c)).toEqual([]);
    expect(owed(c)).not.toEqual(before);
  });

  it('of a level as the first one recorded it does so, too, and may be refused', () => {
    for (const agree of [true, false]) {
      const c = leak();
      wrote(c, 'li', 'level_override_proposed', level);
      expect(status(c)).toBe('running');
      expect(open(c)).toMatchObject([{ by: 'li', command: { type: 'decide_level', level: 'general' } }]);
      const command: Command = { type: 'second_level', agree };
      expect(c.do('li', { type: 'second_level', agree: true })).toMatchObject({ refusal: { code: 'same_person' } });
      c.must('zhao', command);
      expect([agree, open(c).length, status(c) === 'running']).toEqual([agree, 0, !agree]);
    }
  });
});

describe('a decision of earlier versions', () => {
  it('stays in force, is nobody’s proposal, and gives way as one of today does', () => {
    const decided: Readonly<Record<string, object>> = {
      level_decided: level,
      not_reportable_decided: { reason: 'x', reviewAt: '2026-04-09T09:00:00+08:00', floor: 'general' },
    };
    for (const [type, payload] of Object.entries(decided)) {
      const c = leak(50_000);
      wrote(c, 'li', type, { ...payload, floor: 'general' });
      expect([type, open(c), status(c) === 'running']).toEqual([type, [], false]);
      c.must('chen', answer('personal_info_people', 1_200_000));
      expect([type, status(c)]).toEqual([type, 'running']);
    }
  });

  it('that something is not owed, by one person, can be withdrawn by one', () => {
    const c = leak();
    wrote(c, 'li', 'duty_not_owed', { obligation: 'pipl.art57.individuals', reason: 'x' });
    expect([open(c), status(c, 'pipl.art57.individuals')]).toEqual([[], 'void']);
    c.must('zhao', { type: 'withdraw_decision', about: 'pipl.art57.individuals' });
    expect(status(c, 'pipl.art57.individuals')).toBe('running');
  });

  it('that handling ended keeps its time, which one person makes no later', () => {
    const c = leak();
    c.must('sun', { type: 'record_filing', obligation: FIRST, channel: 'web_12387', at: minutesAgo(c, 0) });
    wrote(c, 'li', 'handling_ended', { at: minutesAgo(c, 0), reason: 'x' });
    const due = () => c.assess().obligations.find(({ id }) => id === 'cac.art8.other')?.due;
    const before = due();
    c.now += 48 * 3_600_000;
    c.must('li', { type: 'end_handling', at: minutesAgo(c, 0), reason: 'again' });
    expect([before === undefined, due()]).toEqual([false, before]);
    expect(open(c)).toHaveLength(1);
  });
});

it('a duty that an earlier profile left out stays out of its incident, and is marked as approved by nobody', () => {
  const id = 'gdpr.art33.authority';
  const fresh = begun('shop');
  const [declared] = fresh.events;
  if (declared?.event.type !== 'declared') throw new Error('not declared');
  const off = group({ duties: { [id]: { off: true, reason: 'no EU customers' } } });
  const c = new Case(off);
  c.packs = fresh.packs;
  wrote(c, 'li', 'declared', { ...declared.event.payload, organisation: off });
  c.must('li', answer('system', 'shop'));
  expect([fresh, c].map((one) => one.assess().obligations.some((duty) => duty.id === id))).toEqual([true, false]);
  expect(switchedOff(c.current.organisation)).toMatchObject([{ duty: id, isApproved: false }]);
});
