import { createHash } from 'node:crypto';
import type { Card } from '../../../conversation/cards/card.ts';
import { newsOf } from './visible-changes.ts';

/**
 * Cards that were renewed by a click. Delivery would post the same news as a message of its own, so it checks here
 * first. In memory only: after a crash the news is posted, which does no harm.
 */
export class Renewals {
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #shown = new Map<string, string>();

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

  renewed(incident: string, chat: string, card: Card, surface: string): void {
    const news = newsOf({ card, surface });
    if (news === null) return;
    this.#shown.set(`${keyOf(incident, chat)}/${surface}`, createHash('sha256').update(news).digest('hex'));
  }

  /** Returns true if people already see this news of the surface. */
  async shows(incident: string, chat: string, surface: string, news: string): Promise<boolean> {
    const key = keyOf(incident, chat);
    await this.#pending.get(key);
    return this.#shown.get(`${key}/${surface}`) === news;
  }
}

function keyOf(incident: string, chat: string): string {
  return `${incident}/${chat}`;
}
