import { randomBytes } from 'node:crypto';

/**
 * Longest wait in ms before the wall clock is checked again. A timer stops while the machine sleeps and ignores a clock
 * that is set, so a jump is noticed this much later; beyond 24.8 days it would not wait at all.
 */
export const LONGEST_WAIT = 2_000;

/** Time source of a machine: wall clock, which may jump, and a timer (ms), which does not follow it. */
export interface TimeSource {
  readonly wall: () => number;
  /** Runs `run` once after `ms` milliseconds; returns a function that cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Builds a wait for an instant from waits of a given length. */
export function clockOver({ wall, after }: TimeSource) {
  return {
    now: wall,
    at(instant: number, run: () => void): () => void {
      let cancel = (): void => {};
      const wait = (): void => {
        const left = instant - wall();
        cancel = after(Math.max(0, Math.min(left, LONGEST_WAIT)), left > LONGEST_WAIT ? wait : run);
      };
      wait();
      return () => cancel();
    },
  };
}

/** The machine's clock. */
export const systemClock = clockOver({
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

/** Bytes of an id, and of a block of random bytes: one call to the system for each id took 3 % of a command. */
const ID = 16;
const BLOCK = 256 * ID;

/** Ids of 128 random bits, URL-safe: `x3Jd0c1yQ2mWZ5o9b7tK4g`. */
export const randomIds = cutIds();

/** Cuts ids out of blocks of random bytes, each byte used once. */
function cutIds(): { readonly next: () => string } {
  let block = randomBytes(BLOCK);
  let used = 0;
  return {
    next: () => {
      if (used === BLOCK) {
        block = randomBytes(BLOCK);
        used = 0;
      }
      used += ID;
      return block.toString('base64url', used - ID, used);
    },
  };
}
