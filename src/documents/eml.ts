import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { MailDraft } from '../report/channels/mail.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';

/**
 * Returns an e-mail as a file (RFC 5322) that mail programs open as a draft: a person checks it, chooses the sender,
 * and sends it. The same draft, attachments and instant give the same bytes.
 */
export function emlFile(draft: MailDraft, attachments: readonly MadeFile[], at: string): Promise<Uint8Array> {
  const seed = createHash('sha256').update(JSON.stringify(draft)).update(at).digest('hex').slice(0, 32);
  const mail = new MailComposer({
    to: [...draft.to],
    subject: draft.subject,
    text: draft.text,
    date: new Date(at),
    messageId: `<${seed}@draft.invalid>`,
    baseBoundary: seed,
    headers: { 'X-Unsent': '1' },
    textEncoding: 'base64',
    attachments: attachments.map(({ name, mediaType, content }) => ({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(content),
    })),
  });
  return new Promise((resolve, reject) => {
    mail.compile().build((error, message) => (error ? reject(error) : resolve(new Uint8Array(message))));
  });
}
