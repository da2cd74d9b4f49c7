import type { FormRef, Text } from '../conversation/card.ts';
import { completeness } from '../conversation/items.ts';
import { nextQuestion } from '../conversation/questions.ts';
import { readPast } from '../conversation/readings.ts';
import { plain, type Scene, t } from '../conversation/scene.ts';
import type { TextCommand } from '../conversation/text/commands.ts';
import { approvalOf } from '../incident/approvals.ts';
import { workingStart } from '../incident/assessment.ts';
import type { Command } from '../incident/commands.ts';
import { type Room, roomId } from '../incident/identity.ts';
import type { Caller } from './app.ts';
import { answerMeant } from './text-answers.ts';
import type { Meaning } from './text-door.ts';
import { fieldMeant } from './text-fields.ts';
import { choose, levelMeant } from './text-level.ts';

export interface Reader {
  readonly scene: Scene;
  readonly caller: Caller;
  readonly room: Room | null;
}
type Of<T extends TextCommand['type']> = TextCommand & { readonly type: T };

export const commands = (...list: readonly Command[]): Meaning => ({ kind: 'commands', commands: list });
export const say = (text: Text): Meaning => ({ kind: 'say', text });
const openForm = (form: string, { scene }: Reader, args: Record<string, string> = {}): Meaning => ({
  kind: 'form',
  ref: { form, args: { incident: scene.state.id, ...args } } satisfies FormRef,
  label: t('act.fill_in'),
});
const openView = (view: string, { scene }: Reader, args: Record<string, string> = {}): Meaning => ({
  kind: 'view',
  ref: { view, args: { incident: scene.state.id, ...args } },
});

/** Commands that only open a form or a card. */
const FORMS: Partial<Record<TextCommand['type'], string>> = {
  not_reportable: 'not_reportable',
  file: 'filing',
  decide: 'settle_question',
  release: 'release_abroad',
  withdraw_release: 'withdraw_release',
  rooms: 'rooms',
};
const VIEWS: Partial<Record<TextCommand['type'], string>> = {
  status: 'status',
  refresh: 'status',
  countdown: 'status',
  switch: 'status',
  people: 'people',
  more: 'more',
  items: 'checklist',
  question: 'question',
  why: 'why',
  timeline: 'timeline',
  script: 'script',
  read: 'text',
  console: 'more',
};

/** What a command of text means for one incident, as its record stands. */
export function meant(command: TextCommand, reader: Reader): Meaning {
  const form = FORMS[command.type];
  if (form) return openForm(form, reader);
  const view = VIEWS[command.type];
  if (view) return openView(view, reader);
  return (
    ofReport(command, reader) ?? ofDecision(command, reader) ?? ofIncident(command, reader) ?? say(t('text.not_here'))
  );
}

function ofReport(command: TextCommand, reader: Reader): Meaning | null {
  const { scene } = reader;
  switch (command.type) {
    case 'answer':
      return answerMeant(command, scene, nextQuestion(scene.state, scene.ia, scene.regime));
    case 'yes':
    case 'no':
    case 'dont_know':
      return answerMeant({ type: command.type }, scene, nextQuestion(scene.state, scene.ia, scene.regime));
    case 'item':
    case 'correct':
    case 'delete':
      return fieldMeant(command, scene);
    case 'fill':
    case 'check':
      return withItem(command.n, reader, (item) => openForm('item', reader, { item }));
    case 'take':
      return withItem(command.n, reader, (item) => commands({ type: 'take_item', item }));
    case 'assign':
      return assign(command, reader);
    case 'draft':
      return commands({
        type: 'compile_draft',
        report: command.report ?? (scene.state.handlingEnded ? 'summary' : 'initial'),
        cannotDetermine: [...(command.cannotDetermine ?? [])],
      });
    case 'download':
      return openView('download', reader);
    case 'note':
      return note(command, scene);
    default:
      return null;
  }
}

function ofDecision(command: TextCommand, reader: Reader): Meaning | null {
  const { scene } = reader;
  switch (command.type) {
    case 'confirm_level':
      return levelMeant(scene, command.level, undefined);
    case 'another_level':
      if (command.level === undefined || command.reason === undefined) return choose(scene, command.level);
      return levelMeant(scene, command.level, command.reason);
    case 'confirm_clock':
      return confirmClock(command.reason, reader);
    case 'correct_clock':
      return openForm('awareness', reader);
    case 'end':
      if (command.reason === undefined) return openForm('end_handling', reader);
      return commands({ type: 'end_handling', at: scene.ia.now, reason: command.reason });
    case 'close':
    case 'reopen':
      if (command.reason === undefined) return openForm(command.type, reader);
      return commands({ type: command.type, reason: command.reason });
    case 'return_to_chat':
      if (command.reason === undefined) return openForm('return_to_chat', reader);
      return commands({ type: 'return_to_chat', reason: command.reason });
    case 'chat_compromised':
      return commands({ type: 'leave_chat' });
    case 'state_secret':
      return commands({ type: 'stop_state_secret' });
    default:
      return ofApproval(command, reader);
  }
}

/** Of the latest draft: a line of text names no hash, it is about what its writer has just read. */
function ofApproval(command: TextCommand, reader: Reader): Meaning | null {
  const draft = reader.scene.state.drafts.at(-1);
  switch (command.type) {
    case 'request_approval':
      return draft ? commands({ type: 'request_approval', draft: draft.draft }) : say(t('refuse.unknown_draft'));
    case 'approve':
      if (!draft?.text) return say(t('refuse.unknown_draft'));
      // Only what is put up for approval now can be approved in a line of text.
      return command.look || approvalOf(reader.scene.state, draft.draft).status !== 'asked'
        ? openView('text', reader, { draft: String(draft.draft) })
        : commands({ type: 'approve', draft: draft.draft, hash: draft.text.hash });
    case 'send_back':
      if (!draft) return say(t('refuse.unknown_draft'));
      if (command.reason === undefined) return openForm('send_back', reader, { draft: String(draft.draft) });
      return commands({ type: 'send_back', draft: draft.draft, comments: [{ text: command.reason }] });
    default:
      return null;
  }
}

function ofIncident(command: TextCommand, { scene, room }: Reader): Meaning | null {
  switch (command.type) {
    case 'lead':
      return commands({ type: 'take_lead' });
    case 'snooze':
      return commands({ type: 'snooze', minutes: Math.min(240, Math.max(1, Math.round(command.minutes))) });
    case 'rename':
      return commands({ type: 'rename', title: command.title });
    case 'language':
      return commands({ type: 'set_language', language: command.language === 'en' ? 'en' : 'zh-CN' });
    case 'drill_speed':
      return commands({ type: 'set_drill_speed', speed: command.speed });
    case 'drill_pause':
      return commands({ type: 'set_drill_speed', speed: 0 });
    case 'drill_resume':
      return commands({ type: 'set_drill_speed', speed: lastSpeed(scene) });
    case 'bind':
      if (!room) return say(t('rooms.bind_where', { id: plain(scene.state.id) }));
      if (scene.state.rooms[roomId(room)]) return say(t('rooms.bound_already'));
      return commands({ type: 'add_room', room });
    case 'invite': {
      const person = scene.state.organisation?.people.find((p) => p.name === command.who || p.id === command.who);
      return person
        ? commands({ type: 'add_person', person: person.id })
        : say(t('text.which_person', { name: { raw: command.who } }));
    }
    default:
      return null;
  }
}

function withItem(n: number | undefined, { scene }: Reader, then: (item: string) => Meaning): Meaning {
  const items = completeness(scene);
  const item = items.find((one) => one.n === n);
  return item ? then(item.id) : say(t('text.which_item', { n: items.length }));
}

/** Only an exact name, of somebody in the incident or in the profile, that no one else has. */
function assign(command: Of<'assign'>, reader: Reader): Meaning {
  const { state } = reader.scene;
  const who = command.who.toLowerCase();
  const named = Object.values(state.people).filter((p) => p.name.toLowerCase() === who || p.person === who);
  const [person, other] = named;
  if (!person || other) return say(t('text.which_person', { name: { raw: command.who } }));
  return withItem(command.n, reader, (item) => commands({ type: 'assign_item', item, person: person.actor }));
}

function note(command: Of<'note'>, scene: Scene): Meaning {
  if (command.happenedAt === undefined) return commands({ type: 'add_note', text: command.text });
  const read = readPast(command.happenedAt, scene.ia.now);
  // A time that cannot be read stays part of the words: nothing that was said is lost.
  if (!read.ok || read.value === 'unknown')
    return commands({ type: 'add_note', text: `${command.happenedAt} ${command.text}` });
  return commands({ type: 'add_note', text: command.text, happenedAt: read.value });
}

function confirmClock(reason: string | undefined, reader: Reader): Meaning {
  const start = workingStart(reader.scene.state);
  if (!start) return say(t('text.no_candidate'));
  if (reason === undefined) return openForm('confirm_awareness', reader);
  return commands({ type: 'confirm_awareness', candidate: start.candidate, reason });
}

function lastSpeed({ state }: Scene): number {
  return state.segments.findLast((segment) => segment.rate > 0)?.rate ?? 1;
}
