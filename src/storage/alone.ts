import type { Exclusive, Neighbours } from '../use-cases/ports.ts';

/** A store only one process may open: this one delivers, and nobody else commits. */
export const alone: Exclusive & Neighbours = {
  isHeld: true,
  hold({ held, lost }) {
    held();
    return lost;
  },
  onChange: () => () => {},
};
