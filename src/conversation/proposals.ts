import { type ByCommand, forCommand } from '../incident/by-type.ts';
import type { Proposable } from '../incident/commands.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { Effect, EffectKind } from '../incident/people/guard-table.ts';
import { rolesToSecond } from '../incident/people/guard-table.ts';
import { listedNow, peopleNow } from '../incident/people/people.ts';
import type { EventOf } from '../incident/record/events.ts';
import type { Proposal } from '../incident/state.ts';
import { factName as factLabel } from '../report/values.ts';
import type { Action, Param, Text } from './cards/card.ts';
import { valueText } from './cards/fact-text.ts';
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
import { roleText } from './record/refusals.ts';
import { roomText } from './rooms/room-name.ts';

/** People who may agree; null if the profile has nobody with that right except the proposer. */
export function secondOf({ state }: Situation, proposal: Proposal): Text | null {
  const { people } = state;
  const organisation = peopleNow(state);
  if (!organisation) return t('proposal.another');
  const may = rolesToSecond(state, proposal);
  const { by, command } = proposal;
  const out = command.type === 'remove_person' ? [command.person, people[command.person]?.person] : [];
  const others = organisation.people.filter(
    ({ id, roles }) => id !== people[by]?.person && !out.includes(id) && roles.some((role) => may.includes(role)),
  );
  return others.length === 0
    ? null
    : joined(
        others.slice(0, MOST_NAMED).map(({ name }) => plain(name)),
        'or',
      );
}
const MOST_NAMED = 3;

/**
 * Button to withdraw a decision in force. One press if that only restores duties; a form with a reason if it may end or
 * move a duty, because a second person must then agree.
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

/** Line of a proposal in the time line; actor and time are shown beside it. */
export function madeText(situation: Situation, { proposal, command }: EventOf<'proposal_made'>['payload']): Text {
  const what = proposedText(situation, command);
  const reason = reasonOf(command);
  const made =
    reason === undefined
      ? t('event.proposal_made', { what })
      : t('event.proposal_made_reason', { what, reason: ofPart('texts', reason) });
  const one = situation.state.proposals.find(({ id }) => id === proposal);
  return joined([made, ...replacedText(situation, one ?? {})], 'sentence');
}

/** Text of a proposed decision, e.g. "level 一般 (General, 1 of 4)". */
export function proposedText(situation: Situation, command: Proposable): Text {
  return forCommand(proposedTexts, command.type, command, situation) ?? t('proposal.other');
}

const named: (command: {
  readonly type: 'withdraw_declaration' | 'erase' | 'return_to_chat' | 'lift_stop' | 'reopen';
}) => Text = ({ type }) => t(`proposal.${type}`);
const proposedTexts: ByCommand<Text, [situation: Situation]> = {
  decide_level: ({ level }, { regime }) => t('proposal.level', { level: levelText(regime, level) }),
  not_reportable: ({ reviewAt }, situation) => t('proposal.not_reportable', { at: at(situation, reviewAt) }),
  confirm_awareness: ({ candidate }, situation) => t('proposal.start', { at: candidateAt(situation, candidate) }),
  settle_question: (command, { regime }) => {
    const question = regime.openQuestions.find(({ id }) => id === command.question);
    const reading = question?.readings.find(({ id }) => id === command.reading);
    const params = {
      question: question ? lawText(question.text) : plain(command.question),
      reading: reading ? lawText(reading.name) : plain(command.reading),
    };
    return ofPart('answers', t('proposal.reading', params));
  },
  answer: ({ fact, value }, situation) => {
    const params = { label: factLabel(situation.regime, fact), value: valueText(situation, fact, value) };
    return ofPart('answers', t('proposal.answer', params));
  },
  end_handling: (command, situation) => t('proposal.ended', { at: at(situation, command.at) }),
  leave_chat: ({ quiet }) => t(quiet ? 'proposal.quiet_chat' : 'proposal.leave_chat'),
  remove_person: ({ person }, { state }) => t('proposal.remove_person', { name: plain(nameOf(state, person)) }),
  not_owed: ({ obligation }, situation) => t('proposal.not_owed', { what: needText(situation, obligation) }),
  drop_request: ({ request }, situation) => t('proposal.not_owed', { what: needText(situation, request) }),
  record_filing: (command, situation) =>
    t('proposal.filing', { what: needText(situation, command.obligation), at: at(situation, command.at) }),
  correct_filing: (command, situation) =>
    command.at === undefined
      ? t('proposal.filing_voided')
      : t('proposal.filing_corrected', { at: at(situation, command.at) }),
  withdraw_decision: ({ about }, situation) => t('proposal.withdrawn', { what: decisionText(situation, about) }),
  take_law: ({ law }, { state }) => t('proposal.law', { law: lawTitle(state, law) }),
  remove_room: ({ room }, { state }) => t('proposal.remove_room', { room: roomText(state, room) }),
  snooze: ({ minutes }) => t('proposal.snooze', { minutes }),
  add_awareness: (command, situation) => t('proposal.awareness', { at: at(situation, command.at) }),
  withdraw_awareness: ({ candidate }, situation) =>
    t('proposal.withdraw_awareness', { at: candidateAt(situation, candidate) }),
  withdraw_declaration: named,
  erase: named,
  return_to_chat: named,
  lift_stop: named,
  reopen: named,
};

function candidateAt(situation: Situation, candidate: string): Param {
  const instant = situation.state.candidates.find(({ id }) => id === candidate)?.instant;
  return instant ? at(situation, instant) : '';
}

/** Title of a law of the incident; for any other law its id. */
export function lawTitle({ packs }: Situation['state'], law: string): Text {
  const title = packs.find(({ id }) => id === law)?.title;
  return title ? lawText(title) : plain(law);
}

function nameOf(state: Situation['state'], person: string): string {
  const { participant, listed } = entriesOf(state, person);
  return participant?.name ?? listed?.name ?? person;
}

/** Entries of a person among the participants and in the organisation profile. */
function entriesOf(state: Situation['state'], person: string) {
  const participant = state.people[person] ?? Object.values(state.people).find((one) => one.person === person);
  return { participant, listed: listedNow(state, participant?.person ?? person) };
}

/** Line with the roles of a person whom a proposal removes. */
function takenOutText(state: Situation['state'], command: Proposable): Text {
  const person = command.type === 'remove_person' ? command.person : '';
  const { participant, listed } = entriesOf(state, person);
  const roles = [...new Set([...(participant?.roles ?? []), ...(listed?.roles ?? [])])];
  return t('proposal.taken_out', { name: plain(nameOf(state, person)), roles: joined(roles.map(roleText), 'and') });
}

/** Name of a decision that can be withdrawn: the level, the start, the end, a question, or a duty. */
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

/** Reasons for a second person: the effects of the decision, with the duties concerned; the proposal it replaced. */
export function groundText(situation: Situation, proposal: Proposal): Text {
  const { regime, ia } = situation;
  const { effects, command } = proposal;
  // Proposals recorded by the first versions name no duty.
  const named = effects.filter(({ kind, duty }) => kind !== 'lost' || duty !== null);
  const kinds = [...new Set((named.length > 0 ? named : effects).map(({ kind }) => kind))];
  const onDuties = (key: 'lost' | 'unsure' | 'later' | 'recipient_removed', of: readonly Effect[]): Text[] => {
    const ids = new Set(of.flatMap(({ duty }) => duty ?? []));
    return ids.size === 0 ? [] : [t(`proposal.${key}`, { duties: dutiesText(situation, [...ids]), n: ids.size })];
  };
  const ofKind = (kind: EffectKind): Text => {
    const those = effects.filter((one) => one.kind === kind);
    const isOfAll = those.every(({ duty }) => duty === null);
    switch (kind) {
      case 'lost':
      case 'later':
      case 'recipient_removed': {
        if (isOfAll) return t('proposal.later_start');
        if (kind !== 'lost') return joined(onDuties(kind, those), 'sentence');
        const [stay, end] = [true, false].map((is) => those.filter(({ stays = false }) => stays === is));
        return joined([...onDuties('lost', end ?? []), ...onDuties('unsure', stay ?? [])], 'sentence');
      }
      case 'below_floor':
        return t('proposal.below_floor', { floor: levelText(regime, ia.assessment.floor) });
      case 'taken_out':
        return takenOutText(situation.state, command);
      default:
        return t(`proposal.${kind}`);
    }
  };
  return joined(
    [...kinds.map(ofKind), ...endedText(situation, command), ...replacedText(situation, proposal)],
    'sentence',
  );
}

/** Line on the earlier proposal of another decision that this one replaced. */
function replacedText(situation: Situation, { replaces }: Pick<Proposal, 'replaces'>): readonly Text[] {
  const earlier = situation.state.proposals.find(({ id }) => id === replaces);
  if (!earlier) return [];
  const params = { by: personText(situation.state, earlier.by), what: proposedText(situation, earlier.command) };
  return [t('proposal.replaces', params)];
}

/** Duties with their limits; the first two by name. */
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

/** Line on how many days a new end of handling moves the summary report. */
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
