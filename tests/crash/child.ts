/**
 * The program that crash tests kill: the real engine, store, scheduler and delivery, with a chat on the other side of a
 * socket. Commands come as lines of JSON on standard input; each is answered by a line once it is committed.
 */
import { createInterface } from 'node:readline';
import { commandSchema } from '../../src/incident/commands.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { killAt } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Store } from '../../src/use-cases/ports.ts';
import { build } from '../../src/wiring.ts';
import { chatMessenger } from '../fakes/chat-messenger.ts';

const [file = '', chatUrl = '', guard = 'on'] = process.argv.slice(2);
const fail = killAt(process.env['JISHI_FAILPOINT']);
const regime = (await loadRegimes()).get('cn-cac-2025');
if (!regime) throw new Error('no regime');
const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds, fail });
const room = { platform: 'chat', tenant: 't', address: 'ops', location: 'home', language: 'zh-CN', open: false } as const;

/** The test of the test: whoever forgets that an outcome was unknown sends again without looking. */
function withoutReconcile(real: Store): Store {
  const outbox = Object.create(real.outbox, {
    claim: {
      value: async (now: number, limit: number) =>
        (await real.outbox.claim(now, limit)).map((notice) => ({ ...notice, wasUnknown: false })),
    },
  });
  return Object.create(real, { outbox: { value: outbox } });
}

const house = build({
  store: guard === 'off' ? withoutReconcile(store) : store,
  clock: systemClock,
  ids: randomIds,
  regime,
  organisation: null,
  messengers: [chatMessenger(chatUrl)],
  defaultRooms: [room],
  renderReport: () => Promise.reject(new Error('not used')),
  log: createLogger('silent'),
  metrics: createMetrics(),
  fail,
  readsRoom: () => true,
});
house.start();
process.stdout.write('ready\n');

const who = (name: string) => ({ account: { platform: 'chat', tenant: 't', id: name }, name, language: 'zh-CN' as const });
for await (const line of createInterface({ input: process.stdin })) {
  const { key, by, incident, command, revision } = JSON.parse(line);
  const delivery = { platform: 'chat', key, body: line };
  const caller = who(by);
  const answer =
    command.type === 'declare'
      ? house.app.declare({ ...command, caller, room, delivery, anyway: true })
      : house.app.submit({ incident, intent: commandSchema.parse(command), revision, caller, delivery });
  void answer.then((result) => {
    const version = result.kind === 'done' ? result.state.version : 0;
    process.stdout.write(`${JSON.stringify({ key, kind: result.kind, incident: result.incident, version })}\n`);
  });
}
