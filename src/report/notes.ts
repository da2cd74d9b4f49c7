import type { MessageKey } from '../i18n/keys.ts';
import { itemStatuses, toFollow } from './items.ts';
import type { Paragraph } from './model.ts';
import { paragraph, phrase, sentence } from './runs.ts';
import { law, type Sheet, say, type Undetermined } from './sheet.ts';

const WHAT: Readonly<Record<Undetermined, MessageKey>> = {
  cause: 'report.cannot.cause',
  impact: 'report.cannot.impact',
  trend: 'report.cannot.trend',
};

/** Note on why the report is not complete: what cannot be determined yet, by the article that allows it. */
export function noteParagraphs(sheet: Sheet): readonly Paragraph[] {
  if (sheet.role === 'final') return [];
  const measures = law(sheet, sheet.regime.title);
  const label = say(sheet, 'report.note.label');
  if (sheet.cannotDetermine.length > 0) {
    const what = sheet.cannotDetermine.map((one) => say(sheet, WHAT[one])).join(say(sheet, 'report.list'));
    return [
      paragraph('note', sentence(sheet, [phrase(say(sheet, 'report.note.cannot', { what, measures }))]), { label }),
    ];
  }
  const open = toFollow(itemStatuses(sheet));
  if (open.length === 0) return [];
  const items = open.map((n) => say(sheet, 'report.note.item', { n })).join(say(sheet, 'report.list'));
  return [
    paragraph('note', sentence(sheet, [phrase(say(sheet, 'report.note.later', { items, measures }))]), { label }),
  ];
}
