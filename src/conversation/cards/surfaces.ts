import { nextBeijingDay } from '../../i18n/format.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { AbroadPart, Room } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { reveals, type Visibility, visibility } from '../../incident/visibility.ts';
import { isReported } from '../../law/levels.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { askAgainInstants } from '../asking/open-facts.ts';
import type { Question } from '../asking/question.ts';
import { askedCard, questionBlocks, questionCard } from '../asking/question-card.ts';
import { checklistCard } from '../collecting/checklist-card.ts';
import { draftMaker } from '../filing/draft-card.ts';
import { isDecidedFirst, isUndecided, verdictCard } from '../level/verdict-card.ts';
import { nextStep } from '../next-step/next-step.ts';
import { hasProposals, proposalsMaker } from '../proposal-cards.ts';
import { nextChange, renewalOf, validUntil } from '../reminding/countdown.ts';
import { cardFor, existsCard, movedCard, offeredTo, readersOf, takenOffCard, withheldCard } from '../rooms/abroad.ts';
import type { Card, Surface, SurfaceKey } from './card.ts';
import { openClocks, type Situation } from './situation.ts';
import { newsCard, statusCard } from './status-card.ts';

/**
 * Surfaces of an incident in a room (null: for the API) at the instant of the assessment. Cards are built lazily,
 * because planning needs only the keys. `validUntil` is wall time.
 */
export function surfacesOf(situation: Situation, room: Room | null = null): readonly Surface[] {
  const shown = visibility(situation.state, room ? { kind: 'room', room } : API);
  return surfacesShown(situation, shown, room).map((one) => forReaders(one, situation, room));
}

/** Surface with only the buttons that readers of a room may press; its card is still built lazily. */
function forReaders(one: Surface, situation: Situation, room: Room | null): Surface {
  const { key, every, ifPosted, apart } = one;
  const offered = (card: Card): Card => offeredTo(card, situation, readersOf(situation.state, room));
  return {
    key,
    get validUntil() {
      return one.validUntil;
    },
    get datedUntil() {
      const { state, ia } = situation;
      return state.closed ? null : validUntil(state, ia.now, [nextBeijingDay(ia.now)]);
    },
    ...(every === undefined ? {} : { every }),
    ...(ifPosted ? { ifPosted } : {}),
    ...(apart ? { apart } : {}),
    get behind() {
      return one.behind;
    },
    get brief() {
      return one.brief && offered(one.brief);
    },
    get card() {
      return offered(one.card);
    },
    get opening() {
      return one.opening && offered(one.opening);
    },
    get joint() {
      return one.joint && offered(one.joint);
    },
  };
}
const API = { kind: 'api' } as const;

/** Surfaces with the content that may be shown. A posted card that is no longer allowed is replaced by a note. */
export function surfacesShown(situation: Situation, shown: Visibility, room: Room | null = null): readonly Surface[] {
  const { state, ia } = situation;
  if (shown.show === 'nothing') return takenBack([], shown.why === 'left' ? movedCard(state) : takenOffCard(state));
  const validFor = validityOf(situation);
  const head = shown.show === 'head' ? shown : null;
  if (head && !head.clocks) return takenBack([surface('status', () => existsCard(state))], withheldCard(state, head));
  if (head) {
    // After a stop the card has no content, but lists the places where content was written before.
    const exposure = head.why === 'stopped' ? 'all' : 'head';
    const status = surface('status', () => cardFor(statusCard(situation, exposure, room), head), validFor);
    return takenBack([status], withheldCard(state, head));
  }
  if (shown.show === 'all') {
    const list = () => once(ia, 'checklist', () => checklistCard(situation));
    return [
      openingSurface(situation, room, validFor),
      ...verdictSurface(situation),
      ...proposalsSurface(situation),
      ...questionSurface(situation, true),
      ...(isCollecting(situation) ? [surface('checklist', list, { ...untilDue(situation), behind: true })] : []),
      ...draftSurface(situation),
    ];
  }
  const seen = (surfaces: readonly Surface[], part: AbroadPart): readonly Surface[] =>
    reveals(shown, part)
      ? surfaces.map((one) => {
          const joint = () => one.joint && cardFor(one.joint, shown, part);
          return surface(one.key, () => cardFor(one.card, shown, part), until(one), joint);
        })
      : [];
  return takenBack(
    [
      surface('status', () => cardFor(statusCard(situation, 'abroad', null, reveals(shown, 'title')), shown), validFor),
      ...seen(verdictSurface(situation), 'answers'),
      ...seen(proposalsSurface(situation), 'answers'),
      ...seen(questionSurface(situation), 'answers'),
      surface('checklist', () => cardFor(checklistCard(situation, true), shown), untilDue(situation)),
      ...seen(draftSurface(situation), 'drafts'),
    ],
    withheldCard(state, shown),
  );
}

/** Due times of open clocks: a card that names the next deadline changes when it passes. */
function duesOf({ ia }: Situation): readonly number[] {
  return openClocks({ ia }).map((clock) => Date.parse(clock.due));
}

/** Validity of the checklist, which names the next deadline once handling has ended. */
function untilDue(situation: Situation): Validity {
  const { state, ia } = situation;
  return { validUntil: state.handlingEnded ? validUntil(state, ia.now, duesOf(situation)) : null };
}

/** Validity of the status card, which changes with every minute or hour of its countdowns. */
function validityOf(situation: Situation): Validity {
  const { state, ia } = situation;
  const now = Date.parse(ia.now);
  const dues = duesOf(situation);
  const ticking = dues.map((due) => nextChange(due, now));
  const every = renewalOf(state, now, dues);
  return { validUntil: validUntil(state, ia.now, ticking), ...(every === null ? {} : { every }) };
}

function surface(
  key: SurfaceKey,
  make: () => Card,
  validFor: Validity = { validUntil: null },
  joint?: () => Card | undefined,
): Surface {
  return {
    key,
    get card() {
      return make();
    },
    get joint() {
      return joint?.();
    },
    ...validFor,
  };
}

/** Number of assessments whose cards are cached. */
const KEPT = 8;
/** Cache of cards for rooms that show the whole incident, the latest assessment last. */
const made = new Map<IncidentAssessment, Map<CacheKey, Card>>();
type CacheKey = SurfaceKey | 'joint' | 'asked';

/** Builds a card once per assessment: most rooms show the same card, and a change is compared with the earlier one. */
export function once(ia: IncidentAssessment, key: CacheKey, make: () => Card): Card {
  const cards = made.get(ia) ?? new Map<CacheKey, Card>();
  made.delete(ia);
  made.set(ia, cards);
  const [oldest] = made.keys();
  if (made.size > KEPT && oldest) made.delete(oldest);
  const card = cards.get(key) ?? make();
  cards.set(key, card);
  return card;
}

/** Question card for rooms that show the whole incident; `joint`: with the verdict. */
export function questionShown(situation: Situation, joint = true): Card {
  const make = (): Card => questionCard(situation, joint);
  return situation.byOne ? make() : once(situation.ia, joint ? 'joint' : 'question', make);
}

/** Cards limited to what is news of them: of a status card that is not stopped, and of a joint question card. */
export const statusBrief = (of: Situation): Card => once(of.ia, 'status', () => newsCard(of));
export const questionBrief = (of: Situation): Card =>
  of.byOne ? askedCard(of) : once(of.ia, 'asked', () => askedCard(of));

/** Validity of a card: until when it holds, and its renewal interval. */
type Validity = Pick<Surface, 'validUntil' | 'every' | 'behind' | 'ifPosted' | 'apart'>;

function until({ validUntil, ifPosted, apart }: Surface): Validity {
  return { validUntil, ...(ifPosted ? { ifPosted } : {}), ...(apart ? { apart } : {}) };
}

/** Keys of the surfaces, in the order in which a room has them. */
export const SURFACE_KEYS: readonly SurfaceKey[] = ['status', 'verdict', 'proposals', 'question', 'checklist', 'draft'];
/** Surfaces shown, plus `card` (without content) for every other surface that may have been posted. */
function takenBack(shown: readonly Surface[], card: Card): readonly Surface[] {
  const others = SURFACE_KEYS.filter((key) => shown.every((one) => one.key !== key));
  return [...shown, ...others.map((key): Surface => ({ key, card, validUntil: null, ifPosted: true }))];
}

/** Returns true while nothing was stated about an incident since its declaration. */
export function isOpening(state: IncidentState): boolean {
  const { facts, fields, candidates, drafts, levelDecision, handlingEnded, closed, stopped } = state;
  const stated = [...Object.values(facts), ...Object.values(fields), ...drafts].length;
  return (
    stated === 0 &&
    candidates.length <= 1 &&
    !state.awareness &&
    !levelDecision &&
    !handlingEnded &&
    !closed &&
    !stopped
  );
}

/** First question of a new incident; null if something was stated since, or if it has ticks. */
function openingQuestion(situation: Situation): Question | null {
  const question = isOpening(situation.state) ? nextQuestion(situation) : null;
  return question?.choice ? null : question;
}

/** Status card as a surface; the first post of a new incident includes the first question. */
function openingSurface(situation: Situation, room: Room | null, validFor: Validity): Surface {
  return {
    ...validFor,
    key: 'status',
    get card() {
      return statusCard(situation, 'all', room);
    },
    get brief() {
      return situation.state.stopped ? undefined : statusBrief(situation);
    },
    get opening() {
      const question = openingQuestion(situation);
      if (question === null) return undefined;
      const card = statusCard(situation, 'all', room);
      if (question.id === 'operator') return card;
      // The question takes the place of the sentence on the next step, before the buttons.
      const rest = nextStep(situation, null) ? card.blocks.slice(1) : card.blocks;
      const at = rest.findIndex(({ kind }) => kind === 'actions');
      const blocks = [...rest.slice(0, at), ...questionBlocks(situation, question, false), ...rest.slice(at)];
      return { ...card, blocks };
    },
  };
}

/** Surface of the verdict once something was stated or decided; with neither only a posted card is kept. */
function verdictSurface(situation: Situation): readonly Surface[] {
  const { state, ia } = situation;
  // A withdrawn decision leaves nothing stated, but its card may be posted.
  const isWithdrawn = Object.values(state.acts).some(({ event }) => event.type === 'decision_withdrawn');
  if (isOpening(state) && !isWithdrawn) return [];
  const make = (): Card => verdictCard(situation);
  const card = (): Card => (situation.byOne ? make() : once(ia, 'verdict', make));
  const posted = isUndecided(situation) || isDecidedFirst(situation) ? {} : { ifPosted: true as const };
  const until = state.closed ? null : validUntil(state, ia.now, askAgainInstants(situation));
  return [surface('verdict', card, { validUntil: until, apart: true, ...posted })];
}

/** Surface of the decisions that wait for a second person; once all are settled, a posted card says so. */
function proposalsSurface(situation: Situation): readonly Surface[] {
  const { state, ia } = situation;
  const make = proposalsMaker(situation);
  if (!make) return [];
  if (!hasProposals(state)) return [surface('proposals', make, { validUntil: null, ifPosted: true })];
  return [surface('proposals', make, { validUntil: validUntil(state, ia.now, duesOf(situation)) })];
}

/** Surface of the question; `mayOpen`: the status card may show the first question. */
function questionSurface(situation: Situation, mayOpen = false): readonly Surface[] {
  const { state, ia } = situation;
  if (state.closed) return [];
  return [
    {
      key: 'question',
      get validUntil() {
        return validUntil(state, ia.now, [...askAgainInstants(situation), ...duesOf(situation)]);
      },
      get brief() {
        return questionBrief(situation);
      },
      get card() {
        return questionShown(situation, false);
      },
      get joint() {
        return questionShown(situation);
      },
      get behind() {
        return mayOpen && openingQuestion(situation) ? true : undefined;
      },
    },
  ];
}

/** Returns true once the checklist is shown: with a reportable or decided level, a draft, a filled or an owned item. */
function isCollecting({ state, ia }: Situation): boolean {
  return (
    isReported(ia.regime, ia.assessment.floor) ||
    state.levelDecision !== null ||
    state.drafts.length > 0 ||
    Object.keys(state.fields).length > 0 ||
    Object.keys(state.owners).length > 0
  );
}

function draftSurface(situation: Situation): readonly Surface[] {
  const make = draftMaker(situation);
  return make ? [surface('draft', () => once(situation.ia, 'draft', make))] : [];
}
