import { expect, it } from 'vitest';
import { z } from 'zod';
import { localise } from '../../src/conversation/cards/localise.ts';
import { plain } from '../../src/conversation/cards/situation.ts';
import type { Answer } from '../../src/talk/acts.ts';
import { GivenFiles } from '../../src/talk/given-files.ts';
import { MINUTE, OPS, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const HOUR = 60 * MINUTE;

/** Two incidents in one room, and the files that were kept in each. */
async function twoIncidents() {
  const talk = await Conversation.start();
  await talk.say('new Leak at the shop');
  await talk.say('new Outage of the portal', { who: person('chen', OPS) });
  await talk.view('status', 'INC-2026-0001', { who: person('mei', OPS) });
  await talk.view('status', 'INC-2026-0002', { who: person('chen', OPS) });
  const { rooms } = talk;
  const kept: string[] = [];
  const files = new GivenFiles<{ readonly name: string }>({
    ...{ talk: talk.talk, kept: rooms.store.kept, clock: rooms.clock, schema: z.object({ name: z.string() }) },
    ask: (act, text) => talk.talk.line({ ...act, text, command: rooms.house.app.read(text), about: null }),
    jobs: { add: async (_, { name, incident }) => void kept.push(`${name} ${incident}`) },
    keyOf: ({ name }) => name,
    question: (given) => plain(given.map(({ name }) => name).join(' ')),
  });
  let n = 0;
  const act = () => {
    n += 1;
    return { caller: person('mei', OPS), place: { kind: 'room', room: OPS } as const, delivery: delivery(`f${n}`) };
  };
  const title = (answers: readonly Answer[] = []): string =>
    answers.flatMap((one) => (one.kind === 'card' ? [localise(one.card.title, 'en')] : [])).join();
  const give = async (name: string) => title((await files.given(act(), [{ name }]))?.answers);
  /** Leaves a file to wait as an earlier version did. */
  const asBefore = (name: string) => rooms.store.kept.put('unplaced:mei', JSON.stringify([{ name }]));
  return { give, place: (id: string) => files.placed(act(), id), kept, clock: rooms.clock, asBefore };
}
const delivery = (key: string) => ({ platform: 'test', key, body: key });

it('files given one after the other are asked about together, each by its name', async () => {
  const { give, place, kept, clock } = await twoIncidents();
  expect(await give('a.log')).toBe('a.log');
  clock.jumpTo(clock.now() + HOUR / 2);
  expect(await give('b.log')).toBe('a.log b.log');
  await place('INC-2026-0001');
  expect(kept).toEqual(['a.log INC-2026-0001', 'b.log INC-2026-0001']);
});

it('a file nobody placed goes into no other incident with a later one', async () => {
  const { give, place, kept, clock } = await twoIncidents();
  await give('a.log');
  clock.jumpTo(clock.now() + 2 * HOUR);
  expect(await give('b.log')).toBe('b.log');
  await place('INC-2026-0002');
  expect(kept).toEqual(['b.log INC-2026-0002']);
});

it('a file that waited before an update is placed where its question says, not with a later one', async () => {
  const { give, place, kept, asBefore } = await twoIncidents();
  await asBefore('old.log');
  expect(await give('b.log')).toBe('b.log');
  await asBefore('old.log');
  expect(await place('INC-2026-0001')).toBe(true);
  expect(kept).toEqual(['old.log INC-2026-0001']);
});
