import { createHash } from 'node:crypto';
import { cut } from '../../shared/card-text.ts';
import { LIMITS } from '../limits.ts';

/**
 * Text for a field that Slack reads as mrkdwn. `&`, `<` and `>` (in this order, and only these) are escaped, since they
 * make links, mentions and dates; an invisible word joiner keeps names such as @channel from notifying a whole room.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=channel|here|everyone)/gi, '@\u2060');
}

/** Text for a phone's notification and a screen reader. Slack reads it as mrkdwn, so it is escaped. */
export function plainTwin(lines: readonly string[]): string {
  // A sentence already at the end of the title is not repeated.
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

/** Mentions, which Slack notifies for, e.g. `<@U1> <@U2>`; everybody who is active is `<!here>`. */
export function callText(ids: readonly string[] | 'everybody'): string {
  if (ids === 'everybody') return '<!here>';
  const known = ids.filter((id) => /^[A-Z\d]+$/.test(id));
  return known.map((id) => `<@${id}>`).join(' ');
}

/** Slack refuses empty texts. */
export function orSpace(text: string): string {
  return text.trim() === '' ? '\u00a0' : text;
}

/** Hash that replaces a text too long for Slack; 43 characters. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
