import type { Destination, Lane, Notice, NoticeContent, NoticeSettlement } from '../use-cases/ports.ts';
import { hasKind, stored } from './json.ts';
import type { Dialect } from './sql.ts';

/** Lease (ms) of a claimed notice: until then only the claimer may settle it. */
export const LEASE = 30_000;
/** In the order of claiming; the index is what is stored. */
export const LANES: readonly Lane[] = ['answer', 'reminder', 'file', 'status'];

/** A notice as both stores keep it. */
export interface StoredNotice extends Omit<Notice, 'lane' | 'to' | 'content' | 'wasUnknown'> {
  readonly lane: number;
  readonly recipient: string;
  readonly content: string;
  readonly wasUnknown: number;
}

export const NOTICE_COLUMNS = `key, incident, lane, recipient, content, due_at AS "dueAt", state, fence, was_unknown AS "wasUnknown",
  attempts, attempted_at AS "attemptedAt", not_before AS "notBefore", body, ref`;

/**
 * Assignments that end the claim of a sender that is gone: what it had handed to a platform (since that claim) may have
 * arrived and is looked for at once; anything else is as before.
 */
export const TAKE_BACK = `lease_until = NULL, not_before = 0, state = CASE
  WHEN was_unknown = 1 OR attempted_at = lease_until - ${LEASE} THEN 'unknown' ELSE 'ready' END`;

/** A late reminder that was not sent any more is done, not given up. */
export const COUNT_NOTICES = `SELECT state, count(*) AS n FROM outbox
  WHERE state <> 'dead' OR reason IS NULL OR reason NOT IN ('superseded', 'settled') GROUP BY state`;

/** Columns that the end of a send sets; null keeps what is there, but for the reason. */
export function settlementOf(to: NoticeSettlement) {
  return {
    state: to.state,
    not_before: 'notBefore' in to ? to.notBefore : null,
    ref: 'ref' in to ? to.ref : null,
    reason: 'reason' in to ? (to.reason ?? null) : null,
    workspace: 'workspace' in to ? (to.workspace ?? null) : null,
  };
}

/** Notices by state, with 0 for a state that none is in. */
export function countsOf(rows: readonly { readonly state: Notice['state']; readonly n: number }[]) {
  const none = { ready: 0, sending: 0, sent: 0, unknown: 0, dead: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

export const isDestination = hasKind<Destination>('room', 'person', 'outside');
const isContent = hasKind<NoticeContent>('card', 'file', 'take_back', 'event');

export function noticeOf({ recipient, ...row }: StoredNotice, { unpacked }: Pick<Dialect, 'unpacked'>): Notice {
  return {
    ...row,
    lane: LANES[row.lane] ?? 'status',
    to: stored(recipient, isDestination),
    content: stored(row.content, isContent),
    wasUnknown: row.wasUnknown === 1,
    body: row.body === null ? null : unpacked(row.body),
  };
}
