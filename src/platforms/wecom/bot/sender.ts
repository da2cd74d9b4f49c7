import { keepAsked } from '../../../talk/focus.ts';
import { InOrder } from '../../../talk/in-order.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import type { PlatformNeeds } from '../../description.ts';
import { Limiter, perMinuteAndHour } from '../../shared/limiter.ts';
import { type Tasks, taskOf, type WecomMessage } from '../cards/task.ts';
import type { TemplateCard } from '../cards/template.ts';
import { BOT_LIMITS, PUSH_QUOTA } from '../limits.ts';
import type { Command, Connection } from './connection.ts';
import type { Conversations } from './conversations.ts';
import { failedOutcome } from './outcome.ts';

interface SenderDependencies extends Pick<PlatformNeeds, 'kept' | 'clock' | 'ids'> {
  readonly connection: Connection;
  readonly chats: Conversations;
  readonly tasks: Tasks;
}
/** Quotas of a conversation: answers to people may use nearly all of its limit, pushes only a part. */
const QUOTAS = {
  answer: perMinuteAndHour({ perMinute: BOT_LIMITS.perMinute - 1, perHour: BOT_LIMITS.perHour - 20 }),
  push: perMinuteAndHour(PUSH_QUOTA),
};
type Quota = keyof typeof QUOTAS;
type Body = Readonly<Record<string, unknown>>;

/** Time (ms) after a line in which a message may still be its reply. */
const REPLY_WITHIN = 60_000;

/** Click for which a card is changed. */
export interface Click {
  readonly request: string;
  readonly task: string;
  /** Arrival time in epoch ms. */
  readonly at: number;
}

/** Sends all messages: in order within each conversation, within its quota, never throwing. */
export class Sender {
  readonly #deps: SenderDependencies;
  readonly #limiter = new Limiter(QUOTAS.answer);
  readonly #chats = new InOrder();
  /** Frames of lines without a reply, oldest first; each allows one reply. */
  readonly #open = new Map<string, { readonly chat: string; readonly at: number }>();
  /** Texts sent before their card failed: the next attempt sends only the card. */
  readonly #half = new Set<string>();

  constructor(deps: SenderDependencies) {
    this.#deps = deps;
  }

  /** Notes the frame of a line: a text and card posted soon after are sent as one reply to it. */
  arrived(chat: string, request: string): void {
    const at = this.#deps.clock.now();
    for (const [old, line] of this.#open) if (at - line.at > REPLY_WITHIN) this.#open.delete(old);
    this.#open.set(request, { chat, at });
  }

  /** Returns true for the frame of a line without a reply. */
  isOpen(request: string): boolean {
    return this.#open.has(request);
  }

  /** Returns the frame of a chat's latest line; undefined if nobody waits there. */
  #lineIn(chat: string): string | undefined {
    const since = this.#deps.clock.now() - REPLY_WITHIN;
    const [request] = [...this.#open].findLast(([, line]) => line.chat === chat && line.at >= since) ?? [];
    return request;
  }

  /**
   * Sends a message; its `ref` is its card's task id, or an id of our own. `key` is the same for every attempt;
   * `request`: frame of the line that it answers, by default the latest one of the chat.
   */
  push(
    chat: string,
    message: WecomMessage,
    key: string,
    quota: Quota = 'push',
    request?: string,
  ): Promise<SendOutcome> {
    return this.#chats.run(chat, async () => {
      const outcome = await this.#parts(chat, message, key, quota, request);
      if (outcome.kind === 'refused' && outcome.reason === 'gone') await this.#deps.chats.lost(chat);
      return outcome;
    });
  }

  async #parts(
    chat: string,
    message: WecomMessage,
    key: string,
    quota: Quota,
    request = this.#lineIn(chat),
  ): Promise<SendOutcome> {
    const { markdown, card } = message;
    if (card === null) return this.#send(chat, quota, textFrame(markdown));
    if (markdown !== null && !this.#half.has(key)) {
      if (request !== undefined) {
        const stream = { id: `re-${this.#deps.ids.next()}`, finish: true, content: markdown };
        const frame = { msgtype: 'stream_with_template_card', stream, template_card: card };
        const outcome = await this.#sendCard(chat, message, quota, frame, request);
        // WeCom refuses some texts with their card, so that they must be two messages.
        if (outcome.kind !== 'refused' || outcome.reason === 'rate_limited') return outcome;
      }
      const outcome = await this.#send(chat, quota, textFrame(markdown));
      if (outcome.kind !== 'sent') return outcome;
    }
    this.#half.add(key);
    const outcome = await this.#sendCard(chat, message, quota, { msgtype: 'template_card', template_card: card });
    if (outcome.kind === 'refused') return markdown === null ? outcome : { ...outcome, partly: true };
    this.#half.delete(key);
    return outcome;
  }

  /** Sends a card, bound to its buttons by a new task id. */
  async #sendCard(
    chat: string,
    message: WecomMessage,
    quota: Quota,
    frame: Body & { readonly template_card: TemplateCard },
    request?: string,
  ): Promise<SendOutcome> {
    const { tasks } = this.#deps;
    const task = await tasks.mint(message);
    const bound = { ...frame, template_card: { ...frame.template_card, task_id: task } };
    const outcome = await this.#send(chat, quota, bound, request);
    // A question with an unknown outcome counts as asked, because the card may have arrived.
    if (outcome.kind !== 'refused') await this.#asked(chat, task, message);
    return outcome.kind === 'sent' ? { ...outcome, ref: task } : outcome;
  }

  /** Sends a file, then the text about it, if any. */
  file(
    chat: string,
    file: { name: string; content: Uint8Array },
    about: WecomMessage | null,
    key: string,
  ): Promise<SendOutcome> {
    return this.#chats.run(chat, async () => {
      const { connection, clock } = this.#deps;
      if (file.content.byteLength > BOT_LIMITS.uploadBytes) {
        return { kind: 'refused', reason: 'invalid', detail: 'the file is larger than WeCom takes' };
      }
      const media = await connection
        .upload(file.content, file.name)
        .catch((error: unknown) => failedOutcome(error, clock.now()));
      if (typeof media !== 'string') return media;
      const outcome = await this.#send(chat, 'push', { msgtype: 'file', file: { media_id: media } });
      if (outcome.kind !== 'sent') return outcome;
      // The file has arrived, so a failure of its text sends no second file.
      if (about) await this.#parts(chat, about, key, 'push');
      return outcome;
    });
  }

  /** Changes a card right after a click. Returns true if WeCom accepted it; losing it is harmless. */
  async update(chat: string, click: Click, card: TemplateCard): Promise<boolean> {
    const { clock } = this.#deps;
    if (clock.now() - click.at > BOT_LIMITS.updateWithin) return false;
    const body = { response_type: 'update_template_card', template_card: { ...card, task_id: click.task } };
    const isTaken = await this.#respond('aibot_respond_update_msg', click.request, body);
    if (isTaken) this.#limiter.count(chat, clock.now());
    return isTaken;
  }

  /** Binds a card changed in place to its new buttons. */
  async rebind(chat: string, task: string, message: WecomMessage): Promise<void> {
    await this.#deps.tasks.put(task, taskOf(message));
    await this.#asked(chat, task, message);
  }

  /** Records a question. In a list of steps a bare number could start an unintended step, so it is none. */
  async #asked(chat: string, task: string, { bound, incident }: WecomMessage): Promise<void> {
    if (bound.answers.length === 0 && bound.pick === undefined) return;
    const { kept, chats, clock } = this.#deps;
    const kind = chats.kindOf(chat) === 'group' ? 'room' : 'direct';
    await keepAsked(kept, { kind, address: chat }, incident, { task, at: clock.now() });
  }

  /** Sends a frame of a running message; each frame replaces the last, and counts as a message. */
  stream(chat: string, request: string, id: string, content: string, finish: boolean): Promise<boolean> {
    this.#limiter.count(chat, this.#deps.clock.now());
    this.#open.delete(request);
    return this.#chats.run(chat, () =>
      this.#respond('aibot_respond_msg', request, { msgtype: 'stream', stream: { id, finish, content } }),
    );
  }

  /** Answers a person who opens the conversation; WeCom accepts it for five seconds. */
  async welcome(request: string, message: WecomMessage): Promise<void> {
    if (!message.card) return;
    const task = await this.#deps.tasks.mint(message);
    const body = { msgtype: 'template_card', template_card: { ...message.card, task_id: task } };
    await this.#respond('aibot_respond_welcome_msg', request, body);
  }

  /** Answers a frame; losing that is harmless. Returns true if WeCom accepted it. */
  #respond(command: Command, request: string, body: Body): Promise<boolean> {
    return this.#deps.connection.request(command, request, body).then(
      () => true,
      () => false,
    );
  }

  /** Resolves when no send is running. */
  idle(): Promise<void> {
    return this.#chats.idle();
  }

  /** Sends one frame within the quota of its chat, as the reply to the line with the frame `request`, if any. */
  async #send(chat: string, quota: Quota, body: Body, request?: string): Promise<SendOutcome> {
    const { connection, chats, clock, ids } = this.#deps;
    const kind = chats.kindOf(chat);
    if (kind === null) return { kind: 'refused', reason: 'unreachable', detail: 'nobody wrote to the bot there yet' };
    const retryAt = this.#limiter.take([chat], clock.now(), QUOTAS[quota]);
    if (retryAt !== null) return { kind: 'refused', reason: 'rate_limited', retryAt, detail: 'quota of the chat' };
    try {
      if (request === undefined) {
        const to = { chatid: chat, chat_type: kind === 'single' ? 1 : 2 };
        await connection.request('aibot_send_msg', `aibot_send_msg_${ids.next()}`, { ...to, ...body });
      } else {
        this.#open.delete(request);
        await connection.request('aibot_respond_msg', request, body);
      }
      return { kind: 'sent', ref: `m-${ids.next()}` };
    } catch (error) {
      return failedOutcome(error, clock.now());
    }
  }
}

const textFrame = (content: string | null) => ({ msgtype: 'markdown', markdown: { content: content ?? '' } });
