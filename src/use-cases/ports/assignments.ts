import type { OutboxStore, SurfaceStore } from './delivery.ts';

/** Division of work between several processes on one store. */

/** Remaining budget of edits. */
export interface BudgetLeft {
  readonly tokens: number;
  /** Time at which it was computed; until then there are no more. */
  readonly at: number;
}
/** A part of the work that one process at a time does: running timers, or delivering to one workspace of a platform. */
export interface Assignment {
  readonly kind: 'timers' | 'workspace';
  /** `platform/tenant` of a workspace. */
  readonly key: string;
  /** Outbox restricted to the rows of this assignment. */
  readonly outbox: Omit<OutboxStore, 'add'>;
  readonly surfaces: SurfaceStore;
  /** Budget as the process before gave it back; none if it did not. */
  readonly budgetLeft: BudgetLeft;
  /** Gives it back, with what is left; to whoever wants it if it was not done. */
  giveBack(left: BudgetLeft | null, done: boolean): Promise<void>;
}
/**
 * Divides the work among the processes on a store. Pointers say where there is some, made in the transaction of a change;
 * the rows are the truth, so a pointer may be lost or come twice.
 */
export interface Assignments {
  /** Takes assignments somebody has pointed at and nobody has, except those of some platforms. */
  take(except: ReadonlySet<string>): Promise<readonly Assignment[]>;
  /**
   * Sends pointers to all assignments with due work that nobody has; returns when to look again (epoch milliseconds).
   */
  sweep(): Promise<number>;
  /** Called when somebody pointed at something. Returns its cancellation. */
  onPointer(listener: () => void): () => void;
}
