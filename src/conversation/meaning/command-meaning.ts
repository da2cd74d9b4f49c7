import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import type { Command, CommandOf } from '../../incident/commands.ts';
import { lastSpeed } from '../../incident/drill-clock.ts';
import { roomId } from '../../incident/identity.ts';
import { openProposals } from '../../incident/proposals.ts';
import { reportWith } from '../../law/regime.ts';
import type { ReportRole } from '../../law/types.ts';
import { askToStop, withdrawAction } from '../cards/card-views.ts';
import { intent, joined, openInitial, plain, primary, type Situation, t } from '../cards/situation.ts';
import { wordingsAsWritten } from '../collecting/item-forms.ts';
import { CANCEL, readBackWords } from '../sworn.ts';
import type { Undetermined } from '../text/commands/command-types.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { isFigure } from '../text/commands/item-lines.ts';
import { readLine } from '../text/line-reading.ts';
import { timesIn } from '../text/times/times.ts';
import {
  answerMeant,
  commandAsAnswer,
  fieldMeantAsAnswer,
  questionFor,
  sentenceMeant,
  unanswered,
  wholeMeant,
  wordsMeant,
} from './answers.ts';
import { amended, corrected, restored } from './corrections.ts';
import { fieldMeant } from './fields.ts';
import { isPeopleAlone } from './figure-findings.ts';
import { choose, levelMeant, openQuestion, seconded } from './level.ts';
import { commands, type Meaning, namesake, opened, openForm, openView, type Reader, say, withItem } from './meaning.ts';
import { assign, invite, takeOut } from './people.ts';
import { quotedMeant } from './quoted.ts';
import { rowsMeant } from './rows.ts';
import { spokenMeant } from './spoken.ts';
import { confirmClock, correctClock, note, occurred } from './times.ts';
import { isUnanswered, topicMeant } from './topics/topic-meaning.ts';
import { confirmed } from './topics/topic-offers.ts';
import { decisionWithdrawn, undone } from './undo.ts';

/** Returns the meaning of a text command for one incident in its current state. */
export function meant(command: TextCommand, reader: Reader): Meaning {
  return (
    quotedMeant(command, reader) ??
    swornMeant(command, reader) ??
    opened(command, reader.situation) ??
    spokenMeant(command, reader) ??
    ofReport(command, reader) ??
    ofDecision(command, reader) ??
    ofIncident(command, reader) ??
    namesake(command, reader.situation) ??
    say(t('text.unknown'))
  );
}

/**
 * Returns the meaning of a line that is no command: what it states, otherwise what is offered by its topic.
 *
 * @param written the message as it came, whose first mention tells to whom it is said.
 */
export function lineMeant(line: string, reader: Reader, written = line): Meaning | null {
  const whole = wholeMeant(line, reader.situation);
  if (whole?.kind === 'commands') return whole;
  return topicMeant(
    line,
    reader,
    (command) => meant(command, reader),
    whole ?? sentenceMeant(line, reader.situation, questionFor(reader.situation, null)),
    /^\s*[@＠]/.test(written) ? written : line,
  );
}

/** Form of a decision that is read back before it is recorded, and the field for the words after its command. */
const SWORN_WORDS: Partial<Record<TextCommand['type'], readonly [form: string, field: string]>> = {
  end: ['end_handling', 'reason'],
  close: ['close', 'reason'],
  reopen: ['reopen', 'reason'],
  lift_stop: ['lift_stop', 'reason'],
  hold: ['hold', 'reason'],
  release_hold: ['release_hold', 'reason'],
  send_back: ['send_back', 'comments'],
  not_reportable: ['not_reportable', 'reason'],
  explain_delay: ['explain_delay', 'reason'],
};

/** Returns the meaning of a decision in words: a read-back, or its form with these words if it needs more entries. */
function swornMeant(command: TextCommand, { situation }: Reader): Meaning | null {
  const sworn = SWORN_WORDS[command.type];
  if (!sworn) return null;
  const [name, field] = sworn;
  const draft = draftInForce(situation.state);
  if (name === 'send_back' && !draft) return null;
  const words = 'reason' in command && command.reason ? { [field]: command.reason } : {};
  const args = { ...(name === 'send_back' && draft ? { draft: String(draft.draft) } : {}) };
  const ref = { form: name, args: { incident: situation.state.id, ...args } };
  const now = name === 'end_handling' ? { at: situation.ia.now } : {};
  const back = Object.keys(words).length > 0 ? readBackWords(situation, ref, { ...now, ...words }) : null;
  return back ?? openForm(situation, name, { ...args, ...words });
}

function ofReport(command: TextCommand, reader: Reader): Meaning | null {
  const { situation } = reader;
  switch (command.type) {
    case 'answer':
    case 'yes':
    case 'no':
    case 'dont_know': {
      const answer = commandAsAnswer(command);
      const meaning = answer && answerMeant(answer, situation, questionFor(situation, answer));
      const words = answer?.type === 'answer' && !answer.choices ? answer.text : '';
      const isRead = meaning?.kind === 'commands';
      const isSentence = /[a-z]{3}|[一-龥]{3}/i.test(words) || (!isRead && isPeopleAlone(readLine(words)));
      return isSentence && meaning ? answerInWords(words, meaning, reader) : meaning;
    }
    case 'field':
      return fieldMeantAsAnswer(command, situation) ?? fieldMeant({ ...command, type: 'item' }, situation);
    case 'item':
    case 'delete':
      return fieldMeant(command, situation);
    case 'rows':
      return rowsMeant(command, situation);
    case 'correct':
      return orTopic(command.text, corrected(command, reader), reader);
    case 'amend':
      return orTopic(command.text, amended(command, reader), reader);
    case 'undo':
      return undone(reader);
    case 'restore':
      return restored(situation);
    case 'download':
      return downloaded(command, situation);
    case 'occurrence':
      return occurred(command.text, situation);
    case 'correct_clock':
      return correctClock(command.text, situation);
    case 'fill':
      if (command.n === undefined) return openView(situation, 'checklist');
      return withItem(command.n, situation, (item) => openForm(situation, 'item', { item }));
    case 'take':
      return withItem(command.n, situation, (item) => commands({ type: 'take_item', item }));
    case 'assign':
      return assign(command, situation);
    case 'as_written':
      return asWritten(situation, []);
    case 'write_and_draft':
      return asWritten(situation, [compileNext(situation)]);
    case 'draft':
      // While handling goes on, "summary" asks what has happened so far: no summary report is due yet.
      if (command.report === 'final' && !situation.state.handlingEnded) return openView(situation, 'catchup');
      return commands(compileNext(situation, command.report, command.cannotDetermine));
    case 'note':
      return note(command, situation);
    default:
      return null;
  }
}

/** Returns the meaning of a correction; one whose words name no answer may be about a topic: 更正：刚才说的是订单，人是3万. */
function orTopic(text: string | undefined, meaning: Meaning, reader: Reader): Meaning {
  if (text === undefined) return meaning;
  const isEmpty = meaning.kind === 'view' || (meaning.kind === 'say' && !meaning.actions?.length);
  // A form without the new time asks for what was just said.
  const isMissed = isEmpty || isUnanswered(meaning) || (meaning.kind === 'form' && timesIn(text).length > 0);
  if (!isMissed) return meaning;
  const offer = topicMeant(text, reader, (one) => meant(one, reader), null);
  return offer && (offer.kind !== 'silent' || isUnanswered(meaning)) ? offer : meaning;
}

/** Returns the meaning of a sentence that begins like an answer; one that answers nothing may be about something else. */
function answerInWords(text: string, meaning: Meaning, reader: Reader): Meaning {
  if (wholeMeant(text, reader.situation)?.kind === 'commands') return meaning;
  const question = questionFor(reader.situation, null);
  const isLong = question !== null && text.length > LONGEST_ANSWER && wordsMeant(text, reader.situation) === null;
  // A value that cannot be read is no reply to a sentence: 今晚十二点到两点要停机打补丁 plans. A bare figure is a wrong value.
  const isUnread = meaning.kind === 'say' && !meaning.actions?.length && !isFigure(text);
  const isMissed = isLong || isUnanswered(meaning) || isUnread;
  const read = isMissed ? null : meaning;
  const offer = topicMeant(text, reader, (one) => meant(one, reader), read);
  // A value that only a part of the words states is asked about.
  const isPart =
    offer === meaning &&
    meaning.kind === 'commands' &&
    sentenceMeant(text, reader.situation, question)?.kind !== 'commands';
  if (isPart) return confirmed(meaning, text, reader.situation);
  return offer ?? (isMissed && question ? unanswered(text, question) : meaning);
}
/** Longest text of which a part is read as the answer: "last friday we had planned downtime" is none. */
const LONGEST_ANSWER = 24;

function compileNext(
  situation: Situation,
  report: ReportRole = nextReport(situation),
  cannotDetermine: readonly Undetermined[] = [],
): CommandOf<'compile_draft'> {
  return {
    type: 'compile_draft',
    report: reportWith(situation.regime, report),
    cannotDetermine: [...cannotDetermine],
  };
}

/** Confirms people's Chinese texts as report wording, then runs `then`; without any, opens the wordings form. */
function asWritten(situation: Situation, then: readonly Command[]): Meaning {
  const wordings = wordingsAsWritten(situation);
  return wordings.length > 0 ? commands(...wordings, ...then) : openForm(situation, 'wordings');
}

/** Returns the next report: an owed first report precedes the summary, also after handling has ended. */
function nextReport(situation: Situation): 'first' | 'final' {
  const isOwed = openInitial(situation).some(({ provisional }) => !provisional);
  return situation.state.handlingEnded && !isOwed ? 'final' : 'first';
}

function ofDecision(command: TextCommand, { situation }: Reader): Meaning | null {
  switch (command.type) {
    case 'confirm_level':
      return levelMeant(situation, command.level, undefined);
    case 'another_level':
      if (command.level === undefined || command.reason === undefined) return choose(situation, command.level);
      return levelMeant(situation, command.level, command.reason);
    case 'confirm_clock':
      return confirmClock(command.reason, situation);
    case 'agree':
      return seconded(true, command.level, situation);
    case 'withdraw_decision':
      return decisionWithdrawn(situation);
    case 'disagree':
      return seconded(false, undefined, situation);
    case 'decide':
      return openQuestion(situation, command.text);
    case 'chat_compromised':
      return say(t('act.leave_chat_confirm'), [
        primary(intent('leave_chat', t('act.confirm'), { type: 'leave_chat' })),
        CANCEL,
      ]);
    case 'state_secret':
      return situation.state.stopped ? commands({ type: 'stop_state_secret' }) : askedToStop(situation);
    default:
      return ofApproval(command, situation);
  }
}

/**
 * Returns the meaning of 导出word: the draft in force as a file of that format (docx if only a version or language is
 * named); a choice of formats if none of these is named, or there is no draft.
 */
function downloaded(command: Extract<TextCommand, { type: 'download' }>, situation: Situation): Meaning {
  const { format, internal, language } = command;
  const draft = draftInForce(situation.state);
  if (!draft || (format === undefined && !internal && language === undefined)) return openView(situation, 'download');
  return openView(situation, 'download', {
    draft: String(draft.draft),
    format: format ?? 'docx',
    version: internal ? 'internal' : 'submission',
    language: language ?? 'zh',
  });
}

/** Returns the meaning of "state secret": the law's words, then the question whether to stop. */
function askedToStop({ state }: Situation): Meaning {
  const { text, actions } = askToStop(state);
  return say(joined([t('text.secret_now'), text], 'sentence'), actions);
}

/** Returns the meaning of a command on a draft: a line of text has no hash, so it applies to the latest draft. */
function ofApproval(command: TextCommand, situation: Situation): Meaning | null {
  const draft = draftInForce(situation.state);
  const isAsked = draft !== undefined && approvalOf(situation.state, draft.draft).status === 'asked';
  // 同意 without a draft in approval refers to a proposal that waits for a second person.
  if (command.type === 'approve' && !command.look && !isAsked && openProposals(situation.state).length > 0)
    return seconded(true, undefined, situation);
  if (!draft) return APPROVING.has(command.type) ? say(t('refuse.unknown_draft')) : null;
  switch (command.type) {
    case 'request_approval':
      return commands({ type: 'request_approval', draft: draft.draft });
    case 'approve':
      if (!draft.text) return say(t('refuse.unknown_draft'));
      // Only the draft whose approval is requested now can be approved in a line of text.
      return command.look || !isAsked
        ? openView(situation, 'text', { draft: String(draft.draft) })
        : commands({ type: 'approve', draft: draft.draft, hash: draft.text.hash });
    default:
      return null;
  }
}

const APPROVING: ReadonlySet<TextCommand['type']> = new Set(['request_approval', 'approve', 'send_back'] as const);

function ofIncident(command: TextCommand, { situation, room }: Reader): Meaning | null {
  switch (command.type) {
    case 'join':
      return commands({ type: 'ask_to_join' });
    case 'lead':
      return commands({ type: 'take_lead' });
    case 'take_over':
      return commands(situation.state.handover ? { type: 'take_over' } : { type: 'take_lead' });
    case 'charge':
      return commands({ type: 'take_charge' });
    case 'snooze':
      return commands({ type: 'snooze', minutes: Math.min(240, Math.max(1, Math.round(command.minutes))) });
    case 'rename':
      return command.title === undefined
        ? openForm(situation, 'rename')
        : commands({ type: 'rename', title: command.title });
    case 'language':
      return commands({ type: 'set_language', language: command.language === 'en' ? 'en' : 'zh-CN' });
    case 'drill_speed':
      return command.speed === undefined
        ? openForm(situation, 'drill_speed')
        : commands({ type: 'set_drill_speed', speed: command.speed });
    case 'drill_pause':
      return commands({ type: 'set_drill_speed', speed: 0 });
    case 'call_officer':
      return situation.state.drill ? commands({ type: 'call_officer' }) : openView(situation, 'script');
    case 'hang_up':
      return say(t('call.none'));
    case 'drill_resume':
      return commands({ type: 'set_drill_speed', speed: lastSpeed(situation.state.segments) });
    case 'bind':
      if (!room) return say(t('rooms.bind_where', { id: plain(situation.state.id) }));
      if (situation.state.rooms[roomId(room)]) return say(t('rooms.bound_already'));
      return commands({ type: 'add_room', room });
    case 'withdraw_declaration':
      if (command.unsure) {
        const { confirm, ...withdraw } = withdrawAction(situation.state);
        return say(confirm ?? withdraw.label, [primary(withdraw), CANCEL]);
      }
      return commands({
        type: 'withdraw_declaration',
        ...(command.reason === undefined ? {} : { reason: command.reason }),
      });
    case 'confirm_room':
      return room ? commands({ type: 'confirm_room', room: roomId(room) }) : openForm(situation, 'rooms');
    case 'invite':
      return invite(command.who, situation);
    case 'remove_person':
      return takeOut(command.who, situation);
    case 'move':
      return room?.open ? openView(situation, 'private') : say(t('text.move_where'));
    case 'upload':
      return say(t('text.upload'));
    default:
      return null;
  }
}
