import { setTimeout } from 'node:timers/promises';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { type Asked, type Operations, personal } from '../../http/operations/operation.ts';
import { problem } from '../../http/problems.ts';
import { accountKey } from '../../incident/identity.ts';
import { reveals } from '../../incident/visibility.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { Caller } from '../../use-cases/app.ts';
import { changeSeen } from '../../use-cases/changed-parts.ts';
import type { LoggedMessage } from '../../use-cases/ports.ts';
import { directAddress } from './messenger.ts';
import { mayRead, Reading } from './reading.ts';
import type { RoomsDependencies } from './rooms.ts';

/** Interval (ms) of heartbeats; if two of them are missing, the page shows the connection as lost. */
const HEARTBEAT = 2_000;
/** Maximum number of messages queued for one reader, who is then cut off and reconnects with the last id received. */
const MOST_WAITING = 500;
const CATCH_UP = 500;
/** Maximum number of streams per person and in total: each stream checks every change. */
const MOST_STREAMS = { person: 20, all: 2_000 };

/**
 * Streams changes as server-sent events: `GET /api/v1/stream`. A `message` has the log's `seq` as id, with which a
 * disconnected page resumes (Last-Event-ID); `incident` has the new revision and the changed parts of the page (`what`),
 * and `readers` the other people with one of its drafts open.
 */
export function streamOperation(deps: RoomsDependencies): Operations {
  const open = new Set<{ readonly who: string }>();
  return {
    'GET /stream': personal({ summary: 'Changes as server-sent events' }, (asked) => {
      const own = { who: accountKey(asked.caller.account) };
      const others = [...open].filter(({ who }) => who === own.who);
      if (others.length >= MOST_STREAMS.person || open.size >= MOST_STREAMS.all)
        return problem(asked.c, 429, 'too_many');
      asked.c.header('X-Accel-Buffering', 'no');
      open.add(own);
      return streamSSE(asked.c, (stream) => follow(asked, stream, deps).finally(() => open.delete(own)));
    }),
  };
}

async function follow(
  { c, caller, language, parts }: Asked<unknown, unknown, Caller>,
  stream: SSEStreamingApi,
  deps: RoomsDependencies,
): Promise<void> {
  const queue = new Outlet(stream);
  queue.send('hello', { now: new Date(deps.clock.now()).toISOString() });
  const last = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? Number.NaN);
  const reading = new Reading(deps, caller);
  const messages = new LogFollower(Number.isSafeInteger(last) ? last : null, {
    missed: (after) => missed(deps, caller.account.id, after),
    mayRead: (m) => mayRead(deps, m.address, caller),
    show: async (m) => {
      const shown = await reading.shown(m, language);
      if (shown) queue.send('message', shown, String(m.seq));
    },
    failed: () => queue.end(),
  });
  const told = new Map<string, number>();
  const tell = async (incident: string): Promise<void> => {
    const change = await changeSeen(deps, incident, caller, told.get(incident));
    told.set(incident, change?.revision ?? 0);
    if (change) queue.send('incident', { incident, ...change });
  };
  const tellReaders = async (incident: string): Promise<void> => {
    if (!reveals(await deps.app.visibility(incident, caller), 'drafts')) return;
    queue.send('readers', { incident, readers: deps.presence.others(incident, caller.account.id, deps.clock.now()) });
  };
  const stops = [
    deps.presence.changed.add((incident) => void tellReaders(incident).catch(() => queue.end())),
    deps.log.onChange((m) => messages.hear(m)),
    parts.changes.add((incident) => void tell(incident).catch(() => queue.end())),
    parts.access.onSessionEnd(c.var.asker, () => queue.end()),
  ];
  stream.onAbort(() => queue.end());
  try {
    while (!queue.isEnded()) {
      await queue.idle(HEARTBEAT);
      if (!queue.isEnded()) queue.send('beat', { now: new Date(deps.clock.now()).toISOString() });
    }
  } finally {
    for (const stop of stops) stop();
  }
}

async function missed(deps: RoomsDependencies, name: string, after: number): Promise<readonly LoggedMessage[]> {
  const addresses = [...deps.rooms.map((room) => room.address), directAddress(name)];
  const found = await Promise.all(addresses.map((address) => deps.log.since(address, after, CATCH_UP)));
  return found.flat().toSorted((a, b) => a.seq - b.seq);
}

/** Writes events in order and limits the queue, so that a slow reader cannot fill the memory. */
class Outlet {
  readonly #stream: SSEStreamingApi;
  readonly #end = new AbortController();
  #waiting = 0;
  #chain: Promise<unknown> = Promise.resolve();

  constructor(stream: SSEStreamingApi) {
    this.#stream = stream;
  }

  send(event: string, data: object, id?: string): void {
    this.#waiting += 1;
    if (this.#waiting > MOST_WAITING) this.end();
    if (this.isEnded()) return;
    const entry = { event, data: JSON.stringify(data), ...(id === undefined ? {} : { id }) };
    this.#chain = this.#chain
      .then(() => this.#stream.writeSSE(entry))
      .then(() => (this.#waiting -= 1))
      .catch(() => this.end());
  }

  isEnded(): boolean {
    return this.#end.signal.aborted;
  }

  end(): void {
    this.#end.abort();
  }

  /** Resolves after `ms`, or at once when the outlet ends. */
  idle(ms: number): Promise<void> {
    return setTimeout(ms, undefined, { signal: this.#end.signal }).catch(() => {});
  }
}

interface LogFollowerDependencies {
  /** Returns messages for this reader with a `seq` greater than `after`, oldest first. */
  missed(after: number): Promise<readonly LoggedMessage[]>;
  mayRead(message: LoggedMessage): boolean;
  show(message: LoggedMessage): Promise<void>;
  failed(error: unknown): void;
}

/**
 * Sorts by `seq` the messages of a log that several processes report. A missing number is still coming, or was never
 * used: a look at the log tells which, because each number is committed before any higher one.
 */
export class LogFollower {
  readonly #deps: LogFollowerDependencies;
  #seen: number | null;
  readonly #order = new InOrder();

  /** `after`: `seq` of the reader's last entry; null: only new entries. */
  constructor(after: number | null, deps: LogFollowerDependencies) {
    this.#deps = deps;
    this.#seen = after;
    if (after !== null) this.#next(() => this.#catchUp(after));
  }

  hear(message: LoggedMessage): void {
    this.#next(async () => {
      const seen = this.#seen;
      // The message was already read together with a later one that arrived first.
      if (seen !== null && message.seq <= seen) return;
      if (seen !== null && message.seq > seen + 1) await this.#catchUp(seen);
      else if (this.#deps.mayRead(message)) await this.#deps.show(message);
      this.#seen = Math.max(message.seq, this.#seen ?? 0);
    });
  }

  async #catchUp(after: number): Promise<void> {
    for (const message of await this.#deps.missed(after)) {
      await this.#deps.show(message);
      this.#seen = Math.max(message.seq, this.#seen ?? 0);
    }
  }

  #next(work: () => Promise<void>): void {
    this.#order.run('', work).catch((error: unknown) => this.#deps.failed(error));
  }
}
