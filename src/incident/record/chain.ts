import { hash } from 'node:crypto';

/** One row of the record as it is stored: the envelope, the exact bytes of the payload, and the two hashes. */
export interface RecordRow {
  readonly incident: string;
  readonly version: number;
  readonly type: string;
  readonly v: number;
  readonly at: string;
  readonly actor: string;
  readonly command: string;
  /** Canonical JSON of the payload; null together with `salt` once it was erased. */
  readonly bytes: string | null;
  readonly salt: string | null;
  readonly payloadHash: string;
  readonly prev: string;
  readonly hash: string;
}

/** Predecessor hash named by the first event of an incident (64 zeros). */
export const GENESIS = '0'.repeat(64);

export type ChainFlaw = 'version' | 'prev' | 'payload' | 'hash' | 'head';
export interface BrokenAt {
  readonly version: number;
  readonly flaw: ChainFlaw;
}
/** End of a chain: version and hash that the next event must name as its predecessor. */
export interface ChainHead {
  readonly version: number;
  readonly hash: string;
}
export const EMPTY_CHAIN: ChainHead = { version: 0, hash: GENESIS };

/**
 * Canonical JSON (RFC 8785) of a value. Half a surrogate pair, which a chat client can cut out of an emoji, has no
 * UTF-8 form and becomes U+FFFD; `undefined` members are left out. Throws for NaN, infinity and cycles.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new Error('a value without a JSON form cannot be recorded');
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  const members = Object.entries(value);
  if (!members.every(([key]) => key.isWellFormed()))
    return canonical(Object.fromEntries(members.map(([key, member]) => [key.toWellFormed(), member])));
  let all = '';
  for (const [key, member] of members.sort(([a], [b]) => (a < b ? -1 : 1)))
    if (member !== undefined) all += `,${JSON.stringify(key)}:${canonical(member)}`;
  return `{${all.slice(1)}}`;
}

/** SHA-256(salt ‖ bytes) in hex. Without the salt a guess of erased content cannot be confirmed. */
function payloadHash(salt: string, bytes: string): string {
  return sha256(salt + bytes);
}

/** SHA-256 over all fields of an event, in canonical order; the payload is included by its hash. */
function eventHash(row: Omit<RecordRow, 'hash' | 'bytes' | 'salt'>): string {
  const { prev, incident, version, type, v, at, actor, command } = row;
  return sha256(
    JSON.stringify({ actor, at, command, incident, payload_hash: row.payloadHash, prev, type, v, version }),
  );
}

/** Completes an event after `head`: hashes its payload and seals its envelope. */
export function seal(
  head: ChainHead,
  event: Pick<RecordRow, 'incident' | 'type' | 'v' | 'at' | 'actor' | 'command'> & {
    readonly bytes: string;
    readonly salt: string;
  },
): RecordRow & { readonly bytes: string; readonly salt: string } {
  const row = {
    ...event,
    version: head.version + 1,
    payloadHash: payloadHash(event.salt, event.bytes),
    prev: head.hash,
  };
  return { ...row, hash: eventHash(row) };
}

/** First flaw of `row` as the successor of `head`; null if there is none. Never throws. */
function flawOf(row: RecordRow, head: ChainHead): ChainFlaw | null {
  if (row.version !== head.version + 1) return 'version';
  if (row.prev !== head.hash) return 'prev';
  if (!payloadFits(row)) return 'payload';
  return hashFits(row) ? null : 'hash';
}

/**
 * First broken row of one incident's record, given in order from version 1; null if the chain is intact. With `head`
 * (stored apart from the record) a missing end is found too.
 */
export function verifyChain(rows: Iterable<RecordRow>, head?: ChainHead): BrokenAt | null {
  let last = EMPTY_CHAIN;
  const check = checkedChain();
  for (const row of rows) {
    const broken = check(row);
    if (broken) return broken;
    last = { version: row.version, hash: row.hash };
  }
  return head ? headFlaw(last, head) : null;
}

/** Returns a check of a record, row by row from version 1; it returns the flaw of a row that breaks the chain. */
export function checkedChain(): (row: RecordRow) => BrokenAt | null {
  let last = EMPTY_CHAIN;
  return (row) => {
    const flaw = flawOf(row, last);
    if (flaw) return { version: last.version + 1, flaw };
    last = { version: row.version, hash: row.hash };
    return null;
  };
}

/** First flaw at the end of a record: it must end where its head points. */
function headFlaw(last: ChainHead, head: ChainHead): BrokenAt | null {
  if (last.version === head.version && last.hash === head.hash) return null;
  return { version: Math.min(last.version, head.version) + 1, flaw: 'head' };
}

function payloadFits(row: RecordRow): boolean {
  if (row.bytes === null || row.salt === null) return row.bytes === row.salt;
  return (
    typeof row.bytes === 'string' &&
    typeof row.salt === 'string' &&
    payloadHash(row.salt, row.bytes) === row.payloadHash
  );
}

function hashFits(row: RecordRow): boolean {
  try {
    return eventHash(row) === row.hash;
  } catch {
    return false;
  }
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
