import type { Directory } from '../directory.ts';
import { unescapeMrkdwn } from '../render/text.ts';

/** Lookup of names, as far as they are known. */
export type Names = Pick<Directory, 'botUser' | 'person'>;
/** Nobody is named: the same text reads the same at any time. */
export function unnamed({ botUser }: Names): Names {
  return { botUser, person: () => null };
}

/**
 * Plain text of a message as its author sees it: without the bot's own mention, links and mentions as their names,
 * entities as characters. Slack escapes `&`, `<` and `>` in everything people type, so any remaining angle brackets are
 * its own.
 */
export function plainText(text: string, names: Names): string {
  const bare = text.replace(/<([^<>]*)>/g, (_, inside: string) => reading(inside, names));
  return unescapeMrkdwn(bare).replaceAll('\u00a0', ' ').trim();
}

/** Users that a text mentions and whose names are not known. */
export function unknownIn(text: string, names: Names): readonly string[] {
  const ids = [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].flatMap(([, id]) => id ?? []);
  return ids.filter((id) => id !== names.botUser && names.person(id) === null);
}

export function mentions(text: string, user: string): boolean {
  return user !== '' && new RegExp(`<@${user}(\\|[^>]*)?>`).test(text);
}

/** Name of a user; their id until Slack has given it. */
export function nameOf(user: string, names: Names): string {
  return names.person(user)?.name ?? user;
}

function reading(inside: string, names: Names): string {
  const [target = '', label] = inside.split('|');
  if (target === `@${names.botUser}`) return ' ';
  if (target.startsWith('@')) return `@${label || nameOf(target.slice(1), names)}`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!subteam^')) return label ?? '@team';
  if (target.startsWith('!date')) return label ?? '';
  if (target.startsWith('!')) return `@${label ?? target.slice(1)}`;
  const address = target.replace(/^mailto:/, '');
  return label === undefined || label === address || target.endsWith(label) ? address : `${label} (${address})`;
}
