import type { Command } from '../commands.ts';
import { CIRCUMSTANCES, factsOfTicks } from '../facts/circumstances.ts';
import { proposedLevel } from '../proposals.ts';
import type { IncidentState, Stamp } from '../state.ts';
import type { RefusedCommand } from './context.ts';

/**
 * Refusal of a stale intent: what it is about changed after the revision it was made for. Other changes do not matter, so
 * two people answering different questions never get in each other's way. Null if it is not stale.
 */
export function staleAgainst(state: IncidentState, command: Command, revision: number | null): RefusedCommand | null {
  if (revision === null) return null;
  if (revision > state.version) return { code: 'stale_revision', params: { revision, current: state.version } };
  const touched = subject(state, command);
  if (!touched || touched.version <= revision) return null;
  const by = state.people[touched.by]?.name ?? touched.by;
  return {
    code: 'stale_revision',
    params: { revision, current: state.version, by, at: touched.at, ...aboutOf(command) },
  };
}

function aboutOf(command: Command): { readonly fact?: string; readonly filing?: string } {
  if (command.type === 'answer' && command.fact !== CIRCUMSTANCES) return { fact: command.fact };
  return command.type === 'record_filing' ? { filing: command.obligation } : {};
}

function subject(state: IncidentState, command: Command): Stamp | null {
  switch (command.type) {
    case 'answer': {
      const told = command.fact === CIRCUMSTANCES ? Object.keys(factsOfTicks(command.value) ?? {}) : [command.fact];
      return latest(...told.map((fact) => state.facts[fact] ?? null));
    }
    case 'confirm_awareness':
      return state.awareness;
    case 'settle_question':
      return state.readings[command.question] ?? null;
    case 'decide_level':
    case 'not_reportable':
      return latest(state.levelDecision, proposedLevel(state), state.notReportable);
    case 'second_level':
      return proposedLevel(state);
    case 'second':
      return state.proposals.find(({ id }) => id === command.proposal)?.settled ?? null;
    case 'assign_item':
    case 'take_item':
      return state.owners[command.item] ?? null;
    case 'confirm_wording':
      return state.fields[command.field]?.current ?? null;
    case 'end_handling':
      return state.handlingEnded;
    // A read-back that another filing of the same report overtook is not sworn to any more.
    case 'record_filing':
      return latest(...state.filings.filter(({ obligation }) => obligation === command.obligation));
    case 'assess_point':
      return state.points[command.point] ?? null;
    default:
      return null;
  }
}

function latest(...stamps: readonly (Stamp | null)[]): Stamp | null {
  return stamps.reduce((a, b) => (a && b ? (a.version > b.version ? a : b) : (a ?? b)), null);
}
