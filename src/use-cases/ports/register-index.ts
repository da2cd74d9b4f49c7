import type { RoomId } from '../../incident/identity.ts';
import type { IncidentRow } from './store.ts';

/** Judged incident as one reader may see it: the values by which the register filters, sorts and counts. */
export interface RegisterEntry {
  readonly incident: string;
  /** Day of declaration in Beijing, e.g. `2026-03-31`. */
  readonly day: string;
  /** Month under which the incident is counted; null where the reader may not see when it was declared. */
  readonly month: string | null;
  /** Flags are 0 or 1. */
  readonly drill: number;
  readonly imported: number;
  /** Level and phase; null if hidden from the reader. `rank`, `stage`: their order, for a hidden one that of none. */
  readonly level: string | null;
  readonly rank: number;
  readonly phase: string | null;
  readonly stage: number;
  /** Next deadline in epoch ms; null without one. */
  readonly next: number | null;
  readonly declared: number;
  /** Number of first reports that were due, and of those filed in time. */
  readonly due: number;
  readonly timely: number;
  /** Minutes from awareness to the verdict, the first draft and the first filing. */
  readonly verdict: number | null;
  readonly draft: number | null;
  readonly filing: number | null;
}

/** Judgement in force: the entries that count are those judged by the same program, law and profile that hold now. */
export interface Judging {
  /** Hash of program, law and profile. */
  readonly judge: string;
  readonly now: number;
}

/** Entry for a reader who sees all of the incident, kept until the incident or the result of the judgement changes. */
export interface KeptEntry extends RegisterEntry {
  /** Version of the judged record, instant of the judgement, and last instant at which its result is the same. */
  readonly version: number;
  readonly judge: string;
  readonly judged: number;
  readonly holds: number;
  /** 1 if nothing limits what readers of its rooms see (`isPlain`); otherwise every reader's view is judged. */
  readonly plain: number;
  /** Hash of the profile on the record; empty without one. */
  readonly organisation: string;
  /** Instant of the latest entry of the record. */
  readonly latest: number;
  readonly lead: string;
  /** Normalised words of the record (`searchable`). */
  readonly words: string;
}

/** Rooms and profiles (`organisation`) of the plain incidents that a reader sees whole; null: all plain ones. */
export type PlainReader = { readonly rooms: readonly RoomId[]; readonly organisations: readonly string[] } | null;

/** Query of the register: `from` and `until` are days of declaration in Beijing, e.g. `2026-03-31`, inclusive. */
export interface IndexFilter {
  readonly open?: boolean | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly drills?: boolean | undefined;
  readonly level?: string | undefined;
  readonly phase?: string | undefined;
  readonly lead?: string | undefined;
  /** Words in id, title, names of people or their texts; for the index normalised (`searchable`). */
  readonly search?: string | undefined;
}

export interface IndexQuery extends IndexFilter, Judging {
  readonly reader: PlainReader;
  /** Entries of the incidents that are not the reader's plain ones, as the reader may see them. */
  readonly judged: readonly RegisterEntry[];
  /** Epoch ms. */
  readonly since?: number | undefined;
}

/** Sort column of the register; `down` reverses it. Ties are sorted newest first. */
export interface IndexSort {
  readonly by: 'incident' | 'next' | 'level' | 'phase' | 'declared';
  readonly down: boolean;
}

/** Figure over some incidents: `month` is empty for all of them, `kind` e.g. `due`, `verdict` or `level:major`. */
export interface IndexFigure {
  readonly month: string;
  readonly kind: string;
  readonly n: number | null;
}

/**
 * Index of the register: judged incidents, derived from the record and made again when it is lost or outdated. Writes
 * need not be durable.
 */
export interface RegisterIndex {
  /** Incidents without an entry that counts. */
  outdated(judging: Judging): Promise<readonly string[]>;
  keep(entries: readonly KeptEntry[]): Promise<void>;
  rooms(): Promise<readonly RoomId[]>;
  /** Profiles of the plain incidents, each with an incident that has it. */
  organisations(): Promise<readonly { readonly organisation: string; readonly incident: string }[]>;
  /** Rows of the incidents that are not the reader's plain ones or have no entry that counts, newest first. */
  others(judging: Judging, reader: PlainReader, open: boolean | undefined): Promise<readonly IncidentRow[]>;
  page(
    query: IndexQuery,
    sort: IndexSort,
    limit: number,
  ): Promise<{ readonly incidents: readonly string[]; readonly total: number }>;
  /** Figures of all found incidents but drills, and of each month. */
  figures(query: IndexQuery): Promise<readonly IndexFigure[]>;
}
