import type { Draft } from '../incident/state.ts';
import { completeness, type Point, pointText } from '../report/completeness.ts';
import { type Sheet, sheetFor, sheetNow } from '../report/sheet.ts';
import type { Block, Text } from './card.ts';
import { lawText, type Scene, t } from './scene.ts';

const SHOWN = 4;

/**
 * Gaps of a report and contradictions in the record, in words: of this draft's kind of report, without a draft of the
 * report that comes next.
 */
export function gapBlocks(scene: Scene, draft?: Draft): readonly Block[] {
  if (scene.state.closed || scene.state.stopped) return [];
  const sheetIn = (language: Sheet['language']): Sheet =>
    draft ? sheetFor(scene, draft, language) : sheetNow(scene, language);
  const [zh, en] = [sheetIn('zh'), sheetIn('en')];
  const { gaps, contradictions } = completeness(zh);
  const both = (point: Point): Text => lawText({ zh: pointText(zh, point), en: pointText(en, point) });
  return [
    ...listed(contradictions.map(both), { all: 'draft.contradictions', some: 'draft.contradictions_more' }),
    ...listed(gaps.map(both), { all: 'draft.gaps', some: 'draft.gaps_more' }),
  ];
}

interface Keys {
  readonly all: 'draft.contradictions' | 'draft.gaps';
  readonly some: 'draft.contradictions_more' | 'draft.gaps_more';
}
function listed(points: readonly Text[], keys: Keys): readonly Block[] {
  if (points.length === 0) return [];
  const list: Text = { list: points.slice(0, SHOWN), joiner: 'semicolon' };
  const more = points.length - SHOWN;
  const text = more > 0 ? t(keys.some, { list, n: more }) : t(keys.all, { list });
  return [{ kind: 'note', text }];
}
