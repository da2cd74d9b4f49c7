import type { z } from 'zod';
import type { Card } from '../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { roomId } from '../../incident/identity.ts';
import { fillForm, withEntered } from '../../talk/filling.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { Chat, ChatPort, Pressed, Spot } from '../../talk/intake.ts';
import { keptIfFailed } from '../../talk/keep-failed.ts';
import type { About } from '../../talk/showing.ts';
import { ticked } from '../../talk/ticks.ts';
import type { Caller } from '../../use-cases/app.ts';
import { committed } from '../../use-cases/platform-support.ts';
import type { PlatformNeeds } from '../description.ts';
import type { Chats } from '../shared/chats.ts';
import type { People } from '../shared/people.ts';
import type { Receive } from './connection.ts';
import { CLICKED } from './doctor.ts';
import { PLATFORM } from './limits.ts';
import {
  type ClickEvent,
  clickEvent,
  entered,
  eventSchema,
  type GivenFile,
  type MessageEvent,
  memberEvent,
  messageEvent,
  readMessage,
  recalledEvent,
} from './parse.ts';
import { feishuBody, formCard, isTooLong, type Value, valueSchema } from './render.ts';
import type { Sender } from './send.ts';

export interface Intake extends Pick<PlatformNeeds, 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces'> {
  readonly chat: Chat<GivenFile>;
  readonly people: People;
  readonly chats: Chats;
  /** `open_id` of the bot, null until Feishu has said it; and whether a click has arrived since the start. */
  readonly bot: { id: string | null; clicked: boolean };
}

/** Answer to a click: a toast, and the card that takes the place of the one clicked. */
interface ClickAnswer {
  readonly toast?: { readonly type: 'success' | 'error' | 'info'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: object };
}
const toast = (type: 'success' | 'error' | 'info', content: string): ClickAnswer => ({ toast: { type, content } });

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

function messageOf(card: Card, { incident, revision, language }: About) {
  return { incident: incident ?? '', card, language, revision, surface: null, ring: false };
}

/** Answers below the message, or to the person; forms and files go to the person alone. */
export function portOf(sender: Sender, { caller, place, at }: Spot, alone: boolean): ChatPort {
  const { id } = caller.account;
  const card: ChatPort['card'] = (shown, about) =>
    sender.answer(alone ? id : at, feishuBody(messageOf(shown, about)).card);
  return {
    card,
    say: (text) => card(sentenceCard(text), { incident: null, revision: 0, language: caller.language }, null),
    form: async (form, { revision: r }) => {
      const chat = place.kind === 'room' ? place.room.address : id;
      const value = { r, i: form.ref.args['incident'] ?? '', d: { kind: 'fill', form: form.ref, chat } } as const;
      await sender.answer(id, formCard({ form, value, language: caller.language }));
    },
    file: (file) => sender.answerFile(id, file),
  };
}

async function written(intake: Intake, event: MessageEvent): Promise<void> {
  const {
    chat: { after, ...chat },
    bot,
  } = intake;
  const { sender, message, tenant_key } = event;
  const { chat_id, message_id, root_id } = message;
  const user = sender.sender_id.open_id;
  const isDirect = message.chat_type === 'p2p';
  const { text, file } = readMessage(event, bot.id);
  const isMentioned = message.mentions.some(({ id }) => bot.id === null || id.open_id === bot.id);
  if (sender.sender_type !== 'user' || (!isDirect && !isMentioned)) return;
  if (isDirect) await intake.chats.put(chat_id, { direct: true, external: false, open: false, members: [user] });
  const isForeign = (sender.tenant_key ?? tenant_key) !== tenant_key;
  const spot = await intake.chats.spot({ user, chat: chat_id, isForeign, at: message_id });
  if (file) {
    after.run(await chat.give(spot, { ...file, user, message: message_id }));
    return;
  }
  const room = roomId({ ...spot.caller.account, address: chat_id });
  const about = root_id === undefined ? null : await intake.threads.incidentOf(room, root_id);
  const caller: Caller = spot.place.kind === 'room' ? { ...spot.caller, aloud: true } : spot.caller;
  after.run(await chat.line({ ...spot, caller }, { key: `message:${message_id}`, text: text ?? '', about }));
}

/** A button, ticks or a form. Committed before the answer, which Feishu awaits for three seconds. */
async function clicked(intake: Intake, event: ClickEvent): Promise<ClickAnswer> {
  const { operator, context, action, tenant_key, event_id } = event;
  const isForeign = (operator.tenant_key ?? tenant_key) !== tenant_key;
  const value = valueSchema.safeParse(action.value);
  const form = value.success && value.data.d.kind === 'fill' ? value.data.d : null;
  const chat = form?.chat.startsWith('oc_') ? form.chat : context.open_chat_id;
  const spot = await intake.chats.spot({ user: operator.open_id, chat, isForeign, at: context.open_message_id });
  const say = (type: 'error' | 'info', key: MessageKey, option = '') =>
    toast(type, translate(spot.caller.language, key, { option }));
  if (!value.success) return say('error', 'feishu.old_button');
  const { d, r: revision, i: incident } = value.data;
  const key = `click:${event_id}`;
  if (!intake.bot.clicked) intake.chat.after.run(() => intake.kept.put(CLICKED, event_id));
  intake.bot.clicked = true;
  if (d.kind === 'fill') return filled(intake, spot, event, value.data, d);
  if (d.kind !== 'ticks') return pressed(intake, spot, { key, incident, revision, does: d });
  const ids = entered(action.form_value)['ticks'] ?? [];
  const chosen = (typeof ids === 'string' ? [ids] : ids).map((one) => ({ value: one, label: d.alone[one] ?? one }));
  const answer = ticked(d.fact, chosen, Object.keys(d.alone));
  if ('say' in answer) return say('error', answer.say, answer.option);
  return pressed(intake, spot, { key, incident, revision, does: { kind: 'intent', intent: answer.intent } });
}

/** The toast says what a change came to; everything else is sent to the person. */
async function pressed({ chat }: Intake, spot: Spot, press: Pressed): Promise<ClickAnswer> {
  const { caller, place } = spot;
  const { outcome, after } = await chat.press(spot, press);
  chat.after.run(chat.once(press.key, spot, after));
  if (caller.outside) return toast('error', translate(caller.language, 'feishu.shared'));
  const [first] = outcome?.answers ?? [];
  if (outcome?.change && first?.kind === 'card')
    return toast(outcome.change.kind === 'done' ? 'success' : 'error', localise(first.card.title, caller.language));
  if (outcome?.change?.kind === 'done' || place.kind === 'direct') return {};
  return toast('info', translate(caller.language, 'feishu.sent_to_you'));
}

/** A form that was sent: recorded, or the same form with what was entered and what is wrong. */
async function filled(
  { chat, people }: Intake,
  spot: Spot,
  { action, context }: ClickEvent,
  value: Value,
  { form: ref }: Extract<Value['d'], { kind: 'fill' }>,
): Promise<ClickAnswer> {
  const { caller } = spot;
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
  chat.after.run(() => people.introduce(chat.app, caller));
  const result = caller.outside
    ? null
    : await fillForm(chat, { ...spot, ref, revision: value.r, platform: PLATFORM, key, entriesOf });
  if (result === null || result.kind === 'closed') return toast('error', translate(language, 'feishu.old_button'));
  if (result.kind === 'done') {
    // A filing is read back first: it is recorded by the button of that card.
    const { asks } = result;
    const { card } = feishuBody(messageOf(asks ?? sentenceCard({ key: 'feishu.recorded' }, [], 'done'), result));
    const said = asks ? localise(asks.title, language) : translate(language, 'feishu.recorded');
    return { ...toast(asks ? 'info' : 'success', said), card: { type: 'raw', data: card } };
  }
  const { form, errors, revision } = result;
  const card = formCard({ form, value: { ...value, r: revision }, language, errors });
  return { ...toast('error', Object.values(errors)[0] ?? ''), card: { type: 'raw', data: card } };
}
