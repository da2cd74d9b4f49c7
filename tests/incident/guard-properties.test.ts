import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Command, commandSchema } from '../../src/incident/commands.ts';
import type { IncidentAssessment, OwedObligation } from '../../src/incident/facts/assessment.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { soaked } from '../fakes/soak.ts';
import { type Case, minutes } from './bench-incident.ts';
import { room } from './bench-rooms.ts';
import { begun, iso } from './guard-case.ts';

/**
 * No single actor makes what is owed less, later, met after the fact, or unseen, whatever they do in whatever order, but
 * in the ways the table of the guard names. Written against the assessment alone, not against the guard.
 */
type Pick = <T>(from: readonly T[]) => T;
type Make = (c: Case, pick: Pick) => Command | null;

const WHO = ['li', 'zhao', 'sun', 'chen', 'anna', 'stranger', 'api'] as const;
const OPS = room('slack', 'ops');

const answers: Make = (c, pick) => {
  const { regime } = c.assess();
  const { definitions, flags } = {
    definitions: [...regime.factDefinitions, ...(regime.packFacts ?? [])],
    flags: regime.flags,
  };
  const yes = pick([true, false, 'unknown'] as const);
  return pick<Make>([
    () => ({ type: 'answer', fact: 'system', value: pick(['shop', 'grid', 'site', 'core', 'other', 'unknown']) }),
    () => ({
      type: 'answer',
      fact: 'operator',
      value: pick(['other', 'cii_involved', 'central_state_organ', 'unknown']),
    }),
    () => ({ type: 'answer', fact: 'affected', value: pick([['personal_info'], ['outage'], ['none'], 'unknown']) }),
    () => ({ type: 'answer', fact: 'province', value: pick(['31', '11', 'unknown']) }),
    () => ({ type: 'answer', fact: 'occurrence', value: pick([iso(c, 30), iso(c, 400), 'unknown']) }),
    () => ({ type: 'answer', fact: 'incident_type', value: pick(regime.types.map(({ id }) => id)) }),
    () => {
      const flag = pick(flags.filter(({ from }) => from !== 'profile'));
      return { type: 'answer', fact: flag.id, value: yes };
    },
    () => {
      const { id, kind, options = [] } = pick(definitions);
      const ids = options.map((one) => one.id);
      const number = pick<Extract<Command, { type: 'answer' }>['value']>([
        0,
        3_000,
        1_200_000,
        20_000_000,
        { min: 10, max: 3_000_000 },
        'unknown',
      ]);
      if (kind === 'boolean') return { type: 'answer', fact: id, value: yes };
      if (kind === 'many') return { type: 'answer', fact: id, value: [pick(ids)] };
      if (kind === 'number') return { type: 'answer', fact: id, value: number };
      if (kind === 'duration')
        return { type: 'answer', fact: id, value: pick([0, 45, 700, { since: iso(c, 90) }, 'unknown']) };
      return { type: 'answer', fact: id, value: ids.length > 0 ? pick([...ids, 'unknown']) : 'unknown' };
    },
  ])(c, pick);
};

const duties = (c: Case) => c.assess().obligations.map(({ id }) => id);
const reason = 'because';
const MAKES: readonly Make[] = [
  answers,
  answers,
  answers,
  answers,
  (c, pick) => ({
    type: 'add_awareness',
    at: iso(c, pick([5, 100, 600])),
    source: 'alert',
    reachedUs: pick([true, false]),
  }),
  (c, pick) => ({ type: 'confirm_awareness', candidate: pick(c.current.candidates).id, reason }),
  (c, pick) => ({ type: 'decide_level', level: pick(c.law.levels).id, reason }),
  (c) => ({ type: 'not_reportable', reason, reviewAt: iso(c, -600) }),
  (c, pick) => {
    const { id, readings } = pick(c.assess().regime.openQuestions);
    return readings.length === 0 ? null : { type: 'settle_question', question: id, reading: pick(readings).id, reason };
  },
  (c, pick) => ({ type: 'not_owed', obligation: pick([...duties(c), 'report.update', 'report.supplement']), reason }),
  (c, pick) => ({
    type: 'add_request',
    from: '网信办',
    recipient: 'provincial_cac',
    what: pick(['a', 'b']),
    receivedAt: iso(c, 5),
    due: iso(c, -60),
  }),
  (c, pick) =>
    c.current.requests.length === 0 ? null : { type: 'drop_request', request: pick(c.current.requests).id, reason },
  (c, pick) => ({
    type: 'record_filing',
    obligation: pick(duties(c)),
    channel: pick(['web_12387', 'own_contact']),
    at: iso(c, pick([0, 3, 50, 70, 300])),
    otherChannel: reason,
    ...pick([{}, { receipt: 'T-1' }, { takenBy: '3321' }]),
  }),
  (c, pick) => {
    if (c.current.filings.length === 0) return null;
    const { version } = pick(c.current.filings);
    return pick<Command>([
      { type: 'correct_filing', filing: version, at: iso(c, pick([1, 60, 200])), reason },
      { type: 'correct_filing', filing: version, receipt: 'T-2' },
      { type: 'correct_filing', filing: version, mistaken: reason },
    ]);
  },
  (c, pick) => ({ type: 'end_handling', at: iso(c, pick([0, 60])), reason }),
  () => ({ type: 'close', reason }),
  () => ({ type: 'reopen', reason }),
  (c, pick) => ({
    type: 'withdraw_decision',
    about: pick(['level', ...Object.keys(c.current.notOwed), ...Object.keys(c.current.readings)]),
    reason,
  }),
  (_, pick) => ({ type: 'snooze', minutes: pick([15, 60]) }),
  () => ({ type: 'add_room', room: room('slack', 'other') }),
  (c, pick) => {
    const rooms = Object.keys(c.current.rooms);
    return rooms.length === 0 ? null : { type: 'remove_room', room: pick(rooms) };
  },
  () => ({ type: 'leave_chat', reason }),
  () => ({ type: 'return_to_chat', reason }),
  (_, pick) => ({ type: 'stop_state_secret', ...pick([{}, { reason }]) }),
  () => ({ type: 'lift_stop', reason }),
  () => ({ type: 'take_lead' }),
  () => ({ type: 'withdraw_declaration', reason }),
  (_, pick) => ({ type: 'remove_person', person: pick(['li', 'zhao', 'sun', 'chen', 'anna']), reason }),
  (_, pick) => ({ type: 'add_person', person: pick(['li', 'zhao', 'sun', 'chen']) }),
  () => ({ type: 'erase', reason }),
  (c, pick) => ({ type: 'take_law', law: pick(['eu-gdpr', 'eu-dora', 'cn-nfra-2024']), reason: iso(c) }),
  (c, pick) => {
    const rooms = Object.keys(c.current.rooms);
    return rooms.length === 0 ? null : { type: 'confirm_room', room: pick(rooms) };
  },
  () => ({ type: 'ask_for', right: 'close' }),
  // Every other command of the register, as its schema has it.
  (_, pick) => pick(commandExamples.filter(({ type }) => !['declare', 'second_level'].includes(type))),
  (c, pick) => {
    const open = c.current.proposals.filter(({ settled }) => settled === null);
    return open.length === 0 ? null : { type: 'second', proposal: pick(open).id, agree: pick([true, true, false]) };
  },
];

interface Moment {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
}
const isOpen = ({ filing, status }: OwedObligation): boolean => !filing && status !== 'void';
const openOf = ({ ia }: Moment) => ia.obligations.filter(isOpen);

/** Breaches of the promise by one act of one actor; empty if there is none. */
function breaches(before: Moment, after: Moment, who: string, command: Command): readonly string[] {
  const now = (id: string) => after.ia.obligations.find((one) => one.id === id);
  const narrows = mayNarrow(before, after, who, command);
  const byProof = command.type === 'record_filing' && isProven(before, command);
  const found = before.ia.obligations.flatMap((duty): readonly string[] => {
    const then = now(duty.id);
    if (duty.status === 'late' && then?.status === 'met') return byProof ? [] : [`${duty.id} met after the fact`];
    if (!isOpen(duty)) return [];
    const isGone = !then || then.status === 'void';
    if (isGone) return narrows(duty) ? [] : [`${duty.id} gone`];
    if (then.filing) return [];
    if (then.provisional && !duty.provisional) return [`${duty.id} only possible`];
    if (duty.due === null || (duty.repeats && command.type === 'record_filing')) return [];
    const isLater = then.due === null || Date.parse(then.due) > Date.parse(duty.due);
    return isLater && !narrows(duty) ? [`${duty.id} later`] : [];
  });
  const earliest = (at: Moment) =>
    Math.min(...openOf(at).flatMap(({ due, provisional }) => (due && !provisional ? [Date.parse(due)] : [])));
  const isFiled = after.state.filings.length > before.state.filings.length;
  return [
    ...found,
    ...(!isFiled && earliest(after) > earliest(before) && openOf(after).length > 0
      ? ['the earliest limit is later']
      : []),
    ...(before.ia.owed.length > 0 && !before.state.closed && after.state.closed ? ['closed with something owed'] : []),
    ...(before.ia.owed.length > 0 &&
    'slack/t/ops' in before.state.rooms &&
    !('slack/t/ops' in after.state.rooms) &&
    !(command.type === 'leave_chat' && mayLeave(before, who))
      ? ['the room is gone']
      : []),
    ...(before.state.stopped && !after.state.stopped ? ['a stop was lifted'] : []),
    ...(before.state.erased === null && after.state.erased ? ['erased by one'] : []),
    ...(takenOut(before, after).some((one) => ANSWERABLE.includes(one)) ? ['somebody who answers for it is out'] : []),
    ...(who === 'api' && !before.state.stopped && after.state.stopped ? ['stopped by a program'] : []),
  ];
}

const ANSWERABLE: readonly string[] = ['li', 'zhao', 'sun'];
function takenOut({ state }: Moment, { state: after }: Moment): readonly string[] {
  const isOut = ({ people }: IncidentState, one: string): boolean =>
    Object.values(people).some(({ person, removed }) => person === one && removed === true);
  return WHO.filter((one) => isOut(after, one) && !isOut(state, one));
}

/** A person's first answer on what was only possible, while some first report is still owed, and no judgement ends a law. */
function mayNarrow(before: Moment, after: Moment, who: string, command: Command): (duty: OwedObligation) => boolean {
  if (command.type !== 'answer' || who === 'api') return () => false;
  if ((before.state.facts[command.fact]?.value ?? 'unknown') !== 'unknown') return () => false;
  const { regime } = before.ia;
  const asks = ({ ia }: Moment, law: string, first: boolean) =>
    ia.obligations.some(
      (one) => one.regime === law && (isOpen(one) || one.filing) && (!first || (one.form ?? one.content) === 'first'),
    );
  const facts = [...regime.factDefinitions, ...(regime.packFacts ?? [])];
  const isJudged = facts.some(
    ({ id, kind, judged }) => id === command.fact && (kind === 'judgement' || judged === true),
  );
  return (duty) => {
    if (!duty.provisional) return false;
    const ends = [true, false].some((one) => asks(before, duty.regime, one) && !asks(after, duty.regime, one));
    return !ends || (duty.regime !== regime.id && !isJudged);
  };
}

/** A lead, approver or legal leaves chat alone; everybody here has an account in the console, where it goes on. */
function mayLeave({ state }: Moment, who: string): boolean {
  const roles = state.organisation?.people.find(({ id }) => id === who)?.roles ?? [];
  const isReached = Object.values(state.people).every(
    ({ account }) => account === null || account.platform === 'console',
  );
  return isReached && roles.some((role) => ['lead', 'approver', 'legal'].includes(role));
}

function isProven({ ia }: Moment, command: Extract<Command, { type: 'record_filing' }>): boolean {
  const isNamed = command.receipt !== undefined || command.takenBy !== undefined || command.proof !== undefined;
  return isNamed && Date.parse(ia.now) - Date.parse(command.at) <= minutes(60);
}

const RUNS = Number(process.env['GUARD_RUNS'] ?? soaked(15, 200));

it('no single actor ends, delays, hides or declares met what is owed', { timeout: 60_000 + RUNS * 2_000 }, () => {
  const play = fc.property(fc.gen(), (gen) => {
    const pick: Pick = (from) => {
      const chosen = from
        .slice(gen(fc.nat, { max: from.length - 1 }))
        [Symbol.iterator]()
        .next();
      if (chosen.done === true) throw new Error('nothing to pick from');
      return chosen.value;
    };
    const c = begun(pick([undefined, 'shop', 'grid', 'core']));
    c.must('li', { type: 'add_room', room: OPS });
    c.elsewhere = { own: [room('console', 'main')], refuge: [] };
    for (let i = 0; i < 24; i += 1) {
      c.now += minutes(pick([0, 1, 20, 90]));
      const command = pick(MAKES)(c, pick);
      if (!command) continue;
      const who = pick(WHO);
      const before = { state: c.current, ia: c.assess() };
      const agrees = command.type === 'second' && command.agree;
      c.do(who, command);
      if (agrees) continue;
      const after = { state: c.current, ia: c.assess() };
      expect(breaches(before, after, who, command), `${who} ${JSON.stringify(command)}`).toEqual([]);
    }
  });
  fc.assert(play, { numRuns: RUNS, ...(process.env['GUARD_SEED'] ? { seed: Number(process.env['GUARD_SEED']) } : {}) });
});

it('the property tries every command of the register, and every door comes to it', () => {
  const register = commandSchema.options.map(({ shape }) => shape.type.value);
  expect(commandExamples.map(({ type }) => type).toSorted()).toEqual(register.toSorted());
  // Chat, console, API, forms, timers and intake run commands through the engine alone, which alone decides and commits.
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const having = (words: string) => sources.filter((name) => readFileSync(join('src', name), 'utf8').includes(words));
  const engine = [join('use-cases', 'engine.ts')];
  expect(having("incident/decide/decide.ts'")).toEqual(engine);
  expect(having('store.change(')).toEqual(engine);
});
