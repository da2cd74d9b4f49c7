import { localise } from '../../conversation/cards/localise.ts';
import { noteBlock, sentenceCard } from '../../conversation/cards/sentence.ts';
import { tagOf } from '../../conversation/text/commands/command-lead.ts';
import { formLink } from '../../http/visits/links.ts';
import type { Language } from '../../incident/identity.ts';
import type { AnswerPort } from '../../talk/answering.ts';
import { asLines } from '../../talk/form-lines.ts';
import type { Spot } from '../../talk/intake-options.ts';
import { type Sending, sendAnswer } from '../../talk/send-answer.ts';
import type { App } from '../../use-cases/app.ts';
import type { SentAnswer } from '../../use-cases/notices/sent-messages.ts';
import type { Log, SendOutcome } from '../../use-cases/ports.ts';
import { type ApiClient, notShown } from '../shared/api-client.ts';
import { failedOutcome } from '../wecom/api/wecom-api.ts';
import { compose } from '../wecom/cards/compose.ts';
import { bareMessage } from '../wecom/cards/task.ts';
import { cut, oneLine, plainInMarkdown } from '../wecom/text.ts';
import { directAddress, upload } from './messenger.ts';
import type { Sender } from './sender.ts';

export interface RepliesDependencies extends Sending {
  readonly app: Pick<App, 'answered'>;
  readonly api: ApiClient;
  readonly agentId: string;
  readonly sender: Sender;
  readonly publicUrl: string | null;
  readonly log: Log;
}
export interface Replies {
  /** Replies to a person, sent once right after the commit; losing one is harmless, because a card has the same content. */
  readonly port: (spot: Pick<Spot, 'caller' | 'since'>) => AnswerPort;
  /** Shows the answer on the clicked card, which then takes no clicks. The code is valid once, for 72 hours. */
  readonly lock: (user: string, responseCode: string, label: string) => Promise<void>;
}

const BUTTON_CHARACTERS = 16;

export function createReplies(deps: RepliesDependencies): Replies {
  const { api, agentId, sender, publicUrl, log, app } = deps;
  const port: Replies['port'] = ({ caller, since }) => {
    const { platform, tenant, id } = caller.account;
    // Answers are noted so that a state-secret stop can recall them.
    const noted = async (outcome: SendOutcome, what: Pick<SentAnswer, 'holds' | 'isFile'>): Promise<SendOutcome> => {
      const to = { platform, tenant, address: directAddress(id), language: caller.language, since };
      if (outcome.kind === 'sent') await app.answered({ ...to, ...what, ref: outcome.ref });
      return outcome;
    };
    const send = (holds: Parameters<Sender['toPeople']>[1]) =>
      sendAnswer(deps, async () => noted(await sender.toPeople([id], holds, null), { holds, isFile: false })).catch(
        (error: unknown) => log.warn({ err: error }, 'an answer was not taken'),
      );
    const line = (language: Language, markdown: string) => send(bareMessage(language, { markdown }));
    const card: AnswerPort['card'] = (shown, { incident, revision, language }, view) => {
      const message = { incident: incident ?? '', card: shown, language, revision, surface: null };
      // Full text is sent if the person asked for the view.
      return send(compose(message, { flavour: 'app', full: view !== null }));
    };
    return {
      card,
      say: (text) => line(caller.language, plainInMarkdown(localise(text, caller.language))),
      form: (form, about) => {
        const { ref, title } = form;
        const { language } = about;
        if (publicUrl === null) {
          const lines = asLines(form, language).map((raw) => noteBlock({ raw }));
          return card(sentenceCard({ raw: title }, lines), about, null);
        }
        const link = `[${plainInMarkdown(oneLine(title))}](${formLink(ref, publicUrl)})`;
        return line(language, `${tagOf(ref.args['incident'] ?? '')}${link}`);
      },
      file: async (file, _, holds) => {
        const sent = await upload(api, file).then(
          (media) => sender.fileToPeople([id], media),
          (error: unknown) => notShown(failedOutcome(error, 0)),
        );
        return noted(sent, { holds, isFile: true });
      },
    };
  };
  const lock: Replies['lock'] = async (user, responseCode, label) => {
    if (responseCode === '') return;
    const replace_name = cut(`✓ ${oneLine(label)}`, BUTTON_CHARACTERS);
    const body = { userids: [user], agentid: Number(agentId), response_code: responseCode, button: { replace_name } };
    try {
      await api.send('message/update_template_card', body);
    } catch (error) {
      log.warn({ err: error }, 'a card could not be updated; it stays clickable and the next click says so');
    }
  };
  return { port, lock };
}
