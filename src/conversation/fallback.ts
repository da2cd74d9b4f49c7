import type { EventOf } from '../incident/events.ts';
import type { ActorId } from '../incident/identity.ts';
import type { Block, Card } from './card.ts';
import { headline, toneOf } from './headline.ts';
import { isBesideClocks } from './ladder.ts';
import { reminderCard } from './reminders.ts';
import { platformText } from './room-name.ts';
import { at, joined, plain, type Scene, t } from './scene.ts';

/** One attempt that came to nothing: where, since when, and whether it is given up. */
export interface FailedWay {
  readonly platform: string;
  /** Incident time, ISO 8601. */
  readonly since: string;
  readonly givenUp: boolean;
}

/**
 * What could not be delivered where it belongs, for another place: first why it comes this way, then the reminder itself,
 * or state and deadline where it was about something else. Holds nothing a person wrote.
 */
export function fallbackCard(
  scene: Scene,
  failed: readonly FailedWay[],
  due: EventOf<'reminder_due'>['payload'] | null,
  actor: ActorId | null,
): Card {
  const ways = failed.map(({ platform, since, givenUp }) =>
    t(givenUp ? 'fallback.refused' : 'fallback.silent', { place: platformText(platform), since: at(scene, since) }),
  );
  const why: Block = { kind: 'note', text: t('fallback.why', { ways: joined(ways, 'semicolon') }) };
  return elsewhereCard(why, due && !isBesideClocks(due.step) ? reminderCard(scene, due, actor) : stateCard(scene));
}

/** A card that came another way than it should have, and why. */
export function elsewhereCard(why: Block, card: Card): Card {
  return { ...card, blocks: [why, ...card.blocks] };
}

/** Where an incident stands and what is due, in the place of what may not be read everywhere. */
export function stateCard(scene: Scene): Card {
  const summary = headline(scene);
  return {
    tone: toneOf(scene),
    drill: scene.state.drill,
    title: t('fallback.title', { id: plain(scene.state.id) }),
    summary,
    blocks: [{ kind: 'text', text: summary, strong: true }],
  };
}

/** To every room of an open incident after its record was restored from a backup. */
export function restoredCard(scene: Scene, upTo: string): Card {
  const card = stateCard(scene);
  return {
    ...card,
    title: t('fallback.restored_title', { id: plain(scene.state.id) }),
    blocks: [...card.blocks, { kind: 'text', text: t('fallback.restored', { upTo: at(scene, upTo) }) }],
  };
}
