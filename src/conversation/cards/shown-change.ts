import { draftInForce } from '../../incident/approvals.ts';
import type { IncidentState } from '../../incident/state.ts';
import { onFirstUse } from '../../law/kept-for.ts';
import { isReported } from '../../law/levels.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { draftCard, hasDraftCard } from '../filing/draft-card.ts';
import { hasProposals, proposalsCard } from '../proposal-cards.ts';
import type { Block, Card, SurfaceKey } from './card.ts';
import { buttons, surfaceSaying } from './sentence.ts';
import type { Situation } from './situation.ts';
import { statusCard } from './status-card.ts';
import { isOpening, questionBrief, statusBrief } from './surfaces.ts';
import { newsOf } from './visible-changes.ts';

/** Way in which the cards of an incident reach the readers of a place: edited in place, or reposted after a change. */
export type Showing = 'live' | 'reposted';

/**
 * Effect of a change on the cards of its incident. Example: for an answer that leads to the next question `says` is
 * `'question'` and `isPosted('reposted', 'question')` is true, so a platform that reposts cards needs no further
 * message.
 */
export interface ShownChange {
  /** Returns the surface whose text contains the whole confirmation; null if there is none. */
  says(): SurfaceKey | null;
  /** Returns true if the change posts the surface as a new message, below the confirmation. */
  isPosted(how: Showing, key: SurfaceKey): boolean;
  /**
   * Returns true if only a decision changed the surface `says`: a draft was approved, or the level was confirmed as
   * proposed, and the question is still the same. The confirmation is then sufficient.
   */
  decides?(): boolean;
  /** Next step with its button if the change altered it; otherwise empty. */
  newStep(): readonly Block[];
}

/** Computes on demand a change's effect on the cards, for readers of everything; `before` null: a new incident. */
export function shownChange(
  before: (() => Situation) | null,
  after: () => Situation,
  said: () => Card | null,
): ShownChange {
  const isNews = (key: SurfaceKey): boolean => {
    const now = newsIn(after(), key);
    return now !== null && (before === null || now !== newsIn(before(), key));
  };
  return {
    says: onFirstUse(() => {
      const card = said();
      return card && surfaceSaying(card);
    }),
    isPosted: (how, key) => {
      if (before === null) return false;
      const [{ state: earlier }, { state }] = [before(), after()];
      if (how === 'live') return isFirst(key, earlier, state);
      // The status card of a new incident included the first question; the next question is a card of its own.
      if (key === 'question' && isOpening(earlier)) return !state.closed;
      return isNews(key);
    },
    decides: () => before !== null && isDecision(before(), after()),
    newStep: () => {
      const now = nextOf(statusCard(after()));
      return before && JSON.stringify(now) === JSON.stringify(nextOf(statusCard(before()))) ? [] : now;
    },
  };
}

/** Returns true if a change is the first to show a surface, so that it is posted also where cards are edited. */
function isFirst(key: SurfaceKey, before: IncidentState, after: IncidentState): boolean {
  if (key === 'proposals') return before.proposals.length === 0 && hasProposals(after);
  return key === 'draft' && hasDraftCard(after) && !hasDraftCard(before);
}

function isDecision(before: Situation, after: Situation): boolean {
  const [from, to] = [before.state, after.state];
  const isApproval =
    draftInForce(from)?.draft === draftInForce(to)?.draft &&
    (from.approvals.at(-1)?.approved ?? null) === null &&
    (to.approvals.at(-1)?.approved ?? null) !== null;
  const isLevel =
    to.levelDecision !== null &&
    from.levelDecision === null &&
    isReported(after.regime, to.levelDecision.level) &&
    to.levelDecision.level === before.ia.assessment.floor &&
    nextQuestion(before)?.id === nextQuestion(after)?.id;
  return isApproval || isLevel;
}

const CARDS: Readonly<Record<SurfaceKey, (of: Situation) => Card | null>> = {
  status: (of) => (of.state.stopped ? statusCard(of) : statusBrief(of)),
  // The question card includes the verdict where cards are reposted.
  verdict: () => null,
  proposals: (of) => (hasProposals(of.state) ? proposalsCard(of) : null),
  question: (of) => (of.state.closed ? null : questionBrief(of)),
  checklist: () => null,
  draft: draftCard,
};

function newsIn(of: Situation, surface: SurfaceKey): string | null {
  const card = CARDS[surface](of);
  return card && newsOf({ card, surface });
}

/** Next step of a status card: one line with its button; empty if the next step is a question. */
function nextOf({ blocks }: Card): readonly Block[] {
  const actions = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const [first] = actions.filter(({ style }) => style === 'primary');
  const text = blocks.find((block) => block.kind === 'text' && block.next === true);
  const isAsked = first?.does.kind === 'view' && first.does.view.view === 'question';
  return text && first && !isAsked ? [text, ...buttons([first])] : [];
}
