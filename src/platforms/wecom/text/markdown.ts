import { clean } from './cut.ts';

/** Zero-width character that breaks accidental markup invisibly. */
const BREAK = '\u200b';

/**
 * Text by a person, made safe for WeCom's markdown: it cannot contain a link, heading, quotation, colour or mention.
 * WeCom has no escapes that all its clients support, so signs are replaced by their full-width twins.
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
