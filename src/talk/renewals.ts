import { createHash } from 'node:crypto';
import type { Card } from '../conversation/cards/card.ts';
import { newsOf } from '../conversation/cards/visible-changes.ts';
import type { KeptKey, KeptValues } from '../use-cases/ports.ts';

/** State of a surface's news after a press: shown, or tried if a crash hid the outcome. */
export type Renewal = 'none' | 'tried' | 'shown';

/**
 * Cards renewed by a press. Delivery would post the same news as a new message, so it checks here first. The mark is
 * stored before the card is changed: after a crash in between, the news is posted and marked as possibly repeated.
 */
export class Renewals {
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #kept: KeptValues;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /** Runs `renewing`; until it ends, delivery waits with this incident's cards in this conversation. */
  async during<T>(incident: string, chat: string, renewing: () => Promise<T>): Promise<T> {
    const key = keyOf(incident, chat);
    const mine = renewing();
    const tail = mine.catch(() => {});
    this.#pending.set(key, tail);
    try {
      return await mine;
    } finally {
      if (this.#pending.get(key) === tail) this.#pending.delete(key);
    }
  }

  /** Changes a card in place by `put`, which resolves to true if accepted, and records it. */
  async renewing<T>(about: SurfaceIn, card: Card, put: () => Promise<T>): Promise<T> {
    const content = contentOf(card, about.surface);
    if (content === null) return put();
    const mark = markOf(about);
    const before = await this.#kept.get(mark);
    if (before !== content) await this.#kept.put(mark, `${TRIED}${content}`);
    const isPut = await put();
    if (isPut === true) await this.#kept.put(mark, content);
    else if (before === null) await this.#kept.remove(mark);
    else await this.#kept.put(mark, before);
    return isPut;
  }

  async renewed(about: SurfaceIn, card: Card): Promise<void> {
    const content = contentOf(card, about.surface);
    if (content !== null) await this.#kept.put(markOf(about), content);
  }

  /** Returns how far a press got in showing this content; removes the mark of other content, as a message follows. */
  async takeMark(about: SurfaceIn, content: string): Promise<Renewal> {
    await this.#pending.get(keyOf(about.incident, about.chat));
    const mark = markOf(about);
    const noted = await this.#kept.get(mark);
    if (noted === content) return 'shown';
    if (noted === `${TRIED}${content}`) return 'tried';
    if (noted !== null) await this.#kept.remove(mark);
    return 'none';
  }
}

interface SurfaceIn {
  readonly incident: string;
  readonly chat: string;
  readonly surface: string;
}

const TRIED = '?';

function contentOf(card: Card, surface: string): string | null {
  const news = newsOf({ card, surface });
  return news === null ? null : createHash('sha256').update(news).digest('hex');
}

function markOf({ incident, chat, surface }: SurfaceIn): KeptKey {
  return `renewed:${keyOf(incident, chat)}/${surface}`;
}

function keyOf(incident: string, chat: string): string {
  return `${incident}/${chat}`;
}
