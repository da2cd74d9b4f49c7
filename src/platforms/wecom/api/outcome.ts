import { messageOf } from '../../../ops/errors.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import { NoAnswer } from '../../shared/http-client.ts';
import { advice, CODES, WecomError } from './errors.ts';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;

/** Outcome that follows from an error for the message being sent; `now` in epoch milliseconds. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  if (error instanceof NoAnswer) {
    return error.sent
      ? { kind: 'unknown', detail: error.message }
      : { kind: 'refused', reason: 'unreachable', detail: error.message };
  }
  if (!(error instanceof WecomError)) {
    return { kind: 'unknown', detail: messageOf(error) };
  }
  const detail = advice(error);
  if (error.code === CODES.busy || error.code === CODES.concurrency) {
    return { kind: 'refused', reason: 'rate_limited', retryAt: now + 2_000, detail };
  }
  // Limits are per minute of the clock.
  if (error.code === CODES.frequency) {
    return { kind: 'refused', reason: 'rate_limited', retryAt: (Math.floor(now / 60_000) + 1) * 60_000, detail };
  }
  return { kind: 'refused', reason: reasonOf(error.code), detail };
}

function reasonOf(code: number): Refused['reason'] {
  if (CODES.staleToken.some((one) => one === code)) return 'unreachable';
  if (CODES.noChat.some((one) => one === code)) return 'gone';
  if (isFaultOfTheMessage(code)) return 'invalid';
  return 'forbidden';
}

/** Sending the same again can only fail again: kinds, sizes and card fields (42014-42051). */
function isFaultOfTheMessage(code: number): boolean {
  return code === 40008 || code === 40058 || code === 45002 || code === 44004 || (code >= 42014 && code <= 42051);
}
