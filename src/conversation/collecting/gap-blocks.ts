import { onceFor } from '../../incident/facts/once.ts';
import type { Draft } from '../../incident/state.ts';
import { gapsOf, pointText } from '../../report/completeness.ts';
import type { Point } from '../../report/contradictions.ts';
import type { Sheet } from '../../report/sheet.ts';
import type { Block, Text } from '../cards/card.ts';
import { textBlock } from '../cards/sentence.ts';
import { joined, lawText, ofPart, type Situation, t } from '../cards/situation.ts';
import { contradictionsIn, sheetOfDraft, toSettle } from '../words-against-record.ts';

const SHOWN = 4;

interface OpenPoints {
  readonly contradictions: readonly Text[];
  readonly gaps: readonly Text[];
}
const once = onceFor<OpenPoints>();

/**
 * Blocks on gaps of a report and contradictions in the record: for the report of `draft`, or without it for the next
 * report. `whole`: all of them, for a person who asked for the list.
 */
export function gapBlocks(situation: Situation, draft?: Draft, whole = false): readonly Block[] {
  const { contradictions, gaps } = openPoints(situation, draft);
  return [...listed('contradictions', contradictions, whole), ...listed('gaps', gaps, whole)];
}

/** Open points, one sentence each; none once the incident is closed or stopped. */
export function openPoints(situation: Situation, draft?: Draft): OpenPoints {
  if (situation.state.closed || situation.state.stopped) return { contradictions: [], gaps: [] };
  return once(situation, String(draft?.draft), () => {
    const [zh, en] = [sheetOfDraft(situation, draft ?? null, 'zh'), sheetOfDraft(situation, draft ?? null, 'en')];
    return {
      contradictions: inBoth(zh, en, (sheet) => contradictionsIn(sheet, draft?.statement)),
      gaps: inBoth(zh, en, gapsOf),
    };
  });
}

function listed(name: 'contradictions' | 'gaps', points: readonly Text[], whole: boolean): readonly Block[] {
  if (points.length === 0) return [];
  const all = (list: readonly Text[], more = 0): Text =>
    t(`draft.${name}`, { n: points.length, list: joined(list, 'semicolon'), more });
  if (whole) {
    const count = Math.ceil(points.length / SHOWN);
    return Array.from({ length: count }, (_, n) => {
      const some = points.slice(n * SHOWN, (n + 1) * SHOWN);
      return textBlock(n === 0 ? all(some) : joined(some, 'semicolon'));
    });
  }
  const text = all(points.slice(0, SHOWN), Math.max(0, points.length - SHOWN));
  return [{ kind: 'note', text, split: { sentence: t(`draft.${name}_short`, { n: points.length }), pairs: [] } }];
}

/** Contradictions that need a reason before draft `number` (null: a report given in words) is filed; null if none. */
export function unsettledText(situation: Situation, number: number | null): Text | null {
  const draft = situation.state.drafts.find((one) => one.draft === number) ?? null;
  const [zh, en] = [sheetOfDraft(situation, draft, 'zh'), sheetOfDraft(situation, draft, 'en')];
  const points = inBoth(zh, en, (sheet) => toSettle(sheet, draft?.statement));
  return points.length > 0 ? joined(points, 'semicolon') : null;
}

/** Sentences on points, in both languages; they may quote people. */
function inBoth(zh: Sheet, en: Sheet, points: (sheet: Sheet) => readonly Point[]): readonly Text[] {
  const english = points(en);
  return points(zh).map((point, index) =>
    ofPart('drafts', lawText({ zh: pointText(zh, point), en: pointText(en, english[index] ?? point) })),
  );
}
