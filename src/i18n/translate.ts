import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import type { MessageKey } from './keys.ts';
import { zhCN } from './zh-CN.ts';

export type MessageLanguage = 'en' | 'zh-CN';
const messages: Record<MessageLanguage, Record<MessageKey, string>> = { en, 'zh-CN': zhCN };
const compiled: Record<MessageLanguage, Map<MessageKey, IntlMessageFormat | string>> = {
  en: new Map(),
  'zh-CN': new Map(),
};

/**
 * One message in one language. Parameters are already formatted strings, or numbers used for plurals.
 * Compiled formats are kept: the same few hundred messages are rendered all day.
 */
export function translate(
  language: MessageLanguage,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const known = compiled[language];
  let format = known.get(key);
  if (format === undefined) {
    const text = messages[language][key];
    // Most labels have nothing in them to fill in.
    format = /[{']/.test(text) ? new IntlMessageFormat(text, language, undefined, { ignoreTag: true }) : text;
    known.set(key, format);
  }
  if (typeof format === 'string') return format;
  const out = format.format(params);
  return typeof out === 'string' ? out : String(out);
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
