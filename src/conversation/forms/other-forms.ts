import { type Command, commandSchema, RELATIONS } from '../../incident/commands.ts';
import { isDrillSpeed } from '../../incident/drill-clock.ts';
import type { Iso } from '../../law/types.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Form } from '../cards/card.ts';
import { t } from '../cards/situation.ts';
import { absentPeople } from '../collecting/item-forms.ts';
import {
  type FormArgs,
  type FormKind,
  type FormValues,
  form,
  manyField,
  oneField,
  type Parsed,
  parsed,
  reasonField,
  several,
  single,
  textField,
  timeField,
} from './form-kind.ts';

const NOTE_LENGTH = 20_000;
export const noteForm: FormKind = {
  build: () =>
    form(t('form.note.title'), [
      textField('text', t('form.note.text'), {
        required: true,
        multiline: true,
        maxLength: NOTE_LENGTH,
        example: t('form.note.text_example'),
      }),
      timeField('at', t('form.note.at'), { hint: t('form.note.at_hint') }),
    ]),
  parse(situation, args, values) {
    const text = single(values, 'text');
    const author = args['author'] === undefined ? {} : { author: args['author'] };
    const link = args['link'] === undefined ? {} : { link: args['link'] };
    const note = { type: 'add_note', text, ...author, ...link } as const;
    if (single(values, 'at') === '') return parsed(note);
    const reading = readPast(single(values, 'at'), situation.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    return parsed(reading.value === 'unknown' ? note : { ...note, happenedAt: reading.value });
  },
};

const TITLE_LENGTH = 200;
export const renameForm: FormKind = {
  build: ({ state }) =>
    form(t('form.rename.title'), [
      textField('title', t('form.rename.name'), { required: true, maxLength: TITLE_LENGTH, value: state.title }),
    ]),
  parse: (_, __, values) => parsed({ type: 'rename', title: single(values, 'title') }),
};

/** Relation to another incident; only the id is entered, so no list shows what somebody may not see. */
export const relateForm: FormKind = {
  build: () =>
    form(
      t('form.relate.title'),
      [
        textField('incident', t('form.relate.incident'), {
          required: true,
          maxLength: 40,
          example: { raw: 'INC-2026-0007' },
        }),
        oneField(
          'how',
          t('form.relate.how'),
          (['related', 'duplicate_of', 'none'] as const).map((value) => ({ value, label: t(`form.relate.${value}`) })),
          'related',
        ),
        reasonField(false),
      ],
      { intro: [t('form.relate.intro')] },
    ),
  parse: (_, __, values) => {
    const how = RELATIONS.find((one) => one === single(values, 'how')) ?? 'related';
    const reason = single(values, 'reason');
    const incident = single(values, 'incident').toUpperCase();
    return parsed({ type: 'relate', incident, how, ...(reason ? { reason } : {}) });
  },
};

export const peopleForm: FormKind = {
  build({ state }) {
    const options = absentPeople(state).map((person) => ({ value: person.id, label: { raw: person.name } }));
    if (options.length === 0) return null;
    return form(t('form.people.title'), [oneField('person', t('form.people.person'), options)]);
  },
  parse: (_, __, values) => parsed({ type: 'add_person', person: single(values, 'person') }),
};

const SPEEDS = [1, 10, 60, 600] as const;
export const speedForm: FormKind = {
  build({ state }) {
    if (!state.drill) return null;
    const options = [0, ...SPEEDS].map((speed) => ({
      value: String(speed),
      label: speed === 0 ? t('form.speed.pause') : t('form.speed.times', { n: { amount: speed } }),
    }));
    const now = String(state.segments.at(-1)?.rate ?? 1);
    return form(t('form.speed.title'), [
      oneField('speed', t('form.speed.speed'), options, options.some((o) => o.value === now) ? now : ''),
    ]);
  },
  parse: (_, __, values) => parsed({ type: 'set_drill_speed', speed: Number(single(values, 'speed')) }),
};

const USUAL_DRILL_SPEED = 60;

/** The only form without an incident. */
export function newIncidentForm(args: FormArgs): Omit<Form, 'ref'> {
  const drill = args['drill'] === 'true';
  const asked = Number(args['speed'] ?? (drill ? USUAL_DRILL_SPEED : 1));
  const speed = isDrillSpeed(asked) ? asked : USUAL_DRILL_SPEED;
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

/** Commands of the form; a message it was opened from (`at`, `link`, `author`, `text`) is a candidate for awareness. */
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

/** The message that a form was opened from, as a candidate for awareness; empty if it was opened from none. */
function messageOf({ at, link, author = '', text = '' }: FormArgs): readonly Command[] {
  const description = [author, text].filter(Boolean).join(': ').slice(0, DESCRIPTION_LENGTH);
  const candidate = { type: 'add_awareness', at, source: 'chat', description, reachedUs: true, link };
  const { data } = commandSchema.safeParse(candidate);
  return at === undefined || link === undefined || data === undefined ? [] : [data];
}
