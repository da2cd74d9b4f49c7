import type { InputBlock } from '@slack/types';
import type { LocalField, LocalForm } from '../../../conversation/cards/localise.ts';
import { LIMITS } from '../limits.ts';
import { plain } from './blocks.ts';
import { optionValue, plainOption } from './choice.ts';

type Ticks = Extract<LocalField, { kind: 'many' }>;

/**
 * The ticks below the fields. On a phone a form with four fields is four screens long because of them, so they are asked
 * once at the end, option by option: for which fields it holds.
 */
export function ticksTogether(form: LocalForm): readonly Ticks[] {
  const ticks = form.fields.filter((field): field is Ticks => field.kind === 'many' && field.of !== undefined);
  return ticks.length > 1 && ticks.length <= LIMITS.option.select ? ticks : [];
}

/** Options of all ticks, each once, with the ticks that offer it. */
function offered(ticks: readonly Ticks[]): readonly (Ticks['options'][number] & { readonly by: readonly Ticks[] })[] {
  const all = new Map(ticks.flatMap(({ options }) => options).map((option) => [option.value, option]));
  return [...all.values()].map((option) => ({
    ...option,
    by: ticks.filter(({ options }) => options.some(({ value }) => value === option.value)),
  }));
}

export function togetherInputs(form: LocalForm, ticks: readonly Ticks[], action: string): readonly InputBlock[] {
  return offered(ticks).map(({ value, label, by }) => {
    const options = by.map((field) => plainOption(labelOf(form, field), field.id));
    const chosen = options.filter((_, index) => by[index]?.value.includes(value));
    return {
      type: 'input',
      block_id: blockOfOption(value),
      label: plain(label, LIMITS.input.label),
      optional: true,
      element: {
        type: 'multi_static_select',
        action_id: action,
        options,
        ...(chosen.length > 0 ? { initial_options: chosen } : {}),
      },
    };
  });
}

/** Chosen options by field, from ticks that are laid out by option. `chosenIn` returns the values chosen in a block. */
export function togetherValues(
  ticks: readonly Ticks[],
  chosenIn: (block: string) => readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const options = offered(ticks).map(({ value }) => ({ value, fields: chosenIn(blockOfOption(value)) }));
  return Object.fromEntries(
    ticks.map(({ id }) => [
      id,
      options.filter(({ fields }) => fields.includes(optionValue(id))).map(({ value }) => value),
    ]),
  );
}

function labelOf(form: LocalForm, { of, label }: Ticks): string {
  return form.fields.find(({ id }) => id === of)?.label ?? label;
}

/** No field begins like this. */
function blockOfOption(value: string): string {
  return `#together:${optionValue(value)}`;
}
