import { localise } from '../../../conversation/localise.ts';
import { buttons, sentenceCard } from '../../../conversation/sentence.ts';
import { parseCommand } from '../../../conversation/text/commands.ts';
import type { Command } from '../../../incident/commands.ts';
import type { Language, Room } from '../../../incident/identity.ts';
import { entryOf } from '../../../law/lookup.ts';
import type { Caller, Submitted } from '../../../use-cases/app.ts';
import { committed, deliveriesOf } from '../../../use-cases/platform-doors.ts';
import type { KeptValues, Log } from '../../../use-cases/ports.ts';
import { meant } from '../cards/choice.ts';
import type { Does, Entry } from '../cards/does.ts';
import { questionAsked } from '../cards/on-question.ts';
import type { Task, Tasks } from '../cards/task.ts';
import type { Given } from '../given.ts';
import { recordLanguage } from '../languages.ts';
import { onlyOpen } from '../only.ts';
import type { WecomApp } from './api.ts';
import { isOnNext } from './asked.ts';
import type { GivenMedia } from './evidence.ts';
import type { Groups } from './groups.ts';
import { MENU_LINES } from './menu.ts';
import type { People } from './people.ts';
import { type AppHouse, PLATFORM } from './ports.ts';
import { sendReport } from './reports.ts';
import type { Sender } from './sender.ts';
import type { Suspension } from './suspension.ts';
import type { Talk } from './talk.ts';
import type { Incoming } from './wire.ts';

export interface IntakeDependencies {
  readonly house: AppHouse;
  readonly people: People;
  readonly groups: Groups;
  readonly tasks: Tasks;
  readonly talk: Talk;
  readonly suspension: Suspension;
  readonly evidence: Given<GivenMedia>;
  readonly api: WecomApp;
  readonly sender: Sender;
  readonly kept: KeptValues;
  readonly log: Log;
}
type After = (() => Promise<void>) | null;

/** Handles one callback: everything is on disk when it resolves; what is to be said is said after the acknowledgement. */
export async function receive(deps: IntakeDependencies, incoming: Incoming): Promise<After> {
  if (await deps.suspension.concerns(incoming)) return null;
  const caller = deps.people.caller(incoming.from);
  const after = await handle(deps, incoming, caller);
  return async () => {
    await after?.();
    await deps.people.learn(incoming.from);
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

/** A picture, voice message or video becomes evidence; it is fetched after the acknowledgement, and again after a crash. */
async function given(deps: IntakeDependencies, incoming: Incoming, caller: Caller): Promise<After> {
  if (incoming.media === '') return () => deps.talk.say(caller, 'wecom_app.no_media');
  const incident = await currentOf(deps, caller);
  if (incident === null) return () => deps.talk.say(caller, 'wecom_app.which_incident');
  await committed(
    deps.evidence.add(incoming.key, {
      media: incoming.media,
      incident,
      user: caller.account.id,
      message: incoming.key,
    }),
  );
  return () => deps.evidence.run();
}

/** A line of text is what it is everywhere else; the app only adds which incident this person is on. */
async function written(deps: IntakeDependencies, key: string, line: string, caller: Caller): Promise<After> {
  const { app } = deps.house;
  const command = parseCommand(line);
  if (command.type === 'language') return spoken(deps, key, command.language === 'en' ? 'en' : 'zh-CN', caller);
  const declares = (command.type === 'new' || command.type === 'drill') && command.title !== undefined;
  const incident = declares ? null : await currentOf(deps, caller);
  const asked = await questionAsked(app, caller, incident);
  const reply = await committed(
    app.text({
      line,
      incident,
      caller,
      room: declares ? await deps.groups.roomFor(caller, key) : null,
      delivery: delivery(key, [caller.account.id, line]),
    }),
  );
  if (reply.kind === 'submitted')
    return answered(deps, reply.result, caller, { task: null, asked, act: declares ? 'declare' : actOf(command.type) });
  const { card, incident: about } = reply;
  await remember(deps, caller, about);
  return async () => {
    const open = card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    const [only] = open;
    if (only?.does.kind === 'form' && open.length === 1) {
      return sendForm(deps, caller, only.does, about);
    }
    return deps.talk.card(caller, card, await standing(deps, caller, about));
  };
}

/** They are spoken to in this language from now on, about every incident. */
async function spoken(deps: IntakeDependencies, key: string, language: Language, { account }: Caller): Promise<After> {
  await deps.people.choose(account.id, language);
  const caller = deps.people.caller(account.id);
  const isOwn = (room: Room): boolean => room.platform === PLATFORM && deps.groups.isAlone(account.id, room.address);
  await committed(recordLanguage(deps.house.app, { caller, isOwn, key, delivery }));
  return () => deps.talk.say(caller, 'said.language');
}

/** A button, ticks or a drop-down of a card. */
async function clicked(deps: IntakeDependencies, incoming: Incoming, caller: Caller): Promise<After> {
  const task = await deps.tasks.get(incoming.taskId);
  if (!task) return () => deps.talk.say(caller, 'wecom.old_card');
  await remember(deps, caller, task.incident);
  const found = meant(task.bound, incoming.eventKey, Object.values(incoming.selected).flat());
  if ('say' in found) return () => deps.talk.say(caller, found.say, { option: found.option });
  const { does, label, confirm } = found;
  if (confirm !== undefined) return () => askFirst(deps, caller, task, found, confirm);
  if (does.kind === 'form') return () => sendForm(deps, caller, does, task.incident);
  if (does.kind === 'view') return () => look(deps, caller, does.view, task.incident);
  if (does.kind === 'refresh') return () => look(deps, caller, viewOf('status', task.incident), task.incident);
  return intended(deps, { incoming, caller, task, label, intent: does.intent });
}

/** Asked once more before something that cannot be taken back: a card with the question and the one button that means it. */
async function askFirst(
  { talk }: IntakeDependencies,
  caller: Caller,
  { incident, revision }: Task,
  { does, label }: Entry,
  question: string,
): Promise<void> {
  if (does.kind === 'refresh') return;
  const sure = { id: 'sure', label: { raw: label }, style: 'danger', does } as const;
  await talk.card(caller, sentenceCard({ raw: question }, buttons([sure])), { incident, revision });
}

interface Intended {
  readonly incoming: Incoming;
  readonly caller: Caller;
  readonly task: Task;
  readonly label: string;
  readonly intent: Command;
}

async function intended(deps: IntakeDependencies, tapped: Intended): Promise<After> {
  const { incoming, caller, task, label, intent } = tapped;
  const { app } = deps.house;
  const by = delivery(incoming.key, [caller.account.id, incoming.taskId, intent]);
  const asked = await questionAsked(app, caller, task.incident);
  const result = await committed(
    intent.type === 'declare'
      ? app.declare({
          ...intent,
          caller,
          room: await deps.groups.roomFor(caller, incoming.key),
          delivery: by,
          anyway: true,
        })
      : app.submit({ incident: task.incident, intent, revision: task.revision, caller, delivery: by }),
  );
  const say = await answered(deps, result, caller, { task, asked, act: actOf(intent.type) });
  // A list is still needed for its other rows.
  const lock = result.kind === 'done' && !task.bound.rows ? `${caller.name}：${label}` : null;
  return async () => {
    if (lock !== null) await deps.talk.lock(caller.account.id, incoming.responseCode, lock);
    await say?.();
  };
}

/** After an answer comes the next question, after a declaration the first. */
type Act = 'declare' | 'answer' | 'other';
const ANSWERS: ReadonlySet<string> = new Set(['answer', 'dont_know', 'yes', 'no']);
const actOf = (type: string): Act => (type === 'declare' ? type : ANSWERS.has(type) ? 'answer' : 'other');

/** What changed, and what comes next; a redelivery has been answered. */
async function answered(
  deps: IntakeDependencies,
  result: Submitted,
  caller: Caller,
  { task, act, asked }: { readonly task: Task | null; readonly act: Act; readonly asked: string | null },
): Promise<After> {
  if (result.kind === 'refused') return () => refused(deps, caller, { ...result, task });
  await remember(deps, caller, result.incident);
  if (result.replayed) return null;
  const { said, incident, state } = result;
  // The room itself asks some of its people; whoever else answers is asked on here.
  const isAsked = Object.values(state.rooms).some(
    ({ platform, address }) => platform === PLATFORM && deps.groups.asks(caller.account.id, address),
  );
  // Declaring is answered by the first card.
  const isSaid = isAsked && act === 'declare';
  return async () => {
    const isNext =
      (isAsked || act === 'answer') && (await isOnNext(deps.house.app, caller, { result, asked, isAsked }));
    if (said && !isSaid && !isNext) await deps.talk.card(caller, said, { incident, revision: state.version });
    if (!isAsked && act !== 'other') await look(deps, caller, viewOf('question', incident), incident);
  };
}

interface Refused extends Omit<Extract<Submitted, { kind: 'refused' }>, 'kind'> {
  readonly task: Task | null;
}

/** Why it was refused, and the card as it is now when theirs was out of date. */
async function refused(
  deps: IntakeDependencies,
  caller: Caller,
  { refusal, incident, state, task }: Refused,
): Promise<void> {
  await deps.talk.card(caller, deps.house.explain(refusal, state), await standing(deps, caller, incident));
  if (refusal.code === 'stale_revision' && task) {
    await look(deps, caller, viewOf(task.surface ?? 'question', task.incident), task.incident);
  }
}

type View = Extract<Does, { kind: 'view' }>['view'];
const viewOf = (view: string, incident: string): View => ({ view, args: { incident } });

async function look(deps: IntakeDependencies, caller: Caller, ref: View, incident: string): Promise<void> {
  if (ref.view === 'download' && ref.args['format'] !== undefined) return report(deps, caller, ref, incident);
  const card = await deps.house.app.view(ref, caller);
  if ('code' in card) return refused(deps, caller, { refusal: card, incident, state: null, task: null });
  await deps.talk.card(caller, card, { ...(await standing(deps, caller, incident)), full: true });
}

async function report(deps: IntakeDependencies, caller: Caller, ref: View, incident: string): Promise<void> {
  const outcome = await sendReport(deps, caller, ref);
  if ('code' in outcome) return refused(deps, caller, { refusal: outcome, incident, state: null, task: null });
  if (outcome.kind !== 'sent') await deps.talk.say(caller, 'wecom.failed');
}

/** A form that cannot be filled in now is refused here rather than on a page. */
async function sendForm(
  deps: IntakeDependencies,
  caller: Caller,
  does: Extract<Does, { kind: 'form' }>,
  incident: string | null,
): Promise<void> {
  const form = await deps.house.app.form(does.form, caller);
  if ('code' in form) return refused(deps, caller, { refusal: form, incident, state: null, task: null });
  await deps.talk.form(caller, does, localise(form.title, caller.language));
}

async function standing(deps: IntakeDependencies, caller: Caller, incident: string | null) {
  const state = incident === null || incident === '' ? null : await deps.house.app.state(incident, caller);
  return { incident: state?.id ?? null, revision: state?.version ?? 0 };
}

/** The incident this person last dealt with while it is open, or the only one they see: a conversation has no threads. */
async function currentOf({ house: { app }, kept }: IntakeDependencies, caller: Caller): Promise<string | null> {
  const id = await kept.get(`current:${caller.account.id}`);
  const state = id === null ? null : await app.state(id, caller);
  if (state && !state.closed) return state.id;
  return onlyOpen(app, caller);
}

async function remember(deps: IntakeDependencies, caller: Caller, incident: string | null): Promise<void> {
  if (incident !== null && incident !== '') await deps.kept.put(`current:${caller.account.id}`, incident);
}
