const ELLIPSIS = '…';

/** At most `max` characters (not UTF-16 halves), an ellipsis where something is missing. */
export function cut(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}${ELLIPSIS}`;
}

export function fits(text: string, max: number): boolean {
  // A character is one or two UTF-16 units.
  return text.length <= 2 * max && [...text].length <= max;
}

export function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** At most `max` bytes, cut between lines where that leaves most of the text, else between characters. */
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

/** One line without control characters; lone halves of characters cannot be sent. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** Without what WeCom's own client strips on arrival, so that both sides see the same. */
export function clean(text: string): string {
  const whole = text.toWellFormed();
  return [...whole].some(isControl) ? [...whole].filter((one) => !isControl(one)).join('') : whole;
}

/** Control characters but tab and line feed, and the separators that some clients take for line ends. */
function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  const isBreak = code === 9 || code === 10;
  return (code < 32 && !isBreak) || code === 127 || code === 0x2028 || code === 0x2029;
}
