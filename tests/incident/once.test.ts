import { describe, expect, it } from 'vitest';
import { onceFor } from '../../src/incident/facts/once.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { folded } from '../../src/incident/record/evolve.ts';
import { Case, START } from './bench-incident.ts';

const declared = (): Case => {
  const c = new Case();
  c.must('li', { type: 'declare', title: '支付系统疑似用户数据泄露' });
  return c;
};

describe('what follows from a record and its assessment', () => {
  it('is made once for each key, and anew for another record or another assessment', () => {
    const c = declared();
    const of = { state: c.current, ia: c.assess() };
    const once = onceFor<number | null>();
    let made = 0;
    const next = (): number => {
      made += 1;
      return made;
    };
    expect([once(of, 'a', next), once(of, 'a', next), once(of, 'b', next)]).toEqual([1, 1, 2]);
    expect([once({ ...of, ia: { ...of.ia } }, 'a', next), once(of, 'a', next)]).toEqual([3, 1]);
    expect(once({ ...of, state: { ...of.state } }, 'a', next)).toBe(4);
    expect([once(of, 'none', () => null), once(of, 'none', next)]).toEqual([null, null]);
  });
});

describe('events as if they had happened', () => {
  const note = (text: string): IncidentEvent => ({ type: 'note_added', payload: { note: text, text } });
  const by = (c: Case) => ({ id: c.current.id, at: START, actor: 'li' });

  it('give the same state again after the same record, so that it is assessed once', () => {
    const c = declared();
    const events = [note('one'), note('two')];
    const state = folded(c.current, events, by(c));
    expect(folded(c.current, events, by(c))).toBe(state);
    expect(state.version).toBe(c.current.version + 2);
  });

  it('give another state by somebody else, at another time, and after another record', () => {
    const c = declared();
    const events = [note('one')];
    const state = folded(c.current, events, by(c));
    const others = [
      folded(c.current, events, { ...by(c), actor: 'wang' }),
      folded(c.current, events, { ...by(c), at: START + 1 }),
      folded({ ...c.current, title: 'x' }, events, by(c)),
    ];
    for (const other of others) expect(other).not.toBe(state);
    expect(others.map(({ notes }) => notes.at(-1)?.by)).toEqual(['wang', 'li', 'li']);
    expect(others.map(({ title }) => title).at(-1)).toBe('x');
  });
});
