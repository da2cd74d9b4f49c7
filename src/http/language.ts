import type { Context } from 'hono';
import type { Language } from '../incident/identity.ts';

/** The reader's language: `?language=` (a stream cannot set headers), then Accept-Language by weight, then `otherwise`. */
export function languageOf(c: Context, otherwise: Language = 'en'): Language {
  const asked = c.req.query('language');
  return (asked && matching(asked)) || accepted(c.req.header('accept-language') ?? '') || otherwise;
}

function accepted(header: string): Language | null {
  const wanted = header
    .split(',')
    .map((part, index) => {
      const [tag = '', ...params] = part.trim().split(';');
      const q = params.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { tag, weight: q === undefined ? 1 : Number(q), index };
    })
    .filter((one) => one.weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { tag } of wanted) {
    const found = matching(tag);
    if (found) return found;
  }
  return null;
}

function matching(tag: string): Language | null {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
