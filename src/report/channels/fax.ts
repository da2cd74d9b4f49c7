import type { MessageKey } from '../../i18n/keys.ts';
import type { Line, ReportDocument } from '../model.ts';
import { type Paper, paperOf, proseOf } from '../paper.ts';
import { lineOfPaper } from '../plain-text.ts';
import { factRun, toSupplement } from '../runs.ts';
import { say } from '../sheet.ts';
import { addressOf, type Destination } from './destinations.ts';

/** Cover sheet of a faxed report: recipient, sender, number of pages, and a receipt to be faxed back. */
export function faxSheet(document: ReportDocument, destination: Destination): Paper {
  const { language, compiledAt, title, marks } = document;
  const own = (id: string): string => lineOfPaper(document, id);
  const line = (id: string, key: MessageKey, text: string | null = null): Line => ({
    id,
    label: say(document, key),
    runs: [text === null || text === '' ? toSupplement(say(document, 'report.blank'), id) : factRun(text, id)],
  });
  return paperOf({
    language,
    compiledAt,
    title: say(document, 'fax.title'),
    marks,
    head: [
      line('to', 'fax.to', destination.name),
      line('fax', 'fax.number', faxNumber(document, destination)),
      line('phone', 'fax.their_phone', addressOf(destination, 'phone')),
      line('from', 'fax.from', own('sign.unit')),
      line('contact', 'report.head.contact', own('contact')),
      line('own_phone', 'report.head.phone', own('phone')),
      line('at', 'fax.at'),
      line('pages', 'fax.pages'),
      line('subject', 'fax.subject', `${title} ${own('number')}`),
    ],
    introduction: [proseOf('fax.text', say(document, 'fax.text'))],
    signature: [
      line('receipt.by', 'fax.received_by'),
      line('receipt.at', 'fax.received_at'),
      line('receipt.number', 'fax.receipt'),
    ],
  });
}

/**
 * Number agreed with the recipient; a public number is printed under its own name, because it belongs to another body.
 */
function faxNumber(document: ReportDocument, { contact, channels }: Destination): string | null {
  if (contact.fax !== undefined) return contact.fax;
  const open = channels.find(({ kind }) => kind === 'fax');
  if (!open) return null;
  const params = { name: open.name[document.language], value: open.value[document.language] };
  return say(document, open.verification === 'unverified' ? 'fax.public_unverified' : 'fax.public', params);
}
