import { type Command, commandSchema } from '../../incident/commands.ts';
import { DRILL_SPEEDS, isDrillSpeed } from '../../incident/drill-clock.ts';
import type { Iso } from '../../law/types.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Form } from '../cards/card.ts';
import { t } from '../cards/situation.ts';
import {
  type FormArgs,
  type FormValues,
  form,
  manyField,
  oneField,
  type Parsed,
  parsed,
  several,
  single,
  textField,
  timeField,
} from './form-kind.ts';

export const TITLE_LENGTH = 200;

export const SPEEDS = [1, 10, 60, 600] as const;

/** Form for a new incident, the only form without one. */
export function newIncidentForm(args: FormArgs): Omit<Form, 'ref'> {
  const drill = args['drill'] === 'true';
  const asked = Number(args['speed'] ?? (drill ? DRILL_SPEEDS.usual : 1));
  const speed = isDrillSpeed(asked) ? asked : DRILL_SPEEDS.usual;
  return form(
    t('form.new.title'),
    [
      textField('title', t('form.new.name'), {
        required: true,
        maxLength: TITLE_LENGTH,
        example: t('form.new.name_example'),
      }),
      timeField('awareness', t('form.new.awareness'), { hint: t('form.new.awareness_hint') }),
      manyField(
        'drill',
        t('form.new.drill'),
        [{ value: 'drill', label: t('form.new.drill_on') }],
        drill ? ['drill'] : [],
      ),
      oneField(
        'speed',
        t('form.new.speed'),
        [...new Set([...SPEEDS, speed])].map((n) => ({ value: String(n), label: t('form.speed.times', { n }) })),
        String(speed),
        false,
      ),
    ],
    { submit: t('form.new.submit') },
  );
}

/** Commands of the form; the message it was opened from (`at`, `link`, `author`, `text`) becomes a candidate. */
export function parseNewIncident(values: FormValues, now: Iso, args: FormArgs): Parsed {
  const title = single(values, 'title');
  const drill = several(values, 'drill').includes('drill');
  const speed = Number(single(values, 'speed') || '1');
  const more = drill ? { drill, ...(isDrillSpeed(speed) ? { speed } : {}) } : {};
  const command = { type: 'declare', title, ...more } as const;
  const source = messageOf(args);
  if (single(values, 'awareness') === '') return parsed(command, ...source);
  const reading = readPast(single(values, 'awareness'), now);
  if (!reading.ok) return { errors: { awareness: reading.error } };
  return parsed(reading.value === 'unknown' ? command : { ...command, awareness: reading.value }, ...source);
}

const DESCRIPTION_LENGTH = 2_000;

/** Candidate for awareness from the message the form was opened from; empty without one. */
function messageOf({ at, link, author = '', text = '' }: FormArgs): readonly Command[] {
  const description = [author, text].filter(Boolean).join(': ').slice(0, DESCRIPTION_LENGTH);
  const candidate = { type: 'add_awareness', at, source: 'chat', description, reachedUs: true, link };
  const { data } = commandSchema.safeParse(candidate);
  return at === undefined || link === undefined || data === undefined ? [] : [data];
}
