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
  #readers: readonly Listed[] = [];
  /** Incidents whose readers have changed. */
  readonly changed = new Listeners<string>();

  /** Notes that a person has a draft open. */
  opens(incident: string, reader: PaperReader, now: number): void {
    const others = this.#without(incident, reader.account).filter(({ until }) => until > now);
    this.#readers = [...others, { ...reader, incident, until: now + STAYS }];
    this.changed.call(incident);
  }

  /** Notes that a person has closed the draft. */
  closes(incident: string, account: string): void {
    this.#readers = this.#without(incident, account);
    this.changed.call(incident);
  }

  /** Returns readers of an incident's drafts, except one account. */
  others(incident: string, account: string, now: number): readonly Omit<PaperReader, 'account'>[] {
    return this.#without(incident, account)
      .filter((one) => one.incident === incident && one.until > now)
      .map(({ name, draft }) => ({ name, draft }));
  }

  #without(incident: string, account: string): readonly Listed[] {
    return this.#readers.filter((one) => one.incident !== incident || one.account !== account);
  }
}
