import { completeness, type Point, pointText } from '../report/completeness.ts';
import { type Sheet, sheetOf } from '../report/sheet.ts';
import type { Block, Text } from './card.ts';
import { lawText, type Scene, t } from './scene.ts';

const SHOWN = 4;

/** What the report would not say yet, and what in the record contradicts itself: in words, before anybody drafts. */
export function gapBlocks(scene: Scene): readonly Block[] {
  if (scene.state.closed || scene.state.stopped) return [];
  const zh = sheetIn(scene, 'zh');
  const en = sheetIn(scene, 'en');
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

function sheetIn({ state, ia, regime }: Scene, language: Sheet['language']): Sheet {
  const kind = state.handlingEnded ? 'summary' : (state.drafts.at(-1)?.report ?? 'initial');
  return sheetOf({ state, ia, regime, kind, language, compiledAt: ia.now, cannotDetermine: [] });
}
