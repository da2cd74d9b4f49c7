const ELLIPSIS = '…';

/** Returns a text's width in full-width characters, WeCom's unit of advised lengths: Latin letters count half. */
export function widthOf(text: string): number {
  let halves = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    halves += code < 0x80 || (code >= 0xc0 && code < 0x250) ? 1 : 2;
  }
  return halves / 2;
}

/** Cuts a text to `max` full-width characters (not UTF-16 units), with an ellipsis at the end. */
export function cut(text: string, max: number): string {
  if (fits(text, max)) return text;
  let kept = '';
  let left = max - widthOf(ELLIPSIS);
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}${ELLIPSIS}`;
}

export function fits(text: string, max: number): boolean {
  // Each UTF-16 unit is at least half a full-width character wide, and at most one.
  return text.length <= max || (text.length <= 2 * max && widthOf(text) <= max);
}

export function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Cuts a text to `max` bytes, between lines if that keeps most of it, otherwise between characters. */
export function cutBytes(text: string, max: number): string {
  if (bytes(text) <= max) return text;
  let kept = '';
  let size = bytes(ELLIPSIS);
  for (const character of text) {
    size += bytes(character);
    if (size > max) break;
    kept += character;
  }
  const line = kept.lastIndexOf('\n');
  return `${(line > kept.length / 2 ? kept.slice(0, line) : kept).trimEnd()}${ELLIPSIS}`;
}

/** Returns text as one line, without control characters, and without unpaired surrogates, which cannot be sent. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** Control characters of ASCII except tab and line feed, and separators that some clients treat as line ends. */
const CONTROL = /(?![\t\n\u0080-\u009f])[\p{Cc}\u2028\u2029]/gu;

/** Removes characters that WeCom's own client strips on arrival, so that both sides see the same text. */
export function clean(text: string): string {
  return text.toWellFormed().replace(CONTROL, '');
}

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
