import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardMatrix } from '../../src/cli/rights.ts';
import { commandSchema } from '../../src/incident/commands.ts';
import type { IncidentAssessment } from '../../src/incident/facts/assessment.ts';
import { factsOfTicks } from '../../src/incident/facts/circumstances.ts';
import type { OwedObligation } from '../../src/incident/facts/owed.ts';
import { EFFECTS } from '../../src/incident/people/guard-table.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { soaked } from '../fakes/soak.ts';
import { minutes } from '../incident/bench-incident.ts';
import { act, type Pick, WHO } from './guard-acts.ts';
import { Doors } from './guard-door.ts';

// @module-tag grows

/**
 * No single actor makes what is owed less, later, met after the fact, or unseen, whatever they do in whatever order and by
 * whichever door (session, token, press, line, form, timer), but in the ways the table of the guard names. Written against
 * the assessment alone, not against the guard.
 */
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

const RUNS = Number(process.env['GUARD_RUNS'] ?? soaked(2, 120));
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
  expect(page('README.md')).toContain('It takes two people to postpone a deadline, or to end it without a filing');
  expect(page('README.zh-CN.md')).toContain('凡会使法定时限停止计时或推后起算的决定，须经另一人复核');
  for (const language of ['en', 'zh-CN'] as const)
    expect(EFFECTS.filter((effect) => !guardMatrix(language).includes(`\`${effect}\``))).toEqual([]);
});
