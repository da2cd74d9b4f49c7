import { translate } from '../../i18n/translate.ts';
import type { ReportDocument } from '../model.ts';
import { documentLines, textOf } from '../plain-text.ts';
import { messageLanguage } from '../sheet.ts';
import { addressOf, type Destination } from './destinations.ts';

/** An e-mail as somebody would send it; nothing is sent by the program. */
export interface MailDraft {
  /** Addresses; empty where none is known: the sender fills it in. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** The e-mail to one recipient: a short letter, then the full text for readers who cannot open attachments. */
export function mailDraft(document: ReportDocument, destination: Destination): MailDraft {
  const language = messageLanguage(document.language);
  const head = (id: string): string => textOf(document.head.find((line) => line.id === id)?.runs ?? []);
  const address = addressOf(destination, 'email');
  const params = {
    title: document.title,
    number: head('number'),
    unit: textOf(document.signature.find(({ id }) => id === 'sign.unit')?.runs ?? []),
    to: destination.name,
    contact: head('contact'),
    phone: head('phone'),
  };
  const warning = document.drill ? `${translate(language, 'report.mark.drill')}\n\n` : '';
  return {
    to: address === null ? [] : [address],
    subject: `${document.drill ? `${translate(language, 'report.mark.drill')} ` : ''}${translate(language, 'mail.subject', params)}`,
    text: `${warning}${translate(language, 'mail.letter', params)}\n\n----\n${documentLines(document).join('\n')}\n`,
  };
}
