import type { TestedFault } from '../../tests/faults/tested.ts';
import type { Fault } from '../../tests/simulation/faults.ts';

/** A fault, and what has to find it. */
export type Planned =
  | { readonly by: 'tests'; readonly fault: TestedFault }
  | { readonly by: 'simulation'; readonly fault: Fault; readonly isPatient: boolean };

/** Faults in the order in which they are looked for: those of named tests take seconds and come first. */
export function inOrder(
  simulated: readonly Fault[],
  tested: readonly TestedFault[],
  only: readonly string[],
): readonly Planned[] {
  const all: readonly Planned[] = [
    ...tested.map((fault) => ({ by: 'tests', fault }) as const),
    ...simulated.map((fault) => ({ by: 'simulation', fault, isPatient: false }) as const),
  ];
  return only.length === 0 ? all : all.filter(({ fault: { name } }) => only.some((part) => name.includes(part)));
}
