import type { SendOutcome } from '../../use-cases/ports.ts';

/** Outcome of a send; resolves with the handle of the message. `failed` sorts the errors of the platform. */
export function outcomeOf(send: Promise<string>, failed: (error: unknown) => SendOutcome): Promise<SendOutcome> {
  return send.then((ref) => ({ kind: 'sent', ref }), failed);
}

/** Outcome of a step before the message itself, e.g. an upload: an unknown one is certain not to have shown anything. */
export function notShown(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' ? { kind: 'refused', reason: 'unreachable', detail: outcome.detail } : outcome;
}
