import type { ViewRef } from '../../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../../conversation/cards/sentence.ts';
import { fileRefusedCard } from '../../conversation/filing/file-refused.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Outcome } from '../../talk/acts.ts';
import { conclude, type SightOf } from '../../talk/conclusion.ts';
import { type GivenFiles, placeOfFiles } from '../../talk/given-files.ts';
import { isOnQuestion, type Seen, seenSoFar } from '../../talk/seen-cards.ts';
import type { Talk } from '../../talk/talk.ts';
import type { Caller } from '../../use-cases/app.ts';
import { deliveriesOf } from '../../use-cases/platform-support.ts';
import type { Core } from '../description.ts';
import { showAnswers } from '../shared/answers.ts';
import type { People } from '../shared/people.ts';
import type { Recently } from '../shared/recently.ts';
import { type Entry, meant } from '../wecom/cards/bound.ts';
import type { Task, Tasks } from '../wecom/cards/task.ts';
import type { UnplacedMedia } from './evidence.ts';
import type { Groups } from './groups.ts';
import { PLATFORM } from './limits.ts';
import { MENU_LINES } from './menu.ts';
import type { Replies } from './replies.ts';
import type { Suspension } from './suspension.ts';
import type { Incoming } from './wire.ts';

export interface IntakeDependencies {
  readonly core: Core;
  readonly talk: Talk;
  readonly people: People;
  readonly groups: Groups;
  readonly tasks: Tasks;
  readonly replies: Replies;
  readonly suspension: Suspension;
  readonly files: GivenFiles<UnplacedMedia>;
  /** Callbacks answered a short while ago: WeCom delivers again what was not acknowledged in five seconds. */
  readonly answered: Recently;
}
type After = (() => Promise<void>) | null;

/** Handles one callback: everything is on disk when it resolves; replies are sent after the acknowledgement. */
export async function receive(deps: IntakeDependencies, incoming: Incoming): Promise<After> {
  if (await deps.suspension.concerns(incoming)) return null;
  const caller = deps.people.caller(incoming.from);
  const after = await handle(deps, incoming, caller);
  return async () => {
    if (after && !(await deps.answered.seen(incoming.key))) await after();
    await deps.people.introduce(deps.core.app, caller);
  };
}

function handle(deps: IntakeDependencies, incoming: Incoming, caller: Caller): Promise<After> {
  if (incoming.type === 'text') return written(deps, incoming.key, incoming.text, caller);
  if (incoming.type !== 'event') return given(deps, incoming, caller);
  const line = incoming.event === 'click' ? entryOf(MENU_LINES, incoming.eventKey) : undefined;
  if (line !== undefined) return written(deps, incoming.key, line, caller);
  if (incoming.event === 'template_card_event') return clicked(deps, incoming, caller);
  // Somebody opened the app, shared a place, joined: none of it asks for an answer.
  return Promise.resolve(null);
}

const delivery = deliveriesOf(PLATFORM);
/** A conversation with the app is with one person; a declaration makes a room of its own. */
const DIRECT = { kind: 'direct', room: null } as const;

/** A picture, voice message or video becomes evidence; it is fetched after the acknowledgement, and again after a crash. */
async function given(deps: IntakeDependencies, incoming: Incoming, caller: Caller): Promise<After> {
  if (incoming.media === '') return () => deps.replies.say(caller, 'wecom_app.no_media');
  const act = { caller, place: DIRECT, delivery: delivery(`where:${incoming.key}`, [caller.account.id]) };
  const file = { media: incoming.media, user: caller.account.id, message: incoming.key };
  const asked = await deps.files.given(act, [file]);
  return asked && (() => show(deps, caller, asked));
}

/** The incident of the files a person gave before was chosen. */
async function placed(deps: IntakeDependencies, caller: Caller, incident: string): Promise<After> {
  const isPlaced = await deps.files.placed({ caller, place: DIRECT }, incident);
  return isPlaced ? null : () => deps.replies.say(caller, 'wecom_app.given_gone');
}

async function written(deps: IntakeDependencies, key: string, text: string, caller: Caller): Promise<After> {
  const of = placeOfFiles(text);
  if (of !== null) return placed(deps, caller, of);
  const command = deps.talk.read(text);
  const declares = (command.type === 'new' || command.type === 'drill') && command.title !== undefined;
  const place = { kind: 'direct', room: declares ? await deps.groups.roomFor(caller, key) : null } as const;
  const line = { caller, place, text, command, about: null, delivery: delivery(key, [caller.account.id, text]) };
  const asked = (await seenSoFar(deps.core.app, caller, await deps.talk.about(line))).question;
  const outcome = await deps.talk.line(line);
  return answered(deps, outcome, caller, { task: null, asked, isAnswer: ANSWERS.has(command.type) });
}

/** A button, ticks or a drop-down of a card. */
async function clicked(deps: IntakeDependencies, incoming: Incoming, caller: Caller): Promise<After> {
  const task = await deps.tasks.get(incoming.taskId);
  if (!task) return () => deps.replies.say(caller, 'wecom.old_card');
  await deps.talk.focus({ caller, place: DIRECT }, task.incident);
  const entry = meant(task.bound, incoming.eventKey, Object.values(incoming.selected).flat());
  if ('say' in entry) return () => deps.replies.say(caller, entry.say, { option: entry.option });
  const { does, label, confirm } = entry;
  const of = does.kind === 'line' ? placeOfFiles(does.text) : null;
  if (of !== null) return placed(deps, caller, of);
  if (confirm !== undefined) return () => askFirst(deps, caller, task, entry, confirm);
  const { app } = deps.core;
  const press = {
    caller,
    incident: task.incident,
    revision: task.revision,
    does: does.kind === 'refresh' ? ({ kind: 'view', view: viewOf('status', task.incident) } as const) : does,
    delivery: delivery(incoming.key, [caller.account.id, incoming.taskId, does]),
  };
  const declares = does.kind === 'intent' && does.intent.type === 'declare';
  const room = declares ? await deps.groups.roomFor(caller, incoming.key) : null;
  const asked = (await seenSoFar(app, caller, does.kind === 'intent' ? task.incident : null)).question;
  const outcome = await deps.talk.press({ ...press, place: { kind: 'direct', room } });
  const isAnswer = does.kind === 'intent' && ANSWERS.has(does.intent.type);
  const say = answered(deps, outcome, caller, { task, asked, isAnswer });
  // A list is still needed for its other rows.
  const lock = outcome.change?.kind === 'done' && !task.bound.isList ? `${caller.name}：${label}` : null;
  return async () => {
    if (lock !== null) await deps.replies.lock(caller.account.id, incoming.responseCode, lock);
    await say();
  };
}

/** Asked once more before something that cannot be taken back: a card with the question and the one button that means it. */
async function askFirst(
  { replies }: IntakeDependencies,
  caller: Caller,
  { incident, revision }: Task,
  { does, label }: Entry,
  question: string,
): Promise<void> {
  if (does.kind === 'refresh') return;
  const sure = { id: 'sure', label: { raw: label }, style: 'danger', does } as const;
  await replies.card(caller, sentenceCard({ raw: question }, buttons([sure])), { incident, revision });
}

const ANSWERS: ReadonlySet<string> = new Set(['answer', 'dont_know', 'yes', 'no']);

interface Acted {
  readonly task: Task | null;
  readonly isAnswer: boolean;
  /** Question the person had seen before. */
  readonly asked: Seen['question'];
}

/** Reply after an act: the change, and the next question. The room itself asks some of its people; whoever else answers is asked on here. */
function answered(
  deps: IntakeDependencies,
  outcome: Outcome,
  caller: Caller,
  { task, isAnswer, asked }: Acted,
): () => Promise<void> {
  const sightOf: SightOf = (change) => {
    const isAsked = Object.values(change.state.rooms).some(
      ({ platform, address }) => platform === PLATFORM && deps.groups.asks(caller.account.id, address),
    );
    const onCard = async () =>
      (isAsked || isAnswer) && (await isOnQuestion(deps.core.app, caller, change, isAsked ? asked : 'any'));
    return { newIncident: isAsked, questions: isAsked, onCard };
  };
  const renewal = task && { renewal: viewOf(task.surface ?? 'question', task.incident) };
  return async () => {
    const { answers, next } = await conclude(outcome, { isAnswer, ...renewal }, sightOf);
    await show(deps, caller, { ...outcome, answers });
    if (next) await look(deps, caller, next);
  };
}

const viewOf = (view: string, incident: string): ViewRef => ({ view, args: { incident } });

async function look(deps: IntakeDependencies, caller: Caller, ref: ViewRef): Promise<void> {
  await show(deps, caller, await deps.talk.view(ref, caller));
}

/** Sends what was asked for: cards, a link to the page of a form, files. */
function show({ core, replies }: IntakeDependencies, caller: Caller, outcome: Outcome): Promise<void> {
  const to = { ...caller, language: outcome.language };
  return showAnswers(core, caller, outcome, {
    card: (card, about, view) => replies.card(to, card, { ...about, full: view !== null }),
    form: ({ ref, title }) => replies.form(to, ref, title),
    file: async (file, about, ref) => {
      const sent = await replies.file(caller, file);
      if (sent.kind === 'sent') return;
      const name = (ref.args['format'] ?? 'docx').toUpperCase();
      await replies.card(to, fileRefusedCard(name, sent.detail, ref), about);
    },
  });
}
