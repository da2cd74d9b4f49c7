import { Listeners } from '../../ops/listeners.ts';

/** Person with a draft of an incident open; `draft` is null for the report as it stands. */
interface PaperReader {
  readonly account: string;
  readonly name: string;
  readonly draft: number | null;
}

/** A page repeats it more often than this while it is open. */
const STAYS = 60_000;

/**
 * People who read a draft now, by incident. Kept in memory only: this is not part of the record, and each instance
 * knows the readers of its own pages.
 */
export class Presence {
  readonly #readers = new Map<string, Map<string, PaperReader & { readonly until: number }>>();
  /** Incidents whose readers have changed. */
  readonly changed = new Listeners<string>();

  /** Notes that a person has a draft open. */
  opens(incident: string, reader: PaperReader, now: number): void {
    const readers = this.#readers.get(incident) ?? new Map<string, PaperReader & { readonly until: number }>();
    readers.set(reader.account, { ...reader, until: now + STAYS });
    this.#readers.set(incident, readers);
    this.changed.call(incident);
  }

  /** Notes that a person has closed the draft. */
  closes(incident: string, account: string): void {
    const readers = this.#readers.get(incident);
    if (readers?.delete(account) !== true) return;
    if (readers.size === 0) this.#readers.delete(incident);
    this.changed.call(incident);
  }

  /** Readers of drafts of an incident other than one account. */
  others(incident: string, account: string, now: number): readonly Omit<PaperReader, 'account'>[] {
    return [...(this.#readers.get(incident)?.values() ?? [])]
      .filter((one) => one.account !== account && one.until > now)
      .map(({ name, draft }) => ({ name, draft }));
  }
}
