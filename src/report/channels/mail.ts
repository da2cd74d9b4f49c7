import type { MessageKey } from '../../i18n/keys.ts';
import type { Line, ReportDocument } from '../../incident/report-document.ts';
import { documentLines, lineOfPaper, type Paper, paperOf, proseOf } from '../paper.ts';
import { factRun, toSupplement } from '../runs.ts';
import { say } from '../sheet.ts';
import { addressOf, type Destination } from './destinations.ts';

/** E-mail ready for sending by a person; the program sends nothing. */
export interface MailDraft {
  /** Addresses of the recipient; if empty, the sender fills them in. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Parameters of the letter in an e-mail with a paper, and of its subject. */
export function letterParams(
  paper: Paper,
  { name: to }: Pick<Destination, 'name'>,
  whom: { readonly contact: string; readonly phone: string },
) {
  const [number, unit] = [lineOfPaper(paper, 'number'), lineOfPaper(paper, 'sign.unit')];
  return { title: paper.title, number, unit, to, ...whom };
}

/** The e-mail to one recipient: a short letter, then the full text for readers who cannot open attachments. */
export function mailDraft(document: ReportDocument, destination: Destination): MailDraft {
  const address = addressOf(destination, 'email');
  const own = (id: string): string => lineOfPaper(document, id);
  const params = letterParams(document, destination, { contact: own('contact'), phone: own('phone') });
  const drill = document.drill ? [say(document, 'report.mark.drill')] : [];
  const letter = [...drill, say(document, 'mail.letter', params)].join('\n\n');
  return {
    to: address === null ? [] : [address],
    subject: [...drill, say(document, 'mail.subject', params)].join(' '),
    text: `${letter}\n\n----\n${documentLines(document).join('\n')}\n`,
  };
}

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

/** Fax number agreed with the recipient. A public number is printed with the name of the body it belongs to. */
function faxNumber(document: ReportDocument, { contact, channels }: Destination): string | null {
  if (contact.fax !== undefined) return contact.fax;
  const open = channels.find(({ kind }) => kind === 'fax');
  if (!open) return null;
  const params = { name: open.name[document.language], value: open.value[document.language] };
  return say(document, open.verification === 'unverified' ? 'fax.public_unverified' : 'fax.public', params);
}
