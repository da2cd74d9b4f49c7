import { randomBytes } from 'node:crypto';

/** setTimeout fires at once beyond 2^31 − 1 ms (24.8 days), so long waits are cut. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock = {
  now: (): number => Date.now(),
  at(instant: number, run: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = instant - Date.now();
      timer = setTimeout(left > LONGEST_WAIT ? wait : run, Math.max(0, Math.min(left, LONGEST_WAIT)));
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/** 128 random bits, URL-safe. */
export const randomIds = { next: (): string => randomBytes(16).toString('base64url') };
