import { isMessageKey } from '../i18n/translate.ts';
import type { Proposable } from '../incident/commands.ts';
import { rights } from '../incident/people/rights.ts';
import { openProposals } from '../incident/proposals.ts';
import type { IncidentState, Proposal } from '../incident/state.ts';
import { shortName } from './asking/question.ts';
import type { Action, Block, Card, Text } from './cards/card.ts';
import { cardOf, namedTitle, standing } from './cards/headline.ts';
import { actionBlock, noteBlock, strongBlock } from './cards/sentence.ts';
import { form, intent, joined, personText, type Situation, t } from './cards/situation.ts';
import { groundText, proposalText, proposedText, secondOf } from './proposals.ts';

/**
 * Number of proposals on one card, each with two buttons: no card has more than five. The others follow once one of
 * them is settled.
 */
const SHOWN = 2;

/** Proposals that people may answer now, oldest first; after the end or a stop only those that may be settled then. */
function waiting(state: IncidentState): readonly Proposal[] {
  const { closed, stopped } = state;
  return openProposals(state).filter(({ command: { type } }) => {
    const { whenClosed = false, whenStopped = false } = rights[type];
    return (closed === null || whenClosed) && (!stopped || whenStopped);
  });
}

/** Returns true if a decision waits for a second person. */
export const hasProposals = (state: IncidentState): boolean => waiting(state).length > 0;

/** Blocks of up to `most` waiting decisions: proposal, proposer, reason for a second person, two buttons. */
export function proposalBlocks(situation: Situation, most = SHOWN): readonly Block[] {
  const all = waiting(situation.state);
  const more = all.length - most;
  const blocks = all.slice(0, most).flatMap((proposal) => blocksOf(situation, proposal));
  return more > 0 ? [...blocks, noteBlock(t('proposal.more', { n: more }))] : blocks;
}

function blocksOf(situation: Situation, proposal: Proposal): readonly Block[] {
  const waits = waitText(situation, proposal);
  return [
    strongBlock(proposalText(situation, proposal)),
    { kind: 'note', text: joined([groundText(situation, proposal), waits], 'sentence'), split: shorter(waits) },
    actionBlock(proposalActions(situation, proposal)),
  ];
}

const shorter = (sentence: Text) => ({ sentence, pairs: [] });

/**
 * Card of the decisions that wait for a second person, with nothing else to answer. Once all are settled, a line on the
 * last one; null if there never was one.
 */
export function proposalsCard(situation: Situation): Card | null {
  return proposalsMaker(situation)?.() ?? null;
}

/** Maker of that card; null if there never was a proposal. */
export function proposalsMaker(situation: Situation): (() => Card) | null {
  const { state } = situation;
  const last = state.proposals.toSorted((a, b) => versionOf(a) - versionOf(b)).at(-1);
  if (!last) return null;
  const n = waiting(state).length;
  if (n === 0) return () => doneCard(situation, last);
  const title = namedTitle(situation, n === 1 ? t('proposal.asked') : t('proposal.asked_more', { n }));
  return () => cardOf(situation, title, standing(situation), proposalBlocks(situation));
}

const versionOf = ({ settled }: Proposal): number => settled?.version ?? 0;

function doneCard(situation: Situation, proposal: Proposal): Card {
  if (proposal.settled?.agreed) return settledCard(situation, proposal);
  const text = t('proposal.over', { what: proposedText(situation, proposal.command) });
  return cardOf(situation, namedTitle(situation, text), text, []);
}

/** Direct message to the people who may agree. */
export function proposalCard(situation: Situation, proposal: Proposal): Card {
  const title = namedTitle(situation, t('proposal.asked'));
  return cardOf(situation, title, proposalText(situation, proposal), blocksOf(situation, proposal));
}

/** Direct message to the proposer on the second person's answer. */
export function settledCard(situation: Situation, proposal: Proposal): Card {
  const { settled, command } = proposal;
  const text = t(settled?.agreed ? 'event.proposal_agreed_by' : 'event.proposal_refused_by', {
    by: personText(situation.state, settled?.by ?? null),
    what: proposedText(situation, command),
  });
  return cardOf(situation, namedTitle(situation, text), text, []);
}

/** Line on the people who may agree and what applies until then; or that the profile has nobody with the right. */
function waitText(situation: Situation, proposal: Proposal): Text {
  const isByOne = situation.byOne ?? situation.state.drill;
  const waits = secondOf(situation, proposal);
  if (waits === null) return t('proposal.nobody');
  const line = t(proposal.recorded ? 'proposal.waits_recorded' : 'proposal.waits', { who: waits });
  return isByOne ? joined([line, t('proposal.by_one')], 'sentence') : line;
}

/**
 * Buttons of a proposal; beside those of another one they name it. Once the proposed review time has passed, a form
 * takes a new one in place of the agreement: the proposer may then agree to it.
 */
export function proposalActions(situation: Situation, { id, command }: Proposal): readonly Action[] {
  const answers = { fact: id, name: nameOf(situation, command) };
  const second = (agree: boolean) => ({ type: 'second', proposal: id, agree }) as const;
  const isPast = command.type === 'not_reportable' && Date.parse(command.reviewAt) <= Date.parse(situation.ia.now);
  const agree = isPast
    ? form(`agree_${id}`, t('act.review_anew'), 'not_reportable', { incident: situation.state.id })
    : intent(`agree_${id}`, t('act.agree'), second(true));
  return [
    { ...agree, answers },
    { ...intent(`refuse_${id}`, t('act.refuse_level'), second(false)), answers },
  ];
}

/** Name of a proposed decision in few characters, e.g. 定级; of an answer, that of its fact. */
function nameOf({ regime }: Pick<Situation, 'regime'>, command: Proposable): Text {
  if (command.type === 'answer') return shortName(regime, command.fact);
  const key = `proposal.name.${command.type}`;
  return t(isMessageKey(key) ? key : 'proposal.other');
}
