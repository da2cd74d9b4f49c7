import type { Attachment, Node, Worded } from '../api-shapes.ts';
import { type Names, nameOf, plainText } from './plain.ts';

/**
 * The words of a message; empty if nothing in it can be read. People write text; alert bots often write none, and say it
 * all in attachments or blocks. Pictures and buttons say nothing.
 */
export function wordsOf(message: Worded, names: Names): string {
  const text = plainText(message.text, names);
  const attached = (message.attachments ?? []).map((one) => attachmentWords(one, names));
  // Below what people write, attachments are previews of links.
  if (text !== '')
    return message.bot_id === undefined ? text : lines([text, ...attached.filter((one) => one !== text)]);
  return lines([...(message.blocks ?? []).map((block) => blockWords(block, names)), ...attached]);
}

/** Name a bot gives itself; null for a person. */
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

/** Elements that stand in one line; everything else begins a new one. */
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
