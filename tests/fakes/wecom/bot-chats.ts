import type { TemplateCard } from '../../../src/platforms/wecom/cards/template.ts';
import { wrongWith } from '../../platforms/wecom/cards/check.ts';

/** One message of the bot, as its readers see it now. */
export interface Shown {
  readonly chat: string;
  text: string;
  readonly task: string | null;
  card: TemplateCard | null;
  readonly file: string | null;
  readonly content?: Uint8Array;
  edits: number;
}

/** What people see in the conversations of a bot. */
export class BotChats {
  readonly #kinds = new Map<string, 'single' | 'group'>();
  readonly #tasks = new Set<string>();
  readonly shown: Shown[] = [];
  /** Messages that got another text, once for each time. */
  readonly rewritten: Shown[] = [];

  open(chat: string, kind: 'single' | 'group'): void {
    if (!this.#kinds.has(chat)) this.#kinds.set(chat, kind);
  }

  /** The bot is put out of a conversation. */
  leave(chat: string): void {
    this.#kinds.delete(chat);
  }

  kindOf(chat: string): 'single' | 'group' | null {
    return this.#kinds.get(chat) ?? null;
  }

  add(message: Omit<Shown, 'edits'>): Shown {
    const shown = { ...message, edits: 0 };
    if (message.task !== null) this.#tasks.add(message.task);
    this.shown.push(shown);
    return shown;
  }

  checkCard(card: TemplateCard & { readonly task_id: string }): { readonly code: number; readonly why: string } | null {
    if (!/^[0-9A-Za-z_\-@]{1,128}$/.test(card.task_id)) return { code: 42_016, why: 'task_id' };
    if (this.#tasks.has(card.task_id)) return { code: 42_014, why: 'task_id used' };
    const wrong = wrongWith({ markdown: null, card }, 'bot');
    return wrong.length > 0 ? { code: 42_040, why: wrong.join('; ') } : null;
  }

  change(task: string, card: TemplateCard): void {
    for (const one of this.shown) {
      if (one.task !== task) continue;
      one.card = card;
      one.edits += 1;
    }
  }

  in(chat: string): readonly Shown[] {
    return this.shown.filter((one) => one.chat === chat);
  }

  /** Everything written in one conversation now, cards and texts. */
  words(chat: string): readonly string[] {
    return this.in(chat).map(wordsOf);
  }

  /** The newest card of drop-downs, and the ids of the options that begin with these words. */
  selectsIn(
    chat: string,
    words: readonly string[],
  ): { readonly shown: Shown; readonly key: string; readonly ids: readonly string[] } | null {
    const shown = this.in(chat).findLast((one) => one.card?.card_type === 'multiple_interaction');
    if (shown?.card?.card_type !== 'multiple_interaction') return null;
    const options = shown.card.select_list.flatMap(({ option_list }) => option_list);
    const ids = words.flatMap((word) => options.find(({ text }) => text.includes(word))?.id ?? []);
    return ids.length === words.length ? { shown, key: shown.card.submit_button.key, ids } : null;
  }

  /** The newest card that has a button with these words. */
  cardWith(chat: string, label: string): { readonly shown: Shown; readonly key: string } | null {
    for (const shown of this.in(chat).toReversed()) {
      const card = shown.card;
      if (card?.card_type !== 'button_interaction') continue;
      const button = card.button_list.find((one) => one.text.includes(label));
      if (button) return { shown, key: button.key };
    }
    return null;
  }
}

export function wordsOf({ text, card, file }: Shown): string {
  const source = card?.source ? `〔${card.source.desc}〕` : '';
  const title = card ? `${source}${card.main_title.title}${card.main_title.desc ?? ''}` : '';
  const rest = card?.card_type === 'button_interaction' ? wordsOfButtons(card) : '';
  const options = card?.card_type === 'vote_interaction' ? card.checkbox.option_list.map((o) => o.text).join(' ') : '';
  const selects = card?.card_type === 'multiple_interaction' ? wordsOfSelects(card) : '';
  return [text, title, rest, options, selects, file ?? ''].filter((part) => part !== '').join('\n');
}

function wordsOfButtons(card: Extract<TemplateCard, { card_type: 'button_interaction' }>): string {
  const rows = (card.horizontal_content_list ?? []).map((row) => `${row.keyname}：${row.value}`);
  const buttons = card.button_list.map((button) => `[${button.text}]`).join('');
  const options = card.button_selection?.option_list.map((option) => option.text) ?? [];
  return [card.sub_title_text ?? '', ...rows, ...options, buttons].join('\n');
}

function wordsOfSelects(card: Extract<TemplateCard, { card_type: 'multiple_interaction' }>): string {
  const lines = card.select_list.map(({ title, option_list, selected_id }) => {
    const options = option_list.map(({ id, text }) => (id === selected_id ? `(${text})` : text));
    return `${title}：${options.join(' ')}`;
  });
  return [...lines, `[${card.submit_button.text}]`].join('\n');
}
