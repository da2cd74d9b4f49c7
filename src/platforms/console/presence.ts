import { Listeners } from '../../ops/listeners.ts';

/** Person with a draft of an incident open; `draft` is null for the current report. */
interface PaperReader {
  readonly account: string;
  readonly name: string;
  readonly draft: number | null;
}
type Listed = PaperReader & { readonly incident: string; readonly until: number };

/** Time (ms) for which a reader stays listed; an open page repeats its notice more often. */
const STAYS = 60_000;

/**
 * People reading a draft now, by incident. Kept in memory only: it is not part of the record, and each instance knows
 * the readers of its own pages.
 */
export class Presence {
  readonly #readers = new Map<string, Listed>();
  /** Incidents whose readers have changed. */
  readonly changed = new Listeners<string>();

  /** Notes that a person has a draft open. */
  opens(incident: string, reader: PaperReader, now: number): void {
    for (const [key, { until }] of this.#readers) if (until <= now) this.#readers.delete(key);
    this.#readers.set(`${incident} ${reader.account}`, { ...reader, incident, until: now + STAYS });
    this.changed.call(incident);
  }

  /** Notes that a person has closed the draft. */
  closes(incident: string, account: string): void {
    this.#readers.delete(`${incident} ${account}`);
    this.changed.call(incident);
  }

  /** Returns readers of an incident's drafts, except one account. */
  others(incident: string, account: string, now: number): readonly Omit<PaperReader, 'account'>[] {
    return [...this.#readers.values()]
      .filter((one) => one.incident === incident && one.account !== account && one.until > now)
      .map(({ name, draft }) => ({ name, draft }));
  }
}
