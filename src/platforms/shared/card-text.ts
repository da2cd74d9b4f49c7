/** Cuts a text to at most `max` UTF-16 units between characters; an ellipsis marks the cut. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${wholeCharacters(text.slice(0, max - 1))}…`;
}

/** Splits a text into parts of at most `max` units at natural pauses; joined they give the whole text. */
export function pieces(text: string, max: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const part = rest.slice(0, pause(rest, max));
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** Returns the offset for a split: after a line, sentence or word, else at the limit. No part is only white space. */
function pause(text: string, max: number): number {
  const window = text.slice(0, max);
  for (const mark of ['\n', '。', '；', '. ', ' ']) {
    const at = window.lastIndexOf(mark) + mark.length;
    if (at > max / 2 && window.slice(0, at).trim() !== '') return at;
  }
  return wholeCharacters(window).length;
}

/** Removes half of a surrogate pair at the end of a text. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
