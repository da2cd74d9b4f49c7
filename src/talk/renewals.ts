import { createHash } from 'node:crypto';
import type { Card } from '../conversation/cards/card.ts';
import { newsOf } from '../conversation/cards/visible-changes.ts';
import type { KeptKey, KeptValues } from '../use-cases/ports.ts';

/** State of a surface's news after a click: shown, or interrupted by a crash before that was known. */
export type Renewal = 'none' | 'tried' | 'shown';

/**
 * Cards renewed by a click. Delivery would post the same news as a new message, so it checks here first. Kept in the
 * store, and recorded before the card is changed: after a crash in between the news is posted and marked.
 */
export class Renewals {
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #kept: KeptValues;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /** Delivery waits with the cards of this incident in this conversation until `renewing` is over. */
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

  /** Changes a card in place by `put`, which returns true if accepted. */
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

  /** Returns the state of this content after a click, and removes its mark, because another message follows below. */
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

/** A surface of an incident in one conversation. */
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
