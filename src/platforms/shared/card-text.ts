/** A text of at most `max` UTF-16 units, cut between characters, with an ellipsis where something is missing. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${wholeCharacters(text.slice(0, max - 1))}…`;
}

/** Parts of at most `max` units each, divided where a reader would pause; joined they give the whole text again. */
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

/** Offset at which to divide: after a line, a sentence, a word; else at the limit. No part is all white space. */
function pause(text: string, max: number): number {
  const window = text.slice(0, max);
  for (const mark of ['\n', '。', '；', '. ', ' ']) {
    const at = window.lastIndexOf(mark) + mark.length;
    if (at > max / 2 && window.slice(0, at).trim() !== '') return at;
  }
  return wholeCharacters(window).length;
}

/** Text without half of a surrogate pair at its end. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
