import type { Clock, Notice } from '../use-cases/ports.ts';
import type { Whereabouts } from './places.ts';

/** The longest a call to a platform takes before it is given up, in ms. */
const CALL_LIMIT = 10_000;

type There = Extract<Whereabouts, { kind: 'there' }>;
/** Result of an earlier attempt whose outcome is unknown. */
export type Earlier =
  | { readonly kind: 'arrived'; readonly ref: string }
  | { readonly kind: 'unreadable' }
  /** The call of another process may still arrive until then (epoch milliseconds). */
  | { readonly kind: 'under_way'; readonly until: number }
  /** Result: send again. `repeated`: the message may arrive twice; `drops`: the platform drops a message it already has. */
  | { readonly kind: 'again'; readonly repeated: boolean; readonly drops: boolean };

/**
 * Searches the history of a place for an earlier attempt. `othersSend`: other processes also send, so one that lost the
 * lock may have a call in flight; otherwise the calling process has ended, and its messages arrive within moments.
 */
export async function earlierAttempt(
  { key, dueAt, attemptedAt }: Notice,
  { messenger, place }: There,
  { clock, othersSend }: { readonly clock: Pick<Clock, 'now'>; readonly othersSend?: boolean },
): Promise<Earlier> {
  const found = await messenger.canFind?.find(place, key, dueAt - 60_000);
  if (found?.kind === 'found') return { kind: 'arrived', ref: found.ref };
  if (found?.kind === 'unknown') return { kind: 'unreadable' };
  if (found?.kind !== 'absent') return { kind: 'again', repeated: true, drops: false };
  if (found.drops) return { kind: 'again', repeated: false, drops: true };
  const until = (attemptedAt ?? 0) + CALL_LIMIT;
  const mayArrive = until > clock.now();
  if (mayArrive && othersSend) return { kind: 'under_way', until };
  return { kind: 'again', repeated: mayArrive, drops: false };
}
