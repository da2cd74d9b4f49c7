import type { OutboxStore } from '../../use-cases/ports.ts';
import { outboxStore, type SendEnd } from '../outbox.ts';
import type { Sql } from '../sql.ts';
import { Batches } from './batches.ts';
import { say } from './signals.ts';

export interface OutboxNeeds {
  /** The number of this instance while it is connected. */
  readonly holder: () => number | null;
  readonly origin: string;
}

/** The outbox of an instance among others. Ends of sends share a statement, of one notice one at a time. */
export function sharedOutbox(sql: Sql, { holder, origin }: OutboxNeeds): Omit<OutboxStore, 'add'> {
  return outboxStore(sql, {
    holder,
    work: say({ kind: 'work', origin }),
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
