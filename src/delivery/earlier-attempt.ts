import type { Clock } from '../use-cases/ports.ts';
import type { Whereabouts } from './places.ts';

/** Time (ms) within which a request of a process that ended arrives: the longest call to a platform. */
const CALL_LIMIT = 10_000;

/** Attempt with an unknown outcome: key of its message, when the search begins, when it was made (epoch ms), if it was. */
interface Attempt {
  readonly key: string;
  readonly since: number;
  readonly attemptedAt: number | null;
  readonly isFile?: boolean;
}
type There = Extract<Whereabouts, { kind: 'there' }>;
/** Finding on an earlier attempt with an unknown outcome. */
export type Earlier =
  | { readonly kind: 'arrived'; readonly ref: string }
  | { readonly kind: 'unreadable' }
  /** Finding: a request of an earlier process may arrive until `until` (epoch milliseconds). */
  | { readonly kind: 'under_way'; readonly until: number }
  /** Finding: send again. `repeated`: the message may arrive twice; `drops`: the platform drops duplicates. */
  | { readonly kind: 'again'; readonly repeated: boolean; readonly drops: boolean };

/**
 * Searches the history of a place for an earlier attempt. `began`: time at which this process began to deliver (epoch
 * ms). A request of the process before it may arrive until the longest call is over, whenever its attempt was claimed.
 */
export async function earlierAttempt(
  { key, since, attemptedAt, isFile = false }: Attempt,
  { messenger, place }: Pick<There, 'messenger' | 'place'>,
  { clock, began }: { readonly clock: Pick<Clock, 'now'>; readonly began: number },
): Promise<Earlier> {
  const found = await messenger.canFind?.find(place, key, since);
  if (found?.kind === 'found') return { kind: 'arrived', ref: found.ref };
  if (found?.kind === 'unknown') return { kind: 'unreadable' };
  const isRepeated = isFile && found?.kind === 'absent' && found.drops === true && messenger.canSendFile?.repeats;
  if (found?.kind !== 'absent' || isRepeated) return { kind: 'again', repeated: true, drops: false };
  if (found.drops) return { kind: 'again', repeated: false, drops: true };
  const until = began + CALL_LIMIT;
  // An attempt of this process is not looked up that early; its time is one of a clock that may have been set back.
  const isUnderWay = attemptedAt !== null && until > clock.now();
  // A clock that was set back must not prolong the wait.
  const isBounded = until <= clock.now() + CALL_LIMIT;
  if (isUnderWay && isBounded && !found.isFinal) return { kind: 'under_way', until };
  return { kind: 'again', repeated: false, drops: false };
}
