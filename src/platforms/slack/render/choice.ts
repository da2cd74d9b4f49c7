import { createHash } from 'node:crypto';
import type { Checkboxes, KnownBlock, PlainTextOption } from '@slack/types';
import type { LocalChoice } from '../../../conversation/cards/localise.ts';
import type { MessageLanguage } from '../../../i18n/translate.ts';
import { LIMITS } from '../limits.ts';
import { type Binding, bind } from './bind.ts';
import { fullLabels, plain } from './blocks.ts';
import { cut } from './text.ts';

/** Ticks of one choice share the beginning of their block id, so that the submit button finds all of them. */
export function choiceBlockPrefix(fact: string): string {
  return `pick:${fact}:`;
}

/** Checkboxes, ten to a block, then the button that submits them. Values are the places in the list: they always fit. */
export function choiceBlocks(
  choice: LocalChoice,
  where: { readonly id: string; readonly binding: Binding; readonly language: MessageLanguage },
): readonly KnownBlock[] {
  const options = choice.options.map((option) => ({
    option: plainOption(option.label, option.value),
    chosen: choice.chosen.includes(option.value),
  }));
  const blocks: KnownBlock[] = [
    ...fullLabels(
      choice.options.map((o) => o.label),
      LIMITS.option.text,
    ),
  ];
  for (let first = 0; first < options.length; first += LIMITS.option.checkboxes) {
    const some = options.slice(first, first + LIMITS.option.checkboxes);
    const chosen = some.filter((one) => one.chosen).map((one) => one.option);
    const boxes: Checkboxes = {
      type: 'checkboxes',
      action_id: cut(`tick:${choice.fact}:${first}`, LIMITS.id),
      options: some.map((one) => one.option),
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    };
    blocks.push({
      type: 'actions',
      block_id: cut(`${choiceBlockPrefix(choice.fact)}${first}`, LIMITS.id),
      elements: [boxes],
    });
  }
  const alone = choice.options.filter((option) => option.exclusive === true).map((option) => option.value);
  blocks.push({
    type: 'actions',
    block_id: cut(`${where.id}.submit`, LIMITS.id),
    elements: [
      {
        type: 'button',
        action_id: cut(`${where.id}:${choice.fact}`, LIMITS.id),
        style: 'primary',
        text: plain(choice.submit, LIMITS.button.text),
        value: bind({ pick: choice.fact, ...(alone.length > 0 ? { alone } : {}) }, where.binding),
      },
    ],
  });
  return blocks;
}

export function plainOption(label: string, value: string): PlainTextOption {
  return { text: plain(label, LIMITS.option.text), value: optionValue(value) };
}

/** The value itself where it fits; else its hash, which the form it belongs to can turn back. */
export function optionValue(value: string): string {
  if (value !== '' && value.length <= LIMITS.option.value && !value.startsWith('#')) return value;
  return `#${createHash('sha256').update(value).digest('base64url')}`;
}
