import { z } from 'zod';
import type { Card } from '../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { roomId } from '../../incident/identity.ts';
import { personOf } from '../../incident/people/rights.ts';
import type { Outcome, Place } from '../../talk/acts.ts';
import type { Jobs } from '../../talk/jobs.ts';
import type { Talk } from '../../talk/talk.ts';
import { ticked } from '../../talk/ticks.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { committed, deliveriesOf } from '../../use-cases/platform-support.ts';
import type { Explain, PlatformNeeds } from '../description.ts';
import { type About, showAnswers } from '../shared/answers.ts';
import type { BackgroundWork } from '../shared/background-work.ts';
import { fillForm, withEntered } from '../shared/fill-form.ts';
import { InOrder } from '../shared/in-order.ts';
import { keptIfFailed } from '../shared/keep-failed.ts';
import type { People } from '../shared/people.ts';
import type { Recently } from '../shared/recently.ts';
import { directRoom, groupRoom } from '../shared/rooms.ts';
import type { Chats } from './chats.ts';
import type { Receive } from './connection.ts';
import { CLICKED } from './doctor.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import {
  type ClickEvent,
  clickEvent,
  entered,
  eventSchema,
  type MessageEvent,
  memberEvent,
  messageEvent,
  readMessage,
  recalledEvent,
} from './parse.ts';
import { feishuBody, formCard, isTooLong, type Value, valueSchema } from './render.ts';
import type { Sender } from './send.ts';

/** A file that somebody sent, on disk until it is fetched. */
export const jobSchema = z.strictObject({
  message: z.string(),
  key: z.string(),
  type: z.enum(['image', 'file']),
  name: z.string(),
  incident: z.string(),
  person: z.string(),
});
export type Job = z.infer<typeof jobSchema>;

export interface Intake
  extends Pick<PlatformNeeds, 'profile' | 'links' | 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces'> {
  readonly app: App;
  readonly explain: Explain;
  readonly talk: Talk;
  readonly people: People;
  readonly chats: Chats;
  readonly sender: Sender;
  readonly jobs: Jobs<Job>;
  readonly after: BackgroundWork;
  readonly answered: Recently;
  /** `open_id` of the bot, null until Feishu has said it; and whether a click has arrived since the start. */
  readonly bot: { id: string | null; clicked: boolean };
}

/** Person and place of an act. */
interface Spot {
  readonly caller: Caller;
  readonly place: Place;
  /** Message below which a line is answered. */
  readonly at: string;
}
/** Answer to a click: a toast, and the card that takes the place of the one clicked. */
interface ClickAnswer {
  readonly toast?: { readonly type: 'success' | 'error' | 'info'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: object };
}

const delivery = deliveriesOf(PLATFORM);
/** The token of a click is a live handle. */
const SECRETS = new Set(['token']);

/** Handles events; what cannot be committed is delivered again. */
export function createReceive(intake: Intake): Receive {
  const inOrder = new InOrder();
  const handle = async (raw: unknown): Promise<ClickAnswer> => {
    const { event_type } = eventSchema.parse(raw);
    if (event_type === 'card.action.trigger') return clicked(intake, clickEvent.parse(raw));
    if (event_type === 'im.message.receive_v1') {
      const event = messageEvent.parse(raw);
      await inOrder.run(event.message.chat_id, () => written(intake, event));
    } else if (event_type === 'im.chat.member.user.deleted_v1') {
      const { chat_id, users } = memberEvent.parse(raw);
      for (const { user_id } of users) await intake.chats.member(chat_id, user_id.open_id, false);
    } else if (event_type === 'im.message.recalled_v1') await recalled(intake, recalledEvent.parse(raw));
    return {};
  };
  return (raw) =>
    keptIfFailed(intake, {
      ...{ platform: PLATFORM, body: raw, secrets: SECRETS },
      handle: () => handle(raw),
      apologise: () => toast('error', translate('zh-CN', 'feishu.failed')),
    });
}

/** The first message of an incident was recalled: it is posted again, with all that hung below it. */
async function recalled(intake: Intake, { message_id, chat_id }: z.infer<typeof recalledEvent>): Promise<void> {
  const room = roomId({ ...intake.people.account(''), address: chat_id });
  const incident = await intake.threads.incidentOf(room, message_id);
  if (incident !== null) await committed(intake.surfaces.lost({ incident, room, key: 'status' }));
}

interface Acting {
  readonly user: string;
  readonly chat: string;
  readonly isForeign: boolean;
}

/** Person and place of an event. A group of which Feishu does not say who reads it counts as read by strangers. */
async function spotOf(intake: Intake, { user, chat, isForeign }: Acting, at: string): Promise<Spot> {
  const { people, chats, profile } = intake;
  const known = await chats.chat(chat, LIMITS.lookupWithin);
  const person = people.caller(user);
  const outside = isForeign && personOf(profile(), person.account) === null;
  const caller: Caller = { ...person, ...(outside ? { outside: true } : {}) };
  if (known?.direct) {
    const place = { kind: 'direct', room: directRoom(caller, intake) } as const;
    return { caller: { ...caller, room: null }, place, at };
  }
  // An act in a chat proves that the person reads it, also one of another company: it is recorded.
  if (known) await chats.member(chat, user, true);
  if (known === null || known.external || isForeign) return { caller, place: { kind: 'shared' }, at };
  const room = groupRoom(profile(), { ...person.account, address: chat, open: known.open });
  return { caller: { ...caller, room }, place: { kind: 'room', room }, at };
}

/** Sends a card in answer to somebody, once. */
export async function say({ sender }: Intake, to: string, card: Card, about: About): Promise<void> {
  await sender.answer(to, feishuBody(messageOf(card, about)).card);
}

function messageOf(card: Card, { incident, revision, language }: About) {
  return { incident: incident ?? '', card, language, revision, surface: null, ring: false };
}

/** Shows answers at `to`; forms and files go to the person alone. */
function show(intake: Intake, { caller, place, at }: Spot, to: string, outcome: Outcome): Promise<void> {
  const { id } = caller.account;
  const language = place.kind === 'room' && to === at ? place.room.language : outcome.language;
  const chat = place.kind === 'room' ? place.room.address : id;
  return showAnswers(intake, caller, outcome, {
    card: (card, about) => say(intake, to, card, { ...about, language }),
    form: async (form, { revision: r }) => {
      const value = { r, i: form.ref.args['incident'] ?? '', d: { kind: 'fill', form: form.ref, chat } } as const;
      await intake.sender.answer(id, formCard({ form, value, language: caller.language }));
    },
    file: (file) => intake.sender.answerFile(id, file),
  });
}

async function written(intake: Intake, event: MessageEvent): Promise<void> {
  const { talk, people, app, after } = intake;
  const { sender, message, tenant_key } = event;
  const { chat_id: chat, message_id, root_id } = message;
  const user = sender.sender_id.open_id;
  const isDirect = message.chat_type === 'p2p';
  const { text, file } = readMessage(event, intake.bot.id);
  const isMentioned = message.mentions.some(({ id }) => intake.bot.id === null || id.open_id === intake.bot.id);
  if (sender.sender_type !== 'user' || (!isDirect && !isMentioned)) return;
  if (isDirect) await intake.chats.put(chat, { direct: true, external: false, open: false, members: [user] });
  const isForeign = (sender.tenant_key ?? tenant_key) !== tenant_key;
  const found = await spotOf(intake, { user, chat, isForeign }, message_id);
  const { place } = found;
  const caller: Caller = place.kind === 'room' ? { ...found.caller, aloud: true } : found.caller;
  const tell = (key: MessageKey, to: string) => () =>
    say(intake, to, sentenceCard({ key }), { incident: null, revision: 0, language: caller.language });
  const answer = async (work: () => Promise<void>): Promise<void> => {
    if (!(await intake.answered.seen(message_id))) after.run(work);
  };
  if (file) {
    const incident = await talk.inFocus({ caller, place });
    if (incident === null) return answer(tell('feishu.which_incident', user));
    return committed(intake.jobs.add(message_id, { ...file, message: message_id, incident, person: user }));
  }
  const command = talk.read(text ?? '');
  if (text === null || text === '' || command.type === 'hello') return answer(tell('feishu.hello', message_id));
  const room = roomId({ ...caller.account, address: chat });
  const about = root_id === undefined ? null : await intake.threads.incidentOf(room, root_id);
  const by = delivery(`message:${message_id}`, [user, text]);
  const outcome = await talk.line({ caller, place, text, command, about, delivery: by });
  // The first card of the room answers a declaration; lines of another company are answered with nothing of an incident.
  const isShown = caller.outside || (outcome.declared && outcome.change?.kind === 'done' && place.kind === 'room');
  await answer(async () => {
    const to = place.kind === 'shared' || command.type === 'language' ? user : message_id;
    if (!isShown) await show(intake, { ...found, caller }, to, outcome);
    if (place.kind === 'shared') await tell('feishu.shared', message_id)();
  });
  after.run(() => people.introduce(app, caller));
}

/** A button, ticks or a form. Committed before the answer, which Feishu awaits for three seconds. */
async function clicked(intake: Intake, event: ClickEvent): Promise<ClickAnswer> {
  const { operator, context, action, tenant_key, event_id } = event;
  const isForeign = (operator.tenant_key ?? tenant_key) !== tenant_key;
  const value = valueSchema.safeParse(action.value);
  const form = value.success && value.data.d.kind === 'fill' ? value.data.d : null;
  const chat = form?.chat.startsWith('oc_') ? form.chat : context.open_chat_id;
  const spot = await spotOf(intake, { user: operator.open_id, chat, isForeign }, context.open_message_id);
  const { language } = spot.caller;
  if (!value.success) return toast('error', translate(language, 'feishu.old_button'));
  const { d, r: revision, i: incident } = value.data;
  intake.after.run(() => intake.people.introduce(intake.app, spot.caller));
  if (!intake.bot.clicked) intake.after.run(() => intake.kept.put(CLICKED, event_id));
  intake.bot.clicked = true;
  if (d.kind === 'fill') return filled(intake, spot, event, value.data, d);
  if (d.kind !== 'ticks') return pressed(intake, spot, { incident, revision, does: d }, event_id);
  const ids = entered(action.form_value)['ticks'] ?? [];
  const chosen = (typeof ids === 'string' ? [ids] : ids).map((one) => ({ value: one, label: d.alone[one] ?? one }));
  const answer = ticked(d.fact, chosen, Object.keys(d.alone));
  if ('say' in answer) return toast('error', translate(language, answer.say, { option: answer.option }));
  return pressed(intake, spot, { incident, revision, does: { kind: 'intent', intent: answer.intent } }, event_id);
}

const toast = (type: 'success' | 'error' | 'info', content: string): ClickAnswer => ({ toast: { type, content } });

type Press = Pick<Parameters<Talk['press']>[0], 'incident' | 'revision' | 'does'>;

async function pressed(intake: Intake, spot: Spot, press: Press, key: string): Promise<ClickAnswer> {
  const { caller, place } = spot;
  const by = delivery(`click:${key}`, [caller.account.id, press]);
  const outcome = await intake.talk.press({ ...press, caller, place, delivery: by });
  if (caller.outside) return toast('error', translate(caller.language, 'feishu.shared'));
  const { change, answers } = outcome;
  const [first] = answers;
  const sentence = change && first?.kind === 'card' ? localise(first.card.title, caller.language) : null;
  if (change?.kind === 'done') return sentence === null ? {} : toast('success', sentence);
  if (!(await intake.answered.seen(key))) intake.after.run(() => show(intake, spot, caller.account.id, outcome));
  if (sentence !== null) return toast('error', sentence);
  return place.kind === 'direct' ? {} : toast('info', translate(caller.language, 'feishu.sent_to_you'));
}

/** A form that was sent: recorded, or the same form with what was entered and what is wrong. */
async function filled(
  intake: Intake,
  { caller, place }: Spot,
  { action, context }: ClickEvent,
  value: Value,
  { form: ref }: Extract<Value['d'], { kind: 'fill' }>,
): Promise<ClickAnswer> {
  const { language } = caller;
  const given = entered(action.form_value);
  const entriesOf = ({ fields }: LocalForm) =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const now = isTooLong(field) ? field : withEntered(field, given[field.id] ?? (field.kind === 'many' ? [] : ''));
        return now.kind === 'file' ? [] : [[field.id, now.value]];
      }),
    );
  const key = `form:${context.open_message_id}`;
  const result = caller.outside
    ? null
    : await fillForm(intake, { ref, revision: value.r, platform: PLATFORM, key, caller, place, entriesOf });
  if (result === null || result.kind === 'closed') return toast('error', translate(language, 'feishu.old_button'));
  if (result.kind === 'done') {
    // A filing is read back first: it is recorded by the button of that card.
    const [next] = result.answers;
    const asks = next?.kind === 'card' && next.card.blocks.length > 0 ? next.card : null;
    const { card } = feishuBody(messageOf(asks ?? sentenceCard({ key: 'feishu.recorded' }, [], 'done'), result));
    const said = asks ? localise(asks.title, language) : translate(language, 'feishu.recorded');
    return { ...toast(asks ? 'info' : 'success', said), card: { type: 'raw', data: card } };
  }
  const { form, errors, revision } = result;
  const card = formCard({ form, value: { ...value, r: revision }, language, errors });
  return { ...toast('error', Object.values(errors)[0] ?? ''), card: { type: 'raw', data: card } };
}
