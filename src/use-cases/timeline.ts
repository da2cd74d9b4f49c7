import type { Block, Card, Text } from '../conversation/cards/card.ts';
import { toneOf } from '../conversation/cards/headline.ts';
import { localise } from '../conversation/cards/localise.ts';
import { noteBlock } from '../conversation/cards/sentence.ts';
import { at, joined, personText, type Situation, t, titled } from '../conversation/cards/situation.ts';
import { timelineLine } from '../conversation/commands.ts';
import { textFor } from '../conversation/rooms/abroad.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import type { Language } from '../incident/identity.ts';
import type { RecordedEvent } from '../incident/record/events.ts';
import type { Visibility } from '../incident/visibility.ts';
import type { App } from './app.ts';

type Lines = NonNullable<Awaited<ReturnType<App['timeline']>>>;

/** Lines of the time line for events: incident time, person, content and reason; oldest first. */
export function timelineOf(
  situation: Situation,
  events: readonly RecordedEvent[],
  language: Language,
  shown: Visibility,
): Lines {
  return events.map((recorded) => ({
    version: recorded.version,
    type: recorded.event.type,
    at: instantOf(situation, recorded),
    who: localise(personText(situation.state, recorded.actor), language),
    text: localise(textFor(timelineLine(situation, recorded.event), shown), language),
  }));
}

export function timelineCard(situation: Situation, events: readonly RecordedEvent[]): Card {
  const title = titled(situation.state, t('act.timeline'));
  return {
    tone: toneOf(situation),
    drill: situation.state.drill,
    title,
    summary: title,
    blocks: events.map((recorded): Block => noteBlock(row(situation, recorded))),
  };
}

function row(situation: Situation, recorded: RecordedEvent): Text {
  const when = t('value.count', { n: at(situation, instantOf(situation, recorded)) });
  return joined([when, personText(situation.state, recorded.actor), timelineLine(situation, recorded.event)], 'dot');
}

function instantOf({ state }: Situation, recorded: RecordedEvent): string {
  return isoOf(toIncidentTime(state.segments, Date.parse(recorded.at)));
}
