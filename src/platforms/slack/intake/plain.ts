import { unescapeMrkdwn } from '../text.ts';

/**
 * What a person wrote, as they wrote it: the bot's own mention taken out, links and mentions as their names, entities as
 * characters. Slack escapes `&`, `<` and `>` in everything people type, so what is left in angle brackets is its own.
 */
export function plainText(text: string, botUser: string): string {
  const bare = text.replace(/<([^<>]*)>/g, (_, inside: string) => reading(inside, botUser));
  return unescapeMrkdwn(bare).replaceAll('\u00a0', ' ').trim();
}

export function mentions(text: string, user: string): boolean {
  return user !== '' && new RegExp(`<@${user}(\\|[^>]*)?>`).test(text);
}

function reading(inside: string, botUser: string): string {
  const [target = '', label] = inside.split('|');
  if (target === `@${botUser}`) return ' ';
  if (target.startsWith('@')) return `@${label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!subteam^')) return label ?? '@team';
  if (target.startsWith('!date')) return label ?? '';
  if (target.startsWith('!')) return `@${label ?? target.slice(1)}`;
  const address = target.replace(/^mailto:/, '');
  return label === undefined || label === address || target.endsWith(label) ? address : `${label} (${address})`;
}
