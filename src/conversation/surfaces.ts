import type { IncidentAssessment } from '../incident/assessment.ts';
import { type AbroadPart, type Room, roomId } from '../incident/identity.ts';
import { hasMoved, isTakenOff, keepsContentOut, leftRooms } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import {
  cardFor,
  emptiedCard,
  existsCard,
  holds,
  movedCard,
  type Sight,
  sightOf,
  takenOffCard,
  withheldCard,
} from './abroad.ts';
import type { Card, Surface, SurfaceKey } from './card.ts';
import { checklistCard } from './checklist.ts';
import { nextChange, renewalOf, validUntil } from './countdown.ts';
import { draftMaker } from './draft-card.ts';
import { askAgainInstants } from './open-facts.ts';
import { questionCard } from './question-card.ts';
import { openClocks, type Reaches, type Scene } from './scene.ts';
import { type Exposure, statusCard } from './status.ts';

/**
 * What a room shows of an incident at the instant of the assessment; without a room, everything.
 * Cards are made when they are read: what plans needs only the keys. `validUntil` is wall time. A state-secret stop leaves id, clocks and lead.
 */
export function surfacesOf(
  state: IncidentState,
  ia: IncidentAssessment,
  regime: Regime,
  room: Room | null = null,
  reaches?: Reaches,
): readonly Surface[] {
  const exposure = room ? exposureOf(state, room) : 'all';
  if (exposure === 'left') return lastSurfaces(movedCard(state));
  if (exposure === 'off') return lastSurfaces(takenOffCard(state));
  const scene = { state, ia, regime, reaches };
  const now = Date.parse(ia.now);
  const dues = openClocks(scene).map((clock) => Date.parse(clock.due));
  const ticking = dues.map((due) => nextChange(due, now));
  const every = renewalOf(state, now, dues);
  const validFor: Validity = { validUntil: validUntil(state, ia.now, ticking), ...(every === null ? {} : { every }) };
  if (room && exposure === 'abroad') return surfacesAbroad(scene, sightOf(state, room), validFor);
  const status = surface('status', () => statusCard(scene, exposure, room), validFor);
  if (room && exposure === 'open' && hasMoved(state, room)) return [status, ...emptiedSurfaces(state)];
  if (state.stopped || exposure === 'open') return [status];
  return [
    status,
    ...questionSurface(scene),
    ...(isCollecting(scene) ? [surface('checklist', () => once(ia, 'checklist', () => checklistCard(scene)))] : []),
    ...draftSurface(scene),
  ];
}

function surface(key: SurfaceKey, make: () => Card, validFor: Validity = { validUntil: null }): Surface {
  return {
    key,
    get card() {
      return make();
    },
    ...validFor,
  };
}

/** The rooms of an incident mostly show the same: what was made for one assessment is kept until the next is looked at. */
let made: { readonly of: IncidentAssessment; readonly cards: Map<SurfaceKey, Card> } | null = null;

function once(ia: IncidentAssessment, key: SurfaceKey, make: () => Card): Card {
  if (made?.of !== ia) made = { of: ia, cards: new Map() };
  const card = made.cards.get(key) ?? make();
  made.cards.set(key, card);
  return card;
}

const KEYS: readonly SurfaceKey[] = ['status', 'question', 'checklist', 'draft'];
/** What was shown in an open room before its content moved is taken back. */
function emptiedSurfaces(state: IncidentState): readonly Surface[] {
  const card = emptiedCard(state);
  return KEYS.filter((key) => key !== 'status').map((key) => ({ key, card, validUntil: null, ifPosted: true }));
}

/** Whatever stands in a room that was left or taken off makes room for the last words. */
function lastSurfaces(card: Card): readonly Surface[] {
  return KEYS.map((key) => ({ key, card, validUntil: null, ifPosted: true }));
}

/** For how long a card holds, and how often it is worth renewing. */
type Validity = Pick<Surface, 'validUntil' | 'every'>;

/**
 * What somebody abroad sees: status and checklist, more as far as it was released; without the overview only that there
 * is an incident. What was shown before and is no longer released is taken back.
 */
export function surfacesAbroad(
  scene: Scene,
  sight: Sight,
  validFor: Validity = { validUntil: null },
): readonly Surface[] {
  const { state } = scene;
  if (!holds(sight, 'overview'))
    return takenBack(state, [{ key: 'status', card: existsCard(state), validUntil: null }]);
  const seen = (surfaces: readonly Surface[], part: AbroadPart): readonly Surface[] =>
    holds(sight, part) ? surfaces.map((one) => surface(one.key, () => cardFor(one.card, sight, part), until(one))) : [];
  return takenBack(state, [
    surface('status', () => cardFor(statusCard(scene, 'abroad', null, holds(sight, 'title')), sight), validFor),
    ...seen(questionSurface(scene), 'answers'),
    surface('checklist', () => cardFor(checklistCard(scene, true), sight)),
    ...seen(draftSurface(scene), 'drafts'),
  ]);
}

function until({ validUntil }: Surface): Validity {
  return { validUntil };
}

function takenBack(state: IncidentState, shown: readonly Surface[]): readonly Surface[] {
  const others = KEYS.filter((key) => shown.every((one) => one.key !== key));
  return [
    ...shown,
    ...others.map((key): Surface => ({ key, card: withheldCard(state), validUntil: null, ifPosted: true })),
  ];
}

/** Abroad no free text; in an open room of an organisation that wants privacy only id, clocks and lead. */
export function exposureOf(state: IncidentState, room: Room): Exposure | 'left' | 'off' {
  if (!state.rooms[roomId(room)] && leftRooms(state).some((one) => roomId(one) === roomId(room))) return 'left';
  if (isTakenOff(state, room)) return 'off';
  if (room.location === 'abroad') return 'abroad';
  return keepsContentOut(state, room) ? 'open' : 'all';
}

/** Whether a room shows an incident with everything of it. */
export function showsAll(state: IncidentState, room: Room): boolean {
  return state.rooms[roomId(room)] !== undefined && exposureOf(state, room) === 'all';
}

function questionSurface(scene: Scene): readonly Surface[] {
  const { state, ia } = scene;
  if (state.closed) return [];
  const again = askAgainInstants(scene);
  const make = () => once(ia, 'question', () => questionCard(scene));
  return [surface('question', make, { validUntil: validUntil(state, ia.now, again) })];
}

/** The checklist appears with the verdict or the first filled item, so that a new incident starts with one question. */
function isCollecting({ state, ia }: Scene): boolean {
  return (
    ia.assessment.floor !== 'general' ||
    state.levelDecision !== null ||
    state.drafts.length > 0 ||
    Object.keys(state.fields).length > 0 ||
    Object.keys(state.owners).length > 0
  );
}

function draftSurface(scene: Scene): readonly Surface[] {
  const make = draftMaker(scene);
  return make ? [surface('draft', () => once(scene.ia, 'draft', make))] : [];
}
