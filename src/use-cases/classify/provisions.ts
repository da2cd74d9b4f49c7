import type { Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';

/** A provision as a rule quotes it, e.g. `{ law: 'cn-cac-2025', instrument: '…管理办法', article: '第四条', quote: '…' }`. */
export interface Provision {
  /** Id of the regime or pack whose rule quotes it. */
  readonly law: string;
  readonly instrument: string;
  readonly article: string;
  readonly quote: string;
}

/** Provisions quoted by a regime and its packs, each once, in the order of their rules. */
export function provisionsOf(regime: Regime, packs: readonly Pack[]): readonly Provision[] {
  const all = [regime, ...packs].flatMap((one) => quotedIn(one, one.id));
  const byText = new Map(all.map((one) => [`${one.instrument} ${one.article} ${one.quote}`, one]));
  return [...byText.values()];
}

/** Provisions with every word in the instrument, the article or the quotation. */
export function provisionsWith(all: readonly Provision[], words: string): readonly Provision[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return all.filter(({ law, instrument, article, quote }) => {
    const text = `${law} ${instrument} ${article} ${quote}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function quotedIn(value: unknown, law: string): readonly Provision[] {
  if (typeof value !== 'object' || value === null) return [];
  const { instrument, article, quote } = { instrument: null, article: null, quote: null, ...value };
  const isProvision = typeof instrument === 'string' && typeof article === 'string' && typeof quote === 'string';
  const own = isProvision ? [{ law, instrument, article, quote }] : [];
  return [...own, ...Object.values(value).flatMap((one: unknown) => quotedIn(one, law))];
}
