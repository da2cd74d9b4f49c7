import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardMatrix } from '../../src/cli/rights.ts';
import type { Action, Card } from '../../src/conversation/cards/card.ts';
import type { Command } from '../../src/incident/commands.ts';
import { commandSchema } from '../../src/incident/commands.ts';
import type { IncidentAssessment } from '../../src/incident/facts/assessment.ts';
import { factsOfTicks } from '../../src/incident/facts/circumstances.ts';
import type { OwedObligation } from '../../src/incident/facts/owed.ts';
import { EFFECTS } from '../../src/incident/people/guard-table.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { applyRetention } from '../../src/use-cases/upkeep/retention.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { soaked } from '../fakes/soak.ts';
import { minutes } from '../incident/bench-incident.ts';
import { room } from '../incident/bench-rooms.ts';
import { Doors, inChat, OPS, type Played } from './guard-door.ts';

// @module-tag grows

/**
 * No single actor makes what is owed less, later, met after the fact, or unseen, whatever they do in whatever order and by
 * whichever door (session, token, press, line, form, timer), but in the ways the table of the guard names. Written against
 * the assessment alone, not against the guard.
 */
type Pick = <T>(from: readonly T[]) => T;
type Make = (c: Played, pick: Pick) => Command | null;

const WHO = ['li', 'zhao', 'sun', 'chen', 'anna', 'stranger'] as const;

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
    () => ({ type: 'answer', fact: 'occurrence', value: pick([c.iso(30), c.iso(400), 'unknown']) }),
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
        return { type: 'answer', fact: id, value: pick([0, 45, 700, { since: c.iso(90) }, 'unknown']) };
      return { type: 'answer', fact: id, value: ids.length > 0 ? pick([...ids, 'unknown']) : 'unknown' };
    },
  ])(c, pick);
};

const duties = (c: Played) => c.assess().obligations.map(({ id }) => id);
const reason = 'because';
const MAKES: readonly Make[] = [
  answers,
  answers,
  answers,
  answers,
  (c, pick) => ({
    type: 'add_awareness',
    at: c.iso(pick([5, 100, 600])),
    source: 'alert',
    reachedUs: pick([true, false]),
  }),
  (c, pick) => ({ type: 'confirm_awareness', candidate: pick(c.current.candidates).id, reason }),
  (c, pick) => ({ type: 'decide_level', level: pick(c.assess().regime.levels).id, reason }),
  (c) => ({ type: 'not_reportable', reason, reviewAt: c.iso(-600) }),
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
    receivedAt: c.iso(5),
    due: c.iso(-60),
  }),
  (c, pick) =>
    c.current.requests.length === 0 ? null : { type: 'drop_request', request: pick(c.current.requests).id, reason },
  (c, pick) => ({
    type: 'record_filing',
    obligation: pick(duties(c)),
    channel: pick(['web_12387', 'own_contact']),
    at: c.iso(pick([0, 3, 50, 70, 300])),
    otherChannel: reason,
    ...pick([{}, { receipt: 'T-1' }, { takenBy: '3321' }]),
  }),
  (c, pick) => {
    if (c.current.filings.length === 0) return null;
    const { version } = pick(c.current.filings);
    return pick<Command>([
      { type: 'correct_filing', filing: version, at: c.iso(pick([1, 60, 200])), reason },
      { type: 'correct_filing', filing: version, receipt: 'T-2' },
      { type: 'correct_filing', filing: version, mistaken: reason },
    ]);
  },
  (c, pick) => ({ type: 'end_handling', at: c.iso(pick([0, 60])), reason }),
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
  (c, pick) => ({ type: 'take_law', law: pick(['eu-gdpr', 'eu-dora', 'cn-nfra-2024']), reason: c.iso() }),
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
/** What went on the record by one act, and who did it. */
interface Done {
  readonly who: string;
  readonly events: readonly IncidentEvent[];
}
type Said<T extends IncidentEvent['type']> = Extract<IncidentEvent, { readonly type: T }>['payload'];
const isOpen = ({ filing, status }: OwedObligation): boolean => !filing && status !== 'void';
const openOf = ({ ia }: Moment) => ia.obligations.filter(isOpen);
const statedIn = ({ events }: Done) => events.flatMap((one) => (one.type === 'fact_stated' ? [one.payload] : []));
const filingsIn = ({ events }: Done) => events.flatMap((one) => (one.type === 'filing_recorded' ? [one.payload] : []));

/** Breaches of the promise by one act of one actor; empty if there is none. */
function breaches(before: Moment, after: Moment, done: Done): readonly string[] {
  const now = (id: string) => after.ia.obligations.find((one) => one.id === id);
  const narrows = mayNarrow(before, after, done);
  const filings = filingsIn(done);
  const byProof = filings.some((filing) => isProven(before, filing));
  const found = before.ia.obligations.flatMap((duty): readonly string[] => {
    const then = now(duty.id);
    if (duty.status === 'late' && then?.status === 'met') return byProof ? [] : [`${duty.id} met after the fact`];
    if (!isOpen(duty)) return [];
    const isGone = !then || then.status === 'void';
    if (isGone) return narrows(duty) ? [] : [`${duty.id} gone`];
    if (then.filing) return [];
    if (then.provisional && !duty.provisional) return [`${duty.id} only possible`];
    if (duty.due === null || (duty.repeats && filings.length > 0)) return [];
    const isLater = then.due === null || Date.parse(then.due) > Date.parse(duty.due);
    return isLater && !narrows(duty) ? [`${duty.id} later`] : [];
  });
  const earliest = (at: Moment) =>
    Math.min(...openOf(at).flatMap(({ due, provisional }) => (due && !provisional ? [Date.parse(due)] : [])));
  const isFiled = after.state.filings.length > before.state.filings.length;
  const [was, is] = [before.state, after.state];
  const isOwed = before.ia.owed.length > 0;
  const isTold = ['slack/t/ops' in was.rooms, 'slack/t/ops' in is.rooms];
  const breaks: readonly (readonly [boolean, string])[] = [
    [!isFiled && earliest(after) > earliest(before) && openOf(after).length > 0, 'the earliest limit is later'],
    [isOwed && !was.closed && is.closed !== null, 'closed with something owed'],
    [isOwed && isTold[0] === true && !isTold[1] && !mayLeave(before, done), 'the room is gone'],
    [was.stopped !== null && !is.stopped, 'a stop was lifted'],
    [was.erased === null && is.erased !== null, 'erased by one'],
    [takenOut(before, after).some((one) => ANSWERABLE.includes(one)), 'somebody who answers for it is out'],
    [done.who === 'api' && !was.stopped && is.stopped !== null, 'stopped by a program'],
  ];
  return [...found, ...breaks.flatMap(([isBroken, words]) => (isBroken ? [words] : []))];
}

/** An act, and the state before it. */
interface Slip extends Done {
  readonly before: IncidentState;
}
const SLIP = 10_000;
/** Returns true for an answer that states again what stood before the same person's last one, ten seconds later at most. */
function takesBack(slip: Slip, done: Done, between: IncidentState, after: IncidentState): boolean {
  const [stated, other] = statedIn(slip);
  const [again] = statedIn(done);
  if (!stated || other || !again || slip.who !== done.who || slip.who === 'api') return false;
  const before = slip.before.facts[stated.fact]?.value ?? 'unknown';
  const entry = between.facts[stated.fact];
  const isLast = entry?.version === between.version;
  const ago = Date.parse(after.facts[again.fact]?.at ?? '') - Date.parse(entry?.at ?? '');
  return again.fact === stated.fact && isLast && ago <= SLIP && JSON.stringify(again.value) === JSON.stringify(before);
}

const ANSWERABLE: readonly string[] = ['li', 'zhao', 'sun'];
function takenOut({ state }: Moment, { state: after }: Moment): readonly string[] {
  const isOut = ({ people }: IncidentState, one: string): boolean =>
    Object.values(people).some(({ person, removed }) => person === one && removed === true);
  return WHO.filter((one) => isOut(after, one) && !isOut(state, one));
}

/** A person's first answer on what was only possible, while some first report is still owed, and no judgement ends a law. */
function mayNarrow(before: Moment, after: Moment, done: Done): (duty: OwedObligation) => boolean {
  const facts = statedIn(done).flatMap(({ fact, value }) =>
    fact === 'circumstances' ? Object.keys(factsOfTicks(value) ?? {}) : [fact],
  );
  const isFirst = (fact: string): boolean => (before.state.facts[fact]?.value ?? 'unknown') === 'unknown';
  if (facts.length === 0 || done.who === 'api' || !facts.every(isFirst)) return () => false;
  const { regime } = before.ia;
  const asks = ({ ia }: Moment, law: string, first: boolean) =>
    ia.obligations.some(
      (one) => one.regime === law && (isOpen(one) || one.filing) && (!first || (one.form ?? one.content) === 'first'),
    );
  const isJudged = [...regime.factDefinitions, ...(regime.packFacts ?? [])].some(
    ({ id, kind, judged }) => facts.includes(id) && (kind === 'judgement' || judged === true),
  );
  return (duty) => {
    if (!duty.provisional) return false;
    const ends = [true, false].some((one) => asks(before, duty.regime, one) && !asks(after, duty.regime, one));
    return !ends || (duty.regime !== regime.id && !isJudged);
  };
}

/** Lead, approver and legal leave chat alone: people are still called there, without content. */
function mayLeave({ state }: Moment, { who, events }: Done): boolean {
  const roles = state.organisation?.people.find(({ id }) => id === who)?.roles ?? [];
  const isLeft = events.some(({ type, payload }) => type === 'chat_left' && payload.quiet !== true);
  return isLeft && roles.some((role) => ['lead', 'approver', 'legal'].includes(role));
}

function isProven({ ia }: Moment, { receipt, takenBy, proof, at }: Said<'filing_recorded'>): boolean {
  return (
    [receipt, takenBy, proof].some((one) => one !== undefined) && Date.parse(ia.now) - Date.parse(at) <= minutes(60)
  );
}

const LINES: readonly string[] = [
  ...['120万', '5万人', '否', '是', '不清楚', '1', '2', '较大', '一般', '确认较大', '没有泄露', '09:20 监测告警'],
  ...[
    '暂不报告：误报',
    '不涉及个人信息',
    '撤出聊天工具',
    '不展示',
    '移出 sun',
    '移出 chen',
    '误报撤回',
    '涉密',
    '解除涉密',
  ],
  ...[
    '处置结束',
    '结案',
    '已报送 12387',
    '登记报送 12387 09:50',
    '免打扰 60',
    '我来牵头',
    '撤回决定',
    '同意',
    '不同意',
  ],
  ...['general', 'no personal data', 'only 300 people', 'not reportable: false alarm', 'close', 'leave chat', 'snooze'],
];
const VIEWS = [
  'status',
  'verdict',
  'proposals',
  'question',
  'checklist',
  'draft',
  'owed',
  'why',
  'people',
  'answers',
  'more',
];
/** Refusals for want of a right: no button leads to one. */
const OF_RIGHTS = ['forbidden', 'same_person', 'four_eyes', 'closed', 'stopped', 'erased', 'unknown_incident'];

const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));

/** A button of a card of theirs: pressed, or its form filled in somehow. Returns the button that led to a refusal for want of a right. */
async function pressed(c: Played, caller: Caller, pick: Pick): Promise<string> {
  const { app } = c.doors.running.house;
  const { id: incident, doors } = c;
  const card = await app.view({ view: pick(VIEWS), args: { incident, draft: '1' } }, caller);
  const actions = 'code' in card ? [] : actionsOf(card);
  if (actions.length === 0) return '';
  const { id, does } = pick(actions);
  const asked = { caller, delivery: doors.delivery(), revision: c.current.version };
  if (does.kind === 'intent' && does.intent.type !== 'declare') {
    const result = await app.submit({ ...asked, incident, intent: does.intent });
    return result.kind === 'refused' && OF_RIGHTS.includes(result.refusal.code) ? `${id} ${result.refusal.code}` : '';
  }
  if (does.kind !== 'form') return '';
  const form = await app.form(does.form, caller);
  if ('code' in form) return OF_RIGHTS.includes(form.code) ? `${id} ${form.code}` : '';
  const values = Object.fromEntries(
    form.fields.map((field): [string, string | readonly string[]] => {
      if (field.kind === 'one') return [field.id, pick(['', ...field.options.map(({ value }) => value)])];
      if (field.kind === 'many') return [field.id, pick([[], ...field.options.map(({ value }) => [value])])];
      return [field.id, field.kind === 'time' ? c.iso(pick([1, 70])) : pick(['', '5', '1200000', 'words'])];
    }),
  );
  await app.submitForm({ ...asked, ref: does.form, values });
  return '';
}

/** One act by one door; `who`: `api` for a token, `clock` for the program's own time. */
async function act(
  c: Played,
  pick: Pick,
): Promise<{ readonly who: string; readonly by: string; readonly dead: string }> {
  const { doors, id: incident } = c;
  const { app, engine } = doors.running.house;
  const door = pick(['session', 'session', 'session', 'press', 'press', 'token', 'line', 'button', 'button', 'timer']);
  const who = door === 'token' ? 'api' : pick(WHO.filter((one) => door !== 'session' || one !== 'stranger'));
  const said = (by: string, dead = '') => ({ who: door === 'timer' ? 'clock' : who, by: `${door}: ${by}`, dead });
  if (door === 'timer') {
    await c.pass(pick([1, 20, 90, 700]));
    await applyRetention(engine);
    return said('time');
  }
  if (door === 'button') return said('', await pressed(c, inChat(who), pick));
  if (door === 'line') {
    const line = pick(LINES);
    await app.text({ line, incident, caller: inChat(who), room: OPS, delivery: doors.delivery() });
    return said(line);
  }
  const command = pick(MAKES)(c, pick);
  if (!command) return said('nothing');
  const back = pick([0, 0, 0, 0, 120]);
  doors.clock.jumpTo(doors.clock.now() - minutes(back));
  if (door === 'press') {
    const asked = { incident, intent: command, revision: c.current.version, delivery: doors.delivery(), room: OPS };
    await app.submit({ ...asked, caller: inChat(who) });
  } else await c.do(who, command);
  doors.clock.jumpTo(doors.clock.now() + minutes(back));
  return said(`${back > 0 ? 'clock set back ' : ''}${JSON.stringify(command)}`);
}

const RUNS = Number(process.env['GUARD_RUNS'] ?? soaked(4, 120));
const STEPS = 24;
let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
  await doors.client('api');
});
afterAll(() => doors.running.stop());

it('no single actor ends, delays, hides or declares met what is owed', { timeout: 60_000 + RUNS * 6_000 }, async () => {
  const play = fc.asyncProperty(fc.gen(), async (gen) => {
    const pick: Pick = (from) => {
      const chosen = from
        .slice(gen(fc.nat, { max: from.length - 1 }))
        [Symbol.iterator]()
        .next();
      if (chosen.done === true) throw new Error('nothing to pick from');
      return chosen.value;
    };
    const c = await doors.declared(pick([undefined, 'shop', 'grid', 'core']));
    await c.inOps();
    let slip: Slip | null = null;
    for (let i = 0; i < STEPS; i += 1) {
      const state = c.current;
      const { who, by, dead } = await act(c, pick);
      await c.look();
      const recorded = await doors.running.store.events(c.id, state.version + 1);
      const events = recorded.map(({ event }) => event);
      expect([who, by, dead]).toEqual([who, by, '']);
      if (events.some(({ type, payload }) => type === 'proposal_settled' && payload.agreed)) continue;
      const at = (one: IncidentState): Moment => ({ state: one, ia: doors.running.house.engine.assess(one, c.now) });
      // A slip that is taken back at once is compared with the state before it.
      const isTakenBack = slip !== null && takesBack(slip, { who, events }, state, c.current);
      const found = breaches(at(isTakenBack && slip ? slip.before : state), at(c.current), { who, events });
      slip = { before: state, who, events };
      expect(found, `${who} ${by} → ${events.map(({ type }) => type).join()}`).toEqual([]);
    }
  });
  const seed = process.env['GUARD_SEED'];
  await fc.assert(play, { numRuns: RUNS, ...(seed ? { seed: Number(seed) } : {}) });
});

it('the property tries every command of the register, and every door comes to it', () => {
  const register = commandSchema.options.map(({ shape }) => shape.type.value);
  expect(commandExamples.map(({ type }) => type).toSorted()).toEqual(register.toSorted());
  // Chat, console, API, forms, timers and intake run commands through the engine alone, which alone decides and commits.
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const having = (words: string) => sources.filter((name) => readFileSync(join('src', name), 'utf8').includes(words));
  const engine = [join('use-cases', 'engine.ts')];
  expect(having("incident/decide/decide.ts'")).toEqual(engine);
  // A list of earlier incidents makes closed ones with nothing owed, and changes none.
  expect(having('store.change(')).toEqual([...engine, join('use-cases', 'earlier', 'import-earlier.ts')]);
});

it('is what the first page says, in both languages, and `jishi rights` prints each effect', () => {
  const page = (name: string) => readFileSync(name, 'utf8');
  expect(page('README.md')).toContain(
    'Ending a legal deadline other than by filing, or moving it later, takes two people',
  );
  expect(page('README.zh-CN.md')).toContain('凡使法定时限终止或推迟的决定，须另一人复核');
  for (const language of ['en', 'zh-CN'] as const)
    expect(EFFECTS.filter((effect) => !guardMatrix(language).includes(`\`${effect}\``))).toEqual([]);
});
