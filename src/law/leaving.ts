import beside from './leaving.json' with { type: 'json' };
import type { Regime } from './regime.ts';
import type { BilingualText } from './types.ts';

/** Rules of the base law and beside it on sending something abroad, with their articles: read before a paper leaves. */
export function leavingNotes({ notes }: Pick<Regime, 'notes'>): readonly BilingualText[] {
  const own = notes
    .filter(({ topic }) => topic === 'cross_border' || topic === 'state_secret')
    .map(({ text, source: { instrument, article } }) => ({ text, instrument, article }));
  return [...own, ...beside].map(({ text, instrument, article }) => ({
    zh: `${text.zh}（${instrument.replace('中华人民共和国', '')}${article}）`,
    en: `${text.en} (${instrument} ${article})`,
  }));
}
