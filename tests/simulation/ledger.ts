import type { Act, Answer } from './acts.ts';
import type { Random } from './random.ts';

/** What the bot answered to an act the first time, with the event it stood for then. */
export interface Acknowledged {
  readonly act: Act;
  readonly answer: Answer;
  readonly wall: number;
  /** The event at the answered version, as JSON; null if the command was refused. */
  readonly event: string | null;
}

/** Keys are remembered for seven days; after that a delivery may count as new. */
const REMEMBERED = 6 * 86_400_000;

/** Everything people did and what they were told: what the record is held against in the end. */
export class Ledger {
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Acts nobody has heard an answer to. */
  readonly open = new Map<string, Act>();
  /** Every act that ever reached a bot. */
  readonly tried = new Set<string>();

  /** Answers what is wrong with an answer, null if nothing is. */
  answered(act: Act, answer: Answer, wall: number, event: string | null): string | null {
    this.open.delete(act.key);
    if (answer.kind === 'looked') return null;
    const before = this.acknowledged.get(act.key);
    if (!before) {
      this.acknowledged.set(act.key, { act, answer, wall, event });
      return null;
    }
    if (wall - before.wall > REMEMBERED) return null;
    if (answer.code === 'unknown_incident' && this.#lostARoom(before.answer.incident)) return null;
    if (before.answer.kind !== answer.kind || before.answer.incident !== answer.incident)
      return `${act.key} (${act.what}) was ${told(before.answer)} and then ${told(answer)}`;
    if (answer.kind === 'done' && !answer.replayed) return `${act.key} (${act.what}) took effect twice`;
    return null;
  }

  /** Whoever saw an incident only where it is no longer shown is not told what became of it. */
  #lostARoom(incident: string | null): boolean {
    return [...this.acknowledged.values()].some(
      ({ act, answer }) => answer.incident === incident && act.what.includes('"remove_room"'),
    );
  }

  /** Acts that are delivered again because nobody answered. */
  again(random: Random): readonly Act[] {
    return [...this.open.values()].filter(() => random.chance(0.9));
  }
}

function told(answer: Answer): string {
  return `${answer.kind} ${answer.incident ?? ''} ${answer.code ?? ''}`;
}
