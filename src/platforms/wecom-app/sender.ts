import { digest } from '../../ops/digest.ts';
import type { Clock, SendOutcome } from '../../use-cases/ports.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { ApiError, outcomeOf } from '../shared/api-client.ts';
import { Limiter, perMinuteAndHour } from '../shared/limiter.ts';
import { failedOutcome } from '../wecom/api/wecom-api.ts';
import { idAt, type Tasks, taskOf, type WecomMessage } from '../wecom/cards/task.ts';
import { type EqualTexts, SAME_WITHIN } from './equal-texts.ts';

/** Limits per person and app; beyond them messages vanish without an error (document 90454). */
const PER_PERSON = perMinuteAndHour({ perMinute: 30, perHour: 1_000 });
/** Limit per group, far below the 200 messages a minute that a member may get from all groups together. */
const PER_GROUP = [{ count: 60, span: 60_000 }];
const USED_TASK_ID = 42014;
const DAY = 24 * 3_600_000;
/** Time (ms) in which a message to people can be recalled (document 94867). */
const RECALLED_WITHIN = DAY;

export interface SenderDependencies {
  readonly api: ApiClient;
  readonly agentId: string;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly texts: EqualTexts;
}

/** Sends messages: cards to people, texts to groups. Never throws. */
export class Sender {
  readonly #deps: SenderDependencies;
  readonly #people = new Limiter(PER_PERSON);
  readonly #groups = new Limiter(PER_GROUP);

  constructor(deps: SenderDependencies) {
    this.#deps = deps;
  }

  /**
   * Sends to people directly. With a `key` WeCom drops a repeated message, texts by content and cards by task id, and
   * equal texts of other notices get a number; without one it is sent again.
   */
  async toPeople(users: readonly string[], message: WecomMessage, key: string | null): Promise<SendOutcome> {
    const outcome = await this.#limited(this.#people, users, async () => {
      const ids: string[] = [];
      if (message.markdown !== null) {
        const { markdown, language } = message;
        const content = key === null ? markdown : await this.#deps.texts.told(users, markdown, key, language);
        ids.push(await this.#direct(users, 'markdown', { content }, key !== null));
      }
      if (message.card === null) return this.#ref(ids);
      const id = key === null ? await this.#deps.tasks.mint(message) : await this.#idFor(key, message);
      try {
        ids.push(await this.#direct(users, 'template_card', { ...message.card, task_id: id }, false));
        return this.#ref(ids);
      } catch (error) {
        // WeCom accepted the same message before, so it has arrived: the answer to the first attempt was lost, and its
        // id with it.
        if (key !== null && error instanceof ApiError && error.code === USED_TASK_ID) return id;
        throw error;
      }
    });
    return outcome.kind === 'refused' && message.markdown !== null ? { ...outcome, partly: true } : outcome;
  }

  fileToPeople(users: readonly string[], media: string): Promise<SendOutcome> {
    return this.#limited(this.#people, users, async () =>
      this.#ref([await this.#direct(users, 'file', { media_id: media }, true)]),
    );
  }

  /** Sends to a group; `mentions` notifies those people. */
  toGroup(
    chatid: string,
    content:
      | { readonly markdown: string }
      | { readonly text: string; readonly mentions: readonly string[] }
      | { readonly media: string },
  ): Promise<SendOutcome> {
    const body =
      'media' in content
        ? { chatid, msgtype: 'file', file: { media_id: content.media } }
        : 'markdown' in content
          ? { chatid, msgtype: 'markdown', markdown: { content: content.markdown } }
          : { chatid, msgtype: 'text', text: { content: content.text, mentioned_list: content.mentions } };
    return this.#limited(this.#groups, [chatid], async () => {
      await this.#deps.api.send('appchat/send', body);
      return digest(JSON.stringify(body), 32);
    });
  }

  async #direct(users: readonly string[], msgtype: string, content: object, once: boolean): Promise<string> {
    const body = {
      touser: users.join('|'),
      msgtype,
      agentid: Number(this.#deps.agentId),
      [msgtype]: content,
      ...(once ? { enable_duplicate_check: 1, duplicate_check_interval: SAME_WITHIN / 1_000 } : {}),
    };
    const { msgid } = await this.#deps.api.send('message/send', body);
    return typeof msgid === 'string' ? msgid : '';
  }

  /** Returns the handle of messages just sent to people: the time, and the ids for recalling them. */
  #ref(ids: readonly string[]): string {
    return [PEOPLE, this.#deps.clock.now(), ...ids].join(' ');
  }

  /** Recalls messages that were sent to people; WeCom cannot recall messages in the app's groups. */
  recall(ref: string): Promise<SendOutcome> {
    const recalled = async (): Promise<string> => {
      for (const msgid of idsIn(ref)) await this.#deps.api.send('message/recall', { msgid });
      return ref;
    };
    return outcomeOf(recalled(), (error) => failedOutcome(error, this.#deps.clock.now()));
  }

  /** Returns a notice's task id, the same for each attempt, even after midnight. */
  async #idFor(key: string, message: WecomMessage): Promise<string> {
    const today = Math.floor(this.#deps.clock.now() / DAY);
    const ids = [today, today - 1].map((day) => `${idAt(day * DAY)}-${digest(key, 32)}`);
    for (const id of ids) if (await this.#deps.tasks.get(id)) return id;
    const [id = ''] = ids;
    await this.#deps.tasks.put(id, taskOf(message));
    return id;
  }

  async #limited(limiter: Limiter, keys: readonly string[], send: () => Promise<string>): Promise<SendOutcome> {
    const now = this.#deps.clock.now();
    const retryAt = limiter.take(keys, now);
    if (retryAt !== null) return { kind: 'refused', reason: 'rate_limited', retryAt, detail: 'own limit' };
    return outcomeOf(send(), (error) => failedOutcome(error, now));
  }
}

const PEOPLE = 'people';
/** Returns true if WeCom can still recall the messages of a handle at `now` (epoch ms). */
export function canRecall(ref: string, now: number): boolean {
  return idsIn(ref).length > 0 && now - Number(ref.split(' ')[1]) < RECALLED_WITHIN;
}
function idsIn(ref: string): readonly string[] {
  const [kind, , ...ids] = ref.split(' ');
  return kind === PEOPLE && ids.every((id) => id !== '') ? ids : [];
}
/** Joins the handles of text and file, which form one message. */
export function bothOf(words: string, file: string): string {
  return [words, ...idsIn(file)].join(' ');
}
