import type { Clock } from '../../use-cases/ports.ts';

/** Returns the result of a promise, or null after `limit` ms. */
export async function withTimeout<T>(clock: Clock, limit: number, answer: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const cancel = clock.at(clock.now() + limit, () => resolve(null));
  return Promise.race([answer, promise]).finally(cancel);
}
