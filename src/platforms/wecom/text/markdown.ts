import { clean } from './cut.ts';

/** Zero-width: breaks what would be read as markup without being seen. */
const BREAK = '\u200b';

/**
 * Text by a person, made safe for WeCom's markdown: no link, heading, quotation, colour or mention can be made of it.
 * WeCom has no escapes that all its clients honour, so signs are replaced by their full-width twins.
 */
export function plainInMarkdown(text: string): string {
  return clean(text)
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('[', '［')
    .replaceAll(']', '］')
    .replaceAll('`', 'ˋ')
    .replaceAll('*', '＊')
    .replaceAll('_', '＿')
    .replaceAll('~', '～')
    .replaceAll('\\', '＼')
    .replaceAll('!', '！')
    .replaceAll('://', `:${BREAK}//`)
    .replace(/^(\s*)([#\-+|=]|\d+\.)/gm, `$1${BREAK}$2`);
}

export function bold(text: string): string {
  const one = plainInMarkdown(text).replace(/\s+/g, ' ').trim();
  return one === '' ? '' : `**${one}**`;
}

export function quoted(text: string): string {
  return plainInMarkdown(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
