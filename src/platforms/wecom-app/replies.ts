import type { Card, FormRef } from '../../conversation/cards/card.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { Caller } from '../../use-cases/app.ts';
import type { Log, SendOutcome } from '../../use-cases/ports.ts';
import type { OutgoingFile } from '../shared/http-client.ts';
import type { WecomApp } from '../wecom/api/http-api.ts';
import { failedOutcome } from '../wecom/api/outcome.ts';
import { compose } from '../wecom/cards/compose.ts';
import { tagOf } from '../wecom/cards/head.ts';
import { textOnly } from '../wecom/cards/message.ts';
import { formLink } from '../wecom/form/session.ts';
import { cut, oneLine } from '../wecom/text/cut.ts';
import { plainInMarkdown } from '../wecom/text/markdown.ts';
import { plainName } from './messenger.ts';
import type { Sender } from './sender.ts';

export interface RepliesDependencies {
  readonly api: WecomApp;
  readonly agentId: string;
  readonly sender: Sender;
  readonly publicUrl: string | null;
  readonly log: Log;
}
export interface About {
  readonly incident: string | null;
  readonly revision: number;
  /** Asked for: all of it in words. */
  readonly full?: boolean;
}

const BUTTON_CHARACTERS = 16;

/**
 * Replies to a person, sent once right after the commit; losing one is harmless, because a card has the same content.
 */
export class Replies {
  readonly #deps: RepliesDependencies;

  constructor(deps: RepliesDependencies) {
    this.#deps = deps;
  }

  async card({ account, language }: Caller, card: Card, about: About): Promise<void> {
    const message = {
      incident: about.incident ?? '',
      card,
      language,
      revision: about.revision,
      surface: null,
    };
    const composed = compose(message, { flavour: 'app', ...(about.full ? { full: true } : {}) });
    await this.#send(account.id, composed);
  }

  async say(caller: Caller, key: MessageKey, params: Readonly<Record<string, string | number>> = {}): Promise<void> {
    await this.line(caller, plainInMarkdown(translate(caller.language, key, params)));
  }

  /** The way into a form; where there is none, how to do without. */
  async form(caller: Caller, ref: FormRef, label: string): Promise<void> {
    const { publicUrl } = this.#deps;
    if (publicUrl === null) return this.say(caller, 'wecom_app.no_forms');
    const tag = tagOf(ref.args['incident'] ?? '');
    return this.line(caller, `${tag}[${plainInMarkdown(oneLine(label))}](${formLink(ref, publicUrl)})`);
  }

  async line({ account, language }: Caller, markdown: string): Promise<void> {
    await this.#send(account.id, textOnly(language, markdown));
  }

  /** A draft, an e-mail or a fax sheet as a file. */
  async file({ account }: Caller, file: OutgoingFile): Promise<SendOutcome> {
    const { api, sender } = this.#deps;
    try {
      const media = await api.upload({ ...file, name: plainName(file.name) });
      return await sender.fileToPeople([account.id], media);
    } catch (error) {
      return failedOutcome(error, 0);
    }
  }

  /** The clicked card shows what was answered and takes no more clicks. The code is good once, for 72 hours. */
  async lock(user: string, responseCode: string, label: string): Promise<void> {
    if (responseCode === '') return;
    const { api, agentId, log } = this.#deps;
    const body = {
      userids: [user],
      agentid: Number(agentId),
      response_code: responseCode,
      button: { replace_name: cut(`✓ ${oneLine(label)}`, BUTTON_CHARACTERS) },
    };
    try {
      await api.post('message/update_template_card', JSON.stringify(body));
    } catch (error) {
      log.warn({ err: error }, 'a card could not be updated; it stays clickable and the next click says so');
    }
  }

  async #send(user: string, message: Parameters<Sender['toPeople']>[1]): Promise<void> {
    const outcome = await this.#deps.sender.toPeople([user], message, null);
    if (outcome.kind !== 'sent')
      this.#deps.log.warn({ outcome: outcome.kind, detail: outcome.detail }, 'an answer was not taken');
  }
}
