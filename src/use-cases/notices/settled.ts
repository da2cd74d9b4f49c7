import type { Card, Text } from '../../conversation/cards/card.ts';
import { textBlock } from '../../conversation/cards/sentence.ts';
import { at, personText, plain, type Situation, t, titled } from '../../conversation/cards/situation.ts';
import { isBesideClocks } from '../../conversation/reminding/ladder.ts';
import { isAwaited } from '../../incident/approvals.ts';
import { endsTasks } from '../../incident/closing.ts';
import { leadOf } from '../../incident/people/rights.ts';
import type { IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState, Stamp } from '../../incident/state.ts';
import { callingOf } from '../directory/escalation.ts';
import type { NewNotice } from '../ports.ts';
import { type Entry, formatKey } from './notice-key.ts';

/** Events after which direct requests may be settled. */
const SETTLING: ReadonlySet<IncidentEvent['type']> = new Set([
  ...(['draft_approved', 'draft_sent_back', 'approval_voided', 'filing_recorded', 'proposal_settled'] as const),
  ...(['person_joined', 'task_finished', 'closed', 'declaration_withdrawn'] as const),
  ...(['charge_taken', 'lead_taken', 'handover_taken'] as const),
]);

/**
 * Notices that replace direct requests once they are settled, so that no button without effect remains; empty for an
 * event that settles none. Each request gets its own reason when it is replaced.
 */
export function settling(
  situation: Situation,
  before: IncidentState,
  event: IncidentEvent,
  entry: Entry,
  dueAt: number,
): NewNotice[] {
  if (!SETTLING.has(event.type)) return [];
  if (event.type === 'person_joined' && !before.asked[event.payload.actor]) return [];
  const { state } = situation;
  const room = state.homeRoom ?? Object.keys(state.rooms)[0] ?? '';
  return [
    {
      key: formatKey({ kind: 'settled', of: entry }),
      incident: state.id,
      lane: 'status',
      to: { kind: 'room', room, ring: false },
      content: { kind: 'take_back', card: settledCard(situation, t('settled.decided')), of: 'settled' },
      dueAt,
    },
  ];
}

/** Card in place of a settled request; it has no text of people. */
export function settledCard({ state }: Situation, text: Text): Card {
  const title = titled(state, t('settled.title', { id: plain(state.id) }));
  return { tone: 'done', drill: state.drill, title, summary: text, blocks: [textBlock(text)] };
}

type Stamped = 'settled.approved' | 'settled.sent_back' | 'settled.charge' | 'status.closed';

function stamped(situation: Situation, key: Stamped, stamp: Pick<Stamp, 'by' | 'at'>): Text {
  return t(key, { by: personText(situation.state, stamp.by), at: at(situation, stamp.at) });
}

/** Returns the end of a request for approval, made by entry `version`; null while it is awaited. */
function approvalEnd(situation: Situation, version: number): Text | null {
  const { state } = situation;
  const asked = state.approvals.find((one) => one.version === version);
  if (asked && isAwaited(state, asked)) return null;
  if (asked?.voided) return t('settled.voided');
  if (asked?.approved) return stamped(situation, 'settled.approved', asked.approved);
  if (asked?.sentBack) return stamped(situation, 'settled.sent_back', asked.sentBack);
  const filed = state.filings.find(({ draft }) => draft === asked?.draft);
  return filed ? t('settled.filed', { at: at(situation, filed.at) }) : t('settled.voided');
}

/** Returns why the people asked by this entry (of `version`) have nothing left to do; null if they have. */
export function settledBy(situation: Situation, event: IncidentEvent, version: number): Text | null {
  const { state } = situation;
  const { closed, charge } = state;
  switch (event.type) {
    case 'approval_requested':
      return approvalEnd(situation, version);
    case 'proposal_made':
      return state.proposals.find(({ id }) => id === event.payload.proposal)?.settled === null
        ? null
        : t('settled.decided');
    case 'join_asked':
      return state.people[event.payload.actor] ? t('settled.joined', { name: plain(event.payload.name) }) : null;
    case 'task_added':
      return taskEnd(state, event.payload.task);
    case 'declared':
      if (closed) return stamped(situation, 'status.closed', closed);
      if (leadOf(state)) return t('said.lead', { by: personText(state, state.lead) });
      return charge && stamped(situation, 'settled.charge', charge);
    case 'reminder_due':
      return reminderEnd(situation, event.payload.obligations, version);
    default:
      return null;
  }
}

function taskEnd(state: IncidentState, id: string): Text | null {
  const task = state.tasks.find((one) => one.id === id);
  if (endsTasks(state)) return t('settled.needless');
  return task?.finished === null ? null : t(task?.finished?.needless ? 'settled.needless' : 'settled.task');
}

/** Returns why a reminder about obligations, clocks, tasks or calls asks for nothing any more. */
function reminderEnd(situation: Situation, obligations: readonly string[], version: number): Text | null {
  const { state, ia } = situation;
  const { closed, charge } = state;
  const step = state.reminders.find((one) => one.version === version)?.step;
  if (closed && step && (endsTasks(state) || (step.kind !== 'task' && step.kind !== 'follow')))
    return stamped(situation, 'status.closed', closed);
  if (!step || step.kind === 'review' || step.kind === 'crossing' || step.kind === 'follow') return null;
  if (step.kind === 'approval') {
    const ends = obligations.map((id) => approvalEnd(situation, Number(id.slice('approval.'.length))));
    return ends.includes(null) ? null : (ends[0] ?? null);
  }
  if (step.kind === 'call') {
    if (obligations.includes(`call.${callingOf(state)?.version}`)) return null;
    return charge ? stamped(situation, 'settled.charge', charge) : t('settled.answered');
  }
  if (isBesideClocks(step)) {
    const isOpen = state.tasks.some(({ id, finished }) => obligations.includes(id) && !finished);
    return isOpen ? null : t('settled.task');
  }
  const clocks = ia.clocks.filter(({ id }) => obligations.includes(id));
  if (clocks.some(({ filing, status }) => !filing && status !== 'void')) return null;
  const filed = clocks.flatMap(({ filing }) => filing ?? []).at(-1);
  return filed ? t('settled.filed', { at: at(situation, filed.at) }) : t('settled.void');
}
