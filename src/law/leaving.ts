import type { Regime } from './regime.ts';
import type { BilingualText, Source } from './types.ts';

/** A rule on sending something abroad, as it is shown to people before a paper is sent abroad. */
export interface LeavingNote {
  readonly text: BilingualText;
  readonly source: Pick<Source, 'instrument' | 'article'>;
}

/** Returns the rules on sending something abroad, of the base law and of others (`beside`), each with its article. */
export function leavingNotes(
  { notes }: Pick<Regime, 'notes'>,
  beside: readonly LeavingNote[] = [],
): readonly BilingualText[] {
  const own = notes.filter(({ topic }) => topic === 'cross_border' || topic === 'state_secret');
  return [...own, ...beside].map(({ text, source: { instrument, article } }) => ({
    zh: `${text.zh}（${instrument.replace('中华人民共和国', '')}${article}）`,
    en: `${text.en} (${instrument} ${article})`,
  }));
}
