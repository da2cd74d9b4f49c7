import type { Block, Card } from '../conversation/card.ts';
import { type Scene, t, view } from '../conversation/scene.ts';
import { sendCard } from '../conversation/views/send.ts';
import { type Destination, destinationsOf } from '../report/channels/destinations.ts';
import { faxSheet } from '../report/channels/fax.ts';
import { mailDraft } from '../report/channels/mail.ts';
import { sendingSheet, textToSend } from '../report/channels/text-to-send.ts';
import type { App } from './app.ts';
import type { DocumentTools, MadeFile } from './document-port.ts';
import type { Kit } from './kit.ts';

/** What a person takes along to send the report by hand: an e-mail with its attachments, a fax sheet. Nothing is sent by itself. */
export function createSending(kit: Kit): Pick<App, 'toSend'> {
  const { regime } = kit.engine.deps;
  return {
    toSend: async (id, caller, { what, recipient, format }) => {
      const state = await kit.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      const scene = { state, ia: kit.engine.assess(state), regime };
      const to = destinationOf(scene, recipient);
      if (!to) return { code: 'unknown_recipient', field: 'recipient' };
      const tools = await kit.documents();
      return what === 'mail' ? mailFile(scene, to, tools) : faxFile(scene, to, format, tools);
    },
  };
}

/** Without a wish the first one, who is owed the report soonest. */
function destinationOf(scene: Scene, recipient: string | undefined): Destination | undefined {
  const all = destinationsOf(sendingSheet(scene, textToSend(scene)));
  return recipient === undefined ? all[0] : all.find((one) => one.recipient === recipient);
}

async function mailFile(scene: Scene, to: Destination, tools: DocumentTools): Promise<MadeFile> {
  const document = textToSend(scene);
  const attachments = [await tools.render(document, 'docx'), await tools.render(document, 'pdf')];
  const content = await tools.mail(mailDraft(document, to), attachments, document.compiledAt);
  return { name: `${scene.state.id}-${to.recipient}.eml`, mediaType: 'message/rfc822', content };
}

function faxFile(scene: Scene, to: Destination, format: 'docx' | 'pdf', tools: DocumentTools): Promise<MadeFile> {
  return tools.paper(faxSheet(textToSend(scene), to), `${scene.state.id}-${to.recipient}-fax`, format);
}

/** The card of what can be sent, with the files to take along: links of the console; chats send the file itself. */
export function sendView(scene: Scene): Card {
  const card = sendCard(scene);
  const base = `/api/v1/incidents/${encodeURIComponent(scene.state.id)}`;
  const files = destinationsOf(sendingSheet(scene, textToSend(scene))).map(({ recipient, name }): Block => {
    const link = (what: 'mail' | 'fax') => ({
      id: `${what}_${recipient}`,
      label: t(`send.${what}`, { to: { raw: name } }),
      does: { kind: 'link' as const, url: `${base}/${what}?recipient=${recipient}` },
    });
    return { kind: 'actions', actions: [link('mail'), link('fax')] };
  });
  const papers = view('papers', t('act.papers'), 'papers', { incident: scene.state.id });
  return { ...card, blocks: [...card.blocks, ...files, { kind: 'actions', actions: [papers] }] };
}
