import { createHash } from 'node:crypto';
import type { Clock, SendOutcome } from '../../use-cases/ports.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { ApiError, outcomeOf } from '../shared/api-client.ts';
import { Limiter, perMinuteAndHour } from '../shared/limiter.ts';
import { failedOutcome } from '../wecom/api/wecom-api.ts';
import type { WecomMessage } from '../wecom/cards/message.ts';
import { idAt, type Tasks, taskOf, withTaskId } from '../wecom/cards/task.ts';

/** Limit for one person from one app; above it messages vanish without an error (document 90454). */
const PER_PERSON = perMinuteAndHour({ perMinute: 30, perHour: 1_000 });
/** Far below what a member may get from all groups together (200 a minute). */
const PER_GROUP = [{ count: 60, span: 60_000 }];
/** Within this time WeCom drops the same message to the same people. */
export const SAME_WITHIN = 30 * 60_000;
const USED_TASK_ID = 42014;
const DAY = 24 * 3_600_000;

export interface SenderDependencies {
  readonly api: ApiClient;
  readonly agentId: string;
  readonly clock: Clock;
  readonly tasks: Tasks;
}

/** Puts messages on the wire: to people as cards, to groups as texts. Never throws. */
export class Sender {
  readonly #deps: SenderDependencies;
  readonly #people = new Limiter(PER_PERSON);
  readonly #groups = new Limiter(PER_GROUP);

  constructor(deps: SenderDependencies) {
    this.#deps = deps;
  }

  /**
   * Sends to people directly. With a `key` WeCom drops a repeated message: texts by their content, cards by their task
   * id. Without one it is sent again.
   */
  async toPeople(users: readonly string[], message: WecomMessage, key: string | null): Promise<SendOutcome> {
    const outcome = await this.#limited(this.#people, users, async () => {
      let ref = '';
      if (message.markdown !== null) {
        ref = await this.#direct(users, 'markdown', { content: message.markdown }, key !== null);
      }
      if (message.card === null) return ref;
      const id = key === null ? await this.#deps.tasks.mint(message) : await this.#idFor(key, message);
      try {
        return await this.#direct(users, 'template_card', withTaskId(message.card, id), false);
      } catch (error) {
        // Taken before, so it has arrived: the answer to the first attempt was lost.
        if (key !== null && error instanceof ApiError && error.code === USED_TASK_ID) return id;
        throw error;
      }
    });
    return outcome.kind === 'refused' && message.markdown !== null ? { ...outcome, partly: true } : outcome;
  }

  /** A file that was uploaded. */
  fileToPeople(users: readonly string[], media: string): Promise<SendOutcome> {
    return this.#limited(this.#people, users, () => this.#direct(users, 'file', { media_id: media }, true));
  }

  /** To a group. `mentions` rings those people. */
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
      const json = JSON.stringify(body);
      await this.#deps.api.call('appchat/send', { body: { json } });
      return digest(json);
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
    const answer = await this.#deps.api.call('message/send', { body: { json: JSON.stringify(body) } });
    const { msgid } = answer;
    return typeof msgid === 'string' && msgid !== '' ? msgid : digest(JSON.stringify(body));
  }

  /** The task id of a notice: the same for each attempt, also past midnight. */
  async #idFor(key: string, message: WecomMessage): Promise<string> {
    const today = Math.floor(this.#deps.clock.now() / DAY);
    const ids = [today, today - 1].map((day) => `${idAt(day * DAY)}-${digest(key)}`);
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}
