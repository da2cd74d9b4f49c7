import fc from 'fast-check';
import type { Action, Block, Card, Form, FormField, Text } from '../../../src/conversation/cards/card.ts';
import type { Command } from '../../../src/incident/commands.ts';

/** Cards and forms as no sane person would write them: long, empty, full of markup. */
const nasty = [
  '<!channel>',
  '<@U0123>',
  '&amp;',
  '*bold*',
  '`x`',
  '@here',
  '<https://a.example|b>',
  '>',
  '\n',
  '😀',
  '事件',
  ':x:',
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 12 })), { maxLength: 12 })
  .map((w) => w.join(''));
const long = fc.tuple(words, fc.integer({ min: 1, max: 800 })).map(([w, n]) => `${w}字 `.repeat(n).slice(0, 9_000));
export const text: fc.Arbitrary<Text> = fc
  .oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: long })
  .map((raw) => ({ raw }));
const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'take_lead' }),
  words.map((w): Command => ({ type: 'answer', fact: 'personal_info_people', value: 'unknown', basis: `x${w}` })),
  fc.integer({ min: 1_000, max: 19_000 }).map((n): Command => ({ type: 'add_note', text: '长'.repeat(n) })),
);
const does: fc.Arbitrary<Action['does']> = fc.oneof(
  command.map((intent): Action['does'] => ({ kind: 'intent', intent })),
  fc.tuple(id, words).map(([form, x]): Action['does'] => ({ kind: 'form', form: { form, args: { x } } })),
  id.map((view): Action['does'] => ({ kind: 'view', view: { view, args: {} } })),
  fc.constant<Action['does']>({ kind: 'link', url: 'https://console.example/x' }),
);
const action: fc.Arbitrary<Action> = fc
  .record({
    id,
    label: text,
    does,
    style: fc.constantFrom('primary' as const, 'danger' as const, null),
    confirm: fc.option(text),
  })
  .map(({ id: name, label, does: d, style, confirm }) => ({
    id: name,
    label,
    does: d,
    ...(style ? { style } : {}),
    ...(confirm ? { confirm } : {}),
  }));
const options = (max: number) =>
  fc
    .uniqueArray(fc.tuple(fc.oneof(id, fc.string({ minLength: 70, maxLength: 120 })), text), {
      minLength: 1,
      maxLength: max,
      selector: ([v]) => v,
    })
    .map((list) => list.map(([value, label]) => ({ value, label })));

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.tuple(text, fc.boolean()).map(([t, strong]): Block => ({ kind: 'text', text: t, strong })),
  fc.tuple(text, text).map(([t, source]): Block => ({ kind: 'quote', text: t, source })),
  fc.tuple(text, fc.constantFrom(undefined, 0, 1, 60)).map(
    ([t, rate]): Block => ({
      kind: 'clock',
      text: t,
      due: '2026-03-31T13:42:00+08:00',
      tone: 'running',
      ...(rate === undefined
        ? {}
        : { segment: { wall: '2026-03-31T09:42:00+08:00', incidentTime: '2026-03-31T09:42:00+08:00', rate } }),
    }),
  ),
  text.map((t): Block => ({ kind: 'note', text: t })),
  fc
    .tuple(
      fc.constantFrom('done' as const, 'partly' as const, 'open' as const),
      text,
      fc.array(action, { maxLength: 4 }),
    )
    .map(([mark, t, actions]): Block => ({ kind: 'row', mark, text: t, actions })),
  fc.array(action, { minLength: 1, maxLength: 40 }).map((actions): Block => ({ kind: 'actions', actions })),
  fc.tuple(id, options(24), text, fc.integer({ min: 0, max: 5 })).map(
    ([fact, opts, submit, n]): Block => ({
      kind: 'choices',
      choice: {
        fact,
        options: opts.map((o, i) => (i === opts.length - 1 ? { ...o, exclusive: true } : o)),
        chosen: opts.slice(0, n).map((o) => o.value),
        submit,
      },
    }),
  ),
);

/** One choice a card: two of the same fact would be two of the same question. */
export const card: fc.Arbitrary<Card> = fc
  .record({
    tone: fc.constantFrom('calm' as const, 'running' as const, 'urgent' as const, 'done' as const),
    drill: fc.boolean(),
    title: text,
    summary: text,
    blocks: fc.array(block, { maxLength: 40 }),
  })
  .map((c) => {
    let choices = 0;
    return { ...c, blocks: c.blocks.filter((b) => b.kind !== 'choices' || choices++ === 0) };
  });

const base = fc.record({ label: text, hint: fc.option(text), example: fc.option(text), required: fc.boolean() });
type Base = { label: Text; required: boolean; hint?: Text; example?: Text };
const field = (fieldId: string): fc.Arbitrary<FormField> =>
  fc
    .tuple(base, fc.integer({ min: 0, max: 5 }), options(130), words, fc.integer({ min: 0, max: 6_000 }))
    .map(([b, kind, opts, w, n]) => {
      const common: Base & { id: string } = {
        id: fieldId,
        label: b.label,
        required: b.required,
        ...(b.hint ? { hint: b.hint } : {}),
        ...(b.example ? { example: b.example } : {}),
      };
      const first = opts[0]?.value ?? '';
      switch (kind) {
        case 0:
          return { ...common, kind: 'text', multiline: true, maxLength: 20_000, value: '文'.repeat(n) };
        case 1:
          return { ...common, kind: 'time', value: w };
        case 2:
          return { ...common, kind: 'number', value: w, unit: 'people' };
        case 3:
          return { ...common, kind: 'one', options: opts, value: first };
        case 4:
          return { ...common, kind: 'many', options: opts, value: [first] };
        default:
          return { ...common, kind: 'file', maxBytes: 1_000_000 };
      }
    });
export const form: fc.Arbitrary<Form> = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    ref: fc.record({ form: id, args: fc.constant({}) }),
    title: text,
    intro: fc.array(text, { maxLength: 3 }),
    fields: fc.tuple(...Array.from({ length: n }, (_, i) => field(`f${i}`))),
    submit: text,
  }),
);
