import type { Action, Block, Card } from '../conversation/cards/card.ts';
import { textBlock } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { About } from './answering.ts';
import { InOrder } from './in-order.ts';

/** A message of a room that can be changed for a while. */
export interface RunningPort {
  /** Time (ms) after its post for which a message can be changed. */
  readonly lasts: number;
  /** Returns false for a card that needs a message of its own; absent: takes all. */
  takes?(card: Card, about: About): boolean;
  /** Posts a message; resolves with its handle, or null if it was not accepted. */
  post(card: Card, about: About): Promise<string | null>;
  /** Changes the message. Resolves to false if it cannot be changed any more. */
  change(ref: string, card: Card, about: About): Promise<boolean>;
}

/** Confirmation of a change, as the room sees it. */
interface Entry {
  readonly card: Card;
  readonly about: About;
}
interface Running {
  readonly ref: string;
  readonly entries: readonly Entry[];
  readonly since: number;
}

/** Entries of one message, and how long (ms) it stays near the end of a conversation in which people write. */
const MOST = 6;
const NEAR = 3 * 60_000;

/**
 * Confirmations in a room: statements recorded there within minutes share one message that grows, so that three people
 * who write at the same time do not push the cards out of sight. Each entry keeps its buttons and their revision.
 */
export class RunningAnswers {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #running = new Map<string, Running>();
  readonly #rooms = new InOrder();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Adds a confirmation to the message of its room, or posts one. `key`: room and incident. */
  add(key: string, entry: Entry, port: RunningPort): Promise<void> {
    return this.#rooms.run(key, async () => {
      const now = this.#clock.now();
      this.#prune(now);
      const running = this.#running.get(key);
      const isOpen = running && running.entries.length < MOST && now - running.since < Math.min(NEAR, port.lasts);
      const { about } = entry;
      if (isOpen) {
        const entries = [...running.entries, entry];
        if (await port.change(running.ref, runningCard(entries), about)) {
          this.#running.set(key, { ...running, entries });
          return;
        }
      }
      const ref = await port.post(entry.card, about);
      if (ref === null) this.#running.delete(key);
      else this.#running.set(key, { ref, entries: [entry], since: now });
    });
  }

  #prune(now: number): void {
    for (const [key, { since }] of this.#running) if (now - since >= NEAR) this.#running.delete(key);
  }
}

/** One card of all entries, the last at the bottom; tone and summary are those of the last. */
function runningCard(entries: readonly Entry[]): Card {
  const [last] = entries.slice(-1);
  const named = entries.findLast(({ card }) => card.blocks.some(isNext));
  const blocks = entries.flatMap((entry) => blocksOf(entry, entry === named));
  const { tone = 'calm', drill = false, summary = { raw: '' } } = last?.card ?? {};
  return { tone, drill, title: t('said.running', { n: entries.length }), summary, blocks };
}

const isNext = (block: Block): boolean => 'next' in block;

/** Sentence and buttons of an entry; of the next steps only the newest is shown. */
function blocksOf({ card, about: { revision } }: Entry, isNewest: boolean): readonly Block[] {
  const own = card.blocks.filter((block) => isNewest || !isNext(block));
  return [textBlock(card.title), ...own.map((block) => boundTo(revision, block))];
}

function boundTo(revision: number, block: Block): Block {
  if (block.kind !== 'row' && block.kind !== 'actions') return block;
  return { ...block, actions: block.actions.map((action): Action => ({ revision, ...action })) };
}
