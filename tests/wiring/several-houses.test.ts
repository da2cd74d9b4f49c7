import { expect, it, onTestFinished } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { createLinks, type Links } from '../../src/use-cases/directory/links.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { secretive } from '../conversation/secrets.ts';
import { regime } from '../conversation/story.ts';
import { GROUP, OPS, OWN, person } from '../delivery/rooms-house.ts';
import { MemoryChat } from '../fakes/memory-chat.ts';
import { emptyDatabase, giveBack, openOn } from '../storage/postgres-harness.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const organisation = organisationSchema.parse({
  ...secretive,
  people: [
    { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [account('li', 'own'), account('li', 'one')] },
    { id: 'adm', name: 'Adm Min', roles: ['administrator'], accounts: [account('adm', 'own')] },
  ],
});
/** An account the profile does not list. */
const OPAQUE = person('wo8x', GROUP);

interface Instance {
  readonly house: BotCore;
  readonly links: Links;
  readonly say: (text: string, caller: Caller) => Promise<string>;
}

/** Two instances on one PostgreSQL database, as `main` wires them but for the doors. */
async function instances(): Promise<readonly [Instance, Instance]> {
  const url = await emptyDatabase();
  const begun: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const end of begun) await end();
    giveBack(url);
  });
  let keys = 0;
  const begin = async (): Promise<Instance> => {
    const store = await openOn(url);
    const profile = () => organisation;
    const links = await createLinks({ kept: store.kept, clock: store.clock, ids: randomIds, profile });
    const house = build({
      ...{ store, clock: store.clock, ids: randomIds, regime, profile, links, fail: noFailpoints },
      messengers: ['one', 'two', 'own'].map((platform) => new MemoryChat(platform).messenger),
      defaultRooms: [OWN],
      renderReport: () => Promise.reject(new Error('not used')),
      log: createLogger('silent'),
      metrics: createMetrics(),
      readsRoom: () => false,
    });
    const standDown = store.exclusive.hold({ held: () => house.start(), lost: () => house.stop() });
    begun.push(async () => {
      await standDown();
      await store.close();
    });
    return {
      house,
      links,
      say: async (text, caller) => {
        keys += 1;
        const delivery = { platform: caller.account.platform, key: `k${keys}`, body: text };
        const reply = await house.app.text({ line: text, incident: null, caller, room: null, delivery });
        return reply.kind === 'card' ? localiseCard(reply.card, 'en').title : reply.kind;
      },
    };
  };
  return Promise.all([begin(), begin()]);
}

const codeIn = (line: string): string => /Code: (\w{8})/.exec(line)?.[1] ?? '';
const soon = { timeout: 60_000, interval: 5 };

it('an account linked at one instance is that person at the others, with their rights and for what is sent to them', async () => {
  const [a, b] = await instances();
  const code = codeIn(await a.say('link account', person('li', OWN)));
  expect(await a.say(`link account ${code}`, OPAQUE)).toContain('you are Li Wei');
  await expect.poll(() => b.links.personOf(OPAQUE.account), soon).toBe('li');
  expect(b.links.accountsOf('li')).toContainEqual(OPAQUE.account);
  expect(codeIn(await b.say('link account', OPAQUE))).toHaveLength(8);
  const declared = await b.house.app.declare({
    ...{ title: 'Mail is down', caller: person('li', OPS), room: OPS },
    delivery: { platform: 'one', key: 'd1', body: 'x' },
  });
  if (declared.kind !== 'done') throw new Error(declared.kind);
  const decided = await b.house.app.submit({
    ...{ incident: declared.incident, revision: declared.state.version, caller: OPAQUE },
    intent: { type: 'decide_level', level: 'major', reason: 'x' },
    delivery: { platform: 'two', key: 'd2', body: 'x' },
  });
  expect(decided.kind).toBe('done');
});

it('a code given out by one instance works once, however many are asked at the same time', async () => {
  const [a, b] = await instances();
  for (let round = 0; round < 5; round += 1) {
    const code = codeIn(await a.say('link account', person('li', OWN)));
    const lines = await Promise.all(
      [a, b].flatMap((one, n) =>
        [0, 1].map((m) => one.say(`link account ${code}`, person(`p${round}.${n}.${m}`, GROUP))),
      ),
    );
    expect(lines.filter((line) => line.includes('you are Li Wei'))).toHaveLength(1);
  }
});

it('an account that was linked at one instance a moment ago is taken at every other', async () => {
  const [a, b] = await instances();
  const codes = [await a.say('link account', person('li', OWN)), await b.say('link account', person('adm', OWN))];
  expect(await a.say(`link account ${codeIn(codes[0] ?? '')}`, OPAQUE)).toContain('you are Li Wei');
  expect(await b.say(`link account ${codeIn(codes[1] ?? '')}`, OPAQUE)).toContain('linked to someone');
});
