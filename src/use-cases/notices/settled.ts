import { textBlock } from '../../conversation/cards/blocks.ts';
import type { Card, Text } from '../../conversation/cards/card.ts';
import { at, personText, plain, type Situation, t, titled } from '../../conversation/cards/situation.ts';
import { isBesideClocks } from '../../conversation/reminding/ladder.ts';
import { isAwaited } from '../../incident/approvals.ts';
import type { IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { callingOf } from '../directory/calls.ts';
import type { NewNotice } from '../ports.ts';
import { type Entry, formatKey } from './notice-key.ts';

/**
 * Replaces direct requests to people once they are settled, so that no button without effect remains; empty for an
 * event that settles none. The card has no text of people.
 */
export function settling(
  situation: Situation,
  before: IncidentState | null,
  event: IncidentEvent,
  entry: Entry,
  dueAt: number,
): NewNotice[] {
  const text = settledText(situation, before, event);
  if (!text) return [];
  const { state } = situation;
  const room = state.homeRoom ?? Object.keys(state.rooms)[0] ?? '';
  const title = titled(state, t('settled.title', { id: plain(state.id) }));
  const card: Card = { tone: 'done', drill: state.drill, title, summary: text, blocks: [textBlock(text)] };
  return [
    {
      key: formatKey({ kind: 'settled', of: entry }),
      incident: state.id,
      lane: 'status',
      to: { kind: 'room', room, ring: false },
      content: { kind: 'take_back', card, of: 'settled' },
      dueAt,
    },
  ];
}

function settledText(situation: Situation, before: IncidentState | null, event: IncidentEvent): Text | null {
  const { state } = situation;
  const approval = state.approvals.at(-1);
  switch (event.type) {
    case 'draft_approved':
      return approval?.approved ? t('settled.approved', stamped(situation, approval.approved)) : null;
    case 'draft_sent_back':
      return approval?.sentBack ? t('settled.sent_back', stamped(situation, approval.sentBack)) : null;
    case 'approval_voided':
      return t('settled.voided');
    case 'filing_recorded':
      return t('settled.filed', { at: at(situation, event.payload.at) });
    case 'proposal_settled':
      return t('settled.decided');
    case 'person_joined':
      return before?.asked[event.payload.actor] ? t('settled.joined', { name: plain(event.payload.name) }) : null;
    case 'task_finished':
      return t('settled.task');
    case 'charge_taken':
      return state.charge ? t('settled.charge', stamped(situation, state.charge)) : null;
    default:
      return null;
  }
}

function stamped(situation: Situation, { by, at: when }: { readonly by: string; readonly at: string }) {
  return { by: personText(situation.state, by), at: at(situation, when) };
}

/** Returns true if nothing is wanted any more of the people whom this entry of the record (of `version`) asked. */
export function isSettled({ state, ia }: Situation, event: IncidentEvent, version: number): boolean {
  const isOver = (approved: number): boolean =>
    !state.approvals.some((one) => one.version === approved && isAwaited(state, one));
  switch (event.type) {
    case 'approval_requested':
      return isOver(version);
    case 'proposal_made':
      return state.proposals.find(({ id }) => id === event.payload.proposal)?.settled !== null;
    case 'join_asked':
      return state.people[event.payload.actor] !== undefined;
    case 'task_added':
      return state.tasks.find(({ id }) => id === event.payload.task)?.finished !== null;
    case 'declared':
      return callingOf(state)?.version !== version;
    case 'reminder_due': {
      const { obligations } = event.payload;
      const step = state.reminders.find((one) => one.version === version)?.step;
      if (!step || step.kind === 'review' || step.kind === 'crossing' || step.kind === 'follow') return false;
      if (step.kind === 'approval') return obligations.every((id) => isOver(Number(id.slice('approval.'.length))));
      if (step.kind === 'call') return !obligations.includes(`call.${callingOf(state)?.version}`);
      if (isBesideClocks(step)) return !state.tasks.some(({ id, finished }) => obligations.includes(id) && !finished);
      return !ia.clocks.some(({ id, filing, status }) => obligations.includes(id) && !filing && status !== 'void');
    }
    default:
      return false;
  }
}
