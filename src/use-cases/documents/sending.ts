import type { Block, Card } from '../../conversation/cards/card.ts';
import { actionBlock } from '../../conversation/cards/sentence.ts';
import { type Situation, t, view } from '../../conversation/cards/situation.ts';
import { changesNow } from '../../conversation/filing/draft-changes.ts';
import { sendCard } from '../../conversation/filing/send-cards.ts';
import { draftInForce } from '../../incident/approvals.ts';
import { type Destination, destinationsOf } from '../../report/channels/destinations.ts';
import { faxSheet, mailDraft } from '../../report/channels/mail.ts';
import { textToSend } from '../../report/compile.ts';
import { fileNameOf, say } from '../../report/sheet.ts';
import type { App } from '../app.ts';
import type { Refusal } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import type { DocumentTools, MadeFile } from './document-port.ts';

/** Files for sending a report by hand: e-mail with attachments, fax sheet. The bot sends authorities nothing. */
export function createSending(context: UseCaseContext): Pick<App, 'toSend'> {
  return {
    toSend: async (id, caller, { what, recipient, format }) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const situation = context.engine.situation(state);
      const to = destinationOf(situation, recipient);
      if (!to) return { code: 'no_addressee', field: 'recipient' };
      const draft = draftInForce(state);
      const changes = draft ? changesNow(situation, draft).map(({ id }) => id) : [];
      // The text names its recipient: it must not go to the one that the record has now.
      if (changes.includes('head.to')) return { code: 'other_addressee', params: { changes } };
      const tools = await context.documents();
      // An authority reads the file, so only its name says that the draft is outdated.
      const mark = changes.length > 0 ? `-${say({ language: 'zh' }, 'send.outdated')}` : '';
      const name = `${id}-${to.recipient}${what === 'fax' ? '-fax' : ''}${mark}`;
      if (what === 'mail') return mailFile(situation, to, name, tools);
      return tools.paper(faxSheet(textToSend(situation), to), name, format);
    },
  };
}

/** Recipient: the requested one, otherwise that of the earliest deadline. */
function destinationOf(situation: Situation, recipient: string | undefined): Destination | undefined {
  const all = destinationsOf(situation, textToSend(situation));
  return recipient === undefined ? all[0] : all.find((one) => one.recipient === recipient);
}

async function mailFile(
  situation: Situation,
  to: Destination,
  name: string,
  tools: DocumentTools,
): Promise<MadeFile | Refusal> {
  const document = textToSend(situation);
  const attached = fileNameOf(situation.regime, document);
  const attachments: MadeFile[] = [];
  for (const format of ['docx', 'pdf'] as const) {
    const made = await tools.render(document, format, attached);
    if ('code' in made) return made;
    attachments.push(made);
  }
  const content = await tools.mail(mailDraft(document, to), attachments, document.compiledAt);
  return { name: `${name}.eml`, mediaType: 'message/rfc822', content };
}

/** Card for sending a report, with links to its files in the console; chats send the files themselves. */
export function sendView(situation: Situation): Card {
  const card = sendCard(situation);
  const base = `/api/v1/incidents/${encodeURIComponent(situation.state.id)}`;
  const files = destinationsOf(situation, textToSend(situation)).map(({ recipient, name }): Block => {
    const link = (what: 'mail' | 'fax') => ({
      id: `${what}_${recipient}`,
      label: t(`send.${what}`, { to: { raw: name } }),
      does: { kind: 'link' as const, url: `${base}/${what}?recipient=${recipient}` },
    });
    return actionBlock([link('mail'), link('fax')]);
  });
  const papers = view('papers', t('act.papers'), 'papers', { incident: situation.state.id });
  return { ...card, blocks: [...card.blocks, ...files, actionBlock([papers])] };
}
