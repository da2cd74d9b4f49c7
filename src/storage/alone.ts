import type { Exclusive, Neighbours } from '../use-cases/ports.ts';

/** A store only one process may open: everything is held at once, and nobody else commits. */
export const alone: Exclusive & Neighbours = {
  hold(_name, { held, lost }) {
    const started = Promise.resolve(held());
    return async () => {
      await started;
      await lost();
    };
  },
  onChange: () => () => {},
};
