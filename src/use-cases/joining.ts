import { joinAskedCard, letInCard } from '../conversation/joining.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import type { NewNotice } from './ports.ts';
import { direct, type Telling } from './telling.ts';

/** The lead hears who asks to take part, and whoever asked that they were let in. */
export function joining(
  scene: Telling,
  before: IncidentState | null,
  { type, payload }: Extract<IncidentEvent, { type: 'join_asked' | 'person_joined' }>,
  key: string,
  at: number,
): NewNotice[] {
  const lead = scene.state.people[scene.state.lead];
  if (type === 'join_asked') {
    const card = joinAskedCard(scene, payload);
    return lead ? direct(scene, lead, { card, inRoom: card }, `${key}:${lead.actor}`, at) : [];
  }
  const isAwaited = before?.asked[payload.actor] !== undefined;
  return isAwaited
    ? direct(scene, payload, { card: letInCard(scene), inRoom: null }, `${key}:${payload.actor}`, at)
    : [];
}
