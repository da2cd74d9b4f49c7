/**
 * The program that crash tests kill: the real engine, store, scheduler and delivery, with a chat on the other side of a
 * socket. It loads its modules, says `warm` and waits for its orders, so that a next one can be loaded while this one is
 * being tormented. Then it talks in lines of JSON: each command is answered once it is committed.
 */

import { readFileSync } from 'node:fs';
import module from 'node:module';
import { createInterface } from 'node:readline';
import { commandSchema } from '../../src/incident/commands.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { Regime } from '../../src/law/regime.ts';
import { killAt } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { build } from '../../src/wiring.ts';
import { chatMessenger } from '../fakes/chat-messenger.ts';
import { ManualClock } from '../fakes/clock.ts';
import type { Orders } from './program.ts';

const regime: Regime = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
module.flushCompileCache();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
say('warm');
const orders: Orders = JSON.parse((await lines.next()).value ?? 'null');

const room = {
  platform: 'chat',
  tenant: 't',
  address: 'ops',
  location: 'home',
  language: 'zh-CN',
  open: false,
} as const;
const clock = new ManualClock(orders.heldAt);
const fail = killAt(orders.failpoint);
const store = await createSqliteStore({ file: orders.file, evolve, clock, ids: randomIds, fail });
const house = build({
  store,
  clock,
  ids: randomIds,
  regime,
  profile: () => null,
  messengers: [chatMessenger(orders.chatUrl)],
  defaultRooms: [room],
  renderReport: () => Promise.reject(new Error('not used')),
  log: createLogger('silent'),
  metrics: createMetrics(),
  fail,
  readsRoom: () => true,
});
house.start();
say('ready');

process.on('SIGTERM', () => {
  void house
    .stop()
    .then(() => store.close())
    .then(() => process.exit(0));
});
for (let next = await lines.next(); !next.done; next = await lines.next()) {
  const { key, by, incident, command, revision, advanceMs } = JSON.parse(next.value);
  if (advanceMs === undefined) void run({ key, by, incident, command, revision }, next.value);
  else await advance(key, advanceMs);
}

interface Line {
  readonly key: string;
  readonly by: string;
  readonly incident: string;
  readonly command: Readonly<Record<string, string>> & { readonly title: string };
  readonly revision: number;
}

async function run({ key, by, incident, command, revision }: Line, body: string): Promise<void> {
  const delivery = { platform: 'chat', key, body };
  const caller = { account: { platform: 'chat', tenant: 't', id: by }, name: by, language: 'zh-CN' as const };
  const result = await (command['type'] === 'declare'
    ? house.app.declare({ ...command, caller, room, delivery, anyway: true })
    : house.app.submit({ incident, intent: commandSchema.parse(command), revision, caller, delivery }));
  const version = result.kind === 'done' ? result.state.version : 0;
  say(JSON.stringify({ key, kind: result.kind, incident: result.incident, version }));
}

/** Moves the held clock, stopping wherever somebody waits for it, and answers when everything of the way is done. */
async function advance(key: string, ms: number): Promise<void> {
  await house.settle();
  const target = clock.now() + ms;
  while (clock.now() < target) {
    clock.advance(Math.max(0, Math.min(clock.next() ?? target, target) - clock.now()));
    await house.settle();
  }
  say(JSON.stringify({ key, kind: 'done', incident: null, version: 0 }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
