import { toIncidentTime, toWallTime } from '../../src/incident/drill-clock.ts';
import type { RecordedEvent } from '../../src/incident/record/events.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { revealsClocks, visibility } from '../../src/incident/visibility.ts';
import { dueSteps, wantedTimers } from '../../src/use-cases/notices/timer-plan.ts';
import type { Evidence } from './examine.ts';

/** Steps nobody may mute, and who hears which, told apart from the code that plans them. */
const LOUD = /^(due|late\d+|m15|m5)$/;
const IN_THREAD = /^(due|late\d+|m30|m5)$/;
const OF_A_CLOCK = /^(due|late\d+|[md]\d+|half|quarter)$/;
/** How late a timer may run when nothing disturbed the process, ms. */
const PROMPT = 2_000;

/** Commands, timers and reminders: what was acknowledged is there, what was due was said once, and not before. */
export async function recordsAreRight(evidence: Evidence): Promise<readonly string[]> {
  const wrong: string[] = [];
  const notes = new Map<string, number>();
  const commands = new Set<string>();
  for (const id of evidence.incidents) {
    const events = await evidence.bot.store.events(id);
    for (const { event, command, actor } of events) {
      if (actor !== 'clock') commands.add(command);
      if (event.type === 'note_added') notes.set(event.payload.text, (notes.get(event.payload.text) ?? 0) + 1);
    }
    wrong.push(...(await timersOf(id, events, evidence)), ...remindersOf(id, events, evidence));
  }
  for (const [text, count] of notes) if (count > 1) wrong.push(`"${text}" is on the record ${count} times`);
  if (commands.size > evidence.ledger.tried.size)
    wrong.push(`${commands.size} commands of ${evidence.ledger.tried.size}`);
  return [...wrong, ...(await lost(evidence))];
}

async function lost({ bot, ledger }: Evidence): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { act, answer, event } of ledger.acknowledged.values()) {
    if (event === null || answer.incident === null) continue;
    const [now] = await bot.store.events(answer.incident, answer.version);
    if (JSON.stringify(now) !== event) wrong.push(`${act.key} (${act.what}) was acknowledged and is lost`);
  }
  return wrong;
}

async function timersOf(id: string, events: readonly RecordedEvent[], evidence: Evidence): Promise<readonly string[]> {
  const { bot, world } = evidence;
  const now = world.machine.wall();
  const state = await bot.store.incident(id);
  const changed = Date.parse(events.at(-1)?.at ?? '');
  if (!state) return [`${id} has no state`];
  const timers = await bot.store.timers.of(id);
  const pending = timers.filter((timer) => timer.state === 'pending');
  const unsaid = dueSteps(state, bot.house.engine.assess(state, now - PROMPT));
  const wrong = pending
    .filter((timer) => timer.dueAt < now - PROMPT)
    .map((timer) => `${timer.key} was due ${now - timer.dueAt} ms ago and is still pending`);
  const wanted = wantedTimers(state, bot.house.engine.assess(state, changed)).map((t) => `${t.key} at ${t.dueAt}`);
  const stored = pending.map((t) => `${t.key} at ${t.dueAt}`);
  const extra = stored.filter((timer) => !wanted.includes(timer));
  const done = new Set(timers.filter((timer) => timer.state === 'done').map((timer) => timer.key));
  const missing = wanted.filter((timer) => !stored.includes(timer) && !done.has(timer.split(' at ')[0] ?? ''));
  return [
    ...wrong,
    ...unsaid.map(({ step, at }) => `${id} never said ${formatStep(step)} of ${at}`),
    ...extra.map((timer) => `${timer} is armed and not wanted`),
    ...missing.map((timer) => `${timer} is wanted and not armed`),
  ];
}

function remindersOf(id: string, events: readonly RecordedEvent[], evidence: Evidence): readonly string[] {
  const wrong: string[] = [];
  const said = new Set<string>();
  let state: IncidentState | null = null;
  for (const [index, recorded] of events.entries()) {
    const previous = events[index - 1];
    const before: IncidentState | null = state;
    state = evolve(state, recorded);
    const { event, version } = recorded;
    if (event.type !== 'reminder_due' || !before) continue;
    const { step, dueAt, obligations, collapsed } = event.payload;
    const at = Date.parse(recorded.at);
    const due = toWallTime(before.segments, Date.parse(dueAt)) ?? at;
    const name = `${id}#${version} ${step}`;
    if (at < due) wrong.push(`${name} was said ${due - at} ms early`);
    const armed = Date.parse(previous?.at ?? recorded.at);
    if (evidence.undisturbed && armed < due && at > due + PROMPT) wrong.push(`${name} was said ${at - due} ms late`);
    for (const obligation of obligations) {
      const once = `${obligation} ${step} ${dueAt}`;
      if (said.has(once)) wrong.push(`${name} was said twice: ${once}`);
      said.add(once);
    }
    if (OF_A_CLOCK.test(step)) wrong.push(...audience(name, recorded, before, [step, ...collapsed], evidence));
  }
  return wrong;
}

/** Whoever should hear of a step has a notice of their own. */
function audience(
  name: string,
  { incident, version, at }: RecordedEvent,
  state: IncidentState,
  steps: readonly string[],
  { notices }: Evidence,
): readonly string[] {
  const keys = new Set(notices.filter((n) => n.incident === incident).map((n) => n.key));
  const prefix = `${incident}:${version}:`;
  const mine = [...keys].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const wrong: string[] = [];
  const [step = ''] = steps;
  const now = toIncidentTime(state.segments, Date.parse(at));
  const sleeps = (who: string): boolean => Date.parse(state.snoozes[who] ?? '') > now;
  const asleep = sleeps(state.lead);
  const reachable = Boolean(state.people[state.lead]?.account);
  const hears = mine.includes(state.lead);
  if (!LOUD.test(step)) {
    for (const who of mine) if (sleeps(who)) wrong.push(`${name} rang ${who}, who had snoozed`);
  }
  if (!(asleep && !LOUD.test(step)) && reachable && !hears) wrong.push(`${name} did not go to the lead`);
  if (steps.some((one) => IN_THREAD.test(one))) {
    for (const [id, room] of Object.entries(state.rooms)) {
      // A room that may not know of a deadline is not reminded of it.
      const isTold = revealsClocks(visibility(state, { kind: 'room', room }));
      if (isTold && !mine.includes(id)) wrong.push(`${name} did not go to ${id}`);
    }
  }
  return wrong;
}
