import type { Block, Card } from '../conversation/cards/card.ts';
import { textBlock, withActions } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { About } from './answering.ts';
import { InOrder } from './in-order.ts';

/** Message of a room that can be changed for a while. */
export interface RunningPort {
  /** Time (ms) after its post for which a message can be changed. */
  readonly lasts: number;
  /** Returns false for a card that needs a message of its own; absent: every card can be added. */
  takes?(card: Card, about: About): boolean;
  /** Posts a message; resolves with its handle, or null if it was not accepted. */
  post(card: Card, about: About): Promise<string | null>;
  /** Changes the message. Resolves to false if that is no longer possible. */
  change(ref: string, card: Card, about: About): Promise<boolean>;
}

/** Confirmation of a change, as the room sees it. */
interface Entry {
  readonly card: Card;
  readonly about: About;
}
interface Running {
  readonly ref: string;
  readonly room: string;
  /** Incident of the entries; null if they have none. */
  readonly incident: string | null;
  readonly entries: readonly Entry[];
  readonly since: number;
}

/** Maximum number of entries in one message, and the time (ms) for which it stays near the end of a conversation. */
const MOST = 8;
const NEAR = 3 * 60_000;

/**
 * Confirmations in a room: statements recorded within minutes share one growing message, so that three people who write
 * at once do not push the cards out of sight. Each entry keeps its buttons and their revision.
 */
export class RunningAnswers {
  readonly #clock: Pick<Clock, 'now'>;
  /** Growing messages by handle, in the order of their last change. */
  readonly #running = new Map<string, Running>();
  readonly #rooms = new InOrder();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /**
   * Adds a sentence to the message of its room and incident, or posts one; without an incident any message fits.
   * Resolves to false if the room does not have it yet: an answer that waits for a rate limit is lost by a restart.
   */
  add(room: string, entry: Entry, port: RunningPort): Promise<boolean> {
    return this.#rooms.run(room, async () => {
      const now = this.#clock.now();
      this.#prune(now);
      const running = this.#openIn(room, entry.about.incident, port.lasts);
      if (running) {
        const incident = entry.about.incident ?? running.incident;
        const entries = [...running.entries, entry];
        this.#running.delete(running.ref);
        if (await port.change(running.ref, runningCard(entries), { ...entry.about, incident })) {
          this.#running.set(running.ref, { ...running, incident, entries });
          return true;
        }
      }
      const ref = await port.post(entry.card, entry.about);
      if (ref !== null)
        this.#running.set(ref, { ref, room, incident: entry.about.incident, entries: [entry], since: now });
      return ref !== null;
    });
  }

  #openIn(room: string, incident: string | null, lasts: number): Running | undefined {
    const now = this.#clock.now();
    return [...this.#running.values()].findLast(
      (one) =>
        one.room === room &&
        (one.incident === incident || one.incident === null || incident === null) &&
        one.entries.length < MOST &&
        now - one.since < Math.min(NEAR, lasts),
    );
  }

  #prune(now: number): void {
    for (const [ref, { since }] of this.#running) if (now - since >= NEAR) this.#running.delete(ref);
  }
}

/** Returns a card of all entries, the last at the bottom, with the tone and summary of the last. */
function runningCard(entries: readonly Entry[]): Card {
  const [last] = entries.slice(-1);
  const named = entries.findLast(({ card }) => card.blocks.some(isNext));
  const blocks = entries.flatMap((entry) => blocksOf(entry, entry === named));
  const { tone = 'calm', drill = false, summary = { raw: '' } } = last?.card ?? {};
  const isRecorded = entries.every(({ about }) => about.change?.kind === 'done');
  const title = t(isRecorded ? 'said.running' : 'said.running_mixed', { n: entries.length });
  return { tone, drill, title, summary, blocks };
}

const isNext = (block: Block): boolean => 'next' in block;

/** Returns the blocks of an entry: its sentence and buttons; only the newest next step is shown. */
function blocksOf({ card, about: { revision } }: Entry, isNewest: boolean): readonly Block[] {
  const own = card.blocks.filter((block) => isNewest || !isNext(block));
  return [
    textBlock(card.title),
    ...own.map((block) => withActions(block, (all) => all.map((action) => ({ revision, ...action })))),
  ];
}
