import type { Proposable } from '../incident/commands.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { EffectKind } from '../incident/people/guard-table.ts';
import { rolesToSecond } from '../incident/people/guard-table.ts';
import { rights } from '../incident/people/rights.ts';
import { openProposals } from '../incident/proposals.ts';
import type { Proposal } from '../incident/state.ts';
import { actionBlock, strongBlock } from './cards/blocks.ts';
import type { Action, Block, Card, Text } from './cards/card.ts';
import { factLabel, valueText } from './cards/fact-text.ts';
import { cardOf, namedTitle } from './cards/headline.ts';
import {
  at,
  dueAt,
  fill,
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
import { roomText } from './rooms/room-name.ts';

/** Decisions that wait for a second person: what is proposed, by whom, why one person is not enough, and the two answers. */
export function proposalBlocks(situation: Situation): readonly Block[] {
  const { closed } = situation.state;
  const open = openProposals(situation.state).filter(
    ({ command }) => closed === null || rights[command.type].whenClosed === true,
  );
  return open.flatMap((proposal) => blocksOf(situation, proposal));
}

function blocksOf(situation: Situation, proposal: Proposal): readonly Block[] {
  const waits = waitText(situation, proposal);
  return [
    strongBlock(proposalText(situation, proposal)),
    { kind: 'note', text: joined([groundText(situation, proposal), waits], 'sentence'), split: shorter(waits) },
    actionBlock(proposalActions(proposal)),
  ];
}

const shorter = (sentence: Text) => ({ sentence, pairs: [] });

/** Card to the people who may agree, in direct messages. */
export function proposalCard(situation: Situation, proposal: Proposal): Card {
  const title = namedTitle(situation, t('proposal.asked'));
  return cardOf(situation, title, proposalText(situation, proposal), blocksOf(situation, proposal));
}

/** Card to the person who made the proposal. */
export function settledCard(situation: Situation, proposal: Proposal): Card {
  const { settled, command } = proposal;
  const text = t(settled?.agreed ? 'event.proposal_agreed_by' : 'event.proposal_refused_by', {
    by: personText(situation.state, settled?.by ?? null),
    what: proposedText(situation, command),
  });
  return cardOf(situation, namedTitle(situation, text), text, []);
}

/**
 * Line on the people who have to agree and the values that apply until then; it also says when the profile has nobody
 * else with that right.
 */
function waitText(situation: Situation, proposal: Proposal): Text {
  const isByOne = situation.byOne ?? situation.state.drill;
  const waits = secondOf(situation, proposal);
  if (waits === null) return t('proposal.nobody');
  const line = t(proposal.recorded ? 'proposal.waits_recorded' : 'proposal.waits', { who: waits });
  return isByOne ? joined([line, t('proposal.by_one')], 'sentence') : line;
}

/** People who may agree; null if the profile has nobody with that right except the proposer. */
export function secondOf({ state }: Situation, proposal: Proposal): Text | null {
  const { organisation, people } = state;
  if (!organisation) return t('proposal.another');
  const may = rolesToSecond(proposal);
  const others = organisation.people.filter(
    ({ id, roles }) => id !== people[proposal.by]?.person && roles.some((role) => may.includes(role)),
  );
  const [only, ...more] = others.slice(0, MOST_NAMED).map(({ name }) => plain(name));
  if (only === undefined) return null;
  return more.length === 0 ? only : t('proposal.or', { names: joined([only, ...more]) });
}
const MOST_NAMED = 3;

export function proposalActions({ id }: Proposal): readonly Action[] {
  return [
    intent(`agree_${id}`, t('act.agree'), { type: 'second', proposal: id, agree: true }),
    intent(`refuse_${id}`, t('act.refuse_level'), { type: 'second', proposal: id, agree: false }),
  ];
}

/**
 * Button that takes back a decision in force. One tap where that only brings duties back; a form with the reason where it
 * may end or move one, which a second person has to agree to.
 */
export function withdrawAction({ state }: Pick<Situation, 'state'>, about: string): Action {
  const relaxes = about === 'level' ? state.levelDecision !== null : REASONED.has(about) || about in state.readings;
  if (relaxes) return fill({ state }, 'withdraw_decision', { about }, `withdraw_${about}`);
  return intent(`withdraw_${about}`, t('act.withdraw_decision'), { type: 'withdraw_decision', about });
}

/** Decisions beside the level whose withdrawal may end or move a duty. */
const REASONED: ReadonlySet<string> = new Set(['awareness', 'handling']);

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
    case 'leave_chat':
      return t(command.quiet ? 'proposal.quiet_chat' : 'proposal.leave_chat');
    case 'remove_person':
      return t('proposal.remove_person', { name: plain(nameOf(state, command.person)) });
    case 'withdraw_declaration':
      return t('proposal.withdraw_declaration');
    case 'erase':
      return t('proposal.erase');
    case 'not_owed':
      return t('proposal.not_owed', { what: needText(situation, command.obligation) });
    case 'drop_request':
      return t('proposal.not_owed', { what: needText(situation, command.request) });
    default:
      return otherText(situation, command);
  }
}

/** Changes that are seldom proposed. */
function otherText(situation: Situation, command: Proposable): Text {
  switch (command.type) {
    case 'record_filing':
      return t('proposal.filing', { what: needText(situation, command.obligation), at: at(situation, command.at) });
    case 'correct_filing':
      return command.at === undefined
        ? t('proposal.filing_voided')
        : t('proposal.filing_corrected', { at: at(situation, command.at) });
    case 'withdraw_decision':
      return t('proposal.withdrawn', { what: decisionText(situation, command.about) });
    case 'take_law':
      return t('proposal.law', { law: lawTitle(situation.state, command.law) });
    case 'remove_room':
      return t('proposal.remove_room', { room: roomText(situation.state, command.room) });
    case 'snooze':
      return t('proposal.snooze', { minutes: command.minutes });
    case 'add_awareness':
      return t('proposal.awareness', { at: at(situation, command.at) });
    case 'withdraw_awareness': {
      const instant = situation.state.candidates.find(({ id }) => id === command.candidate)?.instant;
      return t('proposal.withdraw_awareness', { at: instant ? at(situation, instant) : '' });
    }
    case 'remove_person':
      return t('proposal.remove_person', { name: plain(nameOf(situation.state, command.person)) });
    case 'withdraw_declaration':
    case 'erase':
    case 'return_to_chat':
    case 'lift_stop':
    case 'reopen':
      return t(`proposal.${command.type}`);
    default:
      return t('proposal.other');
  }
}

/** Title of a law of the incident; of one it does not have its id. */
export function lawTitle({ packs }: Situation['state'], law: string): Text {
  const title = packs.find(({ id }) => id === law)?.title;
  return title ? lawText(title) : plain(law);
}

function nameOf({ people, organisation }: Situation['state'], person: string): string {
  const joined = people[person] ?? Object.values(people).find((one) => one.person === person);
  return joined?.name ?? organisation?.people.find(({ id }) => id === person)?.name ?? person;
}

/** A decision that can be withdrawn, by what it is about: the level, the start, the end, a question, or a duty. */
export function decisionText(situation: Situation, about: string): Text {
  if (about === 'level') return t('level.decision');
  if (about === 'awareness') return t('proposal.start_confirmed');
  if (about === 'handling') return t('proposal.handling');
  const question = situation.regime.openQuestions.find(({ id }) => id === about);
  return question ? lawText(question.text) : t('proposal.not_owed', { what: needText(situation, about) });
}

function reasonOf(command: Proposable): string | undefined {
  if (command.type === 'answer') return command.basis;
  return 'reason' in command ? command.reason : undefined;
}

/** Reasons why one person is not enough: the effects of the decision, with the duties concerned. */
export function groundText(situation: Situation, { effects, command }: Pick<Proposal, 'effects' | 'command'>): Text {
  const { regime, ia } = situation;
  // Proposals of the first versions do not name a duty.
  const named = effects.filter(({ kind, duty }) => kind !== 'lost' || duty !== null);
  const kinds = [...new Set((named.length > 0 ? named : effects).map(({ kind }) => kind))];
  const ofKind = (kind: EffectKind): Text => {
    const ids = effects.flatMap((one) => (one.kind === kind && one.duty !== null ? [one.duty] : []));
    switch (kind) {
      case 'lost':
      case 'later':
      case 'recipient_removed':
        if (ids.length === 0) return t('proposal.later_start');
        return t(`proposal.${kind}`, { duties: dutiesText(situation, ids) });
      case 'below_floor':
        return t('proposal.below_floor', { floor: levelText(regime, ia.assessment.floor) });
      default:
        return t(`proposal.${kind}`);
    }
  };
  return joined([...kinds.map(ofKind), ...endedText(situation, command)], 'sentence');
}

/** Duties with their limits, the first ones by name. */
function dutiesText(situation: Situation, ids: readonly string[]): Text {
  const [first = '', second, ...more] = [...new Set(ids)];
  const named = [first, ...(second === undefined ? [] : [second])].map((id) => {
    const due = situation.ia.obligations.find((one) => one.id === id)?.due;
    const what = needText(situation, id);
    return due ? t('close.by', { what, due: dueAt(situation, due) }) : what;
  });
  const names = joined(named, 'semicolon');
  return more.length === 0 ? names : t('close.and_more', { names, n: more.length });
}

/** Line on how far another end of handling moves the summary report. */
function endedText(situation: Situation, command: Proposable): readonly Text[] {
  if (command.type !== 'end_handling' || !situation.state.handlingEnded) return [];
  const [before, after] = [summaryDue(situation), summaryDue(situation, command.at)];
  if (!before || !after) return [];
  const days = Math.round((Date.parse(after) - Date.parse(before)) / 86_400_000);
  return [t('proposal.ended_moves', { before: dueAt(situation, before), after: dueAt(situation, after), days })];
}

/** Due time of the summary report; with `endedAt`, as if handling had ended then. */
function summaryDue({ state, regime, ia }: Situation, endedAt?: string): string | null {
  const ended = state.handlingEnded;
  const moved = endedAt !== undefined && ended ? { ...state, handlingEnded: { ...ended, instant: endedAt } } : state;
  const { obligations } = moved === state ? ia : assessIncident(moved, regime, ia.now);
  return obligations.find(({ form }) => form === 'final')?.due ?? null;
}
