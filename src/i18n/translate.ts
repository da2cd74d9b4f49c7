import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import type { MessageKey } from './keys.ts';
import { zhCN } from './zh-CN.ts';

export type MessageLanguage = 'en' | 'zh-CN';
const messages: Record<MessageLanguage, Record<MessageKey, string>> = { en, 'zh-CN': zhCN };
const compiled = new Map<string, IntlMessageFormat>();

/**
 * One message in one language. Parameters are already formatted strings, or numbers used for plurals.
 * Compiled formats are kept: the same few hundred messages are rendered all day.
 */
export function translate(
  language: MessageLanguage,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const id = `${language}:${key}`;
  let format = compiled.get(id);
  if (!format) {
    format = new IntlMessageFormat(messages[language][key], language, undefined, { ignoreTag: true });
    compiled.set(id, format);
  }
  const out = format.format(params);
  return typeof out === 'string' ? out : String(out);
}
