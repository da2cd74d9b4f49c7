import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type LocalField, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { roomId } from '../../incident/identity.ts';
import { personOf } from '../../incident/people/rights.ts';
import type { Jobs } from '../../talk/jobs.ts';
import type { Talk } from '../../talk/talk.ts';
import { ticked } from '../../talk/ticks.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { committed, NotCommitted, unhandled } from '../../use-cases/platform-support.ts';
import type { Explain, PlatformNeeds } from '../description.ts';
import type { BackgroundWork } from '../shared/background-work.ts';
import type { Conversation, Spot } from '../shared/conversation.ts';
import { InOrder } from '../shared/in-order.ts';
import type { People } from '../shared/people.ts';
import type { Readers } from '../shared/readers.ts';
import type { Recently } from '../shared/recently.ts';
import { directRoom, groupRoom } from '../shared/rooms.ts';
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
import { feishuBody, formCard, isTooLong, valueSchema } from './render.ts';
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
  extends Pick<PlatformNeeds, 'organisation' | 'links' | 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces'> {
  readonly app: App;
  readonly explain: Explain;
  readonly talk: Talk;
  readonly conversation: Conversation;
  readonly people: People;
  readonly readers: Readers;
  readonly sender: Sender;
  readonly jobs: Jobs<Job>;
  readonly after: BackgroundWork;
  readonly answered: Recently;
  /** `open_id` of the bot, null until Feishu has said it; and whether a click has arrived since the start. */
  readonly bot: { id: string | null; clicked: boolean };
}
/** Answer to a click: a toast, and the card that takes the place of the one clicked. */
interface ClickAnswer {
  readonly toast?: { readonly type: 'success' | 'error' | 'info'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: object };
}

/** Handles events. What cannot be committed is delivered again; what cannot be handled is kept for the operator. */
export function createReceive(intake: Intake): Receive {
  const inOrder = new InOrder();
  return async (raw) => {
    try {
      const { event_type } = eventSchema.parse(raw);
      if (event_type === 'card.action.trigger') return await clicked(intake, clickEvent.parse(raw));
      if (event_type === 'im.message.receive_v1') {
        const event = messageEvent.parse(raw);
        await inOrder.run(event.message.chat_id, () => written(intake, event));
      } else if (event_type === 'im.chat.member.user.deleted_v1') {
        const { chat_id, users } = memberEvent.parse(raw);
        for (const { user_id } of users) await intake.readers.member(chat_id, user_id.open_id, false);
      } else if (event_type === 'im.message.recalled_v1') await recalled(intake, recalledEvent.parse(raw));
      return undefined;
    } catch (error) {
      if (error instanceof NotCommitted) throw error;
      intake.log.error({ err: error }, 'an event could not be handled; it is kept');
      // The token of a click is a live handle and does not belong on disk.
      const body = JSON.stringify(raw, (key, value: unknown) => (key === 'token' ? undefined : value));
      await committed(intake.inbox.failed(unhandled(PLATFORM, { body, error, at: intake.clock.now() })));
      return { toast: { type: 'error', content: translate('zh-CN', 'feishu.failed') } };
    }
  };
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
  const { people, readers, organisation } = intake;
  const known = await readers.chat(chat, LIMITS.lookupWithin);
  const person = people.caller(user);
  const outside = isForeign && personOf(organisation, person.account) === null;
  const caller: Caller = { ...person, ...(outside ? { outside: true } : {}) };
  if (known?.direct) {
    return {
      caller: { ...caller, room: null },
      place: { kind: 'direct', room: directRoom(caller, intake) },
      at,
      own: user,
    };
  }
  // An act in a chat proves that the person reads it, also one of another company: it is recorded.
  if (known) await readers.member(chat, user, true);
  if (known === null || known.external || isForeign) return { caller, place: { kind: 'shared' }, at, own: user };
  const room = groupRoom(organisation, { ...person.account, platform: PLATFORM, address: chat, open: known.open });
  return { caller: { ...caller, room }, place: { kind: 'room', room }, at, own: user };
}

/** Looks up a missing name after the acknowledgement, and corrects it on the record. */
function learn({ people, app, after }: Intake, { account, language }: Caller): void {
  after.run(async () => {
    if (people.nameOf(account) !== account.id) return;
    await people.learn(account.id);
    const name = people.nameOf(account);
    if (name !== account.id) await app.named(account, { name, language });
  });
}

async function written(intake: Intake, event: MessageEvent): Promise<void> {
  const { sender, message, tenant_key } = event;
  const { chat_id: chat, message_id, root_id } = message;
  const user = sender.sender_id.open_id;
  const isDirect = message.chat_type === 'p2p';
  const { text, file } = readMessage(event, intake.bot.id);
  const isMentioned = message.mentions.some(({ id }) => intake.bot.id === null || id.open_id === intake.bot.id);
  if (sender.sender_type !== 'user' || (!isDirect && !isMentioned)) return;
  if (isDirect) await intake.readers.put(chat, { direct: true, external: false, open: false, members: [user] });
  const isForeign = (sender.tenant_key ?? tenant_key) !== tenant_key;
  const found = await spotOf(intake, { user, chat, isForeign }, message_id);
  const spot = found.place.kind === 'room' ? { ...found, caller: { ...found.caller, aloud: true as const } } : found;
  const say = (key: MessageKey, to: string) => () => intake.conversation.sentence(spot, to, sentenceCard({ key }));
  const answer = async (work: () => Promise<void>): Promise<void> => {
    if (!(await intake.answered.seen(message_id))) intake.after.run(work);
  };
  if (file) {
    const incident = await intake.talk.inFocus(spot);
    if (incident === null) return answer(say('feishu.which_incident', spot.own));
    const type = file.type === 'image' ? 'image' : 'file';
    return committed(intake.jobs.add(message_id, { ...file, type, message: message_id, incident, person: user }));
  }
  if (text === null || text === '') return answer(say('feishu.hello', message_id));
  if (intake.talk.read(text).type === 'hello') return answer(say('feishu.hello', message_id));
  const room = roomId({ ...spot.caller.account, address: chat });
  const about = root_id === undefined ? null : await intake.threads.incidentOf(room, root_id);
  const work = await intake.conversation.line(spot, text, about, `message:${message_id}`);
  // Lines of another company are recorded and answered with nothing of the incident.
  await answer(async () => {
    if (!spot.caller.outside) await work();
    if (spot.place.kind === 'shared') await say('feishu.shared', message_id)();
  });
  learn(intake, spot.caller);
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
  learn(intake, spot.caller);
  if (!intake.bot.clicked) intake.after.run(() => intake.kept.put(CLICKED, event_id));
  intake.bot.clicked = true;
  if (d.kind === 'fill') return filled(intake, spot, event, { ...value.data, d });
  if (d.kind === 'ticks') {
    const ids = entered(action.form_value)['ticks'] ?? [];
    const chosen = (typeof ids === 'string' ? [ids] : ids).map((one) => ({ value: one, label: d.alone[one] ?? one }));
    const answer = ticked(d.fact, chosen, Object.keys(d.alone));
    if ('say' in answer) return toast('error', translate(language, answer.say, { option: answer.option }));
    return pressed(intake, spot, { incident, revision, does: { kind: 'intent', intent: answer.intent } }, event_id);
  }
  return pressed(intake, spot, { incident, revision, does: d }, event_id);
}

const toast = (type: 'success' | 'error' | 'info', content: string): ClickAnswer => ({ toast: { type, content } });

async function pressed(intake: Intake, spot: Spot, press: Parameters<Conversation['press']>[1], key: string) {
  const reaction = await intake.conversation.press(spot, press, `click:${key}`);
  if (spot.caller.outside) return toast('error', translate(spot.caller.language, 'feishu.shared'));
  if (!(await intake.answered.seen(key))) intake.after.run(reaction.after);
  if (reaction.say !== null) return toast(reaction.refused ? 'error' : 'success', reaction.say);
  return spot.place.kind === 'direct' ? {} : toast('info', translate(spot.caller.language, 'feishu.sent_to_you'));
}

type FillValue = z.infer<typeof valueSchema> & { readonly d: { readonly kind: 'fill' } };

/** A form that was sent: recorded, or the same form with what was entered and what is wrong. */
async function filled(intake: Intake, spot: Spot, event: ClickEvent, value: FillValue): Promise<ClickAnswer> {
  const { language } = spot.caller;
  const form = spot.caller.outside ? null : await intake.conversation.formOf(value.d.form, spot.caller);
  if (form === null) return toast('error', translate(language, 'feishu.old_button'));
  const given = entered(event.action.form_value);
  const fields = form.fields.map((field) => (isTooLong(field) ? field : withEntered(field, given[field.id])));
  const values = Object.fromEntries(fields.flatMap((one) => (one.kind === 'file' ? [] : [[one.id, one.value]])));
  // The same entries of the same card are the same act; corrected entries are another.
  const hash = createHash('sha256')
    .update(JSON.stringify([value, values]))
    .digest('base64url');
  const filling = { ref: value.d.form, revision: value.r, values };
  const result = await intake.conversation.fill(spot, filling, `form:${event.context.open_message_id}:${hash}`);
  if (result.kind === 'done') {
    const done = sentenceCard({ key: 'feishu.recorded' }, [], 'done');
    const message = { incident: result.incident, card: done, language, revision: 0, surface: null, ring: false };
    return { ...toast('success', translate(language, 'feishu.recorded')), card: raw(feishuBody(message).card) };
  }
  const said = (errors: Readonly<Record<string, string>>, r: number, content: string): ClickAnswer => {
    const card = formCard({ form: { ...form, fields }, value: { ...value, r }, language, errors });
    return { ...toast('error', content), card: raw(card) };
  };
  if (result.kind === 'invalid') {
    const errors = Object.entries(result.errors).map(([id, text]) => [id, localise(text, language)] as const);
    return said(Object.fromEntries(errors), value.r, errors[0]?.[1] ?? '');
  }
  const why = localise(result.card.title, language);
  const at = fields.some(({ id }) => id === result.refusal.field) ? (result.refusal.field ?? '') : '';
  return said({ [at]: why }, result.isStale ? (result.state?.version ?? value.r) : value.r, why);
}

const raw = (data: object) => ({ type: 'raw', data }) as const;

function withEntered(field: LocalField, given: string | readonly string[] | undefined): LocalField {
  const text = typeof given === 'string' ? given : (given?.[0] ?? '');
  if (field.kind === 'file') return field;
  if (field.kind === 'many') return { ...field, value: typeof given === 'string' ? [given] : (given ?? []) };
  return { ...field, value: text };
}
