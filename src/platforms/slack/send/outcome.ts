import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { messageOf } from '../../../ops/errors.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import { wasNotSent } from '../../shared/http-client.ts';
import { slackError } from './api.ts';

/** The app was removed or its token revoked: nothing will work again without a person. */
export const FATAL_AUTH: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
]);
/** The message we wanted to change is not there or not ours to change: it is posted anew. */
const GONE: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
]);
/** Sending the same again can only fail again. */
const INVALID: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_post_type',
  'invalid_form_data',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
  'metadata_too_large',
  'metadata_must_be_sent_from_app',
]);
/** Slack does not say whether it was done. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);
const RATE_LIMITED_PAUSE = 30_000;

/** Outcome of a call that threw: refused for certain, or unknown. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  if (error instanceof WebAPIRateLimitedError) {
    return refused('rate_limited', 'ratelimited', now + error.retryAfter * 1_000);
  }
  const code = slackError(error);
  if (code !== null) return byCode(code, now);
  if (error instanceof WebAPIHTTPError) {
    return error.statusCode >= 500
      ? { kind: 'unknown', detail: `HTTP ${error.statusCode}` }
      : refused('unreachable', `HTTP ${error.statusCode}`);
  }
  if (error instanceof WebAPIRequestError && wasNotSent(error.original)) {
    return refused('unreachable', causeOf(error.original) ?? error.original.message);
  }
  return { kind: 'unknown', detail: messageOf(error) };
}

function byCode(code: string, now: number): SendOutcome {
  if (code === 'ratelimited' || code === 'rate_limited') return refused('rate_limited', code, now + RATE_LIMITED_PAUSE);
  if (UNKNOWN.has(code)) return { kind: 'unknown', detail: code };
  if (GONE.has(code)) return refused('gone', code);
  if (INVALID.has(code)) return refused('invalid', code);
  return refused('forbidden', code);
}

function refused(
  reason: Extract<SendOutcome, { kind: 'refused' }>['reason'],
  detail: string,
  retryAt?: number,
): SendOutcome {
  return { kind: 'refused', reason, detail, ...(retryAt === undefined ? {} : { retryAt }) };
}

function causeOf(error: unknown): string | null {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
  }
  return null;
}
