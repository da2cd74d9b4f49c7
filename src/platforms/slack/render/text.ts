import { createHash } from 'node:crypto';

/** Text on its way to Slack: nothing in here is ever read as markup, and nothing is shortened without a sign. */

const ELLIPSIS = '…';

/**
 * For fields Slack reads as mrkdwn. `&`, `<` and `>` (in this order, and only these) end links, mentions and dates;
 * names that ring a whole room are kept from ringing by a word joiner nobody sees.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=channel|here|everyone)/gi, '@\u2060');
}

/** The other way round: Slack escapes what people typed. */
export function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** At most `max` UTF-16 units, an ellipsis where something is missing; never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${wholeCharacters(text.slice(0, max - 1))}${ELLIPSIS}`;
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

/**
 * Offset at which to divide: after a line, a sentence, a word; else at the limit. Parts that are all white space are
 * not made.
 */
function pause(text: string, max: number): number {
  const window = text.slice(0, max);
  for (const mark of ['\n', '。', '；', '. ', ' ']) {
    const at = window.lastIndexOf(mark) + mark.length;
    if (at > max / 2 && window.slice(0, at).trim() !== '') return at;
  }
  return wholeCharacters(window).length;
}

/** Without the first half of a surrogate pair at the end. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

/** Slack refuses empty texts. */
export function orSpace(text: string): string {
  return text.trim() === '' ? '\u00a0' : text;
}

/** Stands for a text that Slack has no room for; 43 characters. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
