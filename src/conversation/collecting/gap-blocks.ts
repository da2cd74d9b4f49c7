import type { Draft } from '../../incident/state.ts';
import { completeness, type Point, pointText } from '../../report/completeness.ts';
import type { Sheet } from '../../report/sheet.ts';
import type { Block, Text } from '../cards/card.ts';
import { lawText, ofPart, type Situation, t } from '../cards/situation.ts';
import { contradictionsIn, sheetOfDraft, toSettleNow } from '../words-against-record.ts';

const SHOWN = 4;

/**
 * Gaps of a report and contradictions in the record, in words: of this draft's kind of report, without a draft of the
 * report that comes next.
 */
export function gapBlocks(situation: Situation, draft?: Draft): readonly Block[] {
  if (situation.state.closed || situation.state.stopped) return [];
  const [zh, en] = [sheetOfDraft(situation, draft ?? null, 'zh'), sheetOfDraft(situation, draft ?? null, 'en')];
  const { gaps } = completeness(zh);
  const contradictions = contradictionsIn(zh, draft?.statement);
  const both = (point: Point): Text => pointIn(zh, en, point);
  return [
    ...listed(contradictions.map(both), {
      all: 'draft.contradictions',
      some: 'draft.contradictions_more',
      short: 'draft.contradictions_short',
    }),
    ...listed(gaps.map(both), { all: 'draft.gaps', some: 'draft.gaps_more', short: 'draft.gaps_short' }),
  ];
}

interface Keys {
  readonly all: 'draft.contradictions' | 'draft.gaps';
  readonly some: 'draft.contradictions_more' | 'draft.gaps_more';
  readonly short: 'draft.contradictions_short' | 'draft.gaps_short';
}
function listed(points: readonly Text[], keys: Keys): readonly Block[] {
  if (points.length === 0) return [];
  const list: Text = { list: points.slice(0, SHOWN), joiner: 'semicolon' };
  const more = points.length - SHOWN;
  const text = more > 0 ? t(keys.some, { list, n: more }) : t(keys.all, { list });
  return [{ kind: 'note', text, split: { sentence: t(keys.short, { n: points.length }), pairs: [] } }];
}

/**
 * Contradictions that keep the draft of this number, without one a report given in words, from being filed without a
 * reason; null if there are none.
 */
export function unsettledText(situation: Situation, number: number | null): Text | null {
  const draft = situation.state.drafts.find((one) => one.draft === number) ?? null;
  const [zh, en] = [sheetOfDraft(situation, draft, 'zh'), sheetOfDraft(situation, draft, 'en')];
  const points = toSettleNow(situation, draft).map((point) => pointIn(zh, en, point));
  return points.length > 0 ? { list: points, joiner: 'semicolon' } : null;
}

/** A point in both languages; it may quote what people wrote. */
function pointIn(zh: Sheet, en: Sheet, point: Point): Text {
  return ofPart('drafts', lawText({ zh: pointText(zh, point), en: pointText(en, point) }));
}
