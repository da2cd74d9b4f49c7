import '../messages.ts';
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { LIMITS } from '../limits.ts';
import { type Binding, bind, doesOf, isUsable, linkOf } from './bind.ts';
import { cut, orSpace, pieces } from './text.ts';

/**
 * The few blocks our messages are made of. Texts are `plain_text` or `rich_text`, which Slack does not read as markup:
 * nothing a person wrote can mention, link or format. `emoji: false` leaves `:x:` as it was written.
 */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(orSpace(text), max), emoji: false };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.header) };
}

export function sections(text: string): readonly SectionBlock[] {
  return pieces(text, LIMITS.section.text).map((part) => ({
    type: 'section',
    text: plain(part, LIMITS.section.text),
  }));
}

export function notes(text: string): readonly ContextBlock[] {
  return pieces(text, LIMITS.context.text).map((part) => ({
    type: 'context',
    elements: [plain(part, LIMITS.context.text)],
  }));
}

export function bold(text: string, after: readonly RichTextElement[] = []): readonly RichTextBlock[] {
  const parts = pieces(orSpace(text), LIMITS.richText);
  return parts.map((part, index) => ({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [{ type: 'text', text: part, style: { bold: true } }, ...(index === parts.length - 1 ? after : [])],
      },
    ],
  }));
}

export function quote(text: string): readonly RichTextBlock[] {
  return pieces(orSpace(text), LIMITS.richText).map((part) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: part }] }],
  }));
}

/** Buttons, 25 to a block. Labels that had to be cut stand above them in full. */
export function buttons(
  all: readonly LocalAction[],
  where: { readonly id: string; readonly binding: Binding; readonly language: MessageLanguage },
): readonly KnownBlock[] {
  const actions = all.filter(isUsable);
  const blocks: KnownBlock[] = [
    ...fullLabels(
      actions.map((action) => action.label),
      LIMITS.button.text,
    ),
  ];
  for (let first = 0; first < actions.length; first += LIMITS.actions.elements) {
    const some = actions.slice(first, first + LIMITS.actions.elements);
    const block: ActionsBlock = {
      type: 'actions',
      block_id: cut(`${where.id}.${first}`, LIMITS.id),
      elements: some.map((action, index) => button(action, { ...where, id: `${where.id}.${first + index}` })),
    };
    blocks.push(block);
  }
  return blocks;
}

export function button(
  action: LocalAction,
  where: { readonly id: string; readonly binding: Binding; readonly language: MessageLanguage },
): Button {
  const does = doesOf(action);
  const url = linkOf(action);
  return {
    type: 'button',
    action_id: cut(`${where.id}:${action.id}`, LIMITS.id),
    text: plain(action.label, LIMITS.button.text),
    ...(does === null ? {} : { value: bind(does, where.binding) }),
    ...(url === null ? {} : { url }),
    ...(action.style === undefined ? {} : { style: action.style }),
    ...(action.confirm === undefined ? {} : { confirm: confirmation(action, action.confirm, where.language) }),
  };
}

function confirmation(action: LocalAction, text: string, language: MessageLanguage): NonNullable<Button['confirm']> {
  return {
    title: plain(action.label, LIMITS.confirm.title),
    text: plain(text, LIMITS.confirm.text),
    confirm: plain(translate(language, 'slack.yes'), LIMITS.confirm.button),
    deny: plain(translate(language, 'slack.cancel'), LIMITS.confirm.button),
    ...(action.style === 'danger' ? { style: 'danger' } : {}),
  };
}

/** List of all labels in full, numbered by position, if any was cut; else empty. */
export function fullLabels(labels: readonly string[], max: number): readonly SectionBlock[] {
  if (labels.every((label) => label.length <= max)) return [];
  return sections(labels.map((label, index) => `${index + 1}. ${label}`).join('\n'));
}
