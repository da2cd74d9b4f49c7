/** A mistake somebody could make: in one file, one piece of the source as it stands today becomes another. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** A run that found it: played first, so that a fault that shows itself rarely is found in seconds. */
  readonly run?: { readonly seed: number; readonly hours: number };
}

const OUTBOX = 'src/delivery/outbox.ts';
const SHOWING = 'src/delivery/showing.ts';
const OUTBOX_ROWS = 'src/storage/outbox.ts';
const COMMIT = 'src/storage/sqlite/group-commit.ts';
const STORE = 'src/storage/sqlite/store.ts';
const CHANGE = 'src/storage/change.ts';
const WRITES = 'src/storage/writes.ts';
const SURFACE_ROWS = 'src/storage/surfaces.ts';
const SCHEDULER = 'src/scheduling/scheduler.ts';
const PLAN = 'src/use-cases/notices/timer-plan.ts';
const NOTICES = 'src/use-cases/notices/notices.ts';

/** The simulation has to find every one of them. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'group commit acknowledges before the commit',
    file: COMMIT,
    find: "      this.#hooks.fail('before-commit');\n",
    replace: "      for (const job of jobs) job.settle(null);\n      this.#hooks.fail('before-commit');\n",
  },
  {
    name: 'a command does not wait for the disk',
    file: STORE,
    find: 'const { outcome, made } = await group.write(',
    replace: 'const { outcome, made } = await group.note(',
    run: { seed: 15, hours: 2 },
  },
  {
    // A claim alone need not wait: what is sent is kept after it, and waits.
    name: 'what is about to be sent does not wait for the disk',
    file: OUTBOX_ROWS,
    find: 'sql.change(\n      `UPDATE outbox SET body = $3',
    replace: 'sql.note(\n      `UPDATE outbox SET body = $3',
    run: { seed: 7, hours: 2 },
  },
  {
    name: 'a first post does not wait for the disk',
    file: SURFACE_ROWS,
    find: 'const attempting = sql.change(',
    replace: 'const attempting = sql.note(',
    run: { seed: 141, hours: 2 },
  },
  {
    name: 'a delivery key is not remembered',
    file: CHANGE,
    find: 'if (kept) return { outcome: replay(kept, request, before), writes: new Writes(), made: null };',
    replace: 'void kept;',
  },
  {
    name: 'the number of an incident is not taken',
    file: CHANGE,
    find: "if ('series' in target) writes.counted.push({ ...target, last: before.last(target) + 1 });",
    replace: '',
  },
  {
    name: 'timers that are no longer wanted stay',
    file: WRITES,
    find: "for (const key of left.keys()) this.ended.push({ key, incident, state: 'cancelled' });",
    replace: '',
  },
  {
    name: 'a timer that moved keeps its old time',
    file: WRITES,
    find: 'if (left.get(key) !== dueAt) this',
    replace: 'if (!left.has(key)) this',
    run: { seed: 76, hours: 8 },
  },
  {
    name: 'the scheduler asks the clock of the machine',
    file: SCHEDULER,
    find: 'deps.store.timers.due(deps.clock.now(), ',
    replace: 'deps.store.timers.due(Date.now(), ',
  },
  {
    name: 'timers run a minute early',
    file: SCHEDULER,
    find: 'deps.store.timers.due(deps.clock.now(), ',
    replace: 'deps.store.timers.due(deps.clock.now() + 60_000, ',
  },
  {
    name: 'the scheduler looks once a minute only',
    file: SCHEDULER,
    find: 'return due.length === 0 ? deps.store.timers.nextDueAt() : deps.clock.now() + PAUSE;',
    replace: 'return null;',
    run: { seed: 3, hours: 2 },
  },
  {
    name: 'what was said is said again',
    file: PLAN,
    find: 'const ahead = steps.filter((step) => step.at > watermark);',
    replace: 'const ahead = steps.filter((step) => step.at >= watermark);',
  },
  {
    name: 'a snooze mutes nothing',
    file: NOTICES,
    find: 'Date.parse(until) > Date.parse(ia.now) && canBeSnoozed(step)',
    replace: 'Date.parse(until) < 0 && canBeSnoozed(step)',
    run: { seed: 8, hours: 2 },
  },
  {
    name: 'a snooze mutes everything',
    file: 'src/conversation/reminding/ladder.ts',
    find: "return step.kind !== 'due' && step.kind !== 'late';",
    replace: 'return true;',
    run: { seed: 5, hours: 2 },
  },
  {
    name: 'the due time does not ring the room',
    file: 'src/conversation/reminding/ladder.ts',
    find: 'ring: due, mention',
    replace: 'ring: false, mention',
  },
  {
    name: 'a notice is marked as sent before it is',
    file: OUTBOX,
    find: "  deps.fail('before-send');\n",
    replace:
      "  await deps.store.outbox.settle(notice.key, notice.fence, { state: 'sent', ref: 'soon' });\n  deps.fail('before-send');\n",
  },
  {
    name: 'no answer counts as sent',
    file: OUTBOX,
    find: "{ state: 'unknown', notBefore: now + UNKNOWN_GRACE }",
    replace: "{ state: 'sent', ref: '' }",
  },
  {
    name: 'no answer counts as refused',
    file: OUTBOX,
    find: "{ state: 'unknown', notBefore: now + UNKNOWN_GRACE }",
    replace: "{ state: 'ready', notBefore: now + UNKNOWN_GRACE }",
  },
  {
    name: 'nobody looks before it is sent again',
    file: OUTBOX,
    find: 'if (notice.wasUnknown) {',
    replace: 'if (notice.wasUnknown && notice.attempts < 0) {',
  },
  {
    name: 'the look comes at once, before the message can have arrived',
    file: OUTBOX,
    find: 'export const UNKNOWN_GRACE = 15_000;',
    replace: 'export const UNKNOWN_GRACE = 0;',
  },
  {
    name: 'a late reminder ends although the newer one only waits',
    file: 'src/delivery/late.ts',
    find: "if (newer) return { kind: 'yields', to: newer };",
    replace: "if (newer) return { kind: 'over', outcome: 'superseded' };",
    run: { seed: 8, hours: 2 },
  },
  {
    name: 'a late reminder ends although nothing newer is there',
    file: 'src/delivery/late.ts',
    find: 'if (one && one.state !== ',
    replace: "if (!one) return 'sent';\n    if (one.state !== ",
    run: { seed: 103, hours: 2 },
  },
  {
    name: 'what is open counts as settled',
    file: 'src/delivery/late.ts',
    find: "if (!card) return late ? { kind: 'over', outcome: 'settled' } : asItIs;",
    replace: "if (late || !card) return { kind: 'over', outcome: 'settled' };",
    run: { seed: 5, hours: 2 },
  },
  {
    name: 'a refusal forgets that the attempt before may have arrived',
    file: OUTBOX,
    find: "outcome.mayHaveArrived ? 'unknown' : 'ready'",
    replace: "'ready'",
    run: { seed: 18, hours: 2 },
  },
  {
    name: 'the mark of a possible repetition is dropped',
    file: 'src/delivery/late.ts',
    find: '...(said.repeated ? { possiblyRepeated: true } : {}),',
    replace: '',
  },
  {
    name: 'the mark of lateness is dropped',
    file: 'src/delivery/late.ts',
    find: 'late >= LATE_FROM ?',
    replace: 'late < 0 ?',
    run: { seed: 5, hours: 2 },
  },
  {
    name: 'a delivery is put on the record after it is settled, not with it',
    file: OUTBOX,
    find: 'await Promise.all([deps.settled(notice, end, place), settle(notice, to, deps)]);',
    replace: 'await settle(notice, to, deps);\n  await deps.settled(notice, end, place);',
    run: { seed: 94, hours: 2 },
  },
  {
    name: 'a reminder that may have arrived is on the record as not sent',
    file: OUTBOX,
    find: '...(mayHaveArrived ? { mayHaveArrived } : {})',
    replace: '...(mayHaveArrived ? {} : {})',
    run: { seed: 8, hours: 2 },
  },
  {
    name: 'what waits for a platform does not hear that it is back',
    file: 'src/delivery/outages.ts',
    find: 'else if (!this.#answering.has(of)) this.returned(of);',
    replace: '',
    run: { seed: 82, hours: 2 },
  },
  {
    name: 'a lease is ignored',
    file: OUTBOX_ROWS,
    find: "WHERE state = 'sending' AND lease_until <= $1",
    replace: "WHERE state = 'sending' AND $1 > 0",
  },
  {
    name: 'nobody waits as the platform asks',
    file: OUTBOX_ROWS,
    find: "state IN ('ready', 'unknown') AND not_before <= $1",
    replace: "state IN ('ready', 'unknown') AND $1 > 0",
  },
  {
    name: 'rows found after a crash are taken for fresh ones',
    file: OUTBOX_ROWS,
    find: "THEN 'unknown' ELSE 'ready' END",
    replace: "THEN 'ready' ELSE 'ready' END",
    run: { seed: 7, hours: 2 },
  },
  {
    name: 'the fence is off: a claim does not raise it',
    file: OUTBOX_ROWS,
    find: 'THEN 1 ELSE 0 END, fence = fence + 1',
    replace: 'THEN 1 ELSE 0 END, fence = fence',
    run: { seed: 895, hours: 3 },
  },
  {
    name: 'the hash of a card does not depend on its words',
    file: SHOWING,
    find: "createHash('sha256').update(content)",
    replace: "createHash('sha256').update(surface.key)",
  },
  {
    name: 'a deleted card is not posted again',
    file: SHOWING,
    find: '      await store.surfaces.lost(row);\n',
    replace: '',
    run: { seed: 37, hours: 2 },
  },
  {
    name: 'a first post whose answer was lost is posted again',
    file: SHOWING,
    find: 'await this.#earlier(row, what, key)',
    replace: 'null',
    run: { seed: 36, hours: 8 },
  },
  {
    name: 'cards are renewed without a budget',
    file: 'src/delivery/budgets.ts',
    find: '    this.#tokens -= 1;\n',
    replace: '',
    run: { seed: 34, hours: 2 },
  },
  {
    name: 'what changed while it was shown counts as shown',
    file: SURFACE_ROWS,
    find: 'CASE WHEN fence = $4 THEN 0 ELSE dirty END',
    replace: 'CASE WHEN $4 > 0 THEN 0 ELSE 0 END',
    run: { seed: 458, hours: 0.5 },
  },
  {
    name: 'cards do not go stale by themselves',
    file: SURFACE_ROWS,
    find: "oldest('dirty = 0 AND refresh_at <= $1')",
    replace: "oldest('dirty = 0 AND refresh_at <= $1 - 9000000')",
  },
];

/** The source with the mistake in it. Throws if it does not stand there exactly once: then the fault is to be renewed. */
export function planted(source: string, fault: Fault): string {
  const count = source.split(fault.find).length - 1;
  if (count !== 1) throw new Error(`"${fault.name}": its place is ${count} times in ${fault.file}`);
  return source.replace(fault.find, () => fault.replace);
}
