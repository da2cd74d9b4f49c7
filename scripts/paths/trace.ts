import type { NamedFunction } from './instrument.ts';

const known: NamedFunction[] = [];
let entered: NamedFunction[] = [];
let isOn = false;

/** Number under which instrumented source reports a function. */
export function numberOf(one: NamedFunction): number {
  return known.push(one) - 1;
}

/** Notes that a function was entered, while something is traced. */
export function enter(number: number): void {
  const one = isOn ? known[number] : undefined;
  if (one) entered.push(one);
}

/** Ends what is traced before `work` has ended. */
export function stopTrace(): void {
  isOn = false;
}

/** Functions entered while `work` runs, in their order, with each repetition. Throws if the source is not instrumented. */
export async function traced(work: () => Promise<unknown>): Promise<readonly NamedFunction[]> {
  if (known.length === 0) throw new Error('not instrumented: run node with --import ./scripts/paths/hook.ts');
  entered = [];
  isOn = true;
  try {
    await work();
  } finally {
    stopTrace();
  }
  return entered;
}
