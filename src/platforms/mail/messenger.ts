import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { type LocalBlock, type LocalCard, localise, localiseCard } from '../../conversation/cards/localise.ts';
import { t } from '../../conversation/cards/situation.ts';
import { deliveryNotes } from '../../conversation/reminding/delivery-notes.ts';
import type { Messenger, SendOutcome } from '../../use-cases/ports.ts';
import { outcomeOf } from '../shared/api-client.ts';
import { webLinks } from '../shared/does.ts';

export interface MailOptions {
  /** Address `smtp://` or `smtps://` with user and password; `?from=` sets the sender if the user is no address. */
  readonly url: string;
  /** Public address of the console, or null. */
  readonly publicUrl: string | null;
}
const letterSchema = z.object({ subject: z.string(), text: z.string() });

/** Time-out (ms) of a mail server. */
const TIME_OUT = 20_000;

/** Creates the mail messenger, for messages that no chat accepts. Equal keys give equal Message-IDs. */
export function createMail({ url, publicUrl }: MailOptions): Messenger & { close(): void } {
  const transport = connect(url);
  const from = senderOf(url);
  return {
    platform: 'mail',
    render: ({ card, language, incident, ...delivered }) => {
      const local = localiseCard(card, language);
      const say = (text: Parameters<typeof localise>[0]): string => localise(text, language);
      const notes = deliveryNotes(delivered).map(say);
      const link =
        publicUrl && incident ? [say(t('fallback.open', { url: { raw: `${publicUrl}/incidents/${incident}` } }))] : [];
      const lines = [...notes, ...letterLines(local), '', ...link, say(t('fallback.from'))];
      return JSON.stringify({ subject: `${local.title} · ${local.summary}`.slice(0, 200), text: lines.join('\n') });
    },
    post: async (place, body, key) => {
      const { subject, text } = letterSchema.parse(JSON.parse(body));
      const messageId = `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@jishi>`;
      const letter = { from, to: { name: '', address: place.address }, subject, text, messageId };
      return outcomeOf(
        transport.sendMail(letter).then(() => messageId),
        failedOutcome,
      );
    },
    close: () => transport.close(),
  };
}

/** Signs in to the mail server and disconnects; returns null on success, otherwise the error. Sends no mail. */
export async function tryMail(url: string): Promise<string | null> {
  const transport = connect(url);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    transport.close();
  }
}

function connect(url: string) {
  const timeouts = { connectionTimeout: TIME_OUT, greetingTimeout: TIME_OUT, socketTimeout: TIME_OUT };
  return createTransport({ url: withoutSender(url), ...timeouts });
}

const smtpError = z.object({
  message: z.string(),
  code: z.string().optional(),
  syscall: z.string().optional(),
  responseCode: z.number().optional(),
});

/** Returns the outcome by the server's answer. A lost connection is `unknown`: the mail may have been accepted. */
function failedOutcome(error: unknown): SendOutcome {
  const { message, code = '', syscall, responseCode } = smtpError.catch({ message: String(error) }).parse(error);
  if (code === 'EAUTH') return { kind: 'refused', reason: 'forbidden', detail: message };
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', reason: 'invalid', detail: message };
  const reached = responseCode === undefined && syscall !== 'connect' && code !== 'EDNS';
  return reached ? { kind: 'unknown', detail: message } : { kind: 'refused', reason: 'unreachable', detail: message };
}

/** Returns the sender: `from` in the address, else its user if that is an address, else `jishi` at its host. */
function senderOf(url: string): string {
  const { searchParams, username, hostname } = new URL(url);
  const user = decodeURIComponent(username);
  return searchParams.get('from') ?? (user.includes('@') ? user : `jishi@${hostname}`);
}

function withoutSender(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.delete('from');
  return parsed.href;
}

/** Returns a card as plain text lines; of its buttons only links, because buttons in a mail cannot be pressed. */
function letterLines(card: LocalCard): readonly string[] {
  const links = webLinks(card).flatMap(({ label, url }) => ['', `${label} ${url}`]);
  return [card.title, '', ...card.blocks.flatMap(lineOf), ...links];
}

function lineOf(block: LocalBlock): readonly string[] {
  switch (block.kind) {
    case 'text':
    case 'clock':
    case 'note':
      return [block.text];
    case 'quote':
      return block.copy ? [block.source, `> ${block.text}`] : [`> ${block.text}`, `  ${block.source}`];
    case 'row':
      return [`- ${block.text}`];
    default:
      return [];
  }
}
