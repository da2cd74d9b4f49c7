import type { BudgetLeft, Clock, Messenger } from '../use-cases/ports.ts';
import { Budget } from './budget.ts';

const USUAL_PER_MINUTE = 30;

/** The budget of edits of each workspace. */
export class Budgets {
  readonly #messengers: ReadonlyMap<string, Messenger>;
  readonly #clock: Clock;
  readonly #left: BudgetLeft | undefined;
  readonly #of = new Map<string, Budget>();

  /** `left`: what another process left of the budget of the one workspace this is for. */
  constructor(messengers: ReadonlyMap<string, Messenger>, clock: Clock, left?: BudgetLeft) {
    this.#messengers = messengers;
    this.#clock = clock;
    this.#left = left;
  }

  /** Budget of a room's workspace, by the room's id. */
  of(room: string): Budget {
    const [platform = '', tenant = ''] = room.split('/');
    const key = `${platform}/${tenant}`;
    let budget = this.#of.get(key);
    if (!budget) {
      const perMinute = this.#messengers.get(platform)?.canEdit?.perMinute ?? USUAL_PER_MINUTE;
      budget = new Budget(perMinute, this.#clock.now(), this.#left);
      this.#of.set(key, budget);
    }
    return budget;
  }

  /** Remaining budget; null if it was not used. */
  get left(): BudgetLeft | null {
    return this.#of.values().next().value?.left ?? null;
  }
}
