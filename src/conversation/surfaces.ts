import type { IncidentAssessment } from '../incident/assessment.ts';
import type { Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import type { Surface } from './card.ts';
import { checklistCard } from './checklist.ts';
import { nextChange, validUntil } from './countdown.ts';
import { draftCard } from './draft-card.ts';
import { askAgainInstants } from './open-facts.ts';
import { questionCard } from './question-card.ts';
import { openClocks, type Scene } from './scene.ts';
import { type Exposure, statusCard } from './status.ts';

/**
 * What a room shows of an incident at the instant of the assessment; without a room, everything.
 * `validUntil` is wall time. A state-secret stop leaves id, clocks and lead.
 */
export function surfacesOf(
  state: IncidentState,
  ia: IncidentAssessment,
  regime: Regime,
  room: Room | null = null,
): readonly Surface[] {
  const scene = { state, ia, regime };
  const exposure = room ? exposureOf(state, room) : 'all';
  const now = Date.parse(ia.now);
  const ticking = openClocks(scene).map((clock) => nextChange(Date.parse(clock.due), now));
  const status: Surface = {
    key: 'status',
    card: statusCard(scene, exposure),
    validUntil: validUntil(state, ia.now, ticking),
  };
  if (state.stopped || exposure === 'open') return [status];
  const checklist: Surface = { key: 'checklist', card: checklistCard(scene, exposure === 'abroad'), validUntil: null };
  if (exposure === 'abroad') return [status, checklist];
  return [status, ...questionSurface(scene), ...(isCollecting(scene) ? [checklist] : []), ...draftSurface(scene)];
}

/** Abroad no free text; in an open room of an organisation that wants privacy only id, clocks and lead. */
export function exposureOf(state: IncidentState, room: Room): Exposure {
  if (room.location === 'abroad') return 'abroad';
  return room.open && state.organisation?.openChannels === 'private' ? 'open' : 'all';
}

function questionSurface(scene: Scene): readonly Surface[] {
  const { state, ia } = scene;
  if (state.closed) return [];
  const again = askAgainInstants(scene);
  return [{ key: 'question', card: questionCard(scene), validUntil: validUntil(state, ia.now, again) }];
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
  const card = draftCard(scene);
  return card ? [{ key: 'draft', card, validUntil: null }] : [];
}
