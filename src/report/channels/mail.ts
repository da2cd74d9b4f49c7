import type { ReportDocument } from '../model.ts';
import type { Paper } from '../paper.ts';
import { documentLines, lineOfPaper } from '../plain-text.ts';
import { say } from '../sheet.ts';
import { addressOf, type Destination } from './destinations.ts';

/** E-mail ready for sending by a person; the program sends nothing. */
export interface MailDraft {
  /** Addresses; empty where none is known: the sender fills it in. */
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
