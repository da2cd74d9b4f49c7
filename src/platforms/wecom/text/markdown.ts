import { clean } from './cut.ts';

/** Zero-width character that invisibly breaks accidental markup. */
const BREAK = '\u200b';
/** Signs of markup, and their full-width forms. */
const SIGNS = '<>[]`*_~\\!';
const WIDE = '＜＞［］ˋ＊＿～＼！';

/**
 * Makes people's text safe for WeCom's markdown: it cannot contain a link, heading, quotation, colour or mention. WeCom
 * has no escapes that all its clients support, so signs become their full-width forms.
 */
export function plainInMarkdown(text: string): string {
  return clean(text)
    .replace(/[<>[\]`*_~\\!]/g, (sign) => WIDE[SIGNS.indexOf(sign)] ?? sign)
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
