import type { SendOutcome } from '../use-cases/ports.ts';

type Reason = Extract<SendOutcome, { kind: 'refused' }>['reason'];

/** Number of attempts after which a place that is gone or forbidden is abandoned and another way is tried. */
const MAX_ATTEMPTS = 6;

/** Returns true if the platform works but refuses this place. */
export function isOfPlace(reason: Reason): boolean {
  return reason === 'gone' || reason === 'forbidden';
}

/** Returns true if the refusal is permanent. A platform that is down or limits its rate recovers: notices are kept. */
export function isHopeless(reason: Reason, attempts: number): boolean {
  if (reason === 'invalid') return true;
  return isOfPlace(reason) && attempts >= MAX_ATTEMPTS;
}
