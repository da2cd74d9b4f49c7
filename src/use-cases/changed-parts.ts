import * as answers from '../incident/commands/answers.ts';
import * as approval from '../incident/commands/approval.ts';
import * as decisions from '../incident/commands/decisions.ts';
import * as ending from '../incident/commands/ending.ts';
import * as filing from '../incident/commands/filing.ts';
import * as items from '../incident/commands/items.ts';
import * as people from '../incident/commands/people.ts';
import * as requests from '../incident/commands/requests.ts';
import * as rooms from '../incident/commands/rooms.ts';
import type { EventType, RecordedEvent } from '../incident/record/events.ts';
import type { App, Caller } from './app.ts';
import type { Store } from './ports.ts';

const PARTS = ['desk', 'report', 'duties', 'people', 'files', 'activity'] as const;
/** Part of an incident's page, and the desk: the lists that show the incident beside others. */
export type Part = (typeof PARTS)[number];

/** Parts that the events of a family of commands change. Every event is a line of the activity. */
const FAMILIES: readonly (readonly [family: object, parts: readonly Part[]])[] = [
  [{ note_added: true }, []],
  [{ evidence_added: true }, ['files']],
  [items.reducers, ['desk', 'report']],
  [approval.reducers, ['desk', 'report']],
  [answers.reducers, ['desk', 'report', 'duties']],
  [decisions.reducers, ['desk', 'report', 'duties']],
  [filing.reducers, ['desk', 'duties']],
  [requests.reducers, ['desk', 'duties']],
  [ending.reducers, ['desk', 'duties']],
  [people.reducers, ['desk', 'people']],
  [rooms.reducers, ['desk', 'people']],
];

function partsOf(type: EventType): readonly Part[] {
  return FAMILIES.find(([family]) => type in family)?.[1] ?? ['desk'];
}

/** Number of entries that one act may write. */
const LONGEST_ACT = 100;

/**
 * Revision of an incident and the parts of its page that changed since `before`, the revision of which the reader was
 * told last; without it, those that the last act changed. Null if the reader may not know of the incident. A reader who
 * may not see the entries does not learn either which parts they changed.
 */
export async function changeSeen(
  { app, store }: { readonly app: Pick<App, 'visibility'>; readonly store: Pick<Store, 'incident' | 'events'> },
  incident: string,
  caller: Caller,
  before: number | undefined,
): Promise<{ readonly revision: number; readonly what: readonly Part[] } | null> {
  const revision = (await store.incident(incident))?.version ?? 0;
  const { show } = await app.visibility(incident, caller);
  if (show !== 'all') return show === 'nothing' ? null : { revision, what: ['desk'] };
  const entries = await store.events(incident, 1 + (before ?? Math.max(0, revision - LONGEST_ACT)));
  const act = entries.at(-1)?.command;
  const isNew = ({ command }: RecordedEvent): boolean => before !== undefined || command === act;
  const changed = new Set(entries.filter(isNew).flatMap(({ event }) => ['activity', ...partsOf(event.type)]));
  // Earlier acts may not have been told.
  if (before === undefined) changed.add('desk');
  return { revision, what: PARTS.filter((part) => changed.has(part)) };
}
