import type { WecomMessage } from '../../../../src/platforms/wecom/cards/task.ts';
import type { Selection, TemplateCard } from '../../../../src/platforms/wecom/cards/template.ts';

/**
 * The limits of template cards and markdown as the documents state them (90236, 101032), written down a second time and
 * independently of the code under test. Answers everything that WeCom would refuse or cut.
 */
export function wrongWith(message: Pick<WecomMessage, 'markdown' | 'card'>, flavour: 'bot' | 'app'): readonly string[] {
  const wrong: string[] = [];
  const bot = flavour === 'bot';
  const chars = (what: string, text: string, max: number): void => {
    if (text === '') wrong.push(`${what} is empty`);
    if (wideness(text) > max) wrong.push(`${what} is ${wideness(text)} characters wide, not ${max}: ${text}`);
    if (!text.isWellFormed()) wrong.push(`${what} has half a character`);
  };
  if (message.markdown !== null) {
    const size = Buffer.byteLength(message.markdown);
    if (size > (bot ? 20_480 : 2_048) || size === 0) wrong.push(`markdown of ${size} bytes`);
  }
  if (message.markdown === null && message.card === null) wrong.push('nothing to send');
  if (message.card) wrong.push(...ofCard(message.card, bot, chars));
  return wrong;
}

function ofCard(card: TemplateCard, bot: boolean, chars: (what: string, text: string, max: number) => void): string[] {
  const wrong: string[] = [];
  const count = (what: string, n: number, max: number): void => {
    if (n < 1 || n > max) wrong.push(`${n} ${what}`);
  };
  const unique = (what: string, ids: readonly string[]): void => {
    if (new Set(ids).size !== ids.length) wrong.push(`${what} twice`);
  };
  if (card.source) chars('source', card.source.desc, bot ? 13 : 20);
  chars('title', card.main_title.title, bot ? 26 : 36);
  if (card.main_title.desc !== undefined) chars('desc', card.main_title.desc, bot ? 30 : 44);
  if (card.card_type === 'vote_interaction') {
    count('options', card.checkbox.option_list.length, 20);
    unique(
      'option',
      card.checkbox.option_list.map((o) => o.id),
    );
    for (const option of card.checkbox.option_list) chars('option', option.text, 11);
    chars('submit', card.submit_button.text, 10);
    return wrong;
  }
  if (card.card_type === 'multiple_interaction') {
    const known = ['card_type', 'source', 'main_title', 'select_list', 'submit_button', 'task_id'];
    for (const field of Object.keys(card)) if (!known.includes(field)) wrong.push(`${field} in drop-downs`);
    count('drop-downs', card.select_list.length, 3);
    unique(
      'question',
      card.select_list.map((one) => one.question_key),
    );
    for (const one of card.select_list) wrong.push(...ofSelection(one, bot, chars));
    chars('submit', card.submit_button.text, 10);
    return wrong;
  }
  if (card.sub_title_text !== undefined) chars('subtitle', card.sub_title_text, bot ? 112 : 160);
  if (card.horizontal_content_list) count('rows', card.horizontal_content_list.length, 6);
  for (const row of card.horizontal_content_list ?? []) {
    chars('row key', row.keyname, 5);
    chars('row value', row.value, 26);
  }
  if (card.button_selection) wrong.push(...ofSelection(card.button_selection, bot, chars));
  count('buttons', card.button_list.length, 6);
  unique(
    'key',
    card.button_list.map((b) => b.key),
  );
  for (const button of card.button_list) {
    chars('button', button.text, 10);
    if (Buffer.byteLength(button.key) > 1_024) wrong.push('key too long');
  }
  return wrong;
}

function ofSelection(
  { title, option_list, selected_id, question_key }: Selection,
  bot: boolean,
  chars: (what: string, text: string, max: number) => void,
): string[] {
  chars('drop-down', title, 13);
  for (const option of option_list) chars('option', option.text, bot ? 10 : 16);
  const ids = option_list.map(({ id }) => id);
  return [
    ...(ids.length < 1 || ids.length > 10 ? [`${ids.length} options`] : []),
    ...(new Set(ids).size === ids.length ? [] : ['option twice']),
    ...(ids.includes(selected_id) ? [] : ['selected_id is no option']),
    ...(ids.every((id) => id !== '' && Buffer.byteLength(id) <= 128) ? [] : ['option id']),
    ...(question_key === '' ? ['question_key'] : []),
  ];
}

/** Length as the advice counts it, in Chinese characters: what takes half the room of one counts half. */
export function wideness(text: string): number {
  const wide = [...text].filter((one) => !/[\0-~À-ɏ]/.test(one)).length;
  return (wide + [...text].length) / 2;
}
