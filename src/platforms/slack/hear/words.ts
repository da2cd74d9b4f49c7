import type { Directory } from '../directory.ts';
import type { Attachment, Node, Worded } from '../shapes.ts';

/** Lookup of known names. */
export interface Names extends Pick<Directory, 'botUser'> {
  readonly people: Pick<Directory['people'], 'person'>;
}
/** Returns a lookup without names, so that the text always reads the same. */
export function unnamed({ botUser }: Names): Names {
  return { botUser, people: { person: () => null } };
}

/**
 * Returns a message's plain text as its author sees it: without the bot's own mention, links and mentions by name,
 * entities as characters. Slack escapes `&`, `<` and `>` in everything people type, so remaining angle brackets are
 * Slack's.
 */
export function plainText(text: string, names: Names): string {
  const bare = text.replace(/<([^<>]*)>/g, (_, inside: string) => reading(inside, names));
  return unescapeMrkdwn(bare).replaceAll('\u00a0', ' ').trim();
}

/** Undoes Slack's escaping of typed text. */
export function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Returns mentioned users whose names are unknown. */
export function unknownIn(text: string, names: Names): readonly string[] {
  const ids = [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].flatMap(([, id]) => id ?? []);
  return ids.filter((id) => id !== names.botUser && names.people.person(id) === null);
}

export function mentions(text: string, user: string): boolean {
  return user !== '' && new RegExp(`<@${user}(\\|[^>]*)?>`).test(text);
}

/** Returns a user's name; the id until Slack has given it. */
function nameOf(user: string, names: Names): string {
  return names.people.person(user)?.name ?? user;
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

/**
 * Returns a message's text; empty if nothing in it is readable. People write text; alert bots often use only
 * attachments or blocks. Pictures and buttons have no text.
 */
export function wordsOf(message: Worded, names: Names): string {
  const text = plainText(message.text, names);
  const attached = (message.attachments ?? []).map((one) => attachmentWords(one, names));
  // Attachments below a person's text are link previews.
  if (text !== '')
    return message.bot_id === undefined ? text : lines([text, ...attached.filter((one) => one !== text)]);
  return lines([...(message.blocks ?? []).map((block) => blockWords(block, names)), ...attached]);
}

/** Returns the name a bot gives itself; null for a person. */
export function botName(message: Worded): string | null {
  return message.username || message.bot_profile?.name || null;
}

function attachmentWords(one: Attachment, names: Names): string {
  const read = (text: string | null | undefined): string => plainText(text ?? '', names);
  const fields = (one.fields ?? []).map(({ title, value }) => [read(title), read(value)].filter(Boolean).join(': '));
  const said = lines([
    ...[one.pretext, one.title, one.text].map(read),
    ...fields,
    ...(one.blocks ?? []).map((block) => blockWords(block, names)),
  ]);
  return said === '' ? read(one.fallback) : said;
}

/** Inline elements; all others begin a new line. */
const INLINE = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);
const SILENT = new Set(['actions', 'button', 'image', 'emoji', 'input']);

function blockWords(block: Node, names: Names): string {
  const { type = '', text, elements = [], fields = [] } = block;
  if (SILENT.has(type)) return '';
  if (type === 'user') return `@${nameOf(block.user_id ?? '', names)}`;
  if (type === 'link') return typeof text === 'string' ? `${text} (${block.url ?? ''})` : (block.url ?? '');
  if (type === 'date') return block.fallback ?? '';
  const own = typeof text === 'string' ? (type === 'mrkdwn' ? plainText(text, names) : text) : text;
  const inner = elements.map((one) => blockWords(one, names));
  return lines([
    typeof own === 'object' ? blockWords(own, names) : (own ?? ''),
    ...fields.map((one) => blockWords(one, names)),
    INLINE.has(type) ? inner.join('') : lines(inner),
  ]);
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n');
}
