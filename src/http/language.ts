import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../incident/identity.ts';

/** The reader's language: `?language=` (a stream cannot set headers), then Accept-Language by weight, then `otherwise`. */
export function languageOf(c: Context, otherwise: Language = 'en'): Language {
  const asked = c.req.query('language');
  return (asked && matching(asked)) || accepted(c.req.header('accept-language') ?? '') || otherwise;
}

/** The first language of the header that we speak; `parseAccept` sorts by weight. */
function accepted(header: string): Language | null {
  const wanted = parseAccept(header).filter(({ q }) => q > 0);
  return wanted.map(({ type }) => matching(type)).find((one) => one !== null) ?? null;
}

function matching(tag: string): Language | null {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
