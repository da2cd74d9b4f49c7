import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import type { MessageKey } from './keys.ts';
import { zhCN } from './zh-CN.ts';

export type MessageLanguage = 'en' | 'zh-CN';
type Messages = Readonly<Record<string, string>>;

const messages: Record<MessageLanguage, Map<string, string>> = {
  en: new Map(Object.entries(en)),
  'zh-CN': new Map(Object.entries(zhCN)),
};
const compiled: Record<MessageLanguage, Map<MessageKey, IntlMessageFormat | string>> = {
  en: new Map(),
  'zh-CN': new Map(),
};

/** Adds the messages of a platform; its folder does so when it is loaded. Throws if a key has another text already. */
export function addMessages(own: Readonly<Record<MessageLanguage, Messages>>): void {
  for (const language of ['en', 'zh-CN'] as const) {
    for (const [key, text] of Object.entries(own[language])) {
      const known = messages[language].get(key);
      if (known !== undefined && known !== text) throw new Error(`the message ${key} is there twice`);
      messages[language].set(key, text);
    }
  }
}

/** Every message there is in a language, by its key. */
export function allMessages(language: MessageLanguage): ReadonlyMap<string, string> {
  return messages[language];
}

/**
 * One message in one language. Parameters are already formatted strings, or numbers used for plurals.
 * Compiled formats are kept: the same few hundred messages are rendered all day. Throws if there is no such message.
 */
export function translate(
  language: MessageLanguage,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const known = compiled[language];
  let format = known.get(key);
  if (format === undefined) {
    const text = messages[language].get(key);
    if (text === undefined) throw new Error(`there is no message ${key}`);
    // Most labels have nothing in them to fill in.
    format = /[{']/.test(text) ? new IntlMessageFormat(text, language, undefined, { ignoreTag: true }) : text;
    known.set(key, format);
  }
  if (typeof format === 'string') return format;
  const out = format.format(params);
  return typeof out === 'string' ? out : String(out);
}

export function isMessageKey(key: string): key is MessageKey {
  return messages.en.has(key);
}
