import type { Block, Card } from '../../conversation/cards/card.ts';
import { actionBlock } from '../../conversation/cards/sentence.ts';
import { type Situation, t, view } from '../../conversation/cards/situation.ts';
import { sendCard } from '../../conversation/filing/send-cards.ts';
import { type Destination, destinationsOf } from '../../report/channels/destinations.ts';
import { faxSheet, mailDraft } from '../../report/channels/mail.ts';
import { textToSend } from '../../report/compile.ts';
import { fileNameOf } from '../../report/sheet.ts';
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
      const tools = await context.documents();
      return what === 'mail' ? mailFile(situation, to, tools) : faxFile(situation, to, format, tools);
    },
  };
}

/** Recipient: the requested one, otherwise that of the earliest deadline. */
function destinationOf(situation: Situation, recipient: string | undefined): Destination | undefined {
  const all = destinationsOf(situation, textToSend(situation));
  return recipient === undefined ? all[0] : all.find((one) => one.recipient === recipient);
}

async function mailFile(situation: Situation, to: Destination, tools: DocumentTools): Promise<MadeFile | Refusal> {
  const document = textToSend(situation);
  const name = fileNameOf(situation.regime, document);
  const attachments: MadeFile[] = [];
  for (const format of ['docx', 'pdf'] as const) {
    const made = await tools.render(document, format, name);
    if ('code' in made) return made;
    attachments.push(made);
  }
  const content = await tools.mail(mailDraft(document, to), attachments, document.compiledAt);
  return { name: `${situation.state.id}-${to.recipient}.eml`, mediaType: 'message/rfc822', content };
}

function faxFile(
  situation: Situation,
  to: Destination,
  format: 'docx' | 'pdf',
  tools: DocumentTools,
): Promise<MadeFile | Refusal> {
  return tools.paper(faxSheet(textToSend(situation), to), `${situation.state.id}-${to.recipient}-fax`, format);
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
