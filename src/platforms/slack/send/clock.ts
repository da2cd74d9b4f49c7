import type { RichTextElement } from '@slack/types';
import type { LocalBlock } from '../../../conversation/cards/localise.ts';
import { formatInstant } from '../../../i18n/format.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import type { ClockSegment } from '../../../incident/record/events.ts';

const BEIJING_OFFSET = 8 * 3_600_000;
/** A place in a sentence for what is no text. */
const HOLE = '\u0000';

type ClockBlock = Extract<LocalBlock, { kind: 'clock' }>;

/**
 * The deadline once more, in the reader's own zone (Slack fills it in) and in UTC; the sentence before it has Beijing
 * time. Nothing while a drill is paused: there is no such instant then.
 */
export function dueLine(block: ClockBlock, language: MessageLanguage): readonly RichTextElement[] {
  const due = wallTime(Date.parse(block.due), block.segment);
  if (due === null) return [];
  const rate = block.segment?.rate ?? 1;
  const key = rate === 1 ? 'slack.due_line' : 'slack.due_line_drill';
  const params = { yours: HOLE, utc: utcText(due, language), rate };
  const [before = '', after = ''] = translate(language, key, params).split(HOLE);
  return [
    { type: 'text', text: `\n${before}` },
    {
      type: 'date',
      timestamp: Math.floor(due / 1_000),
      format: '{date_short_pretty} {time}',
      fallback: formatInstant(new Date(due).toISOString(), language, 'full'),
    },
    ...(after === '' ? [] : [{ type: 'text' as const, text: after }]),
  ];
}

/** Wall time of an instant of incident time. */
function wallTime(incidentTime: number, segment: ClockSegment | undefined): number | null {
  if (!segment) return incidentTime;
  if (segment.rate === 0) return null;
  return Date.parse(segment.wall) + (incidentTime - Date.parse(segment.incidentTime)) / segment.rate;
}

/** `formatInstant` writes Beijing time, so an instant eight hours earlier reads as UTC. */
function utcText(instant: number, language: MessageLanguage): string {
  return formatInstant(new Date(instant - BEIJING_OFFSET).toISOString(), language, 'short');
}
