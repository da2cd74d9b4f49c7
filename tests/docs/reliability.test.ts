import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Lines of the list in `docs/reliability.md`, and the tests that prove each. */
const PROOFS: Readonly<Record<string, readonly string[]>> = {
  'Timers: nothing fires before it is due': [
    'tests/case/ladder.slow.test.ts',
    'tests/contract/timers.contract.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Clock set back an hour after firing: no second fire': [
    'tests/scheduling/clocks.slow.test.ts',
    'tests/crash/hard-times.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Clock set back and forward ten times: one fire': ['tests/scheduling/clocks.slow.test.ts'],
  'Clock three days forward: each once, merged, marked late': [
    'tests/scheduling/clocks.slow.test.ts',
    'tests/case/ladder.slow.test.ts',
  ],
  'Zone changes, leap day, month end': ['tests/law/calendar.test.ts', 'tests/scheduling/zone.test.ts'],
  'Due in more than 24.8 days': ['tests/ops/system-clock.test.ts', 'tests/simulation/simulation.slow.test.ts'],
  "Application's clock ten minutes off the database's": ['tests/storage/postgres-several.test.ts'],
  'SIGKILL at every named point, compared with an unkilled run': ['tests/crash/failpoints.test.ts'],
  'Random SIGKILLs': ['tests/crash/kill.test.ts', 'tests/simulation/simulation.slow.test.ts'],
  'SIGTERM finishes what is in flight, within 10 s': [
    'tests/crash/stop.test.ts',
    'tests/crash/trouble.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Killed during a migration': ['tests/storage/open.test.ts', 'tests/storage/postgres-open.test.ts'],
  'Disk full, read-only, busy: nothing lost, readiness red': [
    'tests/storage/sqlite-failures.test.ts',
    'tests/crash/trouble.test.ts',
    'tests/crash/hard-times.test.ts',
  ],
  'Two processes, one due timer: one send': ['tests/storage/postgres-several.test.ts'],
  'A lease holder paused too long: its late write is refused': [
    'tests/storage/postgres-several.test.ts',
    'tests/crash/instances.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'A repeated recovery sweep changes nothing': ['tests/contract/outbox.contract.ts'],
  'Connections ended by the database at any moment': ['tests/storage/postgres-several.test.ts'],
  'A half-open connection': ['tests/storage/postgres-several.test.ts'],
  'Twenty instances start and migrate at once': ['tests/storage/postgres-open.test.ts'],
  'An old program refuses a newer schema with a clear message': [
    'tests/storage/open.test.ts',
    'tests/storage/postgres-open.test.ts',
  ],
  'Rate limit (429): other rooms and answers go on': [
    'tests/platforms/slack/messenger.test.ts',
    'tests/delivery/delivery.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'A lost response: one message': [
    'tests/delivery/delivery.test.ts',
    'tests/delivery/unknown.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  '5xx is unknown, not resent blindly': [
    'tests/delivery/unknown.test.ts',
    'tests/crash/kill.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Message deleted, channel archived, bot removed: posted again or escalated': [
    'tests/case/another-way.slow.test.ts',
    'tests/platforms/slack/rooms.slow.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'One event delivered three times: one effect': [
    'tests/contract/change.contract.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Acknowledgement within 3 s while delivery is saturated': [
    'tests/bench/slack.bench.ts',
    'tests/delivery/outgoing-queue.test.ts',
  ],
  'The whole machine against a small model': [
    'tests/case/reference.slow.test.ts',
    'tests/case/postgres-reference.test.ts',
  ],
  'Corrected awareness: exactly the old timers cancelled, the new ones armed': [
    'tests/scheduling/clocks.slow.test.ts',
    'tests/case/corrections.slow.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Every timer ends in exactly one state': [
    'tests/scheduling/clocks.slow.test.ts',
    'tests/contract/timers.contract.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Reminders removed, moved or ended in the store by someone else are noticed and planned again': [
    'tests/scheduling/timer-check.test.ts',
    'tests/simulation/simulation.slow.test.ts',
  ],
  'Messages that a killed process was sending are taken back by the next one at once': [
    'tests/storage/sqlite-take-back.test.ts',
  ],
  'An emptied store is refused, erased words leave the write-ahead log': [
    'tests/storage/open.test.ts',
    'tests/storage/sqlite-erasure.test.ts',
  ],
  'A restored copy sends no old reminder': [
    'tests/case/restored.slow.test.ts',
    'tests/storage/restore.test.ts',
    'tests/storage/postgres-restored.test.ts',
  ],
  'A start that fails ends the program, and no heartbeat says that all is well': [
    'tests/crash/start.test.ts',
    'tests/scheduling/heartbeat.test.ts',
  ],
  'One instance delivers, another within seconds when it ends, stops or is cut off; the replaced one claims nothing': [
    'tests/storage/postgres-several.test.ts',
    'tests/crash/instances.test.ts',
    'tests/wiring/delivering.test.ts',
  ],
  'The one connection to WeCom moves when its instance dies': ['tests/e2e/postgres.test.ts'],
};

it('every line of the list has its tests, and no test is left without its line', () => {
  const [, list = ''] = readFileSync('docs/reliability.md', 'utf8').split('\n## The list\n');
  const lines = [...list.matchAll(/^\d+\. (.*)$/gm)].map(([, line]) => line);
  expect(lines.length).toBeGreaterThan(30);
  expect(lines).toEqual(Object.keys(PROOFS));
});

it.each(Object.entries(PROOFS))('%s', (_, files) => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
