import { nextBeijingDay } from '../../i18n/format.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { AbroadPart, Room } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { reveals, type Visibility, visibility } from '../../incident/visibility.ts';
import { isReported } from '../../law/levels.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { askAgainInstants } from '../asking/open-facts.ts';
import type { Question } from '../asking/question.ts';
import { askedCard, closedCard, questionBlocks, questionCard } from '../asking/question-card.ts';
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

/** Surface as it is made: its cards and their validity are computed on reading, because planning needs only the keys. */
interface Drawn extends Pick<Surface, 'key' | 'every' | 'ifPosted' | 'apart'> {
  readonly card: () => Card;
  readonly brief?: () => Card | undefined;
  readonly opening?: () => Card | undefined;
  readonly joint?: () => Card | undefined;
  readonly behind?: () => boolean;
  /** Absent: the cards do not change by the passing of time. */
  readonly validUntil?: () => string | null;
}

/**
 * Surfaces of an incident in a room (null: for the API) at the instant of the assessment, with only the buttons that
 * readers of the room may press. `validUntil` is wall time.
 */
export function surfacesOf(situation: Situation, room: Room | null = null): readonly Surface[] {
  const shown = visibility(situation.state, room ? { kind: 'room', room } : API);
  return surfacesShown(situation, shown, room, (card) => offeredTo(card, situation, readersOf(situation.state, room)));
}
const API = { kind: 'api' } as const;

/** Surfaces with the content that may be shown. A posted card that is no longer allowed is replaced by a note. */
export function surfacesShown(
  situation: Situation,
  shown: Visibility,
  room: Room | null = null,
  offered = (card: Card): Card => card,
): readonly Surface[] {
  const { state, ia } = situation;
  return drawnOf(situation, shown, room).map(({ card, brief, opening, joint, behind, validUntil: until, ...one }) => ({
    ...one,
    get validUntil() {
      return until?.() ?? null;
    },
    get datedUntil() {
      return state.closed ? null : validUntil(state, ia.now, [nextBeijingDay(ia.now)]);
    },
    get behind() {
      return behind?.();
    },
    get card() {
      return offered(card());
    },
    get brief() {
      return changed(brief, offered);
    },
    get opening() {
      return changed(opening, offered);
    },
    get joint() {
      return changed(joint, offered);
    },
  }));
}

function changed(make: Drawn['brief'], change: (card: Card) => Card): Card | undefined {
  const card = make?.();
  return card && change(card);
}

function drawnOf(situation: Situation, shown: Visibility, room: Room | null): readonly Drawn[] {
  const { state, ia } = situation;
  if (shown.show === 'nothing') return takenBack([], shown.why === 'left' ? movedCard(state) : takenOffCard(state));
  const validFor = validityOf(situation);
  const head = shown.show === 'head' ? shown : null;
  if (head && !head.clocks)
    return takenBack([{ key: 'status', card: () => existsCard(state) }], withheldCard(state, head));
  if (head) {
    // After a stop the card has no content, but lists the places where content was written before.
    const exposure = head.why === 'stopped' ? 'all' : 'head';
    const card = (): Card => cardFor(statusCard(situation, exposure, room), head);
    return takenBack([{ key: 'status', card, ...validFor }], withheldCard(state, head));
  }
  const dated = untilDue(situation);
  if (shown.show === 'all') {
    const card = (): Card => once(ia, 'checklist', () => checklistCard(situation));
    return [
      openingSurface(situation, room, validFor),
      ...verdictSurface(situation),
      ...proposalsSurface(situation),
      ...questionSurface(situation, true),
      ...(isCollecting(situation) ? [{ key: 'checklist', card, ...dated, behind: () => true } as const] : []),
      ...draftSurface(situation),
    ];
  }
  const seen = (surfaces: readonly Drawn[], part: AbroadPart): readonly Drawn[] => {
    const within = (card: Card): Card => cardFor(card, shown, part);
    return surfaces.flatMap(({ brief: _, ...one }) =>
      reveals(shown, part) ? [{ ...one, card: () => within(one.card()), joint: () => changed(one.joint, within) }] : [],
    );
  };
  const status = (): Card => cardFor(statusCard(situation, 'abroad', null, reveals(shown, 'title')), shown);
  return takenBack(
    [
      { key: 'status', card: status, ...validFor },
      ...seen(verdictSurface(situation), 'answers'),
      ...seen(proposalsSurface(situation), 'answers'),
      ...seen(questionSurface(situation), 'answers'),
      { key: 'checklist', card: () => cardFor(checklistCard(situation, true), shown), ...dated },
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
function untilDue(situation: Situation): Pick<Drawn, 'validUntil'> {
  const { state, ia } = situation;
  return state.handlingEnded ? { validUntil: () => validUntil(state, ia.now, duesOf(situation)) } : {};
}

/** Validity of the status card, which changes with every minute or hour of its countdowns. */
function validityOf(situation: Situation): Pick<Drawn, 'validUntil' | 'every'> {
  const { state, ia } = situation;
  const now = Date.parse(ia.now);
  const dues = duesOf(situation);
  const every = renewalOf(state, now, dues);
  const until = () =>
    validUntil(
      state,
      ia.now,
      dues.map((due) => nextChange(due, now)),
    );
  return { validUntil: until, ...(every === null ? {} : { every }) };
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

/** Keys of the surfaces, in the order in which a room has them. */
export const SURFACE_KEYS: readonly SurfaceKey[] = ['status', 'verdict', 'proposals', 'question', 'checklist', 'draft'];
/** Surfaces shown, plus `card` (without content) for every other surface that may have been posted. */
function takenBack(shown: readonly Drawn[], card: Card): readonly Drawn[] {
  const others = SURFACE_KEYS.filter((key) => shown.every((one) => one.key !== key));
  return [...shown, ...others.map((key): Drawn => ({ key, card: () => card, ifPosted: true }))];
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
function openingSurface(situation: Situation, room: Room | null, validFor: Partial<Drawn>): Drawn {
  const card = (): Card => statusCard(situation, 'all', room);
  const opening = (): Card | undefined => {
    const question = openingQuestion(situation);
    if (question === null) return undefined;
    const whole = card();
    if (question.id === 'operator') return whole;
    // The question takes the place of the sentence on the next step, before the buttons.
    const rest = nextStep(situation, null) ? whole.blocks.slice(1) : whole.blocks;
    const at = rest.findIndex(({ kind }) => kind === 'actions');
    const blocks = [...rest.slice(0, at), ...questionBlocks(situation, question, false), ...rest.slice(at)];
    return { ...whole, blocks };
  };
  const brief = situation.state.stopped ? {} : { brief: () => statusBrief(situation) };
  return { ...validFor, key: 'status', card, opening, ...brief };
}

/** Surface of the verdict once something was stated or decided; with neither only a posted card is kept. */
function verdictSurface(situation: Situation): readonly Drawn[] {
  const { state, ia } = situation;
  // A withdrawn decision leaves nothing stated, but its card may be posted.
  const isWithdrawn = Object.values(state.acts).some(({ event }) => event.type === 'decision_withdrawn');
  if (isOpening(state) && !isWithdrawn) return [];
  const make = (): Card => verdictCard(situation);
  const card = (): Card => (situation.byOne ? make() : once(ia, 'verdict', make));
  const posted = isUndecided(situation) || isDecidedFirst(situation) ? {} : { ifPosted: true as const };
  const until = () => (state.closed ? null : validUntil(state, ia.now, askAgainInstants(situation)));
  return [{ key: 'verdict', card, validUntil: until, apart: true, ...posted }];
}

/** Surface of the decisions that wait for a second person; once all are settled, a posted card says so. */
function proposalsSurface(situation: Situation): readonly Drawn[] {
  const { state, ia } = situation;
  const card = proposalsMaker(situation);
  if (!card) return [];
  if (!hasProposals(state)) return [{ key: 'proposals', card, ifPosted: true }];
  return [{ key: 'proposals', card, validUntil: () => validUntil(state, ia.now, duesOf(situation)) }];
}

/** Surface of the question; `mayOpen`: the status card may show the first question. */
function questionSurface(situation: Situation, mayOpen = false): readonly Drawn[] {
  const { state, ia } = situation;
  // A question that was open when the incident closed keeps neither buttons nor a deadline.
  if (state.closed) return [{ key: 'question', card: () => closedCard(situation), ifPosted: true }];
  return [
    {
      key: 'question',
      validUntil: () => validUntil(state, ia.now, [...askAgainInstants(situation), ...duesOf(situation)]),
      brief: () => questionBrief(situation),
      card: () => questionShown(situation, false),
      joint: () => questionShown(situation),
      behind: () => mayOpen && openingQuestion(situation) !== null,
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

function draftSurface(situation: Situation): readonly Drawn[] {
  const make = draftMaker(situation);
  return make ? [{ key: 'draft', card: () => once(situation.ia, 'draft', make) }] : [];
}
