import { z } from 'zod';
import { messageOf } from '../../../ops/errors.ts';
import { ApiError, outcomesBy } from '../../shared/api-client.ts';
import { NoAnswer } from '../../shared/http-client.ts';

const ackFrame = z.object({ errcode: z.number(), errmsg: z.string().default('') });
const API = 'long connection';

/** Returns an error for a request without visible effect, which can be repeated. */
export function notSent(reason: string): NoAnswer {
  return new NoAnswer(API, reason, false);
}

/** Turns the SDK's rejections into errors: a frame with a number is a refusal, a timeout an unknown outcome. */
export function botError(error: unknown): ApiError | NoAnswer {
  const frame = ackFrame.safeParse(error).data;
  if (frame) return new ApiError(API, frame.errcode, frame.errmsg);
  const message = messageOf(error);
  return new NoAnswer(API, message, !message.startsWith('WebSocket not connected'));
}

const RATE_PAUSE = 60_000;

export const failedOutcome = outcomesBy(
  {
    /** Codes of a quota: of the minute, of the hour, or of the whole bot. */
    rate_limited: [45009, 45033, 846607],
    /** Codes of a busy server, or a used task id: the next attempt gets a new one. */
    unreachable: [-1, 42014],
    /** Codes of an unknown conversation, or one the bot was removed from. */
    gone: [93000, 93006, 86001, 86008],
    /** Codes of a request that WeCom refuses for a field; a repetition would fail again. */
    invalid: [40008, 40058, 44004, 45002, [42015, 42051]],
  },
  { retryAt: (_, now) => now + RATE_PAUSE },
);
