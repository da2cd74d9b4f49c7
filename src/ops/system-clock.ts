import { randomBytes } from 'node:crypto';

/**
 * Longest wait in ms before the wall clock is checked again. Timers stop while the machine sleeps and ignore changes of
 * the clock, so this is the longest delay after a jump; a timer over 24.8 days would fire at once.
 */
export const LONGEST_WAIT = 2_000;

/** Time source of a machine: wall clock, which may jump, and timers (ms), which ignore jumps. */
export interface TimeSource {
  readonly wall: () => number;
  /** Calls `run` once after `ms`; returns the function that cancels the call. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/**
 * Creates a clock that waits for an instant in short steps. A clock that is set back must not prolong a pause, so the
 * wait also ends after its own length: `run` looks at the clock if it needs the instant.
 */
export function clockOver({ wall, after }: TimeSource) {
  return {
    now: wall,
    at(instant: number, run: () => void): () => void {
      let cancel = (): void => {};
      const wait = (longest: number): void => {
        const left = Math.min(instant - wall(), longest);
        const again = (): void => wait(longest - LONGEST_WAIT);
        cancel = after(Math.max(0, Math.min(left, LONGEST_WAIT)), left > LONGEST_WAIT ? again : run);
      };
      wait(instant - wall());
      return () => cancel();
    },
  };
}

export const systemClock = clockOver({
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

/** Bytes of an id. Random bytes are read in blocks: one system call per id took 3 % of a command. */
const ID = 16;
const BLOCK = 256 * ID;

/** Source of ids: 128 random bits, URL-safe, e.g. `x3Jd0c1yQ2mWZ5o9b7tK4g`. */
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
