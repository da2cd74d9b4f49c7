import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { momentOf } from '../format.ts';
import type { Line, ReportDocument } from '../model.ts';
import type { Paper } from '../paper.ts';
import { textOf } from '../plain-text.ts';
import { factRun, paragraph, phrase, toSupplement } from '../runs.ts';
import { messageLanguage } from '../sheet.ts';
import { addressOf, type Destination } from './destinations.ts';

/** The sheet that goes ahead of a report by fax: to whom, from whom, how many pages, and a receipt to be faxed back. */
export function faxSheet(document: ReportDocument, destination: Destination): Paper {
  const say = (key: MessageKey) => translate(messageLanguage(document.language), key);
  const head = (id: string): string => textOf(document.head.find((line) => line.id === id)?.runs ?? []);
  const unit = document.signature.find(({ id }) => id === 'sign.unit')?.runs ?? [];
  const line = (id: string, key: MessageKey, text: string | null): Line => ({
    id,
    label: say(key),
    runs: [text === null || text === '' ? toSupplement(say('report.blank'), id) : factRun(text, id)],
  });
  return {
    language: document.language,
    compiledAt: document.compiledAt,
    title: say('fax.title'),
    marks: document.marks,
    head: [
      line('to', 'fax.to', destination.name),
      line('fax', 'fax.number', addressOf(destination, 'fax')),
      line('phone', 'fax.their_phone', addressOf(destination, 'phone')),
      line('from', 'fax.from', textOf(unit)),
      line('contact', 'report.head.contact', head('contact')),
      line('own_phone', 'report.head.phone', head('phone')),
      line('at', 'fax.at', momentOf(document.compiledAt, document.language)),
      line('pages', 'fax.pages', null),
      line('subject', 'fax.subject', `${document.title} ${head('number')}`),
    ],
    introduction: [paragraph('fax.text', [phrase(say('fax.text'))])],
    sections: [],
    notes: [],
    signature: [
      line('receipt.by', 'fax.received_by', null),
      line('receipt.at', 'fax.received_at', null),
      line('receipt.number', 'fax.receipt', null),
    ],
    appendix: [],
  };
}
