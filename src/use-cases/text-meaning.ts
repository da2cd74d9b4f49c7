import { plain, type Scene, t } from '../conversation/scene.ts';
import { moveAction } from '../conversation/status.ts';
import type { TextCommand } from '../conversation/text/commands.ts';
import { askToStop } from '../conversation/views.ts';
import { approvalOf } from '../incident/approvals.ts';
import { type Room, roomId } from '../incident/identity.ts';
import type { Caller } from './app.ts';
import { commands, type Meaning, say, withItem } from './meaning.ts';
import { answerMeant, fieldMeantAsAnswer, questionFor } from './text-answers.ts';
import { corrected } from './text-facts.ts';
import { fieldMeant } from './text-fields.ts';
import { choose, levelMeant, openQuestion, seconded } from './text-level.ts';
import { opened, openForm, openView } from './text-opens.ts';
import { assign, invite } from './text-people.ts';
import { confirmClock, correctClock, note, occurred } from './text-times.ts';

export interface Reader {
  readonly scene: Scene;
  readonly caller: Caller;
  readonly room: Room | null;
}

/** What a command of text means for one incident, as its record stands. */
export function meant(command: TextCommand, reader: Reader): Meaning {
  return (
    opened(command.type, reader.scene) ??
    ofReport(command, reader) ??
    ofDecision(command, reader) ??
    ofIncident(command, reader) ??
    say(t('text.unknown'))
  );
}

function ofReport(command: TextCommand, reader: Reader): Meaning | null {
  const { scene } = reader;
  switch (command.type) {
    case 'answer':
      return answerMeant(command, scene, questionFor(scene, command));
    case 'yes':
    case 'no':
    case 'dont_know':
      return answerMeant({ type: command.type }, scene, questionFor(scene, { type: command.type }));
    case 'field':
      return fieldMeantAsAnswer(command, scene) ?? fieldMeant({ ...command, type: 'item' }, scene);
    case 'item':
    case 'delete':
      return fieldMeant(command, scene);
    case 'correct':
      return corrected(command, scene);
    case 'occurrence':
      return occurred(command.text, scene);
    case 'correct_clock':
      return correctClock(command.text, scene);
    case 'fill':
    case 'check':
      if (command.n === undefined) return openView(scene, 'checklist');
      return withItem(command.n, scene, (item) => openForm(scene, 'item', { item }));
    case 'take':
      return withItem(command.n, scene, (item) => commands({ type: 'take_item', item }));
    case 'assign':
      return assign(command, scene);
    case 'draft':
      return commands({
        type: 'compile_draft',
        report: command.report ?? (scene.state.handlingEnded ? 'summary' : 'initial'),
        cannotDetermine: [...(command.cannotDetermine ?? [])],
      });
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
      return confirmClock(command.reason, scene);
    case 'agree':
      return seconded(true, command.level, scene);
    case 'disagree':
      return seconded(false, undefined, scene);
    case 'decide':
      return openQuestion(scene);
    case 'end':
      if (command.reason === undefined) return openForm(reader.scene, 'end_handling');
      return commands({ type: 'end_handling', at: scene.ia.now, reason: command.reason });
    case 'close':
    case 'reopen':
      if (command.reason === undefined) return openForm(reader.scene, command.type);
      return commands({ type: command.type, reason: command.reason });
    case 'return_to_chat':
      if (command.reason === undefined) return openForm(reader.scene, 'return_to_chat');
      return commands({ type: 'return_to_chat', reason: command.reason });
    case 'chat_compromised':
      return commands({ type: 'leave_chat' });
    case 'state_secret':
      return scene.state.stopped ? commands({ type: 'stop_state_secret' }) : { kind: 'say', ...askToStop(scene.state) };
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
        ? openView(reader.scene, 'text', { draft: String(draft.draft) })
        : commands({ type: 'approve', draft: draft.draft, hash: draft.text.hash });
    case 'send_back':
      if (!draft) return say(t('refuse.unknown_draft'));
      if (command.reason === undefined) return openForm(reader.scene, 'send_back', { draft: String(draft.draft) });
      return commands({ type: 'send_back', draft: draft.draft, comments: [{ text: command.reason }] });
    default:
      return null;
  }
}

function ofIncident(command: TextCommand, { scene, room }: Reader): Meaning | null {
  switch (command.type) {
    case 'join':
      return commands({ type: 'ask_to_join' });
    case 'lead':
      return commands({ type: 'take_lead' });
    case 'snooze':
      return commands({ type: 'snooze', minutes: Math.min(240, Math.max(1, Math.round(command.minutes))) });
    case 'rename':
      return command.title === undefined
        ? openForm(scene, 'rename')
        : commands({ type: 'rename', title: command.title });
    case 'language':
      return commands({ type: 'set_language', language: command.language === 'en' ? 'en' : 'zh-CN' });
    case 'drill_speed':
      return command.speed === undefined
        ? openForm(scene, 'drill_speed')
        : commands({ type: 'set_drill_speed', speed: command.speed });
    case 'drill_pause':
      return commands({ type: 'set_drill_speed', speed: 0 });
    case 'drill_resume':
      return commands({ type: 'set_drill_speed', speed: lastSpeed(scene) });
    case 'bind':
      if (!room) return say(t('rooms.bind_where', { id: plain(scene.state.id) }));
      if (scene.state.rooms[roomId(room)]) return say(t('rooms.bound_already'));
      return commands({ type: 'add_room', room });
    case 'invite':
      return invite(command.who, scene);
    case 'move':
      return room?.open
        ? { kind: 'say', text: t('act.move_private_sure', { id: plain(scene.state.id) }), actions: [moveAction(scene)] }
        : say(t('text.move_where'));
    case 'upload':
      return say(t('text.upload'));
    default:
      return null;
  }
}

function lastSpeed({ state }: Scene): number {
  return state.segments.findLast((segment) => segment.rate > 0)?.rate ?? 1;
}
