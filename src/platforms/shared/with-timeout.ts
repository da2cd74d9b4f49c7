import type { Clock } from '../../use-cases/ports.ts';

/** An answer that somebody waits for, or null if it has not come within `limit` milliseconds. */
export async function withTimeout<T>(clock: Clock, limit: number, answer: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const cancel = clock.at(clock.now() + limit, () => resolve(null));
  return Promise.race([answer, promise]).finally(cancel);
}
