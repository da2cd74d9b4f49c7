import type { Proposable } from '../incident/commands.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import { whoMaySecond } from '../incident/people/rights.ts';
import { openProposals } from '../incident/proposals.ts';
import type { Proposal } from '../incident/state.ts';
import { actionBlock, noteBlock, strongBlock } from './cards/blocks.ts';
import type { Action, Block, Card, Text } from './cards/card.ts';
import { factLabel, valueText } from './cards/fact-text.ts';
import { cardOf, namedTitle } from './cards/headline.ts';
import {
  at,
  dueAt,
  intent,
  joined,
  lawText,
  levelText,
  ofPart,
  personText,
  plain,
  type Situation,
  t,
} from './cards/situation.ts';
import { needText } from './closing.ts';

/** Decisions that wait for a second person: what is proposed, by whom, why one person is not enough, and the two answers. */
export function proposalBlocks(situation: Situation): readonly Block[] {
  const { closed, stopped } = situation.state;
  if (closed || stopped) return [];
  return openProposals(situation.state).flatMap((proposal) => blocksOf(situation, proposal));
}

function blocksOf(situation: Situation, proposal: Proposal): readonly Block[] {
  return [
    strongBlock(proposalText(situation, proposal)),
    noteBlock(joined([groundText(situation, proposal), waitText(situation, proposal)], 'sentence')),
    actionBlock(proposalActions(proposal)),
  ];
}

/** To those who may agree, directly. */
export function proposalCard(situation: Situation, proposal: Proposal): Card {
  const title = namedTitle(situation, t('proposal.asked'));
  return cardOf(situation, title, proposalText(situation, proposal), blocksOf(situation, proposal));
}

/** To the one who proposed it. */
export function settledCard(situation: Situation, proposal: Proposal): Card {
  const { settled, command } = proposal;
  const text = t(settled?.agreed ? 'event.proposal_agreed_by' : 'event.proposal_refused_by', {
    by: personText(situation.state, settled?.by ?? null),
    what: proposedText(situation, command),
  });
  return cardOf(situation, namedTitle(situation, text), text, []);
}

/** Says as well if the profile has nobody else who may agree. */
function waitText({ state }: Situation, { by }: Proposal): Text {
  const { organisation, people } = state;
  const others = organisation && whoMaySecond(organisation).filter(({ id }) => id !== people[by]?.person);
  return t(others?.length === 0 ? 'proposal.nobody' : 'proposal.waits');
}

export function proposalActions({ id }: Proposal): readonly Action[] {
  return [
    intent(`agree_${id}`, t('act.agree'), { type: 'second', proposal: id, agree: true }),
    intent(`refuse_${id}`, t('act.refuse_level'), { type: 'second', proposal: id, agree: false }),
  ];
}

export function proposalText(situation: Situation, { by, command }: Proposal): Text {
  const params = { by: personText(situation.state, by), what: proposedText(situation, command) };
  const reason = reasonOf(command);
  return reason === undefined
    ? t('proposal.text_plain', params)
    : t('proposal.text', { ...params, reason: ofPart('texts', reason) });
}

/** The line of the time line, beside who and when. */
export function madeText(situation: Situation, command: Proposable): Text {
  const what = proposedText(situation, command);
  const reason = reasonOf(command);
  return reason === undefined
    ? t('event.proposal_made', { what })
    : t('event.proposal_made_reason', { what, reason: ofPart('texts', reason) });
}

/** The decision somebody wants, e.g. "level 一般 (General, 1 of 4)". */
export function proposedText(situation: Situation, command: Proposable): Text {
  const { regime, state } = situation;
  switch (command.type) {
    case 'decide_level':
      return t('proposal.level', { level: levelText(regime, command.level) });
    case 'not_reportable':
      return t('proposal.not_reportable', { at: at(situation, command.reviewAt) });
    case 'confirm_awareness': {
      const instant = state.candidates.find(({ id }) => id === command.candidate)?.instant;
      return t('proposal.start', { at: instant ? at(situation, instant) : '' });
    }
    case 'settle_question': {
      const question = regime.openQuestions.find(({ id }) => id === command.question);
      const reading = question?.readings.find(({ id }) => id === command.reading);
      const params = {
        question: question ? lawText(question.text) : plain(command.question),
        reading: reading ? lawText(reading.name) : plain(command.reading),
      };
      return ofPart('answers', t('proposal.reading', params));
    }
    case 'answer': {
      const params = {
        label: factLabel(regime, command.fact),
        value: valueText(situation, command.fact, command.value),
      };
      return ofPart('answers', t('proposal.answer', params));
    }
    case 'end_handling':
      return t('proposal.ended', { at: at(situation, command.at) });
    case 'not_owed':
      return t('proposal.not_owed', { what: needText(situation, command.obligation) });
    case 'drop_request':
      return t('proposal.not_owed', { what: needText(situation, command.request) });
  }
}

function reasonOf(command: Proposable): string | undefined {
  return command.type === 'answer' ? command.basis : command.reason;
}

/** Reason why one person is not enough, with the effect of the decision. */
function groundText(situation: Situation, { ground, command }: Proposal): Text {
  const { regime, ia, state } = situation;
  switch (ground) {
    case 'below_floor':
      return t('proposal.below_floor', { floor: levelText(regime, ia.assessment.floor) });
    case 'ends_clock':
      return t('proposal.ends_clock', { ceiling: levelText(regime, ia.assessment.ceiling) });
    case 'later_start':
      return t('proposal.later_start');
    case 'handling_again': {
      if (command.type !== 'end_handling' || !state.handlingEnded) return t('proposal.later_start');
      const params = { was: at(situation, state.handlingEnded.instant), at: at(situation, command.at) };
      const [before, after] = [summaryDue(situation), summaryDue(situation, command.at)];
      if (!before || !after) return t('proposal.handling_again_plain', params);
      const days = Math.round((Date.parse(after) - Date.parse(before)) / 86_400_000);
      return t('proposal.handling_again', {
        ...params,
        before: dueAt(situation, before),
        after: dueAt(situation, after),
        days,
      });
    }
  }
}

/** By when the summary report is due; with `endedAt`, if handling had ended then. */
function summaryDue({ state, regime, ia }: Situation, endedAt?: string): string | null {
  const ended = state.handlingEnded;
  const moved = endedAt !== undefined && ended ? { ...state, handlingEnded: { ...ended, instant: endedAt } } : state;
  const { obligations } = moved === state ? ia : assessIncident(moved, regime, ia.now);
  return obligations.find(({ form }) => form === 'final')?.due ?? null;
}
