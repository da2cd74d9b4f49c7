import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../incident/identity.ts';

/** Returns the reader's language: `?language=` (streams cannot set headers), Accept-Language, then `otherwise`. */
export function languageOf(c: Context, otherwise: Language = 'en'): Language {
  const asked = c.req.query('language');
  return (asked && matching(asked)) || accepted(c.req.header('accept-language') ?? '') || otherwise;
}

/** Returns the first supported language of the header; `parseAccept` sorts by weight. */
function accepted(header: string): Language | null {
  const wanted = parseAccept(header).filter(({ q }) => q > 0);
  return wanted.map(({ type }) => matching(type)).find((one) => one !== null) ?? null;
}

function matching(tag: string): Language | null {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
