import type { Clock, Notice } from '../use-cases/ports.ts';
import type { Whereabouts } from './places.ts';

/** Maximum time (ms) of a call to a platform before it counts as failed. */
const CALL_LIMIT = 10_000;

type There = Extract<Whereabouts, { kind: 'there' }>;
/** Finding on an earlier attempt with an unknown outcome. */
export type Earlier =
  | { readonly kind: 'arrived'; readonly ref: string }
  | { readonly kind: 'unreadable' }
  /** Finding: another process may have a call in flight until `until` (epoch milliseconds). */
  | { readonly kind: 'under_way'; readonly until: number }
  /** Finding: send again. `repeated`: the message may arrive twice; `drops`: the platform drops duplicates. */
  | { readonly kind: 'again'; readonly repeated: boolean; readonly drops: boolean };

/**
 * Searches the history of a place for an earlier attempt. `othersSend`: a process that lost the lock may have a call in
 * flight; otherwise that process has ended, and its messages arrive within moments.
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
