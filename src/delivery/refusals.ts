import type { SendOutcome } from '../use-cases/ports.ts';

type Reason = Extract<SendOutcome, { kind: 'refused' }>['reason'];

/** Attempts after which a place that is gone or forbidden is given up; then another way is tried. */
const MAX_ATTEMPTS = 6;

/** Returns true if the platform answers, but refuses this place. */
export function isOfPlace(reason: Reason): boolean {
  return reason === 'gone' || reason === 'forbidden';
}

/** Returns true if the refusal is permanent. A platform that is down or rate-limits recovers, so its notices are kept. */
export function isHopeless(reason: Reason, attempts: number): boolean {
  if (reason === 'invalid') return true;
  return isOfPlace(reason) && attempts >= MAX_ATTEMPTS;
}
