import type { OutboxStore } from '../../use-cases/ports.ts';
import { outboxStore, type SendEnd } from '../outbox.ts';
import type { Sql } from '../sql.ts';
import { Batches } from './batches.ts';

/** The outbox of the instance with the number `holder`. Ends of sends share a statement, of one notice one at a time. */
export function sharedOutbox(sql: Sql, holder: () => number | null): Omit<OutboxStore, 'add'> {
  return outboxStore(sql, {
    holder,
    settling: (many) => {
      const ends = new Batches<SendEnd, boolean>(
        ({ notice }) => [notice],
        async (jobs) => {
          try {
            const settled = await many(jobs.map(({ item }) => item));
            for (const { item, resolve } of jobs) resolve(settled.has(item.notice));
          } catch (error) {
            for (const { reject } of jobs) reject(error);
          }
        },
      );
      return (end) => ends.add(end);
    },
  });
}
