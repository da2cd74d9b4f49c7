import type { SurfaceKey, ViewRef } from '../conversation/cards/card.ts';
import { partOfView } from '../conversation/cards/card-views.ts';
import type { Showing } from '../conversation/cards/shown-change.ts';
import { type Room, roomId } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import { reveals, showsAll, visibility } from '../incident/visibility.ts';
import type { Submitted } from '../use-cases/app.ts';
import type { Answer, Outcome } from './acts.ts';

export type Done = Extract<Submitted, { kind: 'done' }>;

/** Cards of an incident that a person sees without a notification, in the conversation of the act. */
export interface VisibleCards {
  /** Cards posted automatically: the first card of a declared incident (`status`), its questions (`question`). */
  readonly comes: readonly SurfaceKey[];
  /** Way in which the shown cards change; null if none is shown. */
  readonly cards: Showing | null;
  /** Room of the cards; null: no room restricts the content. */
  readonly room: Room | null;
}
/** Returns the visible cards for a change, which names the rooms of the incident. */
export type CardsFor = (change: Done) => VisibleCards;
/** Circumstances of an act on which its reply depends. */
export interface Acted {
  /** True if the act answered a question. */
  readonly isAnswer: boolean;
  /** View to show if a press left the card unchanged and the card may be out of date. */
  readonly renewal?: ViewRef | undefined;
  /** True if the pressed card shows the result. */
  readonly inPlace?: boolean;
  /** True if the person sees the end of the conversation: after a line, or a press on the last question. */
  readonly atEnd?: boolean;
}
/** Reply to an act, e.g. two answers and, below them, the next question. */
export interface Conclusion {
  /** Answers to show, in order; empty if cards show everything, or after a redelivery. */
  readonly answers: readonly Answer[];
  /**
   * Status card that the change would repost. `with`: posted in one message with the answers; `said`: not posted,
   * because another card has the result; `alone`: posted without the question that changed together with it.
   */
  readonly status: 'with' | 'said' | 'alone' | null;
  /** Surface with the same sentence; it need not be posted if the room's growing message has the answer. */
  readonly told?: SurfaceKey;
  /** View to show after the answers. */
  readonly next: ViewRef | null;
}
const NOTHING: Conclusion = { answers: [], status: null, next: null };

/**
 * Returns the reply to an act, on every platform. Answers to a request and refusals are always shown; a change only if
 * no card shows it, or if its confirmation has buttons. The next question follows a declaration or an answer unless it
 * is posted automatically.
 */
export function conclude(
  { change, declared, answers }: Pick<Outcome, 'change' | 'declared' | 'answers'>,
  { isAnswer, renewal, inPlace = false, atEnd = false }: Acted,
  cardsFor: CardsFor,
): Conclusion {
  if (change?.kind !== 'done') {
    const isStale = change?.refusal.code === 'stale_revision';
    return { answers: inPlace ? [] : answers, status: null, next: isStale ? (renewal ?? null) : null };
  }
  if (change.replayed) return NOTHING;
  const visible = cardsFor(change);
  const { shown, state, incident } = change;
  const [said, says] = [change.said(), shown.says()];
  const isNext = !visible.comes.includes('question') && (declared || isAnswer);
  const next = isNext ? { view: 'question', args: { incident } } : null;
  if (said !== null && said.blocks.length > 0)
    return { answers: followed(answers, change, visible, atEnd), status: null, next };
  const isSeen = declared ? visible.comes.includes('status') : inPlace || isOnCard(change, visible, isNext);
  const isStatusNew = visible.cards === 'reposted' && shown.isPosted('reposted', 'status');
  // The status card is posted without the question, unless the act answered it or the question states the result.
  const isAlone = isStatusNew && !isAnswer && says !== 'question' && isShownIn(state, visible.room, null);
  if (!atEnd) return { answers: isSeen ? [] : answers, status: isAlone ? 'alone' : null, next };
  if (isSeen && says !== null && visible.cards === 'reposted' && shown.decides?.() === true)
    return { answers, status: isStatusNew ? 'said' : null, next, told: says };
  if (isSeen) return { answers: [], status: isStatusNew ? 'said' : null, next };
  const isWith = isStatusNew && said !== null && isShownIn(state, visible.room, null);
  return {
    answers: isWith ? answers : followed(answers, change, visible, atEnd),
    status: isWith ? 'with' : null,
    next,
  };
}

/** Returns true if a card that the change renews shows its result. */
function isOnCard({ shown, state }: Done, { cards, room }: VisibleCards, isNext: boolean): boolean {
  const says = shown.says();
  if (says === null) return false;
  if (isNext && says === 'question') return !state.closed;
  return cards !== null && says !== 'status' && isShownIn(state, room, says) && shown.isPosted(cards, says);
}

/** Returns true if a room shows a surface; `surface` null: the whole incident. */
function isShownIn(state: IncidentState, room: Room | null, surface: SurfaceKey | null): boolean {
  if (room === null) return true;
  const part = surface === null ? undefined : partOfView(surface);
  if (part === undefined) return showsAll(state, room);
  return roomId(room) in state.rooms && reveals(visibility(state, { kind: 'room', room }), part);
}

/** Returns the answers, followed by the next step unless a status card shows it. */
function followed(
  answers: readonly Answer[],
  { shown, state }: Done,
  visible: VisibleCards,
  atEnd: boolean,
): readonly Answer[] {
  if (!atEnd || visible.cards !== 'reposted' || !isShownIn(state, visible.room, null)) return answers;
  const step = shown.newStep();
  return answers.map((answer) =>
    answer.kind === 'card' ? { ...answer, card: { ...answer.card, blocks: [...answer.card.blocks, ...step] } } : answer,
  );
}
