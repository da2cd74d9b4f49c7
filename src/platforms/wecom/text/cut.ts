const ELLIPSIS = '…';

/** Width of a text in full-width characters, WeCom's unit of recommended lengths: a Latin letter or digit is half. */
export function widthOf(text: string): number {
  let halves = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    halves += code < 0x80 || (code >= 0xc0 && code < 0x250) ? 1 : 2;
  }
  return halves / 2;
}

/** Cuts a text to `max` full-width characters (not UTF-16 halves), with an ellipsis at the end. */
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
  // A UTF-16 unit is between half of a character and one wide.
  return text.length <= max || (text.length <= 2 * max && widthOf(text) <= max);
}

export function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Cuts a text to `max` bytes, between lines where that keeps most of the text, otherwise between characters. */
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

/** Text as one line without control characters; unpaired surrogates cannot be sent. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** ASCII's control characters but tab and line feed, and the separators that some clients take for line ends. */
const CONTROL = /(?![\t\n\u0080-\u009f])[\p{Cc}\u2028\u2029]/gu;

/** Removes the characters that WeCom's own client strips on arrival, so that both sides see the same text. */
export function clean(text: string): string {
  return text.toWellFormed().replace(CONTROL, '');
}
