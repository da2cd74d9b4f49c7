import type { Clock } from '../../incident/facts/owed.ts';
import { openProposals } from '../../incident/proposals.ts';
import { channelText } from '../filing/filing-lines.ts';
import { fileAction } from '../filing/report-actions.ts';
import { proposalBlocks } from '../proposal-cards.ts';
import { placeOfRoom } from '../rooms/room-name.ts';
import type { Block, Text } from './card.ts';
import { dutyLine, toneOf } from './headline.ts';
import { actionBlock, rowBlock, strongBlock, textBlock } from './sentence.ts';
import { filedAt, fill, intent, joined, leadText, openClocks, type Situation, show, t } from './situation.ts';
import { distinct } from './status-limits.ts';

/** Text on what was written before a state-secret stop, and where: the secrecy rules apply to it too. */
function writtenText({ state, ...situation }: Situation): Text {
  const rooms = [...new Set([...Object.keys(state.rooms), ...Object.keys(state.takenOff)])];
  const files = state.evidence.map(({ file }) => file);
  const sent = state.filings.map((filing) =>
    t('status.written_filed', { at: filedAt(situation, filing), channel: channelText(situation, filing.channel) }),
  );
  const where = [
    ...rooms.map(placeOfRoom),
    t('status.written_record', { files: new Set(files).size, drafts: state.drafts.length }),
    ...sent,
  ];
  return t('status.written', { where: joined(where, 'semicolon') });
}

/** Blocks after a state-secret stop: its clocks run on, and filing, lifting the stop, a hold and erasing stay possible. */
export function stoppedBlocks(situation: Situation, isInside: boolean, most: number): readonly Block[] {
  const waits = openProposals(situation.state).some(({ command }) => command.type === 'lift_stop');
  const clocks = clocksStopped(situation);
  const acts = [
    ...(clocks.length > 0 ? [fileAction(situation)] : []),
    intent('take_lead', t('act.take_lead'), { type: 'take_lead' }),
    ...(waits ? [] : [fill(situation, 'lift_stop')]),
    show(situation, 'more'),
  ];
  return [
    strongBlock(t('status.stopped')),
    textBlock(t('status.stopped_how', { contact: t('status.stopped_contact') })),
    ...(isInside ? [textBlock(writtenText(situation))] : []),
    textBlock(t('status.lead', { lead: leadText(situation.state) })),
    ...clocks.slice(0, most).map((clock): Block => {
      return { kind: 'clock', text: dutyLine(situation, clock), due: clock.due, tone: toneOf(situation) };
    }),
    ...moreClocks(situation, clocks.slice(most)),
    ...proposalBlocks(situation, 1),
    actionBlock(acts),
  ];
}

/** Clocks for the card of a stopped incident: those that run for certain come before merely possible ones. */
function clocksStopped(situation: Situation): readonly Clock[] {
  return distinct(situation, openClocks(situation)).toSorted((a, b) => Number(a.provisional) - Number(b.provisional));
}

/** Line on the clocks that are not named one by one, with the list of all duties. */
function moreClocks(situation: Situation, [next, ...others]: readonly Clock[]): readonly Block[] {
  if (!next) return [];
  const params = { n: others.length + 1, next: dutyLine(situation, next) };
  return [rowBlock('open', t('status.more_duties', params), [show(situation, 'owed')])];
}
