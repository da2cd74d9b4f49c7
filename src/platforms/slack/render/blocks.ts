import '../messages.ts';
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import type { LocalAction, LocalChoice } from '../../../conversation/cards/localise.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { doesOf } from '../../shared/does.ts';
import { LIMITS } from '../limits.ts';
import { type Binding, bind, isUsable, linkOf } from './bind.ts';
import { cut, hashOf, orSpace, pieces } from './text.ts';

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
  return pieces(text, LIMITS.section.text).map((part) => ({ type: 'section', text: plain(part, LIMITS.section.text) }));
}

export function notes(text: string): readonly ContextBlock[] {
  return pieces(text, LIMITS.context.text).map((part) => ({
    type: 'context',
    elements: [plain(part, LIMITS.context.text)],
  }));
}

export function bold(text: string, after: readonly RichTextElement[] = []): readonly RichTextBlock[] {
  return richText(text, (part, isLast) => ({
    type: 'rich_text_section',
    elements: [{ type: 'text', text: part, style: { bold: true } }, ...(isLast ? after : [])],
  }));
}

export function quote(text: string): readonly RichTextBlock[] {
  return richText(text, (part) => ({ type: 'rich_text_quote', elements: [{ type: 'text', text: part }] }));
}

function richText(
  text: string,
  element: (part: string, isLast: boolean) => RichTextBlock['elements'][number],
): readonly RichTextBlock[] {
  const parts = pieces(orSpace(text), LIMITS.richText);
  return parts.map((part, n) => ({ type: 'rich_text', elements: [element(part, n === parts.length - 1)] }));
}

/** Place of buttons on a card: `id` begins their ids. */
export interface Where {
  readonly id: string;
  readonly binding: Binding;
  readonly language: MessageLanguage;
}

/** Parts of a list, each of at most `size`, with the place of the first of each. */
export function batches<T>(all: readonly T[], size: number): readonly { readonly first: number; readonly some: T[] }[] {
  const starts = Array.from({ length: Math.ceil(all.length / size) }, (_, n) => n * size);
  return starts.map((first) => ({ first, some: all.slice(first, first + size) }));
}

function actionsBlock(id: string, elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', block_id: cut(id, LIMITS.id), elements };
}

/** Buttons, 25 to a block. Labels that had to be cut stand above them in full. */
export function buttons(all: readonly LocalAction[], where: Where): readonly KnownBlock[] {
  const actions = all.filter(isUsable);
  return [
    ...fullLabels(actions, LIMITS.button.text),
    ...batches(actions, LIMITS.actions.elements).map(({ first, some }) => {
      const elements = some.map((action, index) => button(action, { ...where, id: `${where.id}.${first + index}` }));
      return actionsBlock(`${where.id}.${first}`, elements);
    }),
  ];
}

export function button(action: LocalAction, where: Where): Button {
  const does = doesOf(action.does);
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
export function fullLabels(labelled: readonly { readonly label: string }[], max: number): readonly SectionBlock[] {
  if (labelled.every(({ label }) => label.length <= max)) return [];
  return sections(labelled.map(({ label }, index) => `${index + 1}. ${label}`).join('\n'));
}

/** Ticks of one choice share the beginning of their block id, so that the submit button finds all of them. */
export function choiceBlockPrefix(fact: string): string {
  return `pick:${fact}:`;
}

/** Checkboxes, ten to a block, then the button that submits them. */
export function choiceBlocks({ fact, options, chosen, submit }: LocalChoice, where: Where): readonly KnownBlock[] {
  const alone = options.filter((option) => option.exclusive === true).map(({ value }) => value);
  return [
    ...fullLabels(options, LIMITS.option.text),
    ...batches(options, LIMITS.option.checkboxes).map(({ first, some }) => {
      const action_id = cut(`tick:${fact}:${first}`, LIMITS.id);
      return actionsBlock(`${choiceBlockPrefix(fact)}${first}`, [
        { type: 'checkboxes', action_id, options: some.map(plainOption), ...initially(some, chosen) },
      ]);
    }),
    actionsBlock(`${where.id}.submit`, [
      {
        type: 'button',
        action_id: cut(`${where.id}:${fact}`, LIMITS.id),
        style: 'primary',
        text: plain(submit, LIMITS.button.text),
        value: bind({ kind: 'pick', pick: fact, ...(alone.length > 0 ? { alone } : {}) }, where.binding),
      },
    ]),
  ];
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function plainOption({ label, value }: Option): PlainTextOption {
  return { text: plain(label, LIMITS.option.text), value: optionValue(value) };
}

/** Options that are chosen already; Slack refuses an empty list of them. */
export function initially(options: readonly Option[], chosen: readonly string[]) {
  const initial = options.filter(({ value }) => chosen.includes(value)).map(plainOption);
  return initial.length > 0 ? { initial_options: initial } : {};
}

/** The value itself where it fits; else its hash, which the form it belongs to can turn back. */
export function optionValue(value: string): string {
  if (value !== '' && value.length <= LIMITS.option.value && !value.startsWith('#')) return value;
  return `#${hashOf(value)}`;
}
