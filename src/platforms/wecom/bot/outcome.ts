import { z } from 'zod';
import { messageOf } from '../../../ops/errors.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';

const ackFrame = z.object({ errcode: z.number(), errmsg: z.string().optional() });

/** Failure of a request on the long connection; the SDK rejects with a frame, or with an error. */
export class BotError extends Error {
  readonly kind: 'refused' | 'unknown' | 'not_sent';
  /** WeCom's own number; null when it was no answer of theirs. */
  readonly code: number | null;

  constructor(kind: BotError['kind'], message: string, code: number | null = null) {
    super(message);
    this.name = 'BotError';
    this.kind = kind;
    this.code = code;
  }
}

/** The SDK's rejections as errors: a frame with a number is a refusal, no answer in time is not known. */
export function botError(error: unknown): BotError {
  if (error instanceof BotError) return error;
  const frame = ackFrame.safeParse(error);
  if (frame.success) {
    return new BotError('refused', `${frame.data.errcode} ${frame.data.errmsg ?? ''}`.trim(), frame.data.errcode);
  }
  const message = messageOf(error);
  const unsent = message.startsWith('WebSocket not connected');
  return new BotError(unsent ? 'not_sent' : 'unknown', message);
}

/** Too often: the quota of the minute, of the hour, or of the whole bot. */
const TOO_OFTEN: ReadonlySet<number> = new Set([45009, 45033, 846607]);
/** Busy, or a task id that was taken: the next try is made anew. */
const AGAIN: ReadonlySet<number> = new Set([-1, 42014]);
/** No such conversation, or the bot is no longer in it. */
const GONE: ReadonlySet<number> = new Set([93000, 93006, 86001, 86008]);
/** The same again can only fail again. */
const INVALID: ReadonlySet<number> = new Set([40008, 40058, 44004, 45002]);
/** A request that WeCom does not take, field by field. */
const isCardFault = (code: number): boolean => code >= 42015 && code <= 42051;
const RATE_PAUSE = 60_000;

/** For delivery: refused for certain, or not known. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  const failed = botError(error);
  if (failed.kind === 'unknown') return { kind: 'unknown', detail: failed.message };
  const detail = failed.message;
  if (failed.kind === 'not_sent' || failed.code === null || AGAIN.has(failed.code)) {
    return { kind: 'refused', reason: 'unreachable', detail };
  }
  if (TOO_OFTEN.has(failed.code)) {
    return { kind: 'refused', reason: 'rate_limited', retryAt: now + RATE_PAUSE, detail };
  }
  if (GONE.has(failed.code)) return { kind: 'refused', reason: 'gone', detail };
  if (INVALID.has(failed.code) || isCardFault(failed.code)) return { kind: 'refused', reason: 'invalid', detail };
  return { kind: 'refused', reason: 'forbidden', detail };
}
