import type { MessageKey } from '../../i18n/keys.ts';
import type { Block, Card, Param, Text } from './card.ts';

/** Texts that change with each filled item: their appearance may be news, their content is not. */
const LISTS: ReadonlySet<string> = new Set([
  'draft.estimates',
  'draft.to_follow',
  'draft.changed',
  'status.filed_more',
] satisfies MessageKey[]);

/**
 * News of a surface: content that people must see when it changes, where a posted card cannot be edited. A deadline, a
 * question, a verdict and a draft count; the minutes left do not (reminders give them), nor does each filled item.
 */
export function newsOf({ card, surface }: { readonly card: Card; readonly surface: string | null }): string | null {
  if (isFiled(card, surface)) return null;

  switch (surface) {
    case 'checklist':
      return '';
    case 'status':
      return JSON.stringify([bare(card.title), duesOf(card)]);
    case 'question':
      return JSON.stringify([verdictOf(card.title), card.blocks.flatMap(asked)]);
    case 'draft':
      return JSON.stringify([bare(card.title), bare(card.summary), draftNews(card.blocks)]);
    default:
      return JSON.stringify([bare(card.title), bare(card.summary), card.blocks.flatMap(words)]);
  }
}

const FILED: ReadonlySet<string> = new Set([
  'status.filed_more',
  'status.filed_done',
  'status.summary_filed',
  'status.summary_filed_open',
] satisfies MessageKey[]);

/** Returns true for the card of a filing, which has a notice of its own. */
function isFiled({ tone, summary }: Card, surface: string | null): boolean {
  if (surface === 'draft') return tone === 'done';
  return surface === 'status' && saysFiled(summary);
}

function saysFiled(text: Text): boolean {
  return 'list' in text ? text.list.some(saysFiled) : 'key' in text && FILED.has(text.key);
}

/**
 * News of a draft. Before approval is requested, a change of the record is no news: the reply states it and the next
 * draft contains it. Afterwards every change is news, because it affects the text to be approved and sent.
 */
function draftNews(blocks: readonly Block[]): readonly unknown[] {
  if (blocks.some((block) => isText(block, 'approval.'))) return blocks.flatMap(words);
  return blocks.filter((block) => block.kind !== 'actions' && !isText(block, 'draft.changed')).flatMap(words);
}

function isText(block: Block, start: string): boolean {
  return block.kind === 'text' && 'key' in block.text && block.text.key.startsWith(start);
}

function duesOf(card: Card): readonly string[] {
  const dues = card.blocks.flatMap((block) => (block.kind === 'clock' ? [block.due] : []));
  return dues.length > 0 ? dues : [JSON.stringify(bare(card.summary))];
}

/** News of a verdict: its level; the status card shows its deadline. */
function verdictOf(text: Text): unknown {
  if ('list' in text) return text.list.map(verdictOf);
  const level = 'key' in text ? text.params?.['level'] : undefined;
  return level === undefined ? bare(text) : bareParam(level);
}

function asked(block: Block): readonly unknown[] {
  // The next step is no news: it changes with every act, and the reply to the act states it.
  if ('next' in block) return [];
  if (block.kind === 'actions') return block.actions.map((action) => action.does);
  if (block.kind === 'choices') return block.choice.options.map((option) => option.value);
  // A verdict is excluded, because its deadline is news of the status card.
  if (block.kind !== 'text' || !block.strong) return [];
  const isVerdict = 'key' in block.text && block.text.key.startsWith('verdict.');
  return isVerdict ? [] : [bare(block.text)];
}

function words(block: Block): readonly unknown[] {
  if (block.kind === 'actions') return block.actions.map((action) => action.id);
  return block.kind === 'text' ? [bare(block.text)] : [];
}

/** Text without durations, which change by themselves. */
function bare(text: Text): unknown {
  if ('raw' in text || 'law' in text) return text;
  if ('part' in text) return bare(text.text);
  if ('list' in text) return text.list.map(bare);
  if (LISTS.has(text.key)) return text.key;
  const params = Object.entries(text.params ?? {}).filter(([name]) => name !== 'now');
  return [text.key, params.map(([name, param]) => [name, bareParam(param)])];
}

function bareParam(param: Param): unknown {
  if (typeof param !== 'object' || 'instant' in param || 'amount' in param) return param;
  return 'minutes' in param ? null : bare(param);
}
