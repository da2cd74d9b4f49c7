import { API_ACTOR, CLOCK_ACTOR, IMPORT_ACTOR } from '../incident/identity.ts';
import { proposerOf } from '../incident/proposals.ts';
import type { Stamp } from '../incident/state.ts';
import type { Iso } from '../law/types.ts';
import { type Sheet, say } from './sheet.ts';

export interface TimelineEntry {
  /** Version of the entry of the record, if known. */
  readonly version?: number;
  readonly at: Iso;
  readonly who: string;
  readonly text: string;
}

/** People who decided: one person, or the proposer and the second person, each named as such. */
export function decidersText(sheet: Sheet, decision: Stamp): string {
  const proposer = proposerOf(sheet.state, decision);
  const by = whoText(sheet, decision.by);
  return proposer === null ? by : say(sheet, 'report.internal.two', { proposer: whoText(sheet, proposer), by });
}

export function whoText(sheet: Sheet, actor: string): string {
  if (actor === CLOCK_ACTOR) return say(sheet, 'report.internal.clock');
  if (actor === API_ACTOR) return say(sheet, 'report.internal.api');
  if (actor === IMPORT_ACTOR) return say(sheet, 'report.internal.import');
  return sheet.state.people[actor]?.name ?? say(sheet, 'report.internal.left');
}
