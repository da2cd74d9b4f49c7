import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form, FormField } from '../../../src/conversation/cards/card.ts';
import { localised } from '../../../src/conversation/cards/localise.ts';
import { LIMITS } from '../../../src/platforms/slack/limits.ts';
import { readBody } from '../../../src/platforms/slack/render/draw.ts';
import { formValues, formView } from '../../../src/platforms/slack/render/form.ts';
import { decode, encode, withoutRevisions } from '../../../src/platforms/slack/render/values.ts';
import { wrongInView } from '../../fakes/slack/block-check.ts';
import { form } from './arbitraries.ts';
import { messageBody } from './drawn.ts';

const message = (c: Parameters<typeof messageBody>[0]['card'], lang: 'en' | 'zh-CN', revision = 7) => ({
  incident: 'INC-2026-0007',
  card: c,
  language: lang,
  revision,
  surface: 'status',
  ring: false,
});

describe('buttons', () => {
  it('come back as they were bound, long ones through what is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6_000 }), fc.integer({ min: 0, max: 99_999 }), async (n, revision) => {
        const kept: Record<string, string> = {};
        const intent = { type: 'add_note' as const, text: '记'.repeat(n) };
        const bound = { r: revision, i: 'INC-2026-0007', s: 'question', d: { kind: 'intent' as const, intent } };
        const value = encode(bound, kept);
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(LIMITS.button.value);
        expect(await decode(value, async (hash) => kept[hash] ?? null)).toEqual(bound);
      }),
    );
  });

  it.each([
    '',
    'x',
    '7|{}',
    '7|{"i":"x","d":{"kind":"intent","intent":{"type":"tick"}}}',
    `7|#${'a'.repeat(43)}`,
    '7|not json',
  ])('a value that is not ours is nothing: %s', async (value) => {
    expect(await decode(value, async () => null)).toBeNull();
  });

  it('a new revision alone is no reason to edit; another text is', () => {
    const c = {
      tone: 'calm' as const,
      drill: false,
      title: { raw: '"value":"3|' },
      summary: { raw: 's' },
      blocks: [
        {
          kind: 'actions' as const,
          actions: [
            { id: 'a', label: { raw: 'x' }, does: { kind: 'intent' as const, intent: { type: 'take_lead' as const } } },
          ],
        },
      ],
    };
    const at = (revision: number, title = '"value":"3|') =>
      JSON.stringify(messageBody(message({ ...c, title: { raw: title } }, 'en', revision), null));
    expect(at(3)).not.toBe(at(4));
    expect(withoutRevisions(at(3))).toBe(withoutRevisions(at(4)));
    expect(withoutRevisions(at(3))).not.toBe(withoutRevisions(at(3, '"value":"4|')));
  });
});

describe('links', () => {
  const links = (...urls: string[]) =>
    JSON.stringify(
      messageBody(
        message(
          {
            tone: 'calm',
            drill: false,
            title: { raw: 't' },
            summary: { raw: 's' },
            blocks: [
              {
                kind: 'actions',
                actions: urls.map((url, i) => ({ id: `l${i}`, label: { raw: `L${i}` }, does: { kind: 'link', url } })),
              },
            ],
          },
          'en',
        ),
        null,
      ).blocks,
    );

  it('an address of the console for a report becomes the file itself; what nobody could follow is left out', () => {
    const out = links(
      'https://a.example/x',
      '/api/v1/incidents/INC-2026-0007/report?format=pdf&language=zh',
      '/incidents',
      'javascript:alert(1)',
    );
    expect(out).toContain('"url":"https://a.example/x"');
    expect(out).toContain('\\"view\\":\\"download\\"');
    expect(out).toContain('\\"format\\":\\"pdf\\"');
    expect(out).not.toMatch(/L2|L3|javascript/);
  });
});

describe('the clock', () => {
  const clock = (segment?: { wall: string; incidentTime: string; rate: number }) =>
    JSON.stringify(
      messageBody(
        message(
          {
            tone: 'running',
            drill: segment !== undefined,
            title: { raw: 't' },
            summary: { raw: 's' },
            blocks: [
              {
                kind: 'clock',
                text: { raw: 'Report by 13:42' },
                due: '2026-03-31T13:42:00+08:00',
                tone: 'running',
                ...(segment ? { segment } : {}),
              },
            ],
          },
          'en',
        ),
        null,
      ).blocks,
    );

  it('shows the deadline in the zone of the reader and in UTC', () => {
    const out = clock();
    expect(out).toContain(`"timestamp":${Date.parse('2026-03-31T13:42:00+08:00') / 1000}`);
    expect(out).toContain('31 Mar 2026, 13:42 (Beijing, UTC+8)');
    expect(out).toContain('UTC: 31 Mar 05:42');
  });

  it('in a drill it is the wall time at which incident time gets there; none while it is paused', () => {
    const start = '2026-03-31T09:42:00+08:00';
    expect(clock({ wall: start, incidentTime: start, rate: 60 })).toContain(
      `"timestamp":${Date.parse(start) / 1000 + 240}`,
    );
    expect(clock({ wall: start, incidentTime: start, rate: 0 })).not.toContain('"type":"date"');
  });
});

describe('forms', () => {
  it('what was entered comes back by field, hashed options and hidden texts included', () => {
    fc.assert(
      fc.property(form, (f) => {
        const local = localised(f, 'en');
        const view = formView(local, '{}', 'en');
        const entered: Record<
          string,
          Record<
            string,
            { value?: string; selected_option?: { value: string }; selected_options?: { value: string }[] }
          >
        > = {};
        for (const block of view.blocks) {
          if (!('element' in block) || block.block_id === undefined) continue;
          const e = block.element;
          if (e.type === 'radio_buttons' || e.type === 'static_select') {
            entered[block.block_id] = {
              v: e.initial_option ? { selected_option: { value: e.initial_option.value ?? '' } } : {},
            };
          } else if (e.type === 'checkboxes' || e.type === 'multi_static_select') {
            entered[block.block_id] = {
              v: { selected_options: (e.initial_options ?? []).map((o) => ({ value: o.value ?? '' })) },
            };
          } else if (e.type === 'plain_text_input') {
            entered[block.block_id] = { v: { value: e.initial_value ?? '' } };
          }
        }
        const values = formValues(local, entered);
        for (const one of local.fields) {
          if (one.kind === 'file') continue;
          expect(values[one.id]).toEqual(one.value);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ticks that all fields have are asked together, and come back by field', () => {
    const names = ['place', 'impact', 'effect'];
    const ticks = [
      { value: 'estimate', label: { raw: 'estimate' } },
      { value: 'unknown', label: { raw: 'not yet known' } },
    ];
    const item: Form = {
      ref: { form: 'item', args: {} },
      title: { raw: 'Item 2' },
      intro: [],
      submit: { raw: 'Save' },
      fields: names.flatMap((id): FormField[] => [
        {
          kind: 'text',
          id,
          label: { raw: `The ${id}` },
          required: false,
          multiline: false,
          maxLength: 5_000,
          value: '',
          example: { raw: 'x'.repeat(300) },
        },
        {
          kind: 'many',
          id: `${id}#as`,
          of: id,
          label: { raw: `${id}: how certain` },
          required: false,
          options: ticks,
          value: id === 'impact' ? ['estimate'] : [],
        },
      ]),
    };
    const local = localised(item, 'en');
    const view = formView(local, '{}', 'en');
    // Three fields and one line for each kind of tick; no line for an example or a limit nobody is near.
    expect(view.blocks.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'input'));
    expect(JSON.stringify(view.blocks)).not.toMatch(/"hint"|At most/);
    expect(wrongInView(view)).toEqual([]);
    const [, , , estimate, unknown] = view.blocks;
    expect(JSON.stringify(estimate)).toContain('The effect');
    expect(JSON.stringify(estimate)).toMatch(/initial_options.*impact/);
    const entered = {
      [estimate?.block_id ?? '']: { v: { selected_options: [{ value: 'place#as' }, { value: 'effect#as' }] } },
      [unknown?.block_id ?? '']: { v: { selected_options: [{ value: 'effect#as' }] } },
      place: { v: { value: 'Shanghai' } },
    };
    expect(formValues(local, entered)).toEqual({
      place: 'Shanghai',
      'place#as': ['estimate'],
      'impact#as': [],
      'effect#as': ['estimate', 'unknown'],
    });
  });

  it('a body can be read back', () => {
    const body = messageBody(
      message({ tone: 'done', drill: false, title: { raw: 't' }, summary: { raw: 's' }, blocks: [] }, 'zh-CN'),
      null,
    );
    expect(readBody(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });
});
