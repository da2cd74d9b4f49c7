import { describe, expect, it } from 'vitest';
import { nextStep } from '../../src/conversation/next-step/next-step.ts';
import { runningCall } from '../../src/incident/drill-call.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { promptOf } from '../../src/report/channels/call.ts';
import { callScores } from '../../src/report/drills/call-score.ts';
import { scoreOf } from '../../src/report/drills/score.ts';
import { scenariosOf } from '../fakes/law.ts';
import { Case, company, fill, minutes, regime } from '../report/cases.ts';

type Says = 'line' | 'later' | 'skip';
const LI = 'li-wei';

function leaked(how: { drill?: boolean; scenario?: string } = {}): Case {
  const { drill = true, scenario } = how;
  const it = new Case(company);
  it.scenarios = scenariosOf();
  const story = scenario === undefined ? {} : { scenario };
  it.must(LI, { type: 'declare', title: '会员数据泄露', ...(drill ? { drill, speed: 1, ...story } : {}) });
  it.must(LI, { type: 'answer', fact: 'operator', value: 'other' });
  it.must(LI, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  it.must(LI, { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  fill(it, 'art7.2.measures', 'isolated two servers', '09时50分隔离两台服务器并重置口令');
  return it;
}
const situation = (it: Case) => ({ state: it.current, ia: it.assess(), regime });
const call = (it: Case) => it.current.calls.at(-1);
/** Plays a whole call; `says` chooses the answer by the officer's question, null while the script is read. */
function play(it: Case, says: (asks: string | null, again: boolean) => Says = () => 'line'): void {
  it.must(LI, { type: 'call_officer' });
  for (let n = 0; n < 60; n++) {
    const running = runningCall(it.current);
    const prompt = running && promptOf(situation(it), running);
    if (!prompt) break;
    it.now += 10_000;
    it.must(LI, { type: 'call_officer', says: says(prompt.asks?.zh ?? null, prompt.again) });
  }
  expect(runningCall(it.current)).toBeNull();
}
function tick(it: Case, by: number): void {
  it.now += minutes(by);
  it.must('clock', { type: 'tick', timer: 'x', dueAt: isoOf(it.now) });
}

describe('a practised call to 12387', () => {
  it('ends with a receipt marked as a drill’s, every item said, the first sentence timed', () => {
    const it = leaked();
    play(it);
    const [score] = callScores(it.current.calls);
    expect(score).toMatchObject({ call: 1, left: [], open: 0, firstAfter: 10, shorter: null });
    expect(score?.items).toBe(8);
    expect(call(it)?.ended?.receipt).toContain(it.current.id);
  });

  it('asks one question at a time, once more what was not answered, and leaves it open then', () => {
    const it = leaked();
    play(it, (asks) => (asks === null ? 'line' : 'skip'));
    const turns = call(it)?.turns ?? [];
    const questions = turns.flatMap(({ item }) => item ?? []);
    const [first, ...others] = new Set(questions);
    expect(first).toBeDefined();
    for (const item of [first, ...others]) expect(questions.filter((one) => one === item)).toHaveLength(2);
    // No question comes a second time before every item was asked for once.
    expect(new Set(questions.slice(0, questions.length / 2)).size).toBe(questions.length / 2);
    expect(callScores(it.current.calls)[0]).toMatchObject({ open: questions.length / 2 });
    expect(call(it)?.ended?.left).toEqual([...new Set(questions)]);
  });

  it('takes "not known yet" for what the record leaves open, and asks again for what it has', () => {
    const it = leaked();
    play(it, (asks, again) => (asks === null || again ? 'line' : 'later'));
    const later = call(it)?.turns.filter(({ text }) => text?.startsWith('尚待核实')) ?? [];
    expect(later.length).toBeGreaterThan(0);
    expect(call(it)?.ended?.left).toEqual([]);
    const all = call(it)?.turns.flatMap(({ said }) => said) ?? [];
    // Only the line that the officer cut off is said twice.
    expect(all.length - new Set(all).size).toBeLessThanOrEqual(1);
  });

  it('takes an answer in own words; the question is the next step of the caller alone', () => {
    const it = leaked();
    it.must(LI, { type: 'call_officer' });
    const ids = (actors: string[] | null) =>
      nextStep(situation(it), actors && { actors, roles: [] })?.actions.map(({ id }) => id) ?? [];
    expect(ids([LI])).toContain('call_line');
    expect([...ids(['chen-yu']), ...ids(null)]).not.toContain('call_line');
    for (let n = 0; n < 2; n++) it.must(LI, { type: 'call_officer', says: 'line' });
    it.must(LI, { type: 'call_officer', words: '正在排查，两小时内书面补报' });
    expect(call(it)?.turns.at(-1)).toMatchObject({ text: '正在排查，两小时内书面补报' });
    expect(call(it)?.turns.at(-1)?.said).not.toEqual([]);
  });

  it('has no receipt once it was hung up, and none comes back', () => {
    const it = leaked();
    it.must(LI, { type: 'call_officer' });
    it.must(LI, { type: 'call_officer', says: 'line' });
    it.must(LI, { type: 'call_officer', says: 'end' });
    expect(call(it)?.ended).toMatchObject({ receipt: null });
    tick(it, 60);
    expect(it.current.requests).toEqual([]);
  });

  it('is answered by the officer’s own call with a clock, once, also in a story without an officer', () => {
    for (const scenario of [undefined, 'ransomware-cii', 'no-chat']) {
      const it = leaked(scenario === undefined ? {} : { scenario });
      play(it);
      tick(it, 14);
      expect(it.current.requests).toEqual([]);
      tick(it, 1);
      const clock = it.assess().clocks.find(({ id }) => id === 'request.1');
      expect(clock).toMatchObject({ recipient: 'provincial_cac', status: 'running', dueMinutes: 60 });
      expect(it.current.requests[0]?.from).toContain(scenario === 'no-chat' ? '12387' : '演练');
      play(it);
      tick(it, 60);
      expect(it.current.requests).toHaveLength(1);
    }
  });

  it('is scored: a second call is 30 % shorter with every item said, and both stand in the points', () => {
    const it = leaked();
    const before = scoreOf(situation(it), it.events).of;
    play(it, (asks) => (asks === null ? 'line' : 'skip'));
    const first = scoreOf(situation(it), it.events);
    expect(first.of).toBe(before + 2);
    play(it);
    const second = scoreOf(situation(it), it.events);
    expect(second.calls[1]?.shorter).toBeGreaterThanOrEqual(30);
    expect(second.calls[1]).toMatchObject({ left: [], open: 0 });
    expect(second.of).toBe(before + 3);
    expect(second.points - first.points).toBe(3);
  });
});

describe('no real incident', () => {
  it('has an officer, on no card and by no command', () => {
    const real = leaked({ drill: false });
    for (const says of [undefined, 'line', 'end'] as const) {
      const decision = real.do(LI, { type: 'call_officer', ...(says === undefined ? {} : { says }) });
      expect(decision).toMatchObject({ ok: false, refusal: { code: 'not_a_drill' } });
    }
    expect(real.current.calls).toEqual([]);
  });
});
