import type { Block } from '../conversation/cards/card.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { Outcome } from './acts.ts';

/** Time (ms) for which a question stays in reach of the people of a room. */
const NEAR = 5 * 60_000;

/**
 * Questions shown in a room minutes ago because a person asked for the next step: the next person who asks is answered
 * alone.
 */
export class ShownLately {
  readonly #clock: Pick<Clock, 'now'>;
  /** Last question in each room, as it was shown. */
  readonly #shown = new Map<string, { readonly content: string; readonly at: number }>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Returns true if the room was shown exactly this question; otherwise notes it. Always false for other answers. */
  isKnown(room: string, { incident, answers }: Pick<Outcome, 'incident' | 'answers'>): boolean {
    const [answer] = answers;
    if (answers.length !== 1 || answer?.kind !== 'card' || !answer.card.blocks.some(takesAnswer)) return false;
    const now = this.#clock.now();
    for (const [key, { at }] of this.#shown) if (now - at >= NEAR) this.#shown.delete(key);
    const content = JSON.stringify([incident, answer.card]);
    const isKnown = this.#shown.get(room)?.content === content;
    if (!isKnown) this.#shown.set(room, { content, at: now });
    return isKnown;
  }
}

function takesAnswer(block: Block): boolean {
  if (block.kind !== 'actions') return block.kind === 'choices';
  return block.actions.some(({ does }) => does.kind === 'intent' && does.intent.type === 'answer');
}
