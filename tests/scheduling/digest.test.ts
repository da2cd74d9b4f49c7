import { expect, it } from 'vitest';
import { addDigests } from '../../src/scheduling/daily.ts';
import { DAY, Driven, HOUR, START } from '../case/harness.ts';

/** The digest as the driven house would add it now, delivered. */
async function morning(driven: Driven): Promise<number> {
  await addDigests(driven.house.engine);
  driven.house.wake();
  await driven.house.settle();
  return driven.chat.posts.filter((post) => post.key.startsWith('digest:')).length;
}
/** Nine o'clock of the day after the incident. */
const NEXT_NINE = START + DAY - 42 * 60_000;

it('comes once in a morning, into the room itself, in its language, with one line for each open clock', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.declare({ title: 'Another one' });
  await driven.declare({ title: 'Only practice', drill: true });
  expect(await morning(driven)).toBe(0);
  driven.clock.jumpTo(NEXT_NINE - 1);
  expect(await morning(driven)).toBe(0);
  driven.clock.jumpTo(NEXT_NINE);
  expect(await morning(driven)).toBe(1);
  expect(await morning(driven)).toBe(1);
  const digest = driven.chat.posts.find((post) => post.key.startsWith('digest:'));
  expect(digest?.place).toEqual({ tenant: 't', address: 'ops', thread: null });
  expect(digest?.card.title).toBe('This morning: 2 incidents with running deadlines');
  expect(digest?.card.blocks).toHaveLength(2);
  expect(JSON.stringify(digest?.card)).not.toContain('DRILL');
});

it('is caught up after a morning without the bot, and comes again the next day', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.close();
  await driven.sleepClosed(DAY + 5 * HOUR);
  await driven.open();
  expect(await morning(driven)).toBe(1);
  await driven.close();
  await driven.open();
  expect(await morning(driven)).toBe(1);
  driven.clock.jumpTo(driven.clock.now() + DAY);
  expect(await morning(driven)).toBe(2);
});

it('says nothing of what was declared after nine, and nothing where nothing is open', async () => {
  const driven = await Driven.start({ at: NEXT_NINE - DAY });
  expect(await morning(driven)).toBe(0);
  await driven.follow(HOUR);
  await driven.fourHours();
  expect(await morning(driven)).toBe(0);
});
