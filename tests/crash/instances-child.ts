/**
 * One instance for `instances.test.ts`: the real engine, store, scheduler and delivery on PostgreSQL, with a chat on the
 * other side of a socket. It talks in lines of JSON: each command is answered once it is committed.
 */

import { createInterface } from 'node:readline';
import { commandSchema } from '../../src/incident/commands.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { createPostgresStore } from '../../src/storage/postgres/store.ts';
import { build } from '../../src/wiring.ts';
import { chatMessenger } from '../fakes/chat-messenger.ts';
import { regime } from '../fakes/law.ts';

const [, , url = '', chatUrl = ''] = process.argv;
const room = {
  platform: 'chat',
  tenant: 't',
  address: 'ops',
  location: 'home',
  language: 'zh-CN',
  open: false,
} as const;
const store = await createPostgresStore({ url, evolve, ids: randomIds });
const house = build({
  store,
  clock: store.clock,
  ids: randomIds,
  regime,
  profile: () => null,
  messengers: [chatMessenger(chatUrl)],
  defaultRooms: [room],
  renderReport: () => Promise.reject(new Error('not used')),
  log: createLogger('silent'),
  metrics: createMetrics(),
  fail: () => {},
  readsRoom: () => true,
});
store.neighbours.onChange(() => house.wake());
store.exclusive.hold({
  held: () => {
    say({ delivers: true });
    house.start();
  },
  lost: () => house.stop().finally(() => say({ delivers: false })),
});
say({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  const { key, incident, command } = JSON.parse(line);
  void run(key, incident, command, line).catch((error: unknown) => say({ key, failed: String(error) }));
}

async function run(
  key: string,
  incident: string,
  command: { type: string; title: string },
  body: string,
): Promise<void> {
  const delivery = { platform: 'chat', key, body };
  const caller = { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'zh-CN' as const };
  const result = await (command.type === 'declare'
    ? house.app.declare({ ...command, caller, room, delivery, anyway: true })
    : house.app.submit({ incident, intent: commandSchema.parse(command), revision: 1, caller, delivery }));
  say({ key, kind: result.kind, incident: result.incident });
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
