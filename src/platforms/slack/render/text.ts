import { cut } from '../../shared/card-text.ts';
import { LIMITS } from '../limits.ts';

/**
 * Escapes text for mrkdwn. `&`, `<` and `>` (only these, in this order) are escaped, as they make links, mentions and
 * dates; an invisible word joiner keeps names such as @channel from notifying a whole room.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=channel|here|everyone)/gi, '@\u2060');
}

/** Returns text for phone notifications and screen readers, escaped because Slack reads it as mrkdwn. */
export function plainTwin(lines: readonly string[]): string {
  // Lines that an earlier line, e.g. the title, already ends with are not repeated.
  const isNew = (line: string, index: number): boolean =>
    !lines.slice(0, index).some((before) => before.endsWith(line));
  const whole = lines.filter((line, index) => line !== '' && isNew(line, index)).join('\n');
  let room = LIMITS.message.text;
  for (;;) {
    const text = escapeMrkdwn(cut(whole, room));
    if (text.length <= LIMITS.message.text) return text;
    room -= text.length - LIMITS.message.text;
  }
}

/** Returns mentions that notify, e.g. `<@U1> <@U2>`; `<!here>` for everybody active. */
export function callText(ids: readonly string[] | 'everybody'): string {
  if (ids === 'everybody') return '<!here>';
  const known = ids.filter((id) => /^[A-Z\d]+$/.test(id));
  return known.map((id) => `<@${id}>`).join(' ');
}

/** Replaces an empty text by a space, because Slack refuses empty texts. */
export function orSpace(text: string): string {
  return text.trim() === '' ? '\u00a0' : text;
}
