import { expect, it } from 'vitest';
import { Driven, HOUR, MINUTE } from '../case/harness.ts';

const direct = (driven: Driven) =>
  driven.chat.posts.filter(({ key, place }) => key.startsWith(driven.incident) && place.address.startsWith('dm:'));

it('reminders to people are replaced once what they are about is filed, and not before', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.follow(3 * HOUR + 31 * MINUTE);
  const asked = direct(driven);
  expect(asked.length).toBeGreaterThan(0);
  const edited = () => new Set(driven.chat.edits.map(({ ref }) => ref));
  expect(asked.some(({ ref }) => edited().has(ref))).toBe(false);
  const at = new Date(driven.clock.now()).toISOString();
  await driven.say({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at });
  await driven.pass(MINUTE);
  for (const { ref, key } of asked) expect(edited().has(ref), key).toBe(true);
  const edits = driven.chat.edits.filter(({ ref }) => asked.some((one) => one.ref === ref));
  expect(edits).toHaveLength(asked.length);
});
