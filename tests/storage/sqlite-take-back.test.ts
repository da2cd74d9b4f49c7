import { expect, it, onTestFinished } from 'vitest';
import { AT, notice } from '../contract/fixtures.ts';
import { sqliteHarness } from './sqlite-harness.ts';

it('a process takes back at once what the one before was sending: what it had handed to a platform is looked for', async () => {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  await h.store.outbox.add(['called', 'claimed', 'doubtful', 'waits'].map((key) => notice(key)));
  const fences = new Map((await h.store.outbox.claim(AT, 4)).map(({ key, fence }) => [key, fence]));
  for (const key of ['called', 'doubtful']) await h.store.outbox.keepBody(key, fences.get(key) ?? 0, 'body');
  await h.store.outbox.settle('doubtful', fences.get('doubtful') ?? 0, { state: 'unknown', notBefore: AT });
  await h.store.outbox.settle('waits', fences.get('waits') ?? 0, { state: 'ready', notBefore: AT + 60_000 });
  // It is being looked for when the process ends.
  await h.store.outbox.claim(AT + 1_000, 1);
  await h.reopen();
  const again = await h.store.outbox.claim(AT + 1_001, 9);
  expect(again.map(({ key, wasUnknown, attemptedAt }) => [key, wasUnknown, attemptedAt]).toSorted()).toEqual([
    ['called', true, AT],
    ['claimed', false, null],
    ['doubtful', true, AT],
  ]);
});
