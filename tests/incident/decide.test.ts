import { describe, expect, it } from 'vitest';
import { proposerOf } from '../../src/incident/proposals.ts';
import { evolve, replay } from '../../src/incident/record/evolve.ts';
import { Case, minutes, START } from './bench-incident.ts';

const declared = (): Case => {
  const c = new Case();
  c.must('li', { type: 'declare', title: '支付系统疑似用户数据泄露' });
  return c;
};
const refusal = (c: Case, who: string, command: Parameters<Case['do']>[1], revision?: number): string | null => {
  const d = c.do(who, command, revision === undefined ? {} : { revision });
  return d.ok ? null : d.refusal.code;
};
const iso = (ms: number): string => new Date(ms).toISOString();

describe('declaring', () => {
  it('makes the declarer lead and the declaration the working start of the clock', () => {
    const c = declared();
    expect(c.current.lead).toBe('li');
    expect(c.current.people['li']?.name).toBe('li');
    expect(c.assess().anchors.awareness).toBe(iso(START));
    expect(c.current.awareness).toBeNull();
  });

  it('shows both clocks, the shortest first and provisional, while CII is open', () => {
    const clocks = declared().assess().clocks;
    expect(clocks.map((k) => [k.dueMinutes, k.provisional])).toEqual([
      [60, true],
      [60, true],
      [240, true],
    ]);
  });

  it('refuses a time in the future and keeps nothing', () => {
    const c = new Case();
    expect(refusal(c, 'li', { type: 'declare', title: 'x', awareness: iso(START + minutes(5)) })).toBe('in_the_future');
    expect(c.state).toBeNull();
  });
});

describe('awareness', () => {
  it('refuses a moment from before the law: a mistyped year would end every clock without a word', () => {
    const c = declared();
    const old = { source: 'alert', at: '2019-01-01T00:00:00+08:00' } as const;
    expect(refusal(c, 'li', { type: 'add_awareness', ...old, reachedUs: true })).toBe('before_law');
    expect(c.assess().clocks.length).toBeGreaterThan(0);
    c.must('li', { type: 'add_awareness', ...old, reachedUs: false });
    expect(refusal(new Case(), 'li', { type: 'declare', title: 'x', awareness: '2025-10-31T23:59:00+08:00' })).toBe(
      'before_law',
    );
    new Case().must('li', { type: 'declare', title: 'x', awareness: '2025-11-01T00:00:00+08:00' });
  });

  it('handling cannot have ended before the confirmed start, nor count from what only a supplier knew', () => {
    const c = declared();
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(600)), source: 'supplier', reachedUs: false });
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(60)), source: 'alert', reachedUs: true });
    const ended = (at: number) => ({ type: 'end_handling', at: iso(at), reason: 'x' }) as const;
    expect(refusal(c, 'li', ended(START - minutes(300)))).toBe('before_awareness');
    c.must('li', { type: 'confirm_awareness', candidate: 'a1', reason: 'the alert was a false one' });
    c.must('wang', { type: 'second', proposal: 'p1', agree: true });
    expect(refusal(c, 'li', ended(START - minutes(30)))).toBe('before_awareness');
    c.must('li', ended(START));
  });

  it('starts with the earliest candidate that reached the company', () => {
    const c = declared();
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(22)), source: 'alert', reachedUs: true });
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(600)), source: 'supplier', reachedUs: false });
    expect(c.assess().anchors.awareness).toBe(iso(START - minutes(22)));
  });

  it('never lets what only a supplier knew start the clock, even when confirmed', () => {
    const c = declared();
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(600)), source: 'supplier', reachedUs: false });
    expect(refusal(c, 'li', { type: 'confirm_awareness', candidate: 'a2', reason: 'x' })).toBe('did_not_reach_us');
  });

  it('a confirmed time moves every deadline', () => {
    const c = declared();
    c.must('li', { type: 'add_awareness', at: iso(START - minutes(22)), source: 'alert', reachedUs: true });
    c.must('li', { type: 'confirm_awareness', candidate: 'a1', reason: 'the alert was a false one' });
    c.must('wang', { type: 'second', proposal: 'p1', agree: true });
    expect(c.assess().anchors.awareness).toBe(iso(START));
  });
});

describe('staleness and idempotency', () => {
  it('a second click on an old button is refused and names who answered', () => {
    const c = declared();
    const before = c.current.version;
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    const second = c.do('chen', { type: 'answer', fact: 'operator', value: 'cii_involved' }, { revision: before });
    expect(second.ok).toBe(false);
    if (!second.ok) expect(second.refusal).toMatchObject({ code: 'stale_revision', params: { by: 'li' } });
  });

  it('answers to different questions never get in each other’s way', () => {
    const c = declared();
    const before = c.current.version;
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    expect(refusal(c, 'chen', { type: 'answer', fact: 'suspected_crime', value: true }, before)).toBeNull();
  });

  it('the same answer again writes no event', () => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    const version = c.current.version;
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    expect(c.current.version).toBe(version);
  });

  it('refuses a revision from the future', () => {
    expect(refusal(declared(), 'li', { type: 'answer', fact: 'operator', value: 'other' }, 99)).toBe('stale_revision');
  });
});

describe('levels', () => {
  const leaked = (): Case => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    c.must('li', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    return c;
  };

  it('confirming the floor needs no reason', () => {
    const c = leaked();
    c.must('li', { type: 'decide_level', level: 'major' });
    expect(c.current.levelDecision).toMatchObject({ level: 'major', kind: 'confirmed' });
  });

  it('settling for general needs a reason while a higher level is still possible: it ends the clocks', () => {
    const c = declared();
    expect(refusal(c, 'li', { type: 'decide_level', level: 'general' })).toBe('needs_reason');
    expect(c.assess().clocks.some((clock) => clock.status === 'running')).toBe(true);
    c.must('li', { type: 'decide_level', level: 'general', reason: 'false alarm' });
    expect(c.current.levelDecision).toBeNull();
    expect(c.assess().clocks.some((clock) => clock.status === 'running')).toBe(true);
    c.must('wang', { type: 'second', proposal: 'p1', agree: true });
    expect(c.current.levelDecision).toMatchObject({ level: 'general', kind: 'confirmed', reason: 'false alarm' });
  });

  it('below the floor needs a reason and a second person, and keeps the clock', () => {
    const c = leaked();
    expect(refusal(c, 'li', { type: 'decide_level', level: 'general' })).toBe('needs_reason');
    c.must('li', { type: 'decide_level', level: 'general', reason: 'records, not people' });
    expect(c.current.levelDecision).toBeNull();
    expect(refusal(c, 'li', { type: 'second_level', agree: true })).toBe('same_person');
    c.must('zhao', { type: 'second_level', agree: true });
    expect(c.current.levelDecision).toMatchObject({ level: 'general', kind: 'below_floor' });
  });

  it('a level that need not be reported ends the duties that begin with a level, and no other law’s', () => {
    const c = leaked();
    c.must('li', { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
    c.must('li', { type: 'decide_level', level: 'general', reason: 'records, not people' });
    c.must('zhao', { type: 'second_level', agree: true });
    const status = (id: string) => c.assess().obligations.find((duty) => duty.id === id)?.status;
    expect([status('cac.art4.other'), status('pipl.art57.authority'), status('pipl.art57.individuals')]).toEqual([
      'void',
      'running',
      'running',
    ]);
  });

  it('a level raised by a person creates the duty to report', () => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    c.must('li', { type: 'answer', fact: 'affected', value: ['none'] });
    c.must('li', { type: 'decide_level', level: 'major', reason: 'public attention' });
    const clock = c.assess().clocks.find((k) => k.recipient === 'provincial_cac');
    expect(clock).toMatchObject({ provisional: false, status: 'running', dueMinutes: 240 });
  });

  it('“not reportable for now” is refused while a figure is reached', () => {
    const c = leaked();
    const reviewAt = iso(START + minutes(600));
    expect(refusal(c, 'li', { type: 'not_reportable', reason: 'x', reviewAt })).toBe('level_reached');
  });
});

describe('rights', () => {
  it('the API and the clock answer and fill in but never decide', () => {
    const c = declared();
    expect(refusal(c, 'api', { type: 'answer', fact: 'operator', value: 'other' })).toBeNull();
    for (const command of [
      { type: 'decide_level', level: 'general', reason: 'x' },
      { type: 'close', reason: 'x' },
      { type: 'end_handling', at: iso(START), reason: 'x' },
      { type: 'take_lead' },
    ] as const) {
      expect(refusal(c, 'api', command)).toBe('forbidden');
    }
  });

  it('only the clock ticks', () => {
    expect(refusal(declared(), 'li', { type: 'tick', timer: 't', dueAt: iso(START) })).toBe('forbidden');
  });
});

describe('fields', () => {
  it('two people’s versions both stand until one is chosen', () => {
    const c = declared();
    const seen = c.current.version;
    const field = 'art7.2.place';
    c.do('li', { type: 'fill_field', field, value: { state: 'known', text: '上海' } }, { revision: seen });
    c.do('chen', { type: 'fill_field', field, value: { state: 'known', text: '杭州' } }, { revision: seen });
    expect(c.current.fields[field]?.current).toBeNull();
    expect(c.current.fields[field]?.versions).toHaveLength(2);
    const version = c.current.fields[field]?.versions[1]?.version ?? 0;
    c.must('li', { type: 'choose_version', field, version });
    expect(c.current.fields[field]?.current?.text).toBe('杭州');
    expect(c.current.fields[field]?.versions).toHaveLength(2);
  });
});

describe('stopping, ending, closing', () => {
  it('after a state-secret stop nothing more is collected', () => {
    const c = declared();
    c.must('chen', { type: 'stop_state_secret' });
    expect(refusal(c, 'li', { type: 'add_note', text: 'x' })).toBe('stopped');
    expect(refusal(c, 'li', { type: 'answer', fact: 'operator', value: 'other' })).toBe('stopped');
  });

  it('closing is refused while something is owed, and the summary clock survives', () => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    c.must('li', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(refusal(c, 'li', { type: 'close', reason: 'done' })).toBe('owed');
    const initial = c.assess().clocks.find((k) => k.content === 'initial_report');
    c.now += minutes(30);
    c.must('li', { type: 'record_filing', obligation: initial?.id ?? '', channel: 'web_12387', at: iso(c.now) });
    expect(c.assess().clocks.find((k) => k.id === initial?.id)?.status).toBe('met');
    c.must('li', { type: 'end_handling', at: iso(c.now), reason: 'restored' });
    expect(refusal(c, 'li', { type: 'close', reason: 'done' })).toBe('owed');
    const summary = c.assess().clocks.find((k) => k.content === 'summary_report');
    expect(summary?.due).toBe('2026-05-01T00:00:00+08:00');
  });

  it('a drill can never be filed', () => {
    const c = new Case();
    c.must('li', { type: 'declare', title: 'x', drill: true, speed: 60 });
    expect(refusal(c, 'li', { type: 'record_filing', obligation: 'x', channel: 'web_12387', at: iso(START) })).toBe(
      'drill_cannot_file',
    );
  });
});

describe('the record', () => {
  it('folds to the same state again', () => {
    const c = declared();
    c.must('chen', { type: 'add_note', text: '发现异常导出', happenedAt: iso(START - minutes(5)) });
    expect(replay(c.events)).toEqual(c.state);
  });

  it('refuses to build on a gap', () => {
    const c = declared();
    const next = { ...(c.events[1] ?? c.events[0]), version: 99 };
    if (!('event' in next)) throw new Error('no event');
    expect(() => evolve(c.state, next as (typeof c.events)[0])).toThrow(/broken/);
  });
});

describe('records of the first versions', () => {
  const proposed = (c: Case): void => {
    const decided = {
      level: 'general',
      floor: 'major',
      ceiling: 'major',
      kind: 'below_floor',
      criteria: [],
      regime: null,
      laws: {},
      reason: 'x',
    } as const;
    c.tell('li', { type: 'level_override_proposed', payload: decided });
  };
  const leaked = (): Case => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'operator', value: 'other' });
    c.must('li', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    return c;
  };

  it('a level proposed in them can still be agreed to, by another person', () => {
    const c = leaked();
    proposed(c);
    expect(refusal(c, 'li', { type: 'second_level', agree: true })).toBe('same_person');
    c.must('wang', { type: 'second_level', agree: true });
    expect(c.current.levelDecision).toMatchObject({ level: 'general', kind: 'below_floor', by: 'wang' });
    expect(c.current.proposals).toMatchObject([{ by: 'li', settled: { agreed: true, by: 'wang' } }]);
  });

  it('one that was agreed to or refused there waits for nobody, and the decision names both people', () => {
    const c = leaked();
    proposed(c);
    c.tell('wang', { type: 'level_override_refused', payload: {} });
    expect(c.current.proposals).toMatchObject([{ settled: { agreed: false } }]);
    proposed(c);
    const decided = {
      level: 'general',
      floor: 'major',
      ceiling: 'major',
      kind: 'below_floor',
      criteria: [],
      regime: null,
      laws: {},
    } as const;
    c.tell('wang', { type: 'level_decided', payload: decided });
    expect(proposerOf(c.current, c.current.levelDecision ?? c.current.declared)).toBe('li');
    expect(replay(c.events)).toEqual(c.current);
  });

  it('an end of handling, an awareness and a general level of one person hold as they were recorded', () => {
    const c = declared();
    const decided = {
      level: 'general',
      floor: 'general',
      ceiling: 'major',
      kind: 'confirmed',
      criteria: [],
      regime: null,
      laws: {},
    } as const;
    c.tell('li', { type: 'level_decided', payload: { ...decided, reason: 'false alarm' } });
    c.tell('li', { type: 'awareness_confirmed', payload: { candidate: 'a1', at: iso(START), reason: 'x' } });
    c.tell('li', {
      type: 'awareness_candidate_added',
      payload: { candidate: 'a2', at: iso(START - minutes(9)), source: 'mail', reachedUs: true },
    });
    expect(c.assess().anchors.awareness).toBe(iso(START));
    expect(c.assess().clocks.filter(({ status }) => status === 'running')).toEqual([]);
  });
});
