import type { LevelDecided } from '../incident/commands/decisions.ts';
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

/**
 * People who decided: one person, or the proposer and the second person, each named as such; where an authority decided,
 * the authority, and the people who entered its word.
 */
export function decidersText(sheet: Sheet, decision: Stamp & Pick<LevelDecided, 'authority'>): string {
  const proposer = proposerOf(sheet.state, decision);
  const one = whoText(sheet, decision.by);
  const { authority } = decision;
  const by =
    proposer === null ? one : say(sheet, 'report.internal.two', { proposer: whoText(sheet, proposer), by: one });
  return authority === undefined ? by : say(sheet, 'report.internal.by_authority', { authority, by });
}

export function whoText(sheet: Sheet, actor: string): string {
  if (actor === CLOCK_ACTOR) return say(sheet, 'report.internal.clock');
  if (actor === API_ACTOR) return say(sheet, 'report.internal.api');
  if (actor === IMPORT_ACTOR) return say(sheet, 'report.internal.import');
  return sheet.state.people[actor]?.name ?? say(sheet, 'report.internal.left');
}
