import { expect, it } from 'vitest';
import { LogFollower } from '../../../src/platforms/console/stream.ts';
import type { LoggedMessage } from '../../../src/use-cases/ports.ts';

const message = (seq: number): LoggedMessage => ({
  ...{ ref: String(seq), address: seq % 2 === 0 ? 'even' : 'main', thread: null, author: null },
  ...{ body: '', at: 0, editedAt: null, seq },
});

/** A reader of the odd ones; `committed` is what the log has by then. */
function reader(after: number | null, committed: readonly number[]) {
  const shown: number[] = [];
  const reads: number[] = [];
  const inOrder = new LogFollower(after, {
    missed: async (seen) => {
      reads.push(seen);
      return committed.filter((seq) => seq > seen && seq % 2 === 1).map(message);
    },
    mayRead: ({ address }) => address === 'main',
    show: async ({ seq }) => {
      shown.push(seq);
    },
    failed: (error) => {
      throw error;
    },
  });
  return { inOrder, shown, reads };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('shows messages in the order of their numbers, each once, in whatever order they are told', async () => {
  const { inOrder, shown } = reader(2, [1, 2, 3, 4, 5, 6, 7]);
  for (const seq of [5, 3, 4, 7, 6]) inOrder.hear(message(seq));
  await settled();
  expect(shown).toEqual([3, 5, 7]);
});

it('looks into the log only where a number is left out', async () => {
  const { inOrder, shown, reads } = reader(null, [1, 2, 3, 5]);
  for (const seq of [1, 2, 3, 5]) inOrder.hear(message(seq));
  await settled();
  expect(shown).toEqual([1, 3, 5]);
  expect(reads).toEqual([3]);
});
