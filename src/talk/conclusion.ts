import type { ViewRef } from '../conversation/cards/card.ts';
import type { Submitted } from '../use-cases/app.ts';
import type { Answer, Outcome } from './acts.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** Cards that show somebody a change without being told, in the conversation where they acted. */
export interface Sight {
  /** The first card of an incident they declare. */
  readonly newIncident: boolean;
  /** The questions of the incident: they come to them by themselves. */
  readonly questions: boolean;
  /** A card that has what the change came to, posted anew or changed where they look. */
  readonly onCard: () => boolean | Promise<boolean>;
}
/** By the change, since it says in which rooms the incident is. */
export type SightOf = (change: Done) => Sight;
export interface Acted {
  /** It was an answer to a question. */
  readonly isAnswer: boolean;
  /** A card that was pressed and stays as it was: what to show when it is out of date. */
  readonly renewal?: ViewRef;
}
export interface Conclusion {
  /** To be shown, in this order; empty if a card has everything, or if it was a redelivery. */
  readonly answers: readonly Answer[];
  /** Card to show after them. */
  readonly next: ViewRef | null;
}

/**
 * Reply to an act, on every platform. Answers to a request and refusals are always shown; a change only where
 * no card shows it, or if its confirmation has buttons. The next question follows a declaration and an answer where it
 * does not come by itself.
 */
export async function conclude(
  { change, declared, answers }: Pick<Outcome, 'change' | 'declared' | 'answers'>,
  { isAnswer, renewal }: Acted,
  sightOf: SightOf,
): Promise<Conclusion> {
  if (change?.kind !== 'done') {
    const isStale = change?.refusal.code === 'stale_revision';
    return { answers, next: isStale ? (renewal ?? null) : null };
  }
  if (change.replayed) return { answers: [], next: null };
  const sight = sightOf(change);
  const hasButtons = change.said !== null && change.said.blocks.length > 0;
  const isSeen = !hasButtons && (declared ? sight.newIncident : await sight.onCard());
  const isNext = !sight.questions && (declared || isAnswer);
  const next = isNext ? { view: 'question', args: { incident: change.incident } } : null;
  return { answers: isSeen ? [] : answers, next };
}
