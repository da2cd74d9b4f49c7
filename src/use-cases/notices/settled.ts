import type { Card, Text } from '../../conversation/cards/card.ts';
import { textBlock } from '../../conversation/cards/sentence.ts';
import { at, personText, plain, type Situation, t, titled } from '../../conversation/cards/situation.ts';
import { isBesideClocks } from '../../conversation/reminding/ladder.ts';
import { isAwaited } from '../../incident/approvals.ts';
import { type ByEvent, forEvent } from '../../incident/by-type.ts';
import { endsTasks } from '../../incident/closing.ts';
import type { IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { callingOf } from '../directory/escalation.ts';
import type { NewNotice } from '../ports.ts';
import { type Entry, formatKey } from './notice-key.ts';

/**
 * Notices that replace direct requests once they are settled, so that no button without effect remains; empty for an
 * event that settles none. The card has no text of people.
 */
export function settling(
  situation: Situation,
  before: IncidentState,
  event: IncidentEvent,
  entry: Entry,
  dueAt: number,
): NewNotice[] {
  const text = forEvent(settledTexts, event.type, event.payload, situation, before);
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

const settledTexts: ByEvent<Text | null, [situation: Situation, before: IncidentState]> = {
  draft_approved: (_, situation) => stamped('settled.approved', situation, situation.state.approvals.at(-1)?.approved),
  draft_sent_back: (_, situation) =>
    stamped('settled.sent_back', situation, situation.state.approvals.at(-1)?.sentBack),
  approval_voided: () => t('settled.voided'),
  filing_recorded: (filing, situation) => t('settled.filed', { at: at(situation, filing.at) }),
  proposal_settled: () => t('settled.decided'),
  person_joined: ({ actor, name }, _, before) =>
    before.asked[actor] ? t('settled.joined', { name: plain(name) }) : null,
  task_finished: ({ needless }) => t(needless ? 'settled.needless' : 'settled.task'),
  closed: (_, situation) => stamped('status.closed', situation, situation.state.closed),
  declaration_withdrawn: (_, situation) => stamped('status.closed', situation, situation.state.closed),
  charge_taken: (_, situation) => stamped('settled.charge', situation, situation.state.charge),
};

function stamped(
  key: 'settled.approved' | 'settled.sent_back' | 'settled.charge' | 'status.closed',
  situation: Situation,
  stamp: { readonly by: string; readonly at: string } | null | undefined,
): Text | null {
  return stamp ? t(key, { by: personText(situation.state, stamp.by), at: at(situation, stamp.at) }) : null;
}

/** Returns true if the people asked by this entry (of `version`) have nothing left to do. */
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
      return endsTasks(state) || state.tasks.find(({ id }) => id === event.payload.task)?.finished !== null;
    case 'declared':
      return state.closed !== null || callingOf(state)?.version !== version;
    case 'reminder_due': {
      const { obligations } = event.payload;
      const step = state.reminders.find((one) => one.version === version)?.step;
      if (state.closed && step && (endsTasks(state) || (step.kind !== 'task' && step.kind !== 'follow'))) return true;
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
