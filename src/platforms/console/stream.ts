import type { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { languageOf } from '../../http/language.ts';
import { problem } from '../../http/problems.ts';
import type { HttpContext, HttpEnv, HttpTools } from '../../http/routes.ts';
import type { LoggedMessage } from '../../use-cases/ports.ts';
import { LogFollower } from './log-follower.ts';
import { directAddress } from './messenger.ts';
import { mayRead, Reading } from './reading.ts';
import { type RoomsDependencies, readerOf } from './rooms.ts';

const HEARTBEAT = 20_000;
/** A reader this far behind is cut off and comes back with what it saw last. */
const MOST_WAITING = 500;
const CATCH_UP = 500;

/**
 * `GET /api/v1/stream`: changes as server-sent events. `message` carries the log's `seq` as its id, so a page that was
 * away continues where it was (Last-Event-ID); `incident` reports that an incident changed.
 */
export function mountStream(http: Hono<HttpEnv>, deps: RoomsDependencies, tools: HttpTools): void {
  http.get('/api/v1/stream', (c) => {
    const reader = readerOf(c);
    if (!reader) return problem(c, 403, 'forbidden');
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, (stream) => follow(c, stream, deps, tools));
  });
}

async function follow(
  c: HttpContext,
  stream: SSEStreamingApi,
  deps: RoomsDependencies,
  tools: HttpTools,
): Promise<void> {
  const language = languageOf(c);
  const reader = readerOf(c);
  if (!reader) return;
  const queue = new Outlet(stream);
  queue.send('hello', { now: new Date(deps.clock.now()).toISOString() });
  const last = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? Number.NaN);
  const reading = new Reading(deps, reader);
  const messages = new LogFollower(Number.isSafeInteger(last) ? last : null, {
    missed: (after) => missed(deps, reader.account.id, after),
    mayRead: (m) => mayRead(deps.rooms, m.address, reader),
    show: async (m) => {
      const shown = await reading.shown(m, language);
      if (shown) queue.send('message', shown, String(m.seq));
    },
    failed: () => queue.end(),
  });
  const tell = async (incident: string): Promise<void> => {
    if (await reading.knows(incident)) queue.send('incident', { incident });
  };
  const stops = [
    deps.log.onChange((m) => messages.hear(m)),
    tools.changes.onChange((incident) => void tell(incident).catch(() => queue.end())),
    tools.onSessionEnd(c, () => queue.end()),
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

/** Writes in order without letting a slow reader fill the memory. */
class Outlet {
  readonly #stream: SSEStreamingApi;
  #waiting = 0;
  #chain: Promise<unknown> = Promise.resolve();
  #wake: () => void = () => {};
  #ended = false;

  constructor(stream: SSEStreamingApi) {
    this.#stream = stream;
  }

  send(event: string, data: object, id?: string): void {
    if (this.#ended) return;
    this.#waiting += 1;
    if (this.#waiting > MOST_WAITING) {
      this.end();
      return;
    }
    const entry = { event, data: JSON.stringify(data), ...(id === undefined ? {} : { id }) };
    this.#chain = this.#chain
      .then(() => this.#stream.writeSSE(entry))
      .then(
        () => {
          this.#waiting -= 1;
        },
        () => this.end(),
      );
  }

  isEnded(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Waits, at most this long, unless it ends. */
  idle(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#ended) this.#wake();
    });
  }
}
