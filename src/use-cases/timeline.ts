import { textFor } from '../conversation/abroad.ts';
import type { Block, Card, Text } from '../conversation/card.ts';
import { toneOf } from '../conversation/headline.ts';
import { localise } from '../conversation/localise.ts';
import { at, joined, personText, type Scene, t, titled } from '../conversation/scene.ts';
import { timelineLine } from '../conversation/timeline.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import type { RecordedEvent } from '../incident/events.ts';
import type { Language } from '../incident/identity.ts';
import type { Visibility } from '../incident/visibility.ts';
import type { App } from './app.ts';

type Lines = NonNullable<Awaited<ReturnType<App['timeline']>>>;

/** Every event as a line: incident time, who, what happened and why; oldest first. */
export function timelineOf(
  scene: Scene,
  events: readonly RecordedEvent[],
  language: Language,
  shown: Visibility,
): Lines {
  return events.map((recorded) => ({
    version: recorded.version,
    at: instantOf(scene, recorded),
    who: localise(personText(scene.state, recorded.actor), language),
    text: localise(textFor(timelineLine(scene, recorded.event), shown), language),
  }));
}

/** The latest of them as a card. */
export function timelineCard(scene: Scene, events: readonly RecordedEvent[]): Card {
  const title = titled(scene.state, t('act.timeline'));
  return {
    tone: toneOf(scene),
    drill: scene.state.drill,
    title,
    summary: title,
    blocks: events.map((recorded): Block => ({ kind: 'note', text: row(scene, recorded) })),
  };
}

function row(scene: Scene, recorded: RecordedEvent): Text {
  const when = t('value.count', { n: at(scene, instantOf(scene, recorded)) });
  return joined([when, personText(scene.state, recorded.actor), timelineLine(scene, recorded.event)], 'dot');
}

function instantOf({ state }: Scene, recorded: RecordedEvent): string {
  return isoOf(toIncidentTime(state.segments, Date.parse(recorded.at)));
}
