import type { CommandOf } from '../../incident/commands.ts';
import type { Block, Card, Form, FormField, Text } from '../cards/card.ts';
import { sentenceCard } from '../cards/sentence.ts';
import { intent, joined, ofPart, primary, type Situation, t } from '../cards/situation.ts';
import { type FormValues, several } from '../forms/form-kind.ts';
import { marginText } from './filing-lines.ts';

/** A filing as it would be recorded, every value of the form read back, with the one button that records it. */
export function filingReadBack(
  { ia }: Situation,
  form: Pick<Form, 'fields'>,
  values: FormValues,
  command: CommandOf<'record_filing'>,
): Card {
  const rows = form.fields.flatMap((field): readonly Block[] => {
    const value =
      field.id === 'at' ? t('read.time.ok', { at: { instant: command.at, style: 'short' } }) : entryText(field, values);
    if (value === null) return [];
    const split = { pairs: [{ label: field.label, value }] };
    return [{ kind: 'text', text: t('form.filing.row', { label: field.label, value }), split }];
  });
  const duty = ia.obligations.find(({ id }) => id === command.obligation);
  const due = duty && !duty.filing ? duty.due : null;
  const margin: readonly Block[] =
    due === null ? [] : [{ kind: 'text', text: marginText({ due, filedAt: command.at }), strong: true }];
  const record = primary(intent('record_filing', t('act.confirm_filing'), command));
  return sentenceCard(t('form.filing.read_back'), [...rows, ...margin, { kind: 'actions', actions: [record] }]);
}

function entryText(field: FormField, values: FormValues): Text | null {
  const entered = several(values, field.id).filter((value) => value !== '');
  if (entered.length === 0) return null;
  if (!('options' in field)) return ofPart('texts', entered.join(', '));
  const options = field.options.filter(({ value }) => entered.includes(value)).map(({ label }) => label);
  return options.length > 0 ? joined(options) : null;
}
