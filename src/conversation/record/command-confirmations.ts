import { translate } from '../../i18n/translate.ts';
import { draftInForce } from '../../incident/approvals.ts';
import type { Command, CommandOf } from '../../incident/commands.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import { assessIncident, type IncidentAssessment } from '../../incident/facts/assessment.ts';
import { CIRCUMSTANCES } from '../../incident/facts/circumstances.ts';
import { roomId } from '../../incident/identity.ts';
import { mayAnswerCalls } from '../../incident/people/rights.ts';
import { isSameCommand, openProposals } from '../../incident/proposals.ts';
import { snoozeEnd } from '../../incident/snooze.ts';
import type { IncidentState, Proposal } from '../../incident/state.ts';
import { fieldOf, fieldPart, itemsNow, missingNow } from '../../report/items.ts';
import { answerLine, awarenessLine, latestAnswerLine, statedLine } from '../asking/answer-confirmations.ts';
import type { Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { shownBy } from '../cards/sentence.ts';
import {
  at,
  dueAt,
  joined,
  lawText,
  levelText,
  ofPart,
  openClocks,
  partText,
  personText,
  plain,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { needText, ownedText } from '../closing.ts';
import { unworded } from '../collecting/item-forms.ts';
import { filingSayers } from '../filing/filing-lines.ts';
import { dutyGroups, dutyName } from '../level/duties.ts';
import { decisionText, groundText, lawTitle, proposedText, secondOf } from '../proposals.ts';
import { reachOf } from '../reminding/reachability.ts';
import { roomAddedText, roomText } from '../rooms/room-name.ts';
import { fieldsLine, isChanged, replacedBlocks, wordingBlocks, writtenText } from './changed-fields.ts';

/** Confirmation after commands: every change in one line each; null where the surfaces alone show it. */
export function saidAfter(of: {
  readonly commands: readonly Command[];
  readonly before: IncidentState | null;
  readonly after: Situation;
}): Card | null {
  const { commands, before, after } = of;
  const changed = before === null || before.version !== after.state.version;
  const made = before ? commands.filter((command) => isChanged(command, before, after)) : commands;
  const line = changed ? linesOf(after, made) : (repeatedFiling(after, commands) ?? t('said.nothing'));
  if (!line) return null;
  const replaced = before ? replacedBlocks(after, before, made) : [];
  return cardOf(after, line, line, [...replaced, ...wordingBlocks(after, made)]);
}

/** Entry of the same filing that stands on the record already, with its author: a second press, or another person. */
function repeatedFiling(situation: Situation, commands: readonly Command[]): Text | null {
  const command = commands.find((one) => one.type === 'record_filing');
  const known = situation.state.filings.find(
    ({ obligation, filedAt, channel }) =>
      obligation === command?.obligation && filedAt === command.at && channel === command.channel,
  );
  const line = command ? saidLine(situation, command) : null;
  if (!known || !line) return null;
  return t('said.filed_already', { by: personText(situation.state, known.by), at: at(situation, known.at), line });
}

/** Lines for fields and answers that changed together; the effect follows from the last answer. */
function linesOf(situation: Situation, made: readonly Command[]): Text | null {
  // Adding a person is a side effect of giving somebody an item: the confirmation is about the command itself.
  const told = made.length > 1 ? made.filter(({ type }) => type !== 'add_person') : made;
  const fills = told.filter((command) => command.type === 'fill_field');
  const answers = told.filter((command) => command.type === 'answer');
  const wordings = told.filter((command) => command.type === 'confirm_wording');
  const lines = told.map((command) => {
    if (command.type === 'confirm_wording' && wordings.length > 1)
      return command === wordings[0] ? t('said.wordings', { n: wordings.length }) : null;
    if (command.type === 'fill_field' && fills.length > 1)
      return command === fills[0] ? fieldsLine(situation, fills) : null;
    if (command.type === 'answer' && answers.length > 1 && command !== answers.at(-1))
      return statedLine(situation, command.fact);
    return saidLine(situation, command);
  });
  const said = lines.filter((line) => line !== null);
  return said.length > 1 ? joined(said, 'sentence') : (said[0] ?? null);
}

/** Line on the change a command made; null if there is none to show. */
export function saidLine(situation: Situation, command: Command): Text | null {
  const waits = openProposals(situation.state).find((one) => isSameCommand(one.command, command));
  if (waits) return waitingLine(situation, waits);
  return say(command.type, situation, command);
}

/** Line on a proposal: its effect, who was asked, and that the stricter deadline stands until then. */
function waitingLine(situation: Situation, waits: Proposal): Text {
  const who = secondOf(situation, waits);
  if (who === null)
    return joined(
      [t('proposal.waiting', { what: proposedText(situation, waits.command) }), t('proposal.nobody')],
      'sentence',
    );
  const params = { what: proposedText(situation, waits.command), why: groundText(situation, waits), who };
  // The question card names what is proposed, the reason, and who has to agree.
  return waits.recorded ? t('said.recorded_unconfirmed', params) : shownBy('question', t('said.proposed', params));
}

type Sayers = { [T in Command['type']]: (situation: Situation, command: CommandOf<T>) => Text | null };

function say<T extends Command['type']>(type: T, situation: Situation, command: CommandOf<T>): Text | null {
  return sayers[type](situation, command);
}

const sayers: Sayers = {
  declare: (situation) => {
    const start = situation.ia.anchors.awareness ?? situation.state.declared.at;
    return t('said.declared', { id: plain(situation.state.id), at: at(situation, start) });
  },
  answer: (situation, { fact }) =>
    fact === CIRCUMSTANCES ? latestAnswerLine(situation, true) : answerLine(situation, fact),
  relate: (_, { incident, how }) => t(`said.relation.${how}`, { id: plain(incident) }),
  rename: (_, { title }) => t('said.renamed', { title: ofPart('title', title) }),
  add_awareness: awarenessLine,
  confirm_awareness: (situation) => {
    const confirmed = situation.state.awareness;
    if (!confirmed) return null;
    const params = { at: at(situation, confirmed.instant), by: personText(situation.state, confirmed.by) };
    return t('said.awareness_confirmed', params);
  },
  decide_level: levelLine,
  second: secondLine,
  second_level: secondLine,
  not_reportable: notReportableLine,
  settle_question: (situation, { question, reading }) => {
    const { regime } = situation;
    const chosen = regime.openQuestions.find(({ id }) => id === question)?.readings.find(({ id }) => id === reading);
    const params = { reading: chosen ? lawText(chosen.name) : { raw: reading } };
    return t(changesNothing(situation, question) ? 'said.settled_same' : 'said.settled', params);
  },
  take_law: ({ state }, { law }) => t('said.law_taken', { law: lawTitle(state, law) }),
  lift_stop: ({ state }) => t('said.stop_lifted', { id: plain(state.id) }),
  withdraw_decision: (situation, { about }) => t('said.withdrawn', { what: decisionText(situation, about) }),
  stop_state_secret: ({ state }) => t('said.stopped', { id: plain(state.id) }),
  take_lead: ({ state }) => t('said.lead', { by: personText(state, state.lead) }),
  take_charge: (situation) => {
    const { charge, people, organisation } = situation.state;
    const one = charge ? people[charge.by] : undefined;
    if (!charge || !one) return null;
    const ends = mayAnswerCalls(organisation, one);
    const params = { by: personText(situation.state, one.actor), at: at(situation, charge.at) };
    return t(ends ? 'said.charge' : 'said.charge_beside', params);
  },
  hand_over: ({ state }) => {
    const { handover } = state;
    return handover && t('said.handover', { name: personText(state, handover.to) });
  },
  take_over: ({ state }) => t('said.lead', { by: personText(state, state.lead) }),
  ask_for: () => t('said.right_asked'),
  ask_to_join: ({ state }) => t('said.join_asked', { lead: personText(state, state.lead) }),
  add_person: ({ state }, { person }) => {
    const added = Object.values(state.people).find((p) => p.person === person || p.actor === person);
    return added ? t('said.person', { name: plain(added.name) }) : null;
  },
  assign_item: (situation, { item }) => ownerLine(situation, item),
  take_item: (situation, { item }) => {
    const owner = situation.state.owners[item]?.owner ?? null;
    if (owner !== null && reachOf(situation, owner) === false) return ownerLine(situation, item);
    return t('said.item_yours', { what: ownedText(situation, item) });
  },
  fill_field: fieldLine,
  confirm_wording: (situation, { field }) => ofField(situation, field, 'said.wording'),
  choose_version: (situation, { field }) => ofField(situation, field, 'said.version_chosen'),
  add_note: (situation, { happenedAt }) =>
    happenedAt ? t('said.note_at', { at: at(situation, happenedAt) }) : t('said.note'),
  add_evidence: (_, { evidence }) => t('said.evidence', { name: ofPart('files', evidence.name) }),
  compile_draft: (situation) => {
    const draft = situation.state.drafts.at(-1);
    if (!draft) return null;
    const words = unworded(situation).length;
    const missing = itemsNow(situation).flatMap(missingNow);
    const params = {
      n: draft.draft,
      kind: reportText(situation.regime, draft.report),
      gaps: missing.filter(({ state }) => state !== 'unconfirmed').length,
      words,
    };
    const said = t('said.draft', params);
    return draft === draftInForce(situation.state) ? shownBy('draft', said) : said;
  },
  ...filingSayers,
  not_owed: (situation, { obligation }) => t('said.not_owed', { what: needText(situation, obligation) }),
  end_handling: (situation, command) => {
    const summary = openClocks(situation).find((clock) => clock.form === 'final');
    const ended = at(situation, command.at);
    return summary
      ? shownBy('status', t('said.ended', { at: ended, due: dueAt(situation, summary.due) }))
      : t('said.ended_nothing', { at: ended });
  },
  close: () => t('said.closed'),
  reopen: () => t('said.reopened'),
  hold: () => t('said.held'),
  release_hold: () => t('said.hold_released'),
  erase: ({ state }) => (state.erased ? t('said.erased') : null),
  withdraw_declaration: () => t('said.declaration_withdrawn'),
  expire: () => null,
  snooze: (situation, { minutes }) => {
    const until = snoozeEnd(situation.ia.clocks, Date.parse(situation.ia.now), minutes);
    return until === null ? null : t('said.snoozed', { at: at(situation, isoOf(until)) });
  },
  set_drill_speed: (_, { speed }) => (speed === 0 ? t('said.paused') : t('said.speed', { speed: { amount: speed } })),
  add_room: ({ state }, { room }) => roomAddedText(state, roomId(room)),
  confirm_room: ({ state }, { room }) => t('said.room_confirmed', { room: roomText(state, room) }),
  remove_person: ({ state }, { person }) => {
    const one = state.people[person] ?? Object.values(state.people).find((other) => other.person === person);
    return t('said.person_removed', { name: plain(one?.name ?? person) });
  },
  remove_room: ({ state }) => t(Object.keys(state.rooms).length > 0 ? 'said.room_removed' : 'said.room_removed_last'),
  leave_chat: ({ state }, { quiet }) => {
    if (quiet) return t('said.chat_quieted');
    const others = (state.chatLeft?.added ?? []).map((room) => roomText(state, roomId(room)));
    return others.length > 0 ? t('said.chat_left', { rooms: joined(others) }) : t('said.chat_left_nowhere');
  },
  return_to_chat: () => t('said.chat_returned'),
  release_abroad: ({ state }, { room, what }) =>
    t('said.released', { room: roomText(state, room), parts: joined(what.map(partText)) }),
  withdraw_release: ({ state }, { room }) => t('said.release_withdrawn', { room: roomText(state, room) }),
  // In the language that was asked for, whatever language it is read in.
  set_language: (_, { language }) =>
    lawText({ zh: translate(language, 'said.language'), en: translate(language, 'said.language') }),
  name_person: () => null,
  tick: () => null,
  note_restored: () => null,
  record_delivery: () => null,
  record_stamp: () => null,
};

/** The answer of the second person; what came by a token is only proposed anew. */
function secondLine(situation: Situation): Text | null {
  const { proposals } = situation.state;
  const latest = proposals.toSorted((a, b) => (a.settled ?? a).version - (b.settled ?? b).version).at(-1);
  if (!latest) return null;
  const what = proposedText(situation, latest.command);
  if (!latest.settled) return waitingLine(situation, latest);
  return t(latest.settled.agreed ? 'said.agreed' : 'said.refused', { what });
}

function levelLine(situation: Situation): Text | null {
  const { state, regime } = situation;
  const decided = state.levelDecision;
  if (!decided) return null;
  const params = { level: levelText(regime, decided.level), by: personText(state, decided.by) };
  return shownBy('question', t('said.level_decided', params));
}

function notReportableLine(situation: Situation): Text | null {
  const { state } = situation;
  if (!state.notReportable) return null;
  const review = at(situation, state.notReportable.reviewAt);
  const duties = dutyGroups(situation).flatMap(([duty]) => (duty ? dutyName(situation, duty) : []));
  if (duties.length === 0) return t('said.not_reportable_nothing', { at: review });
  return t('said.not_reportable', { at: review, duties: joined(duties) });
}

/**
 * Line on the new owner of an item or duty, with a warning if reminders do not reach them, so that the assigning person can
 * act.
 */
function ownerLine(situation: Situation, item: string): Text {
  const owner = situation.state.owners[item]?.owner ?? null;
  const what = ownedText(situation, item);
  if (owner === null) return t('said.item_free', { what });
  const name = personText(situation.state, owner);
  const line = t('said.item_owner', { what, owner: name });
  return reachOf(situation, owner) === false ? joined([line, t('said.unreached', { name })], 'sentence') : line;
}

/** Part of the confirmation about a person whose reminders do not arrive; null if there is none. */
export function unreachedIn(said: Text): Text | null {
  if (!('list' in said)) return null;
  return said.list.find((part) => 'key' in part && part.key === 'said.unreached') ?? null;
}

function ofField(
  situation: Situation,
  id: string,
  key: 'said.wording' | 'said.version_chosen' | 'said.field_clash' | 'said.field_unknown',
): Text | null {
  const found = fieldOf(situation, id);
  return found ? t(key, { n: found.item.n, field: lawText(found.field.label) }) : null;
}

function fieldLine(situation: Situation, { field, value }: CommandOf<'fill_field'>): Text | null {
  const found = fieldOf(situation, field);
  if (!found) return null;
  if (situation.state.fields[field]?.current === null) return ofField(situation, field, 'said.field_clash');
  if (value.state === 'unknown') return ofField(situation, field, 'said.field_unknown');
  return t('said.field', {
    n: found.item.n,
    field: lawText(found.field.label),
    text: ofPart(fieldPart(situation, field), writtenText(situation, field, value.text)),
  });
}

/** Returns true if level and duties are the same as without the reading that was settled. */
function changesNothing({ state, regime, ia }: Situation, question: string): boolean {
  const { [question]: _settled, ...readings } = state.readings;
  const shown = ({ assessment: { floor, ceiling }, obligations }: IncidentAssessment) =>
    JSON.stringify([floor, ceiling, obligations.map(({ id, due, provisional }) => [id, due, provisional])]);
  return shown(assessIncident({ ...state, readings }, regime, ia.now)) === shown(ia);
}
