import { describe, expect, it } from 'vitest';
import { proposalActions } from '../../src/conversation/proposal-cards.ts';
import decisions from '../../src/i18n/en/decisions.json' with { type: 'json' };
import type { Command, Proposable } from '../../src/incident/commands.ts';
import { admission } from '../../src/incident/decide/admission.ts';
import { type Effect, rolesToSecond } from '../../src/incident/people/guard-table.ts';
import { actingAs } from '../../src/incident/people/rights.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { answer, begun } from './guard-case.ts';

type Made = ReturnType<typeof begun>;
const open = (c: Made) => c.current.proposals.filter(({ settled }) => settled === null);
const at = (clock: string) => `2026-03-31T${clock}:00+08:00`;

/** The commands that can wait for a second person: those with a name on the buttons of their proposal. */
const NAMED = Object.keys(decisions).flatMap((key) => key.match(/^proposal\.name\.(\w+)$/)?.[1] ?? []);
const isNamed = (one: Command): one is Proposable => NAMED.includes(one.type);
const twoPerson = commandExamples.filter(isNamed);

/** A proposal of li's on the record, whatever it would need to come about. */
function waiting(command: Proposable): Made {
  const c = begun('shop');
  c.must('anna', { type: 'add_note', text: 'here' });
  const kind = command.type === 'erase' ? 'erased' : 'lost';
  if (kind === 'erased' || command.type === 'reopen') {
    c.must('li', { type: 'withdraw_declaration', reason: 'x' });
    c.must('zhao', { type: 'second', proposal: open(c)[0]?.id ?? '', agree: true });
    c.now += 40 * 86_400_000;
  }
  if (command.type === 'lift_stop') c.must('li', { type: 'stop_state_secret' });
  const effects: Effect[] = [{ kind, duty: null, certain: true }];
  c.tell(command.type === 'erase' ? 'anna' : 'li', {
    type: 'proposal_made',
    payload: { proposal: `p${c.current.proposals.length + 1}`, effects, command },
  });
  return c;
}

const withReason = (command: Proposable, reason: string): Proposable =>
  'reason' in command ? { ...command, reason } : command;

describe('a command that repeats an open proposal', () => {
  it('covers every command of two people', () => {
    expect(twoPerson.map(({ type }) => type).sort()).toEqual([...NAMED].sort());
  });

  it.each(twoPerson)('$type by the second person means what agreeing means', (command) => {
    const repeated = waiting(command).do('zhao', withReason(command, 'my own reason'));
    const c = waiting(command);
    const reason = 'reason' in command && command.reason !== undefined ? { reason: 'my own reason' } : {};
    const agreed = c.do('zhao', { type: 'second', proposal: open(c)[0]?.id ?? '', agree: true, ...reason });
    // Who may not do it in the first place is refused for that.
    const isForbidden = !repeated.ok && repeated.refusal.code === 'forbidden';
    if (!isForbidden) expect(repeated).toEqual(agreed);
  });

  it.each(twoPerson)('$type by the proposer changes nothing', (command) => {
    const c = waiting(command);
    const by = command.type === 'erase' ? 'anna' : 'li';
    const decision = c.do(by, withReason(command, 'again'));
    if (decision.ok) expect(decision.events).toEqual([]);
    expect(open(c).map(({ id }) => id)).toHaveLength(1);
  });
});

it('a button that repeats a proposal is offered to its proposer and to those who may agree, and to nobody else', () => {
  const c = begun('shop');
  const command = { type: 'withdraw_declaration' } as const;
  const refused = () =>
    Object.values(c.current.people)
      .filter((one) => {
        const refusal = admission(c.current, command, actingAs(c.current, one), { show: 'all' }, NO_JUDGEMENT);
        return refusal?.code === 'forbidden';
      })
      .map(({ name }) => name);
  expect(refused()).toEqual([]);
  c.must('chen', command);
  expect(open(c)).toHaveLength(1);
  expect(refused()).toEqual(['sun']);
});
const NO_JUDGEMENT = { catalogue: { isJudgement: () => false }, organisation: null };

/** Proposals that come about by the commands themselves: those before, the decision, and another on its subject. */
const cases: readonly {
  readonly name: string;
  readonly before: readonly (readonly [string, Command])[];
  readonly one: Command;
  readonly other?: Command;
  readonly by?: string;
}[] = [
  {
    name: 'level',
    before: [],
    one: { type: 'decide_level', level: 'general', reason: 'a' },
    other: { type: 'not_reportable', reason: 'b', reviewAt: '2026-04-02T09:00:00+08:00' },
  },
  {
    name: 'not reportable',
    before: [],
    one: { type: 'not_reportable', reason: 'a', reviewAt: '2026-04-02T09:00:00+08:00' },
    other: { type: 'not_reportable', reason: 'a', reviewAt: '2026-04-03T09:00:00+08:00' },
  },
  {
    name: 'start',
    before: [
      ['li', { type: 'add_awareness', at: at('05:30'), source: 'alert', reachedUs: true }],
      ['li', { type: 'add_awareness', at: at('07:30'), source: 'mail', reachedUs: true }],
    ],
    one: { type: 'confirm_awareness', candidate: 'a1', reason: 'a' },
    other: { type: 'confirm_awareness', candidate: 'a3', reason: 'a' },
  },
  {
    name: 'answer',
    before: [
      ['chen', answer('affected', ['personal_info'])],
      ['chen', answer('personal_info_people', 1_200_000)],
    ],
    one: answer('personal_info_people', 5),
    other: answer('personal_info_people', 6),
  },
  {
    name: 'false alarm',
    before: [],
    one: { type: 'withdraw_declaration', reason: 'a' },
  },
  {
    name: 'lifting a stop',
    before: [['li', { type: 'stop_state_secret' }]],
    one: { type: 'lift_stop', reason: 'a' },
  },
];

describe('two people, one subject', () => {
  it.each(cases)('$name: the same by the second person is agreement', ({ before, one }) => {
    const c = begun('shop');
    for (const [who, command] of before) c.must(who, command);
    c.must('li', one);
    expect(open(c)).toMatchObject([{ by: 'li' }]);
    const [proposal] = open(c);
    c.must('zhao', 'reason' in one && one.reason !== undefined ? withReasonOf(one, 'seen') : one);
    expect(open(c)).toEqual([]);
    expect(c.current.proposals.find(({ id }) => id === proposal?.id)?.settled).toMatchObject({
      by: 'zhao',
      agreed: true,
    });
  });

  it.each(cases.filter(({ other }) => other))('$name: another decision replaces the first, and says so', (one) => {
    const c = begun('shop');
    for (const [who, command] of one.before) c.must(who, command);
    c.must('li', one.one);
    if (one.other) c.must('zhao', one.other);
    const [first] = c.current.proposals;
    expect(first?.settled).toMatchObject({ by: 'zhao', agreed: false });
    expect(open(c)).toMatchObject([{ by: 'zhao', replaces: first?.id }]);
  });

  it('the same by a person who may not agree is refused, with who may', () => {
    const c = begun('shop');
    c.must('chen', answer('affected', ['personal_info']));
    c.must('chen', answer('personal_info_people', 1_200_000));
    c.must('li', answer('personal_info_people', 5));
    const basis = { ...answer('personal_info_people', 5), basis: 'counted' } as const;
    expect(c.do('chen', basis)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    expect(open(c)).toMatchObject([{ by: 'li' }]);
  });

  it('an erasure waits only for people with the role that its proposer lacks', () => {
    const c = waiting({ type: 'erase', reason: 'a' });
    expect(open(c).map((one) => rolesToSecond(c.current, one))).toEqual([['legal']]);
  });

  it('rooms are subjects of their own', () => {
    const c = waiting({ type: 'remove_room', room: 'console:local:one' });
    c.tell('zhao', {
      type: 'proposal_made',
      payload: { proposal: 'p2', effects: [], command: { type: 'remove_room', room: 'console:local:two' } },
    });
    expect(open(c).map(({ id }) => id)).toEqual(['p1', 'p2']);
  });
});

function withReasonOf(command: Command, reason: string): Command {
  return isNamed(command) ? withReason(command, reason) : command;
}

it('agreeing after the proposed review time asks for a new one, which the first person may agree to', () => {
  const [early, late] = ['2026-03-31T12:00:00+08:00', '2026-04-03T09:00:00+08:00'];
  const c = begun('shop');
  c.must('li', { type: 'not_reportable', reason: 'a', reviewAt: early });
  const [first] = open(c);
  const actions = () => {
    const ia = c.assess();
    return JSON.stringify(first && proposalActions({ state: c.current, ia, regime: ia.regime }, first));
  };
  expect(actions()).not.toContain('"form"');
  c.now = Date.parse(early) + 60_000;
  const decision = c.do('zhao', { type: 'second', proposal: first?.id ?? '', agree: true });
  expect(decision.ok ? null : decision.refusal.code).toBe('proposal_past');
  expect(actions()).toContain('"form":"not_reportable"');
  c.must('zhao', { type: 'not_reportable', reason: 'b', reviewAt: late });
  c.must('li', { type: 'second', proposal: open(c)[0]?.id ?? '', agree: true });
  expect(c.current.notReportable?.reviewAt).toBe(late);
  expect(open(c)).toEqual([]);
});

it('a person whose removal is proposed may refuse it, but is not asked to agree', () => {
  const c = begun('shop');
  const isOffered = (agree: boolean) => {
    const one = Object.values(c.current.people).find(({ name }) => name === 'zhao');
    const act = { type: 'second', proposal: open(c)[0]?.id ?? '', agree } as const;
    return one && admission(c.current, act, actingAs(c.current, one), { show: 'all' }, NO_JUDGEMENT);
  };
  c.must('li', { type: 'remove_person', person: 'zhao', reason: 'a' });
  expect(open(c)).toHaveLength(1);
  expect(isOffered(true)).toEqual({ code: 'removes_self' });
  expect(isOffered(false)).toBeNull();
});
