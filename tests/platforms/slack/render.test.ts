import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localiseCard, localiseForm } from '../../../src/conversation/localise.ts';
import { bind, newBinding, unbind, withoutRevisions } from '../../../src/platforms/slack/bind.ts';
import { messageBody, readBody } from '../../../src/platforms/slack/body.ts';
import { cardBlocks } from '../../../src/platforms/slack/card.ts';
import { formValues, formView } from '../../../src/platforms/slack/form.ts';
import { LIMITS } from '../../../src/platforms/slack/limits.ts';
import { cut, escapeMrkdwn, pieces, unescapeMrkdwn } from '../../../src/platforms/slack/text.ts';
import { wrongInMessage, wrongInView } from '../../fakes/slack/block-check.ts';
import { card, form } from './arbitraries.ts';

const language = fc.constantFrom('en' as const, 'zh-CN' as const);
const message = (c: Parameters<typeof messageBody>[0]['card'], lang: 'en' | 'zh-CN', revision = 7) => ({
  incident: 'INC-2026-0007',
  card: c,
  language: lang,
  revision,
  surface: 'status',
  ring: false,
});

describe('limits', () => {
  it('every card is a message Slack takes', () => {
    fc.assert(
      fc.property(card, language, (c, lang) => {
        expect(
          wrongInMessage(messageBody(message(c, lang), 'https://console.example/incidents/INC-2026-0007')),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('every card is a view Slack takes', () => {
    fc.assert(
      fc.property(card, language, (c, lang) => {
        const binding = newBinding('INC-2026-0007', 7);
        const blocks = cardBlocks(
          localiseCard(c, lang),
          { binding, language: lang, consoleUrl: null },
          LIMITS.view.blocks,
        );
        expect(
          wrongInView({ type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks }).filter(
            (w) => w !== 'view too large',
          ),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('every form is a modal Slack takes', () => {
    fc.assert(
      fc.property(form, language, (f, lang) => {
        expect(wrongInView(formView(localiseForm(f, lang), '{}', lang)).filter((w) => w !== 'view too large')).toEqual(
          [],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('the checker finds what is wrong, or the properties above say nothing', () => {
    const button = {
      type: 'button',
      action_id: 'a',
      text: { type: 'plain_text', text: 'x'.repeat(76) },
      value: 'y'.repeat(2_001),
    };
    const blocks = [
      { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3_001) } },
      { type: 'actions', elements: [button, button] },
      { type: 'header', text: { type: 'plain_text', text: '' } },
    ];
    expect(wrongInMessage({ text: '', blocks })).toEqual(
      expect.arrayContaining([
        'no text',
        'section of 3001',
        'button of 76',
        'button value',
        'header of 0',
        'action_id twice: a a',
      ]),
    );
    expect(wrongInMessage({ text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) })).toEqual([
      '51 blocks',
    ]);
  });
});

describe('nothing is lost without a sign', () => {
  it('a card beyond fifty blocks says how much is missing and where it is, and keeps its buttons', () => {
    const blocks = [
      ...Array.from({ length: 80 }, (_, i) => ({ kind: 'text' as const, text: { raw: `line ${i}` } })),
      {
        kind: 'actions' as const,
        actions: [
          { id: 'go', label: { raw: 'Go' }, does: { kind: 'view' as const, view: { view: 'more', args: {} } } },
        ],
      },
    ];
    const body = messageBody(
      message({ tone: 'calm', drill: false, title: { raw: 't' }, summary: { raw: 's' }, blocks }, 'en'),
      'https://c.example/i',
    );
    expect(body.blocks).toHaveLength(50);
    expect(JSON.stringify(body.blocks.at(-2))).toContain(
      '33 more parts do not fit into one message: https://c.example/i',
    );
    expect(body.blocks.at(-1)?.type).toBe('actions');
  });

  it('long texts are divided, and joined again they are whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 3, max: 60 }), (s, max) => {
        const parts = pieces(s, max);
        expect(parts.join('')).toBe(s);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('what is cut ends with an ellipsis and never with half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 2, max: 60 }), (s, max) => {
        const out = cut(s, max);
        expect(out.length).toBeLessThanOrEqual(max);
        expect(out === s || out.endsWith('…')).toBe(true);
        if (out !== s) expect(out.charCodeAt(out.length - 2) >>> 10).not.toBe(0xd800 >>> 10);
      }),
    );
  });

  it('a long title, label or option stands in full beside its short form', () => {
    const label = `${'ä'.repeat(100)}END`;
    const title = `${'t'.repeat(200)}END`;
    const c = {
      tone: 'calm' as const,
      drill: false,
      title: { raw: title },
      summary: { raw: 's' },
      blocks: [
        {
          kind: 'actions' as const,
          actions: [{ id: 'a', label: { raw: label }, does: { kind: 'view' as const, view: { view: 'v', args: {} } } }],
        },
        {
          kind: 'choices' as const,
          choice: {
            fact: 'f',
            options: [{ value: 'o', label: { raw: `${label}2` } }],
            chosen: [],
            submit: { raw: 'ok' },
          },
        },
      ],
    };
    const out = JSON.stringify(messageBody(message(c, 'en'), null).blocks);
    for (const whole of [title, label, `${label}2`]) expect(out).toContain(whole);
  });
});

describe('nothing people write acts', () => {
  const rude = 'x <!channel> <@U1> <!subteam^S1> @here @channel <https://evil.example|click> & *b*';

  it('no markup and no mention survives in the text part', () => {
    const { text } = messageBody(
      message({ tone: 'calm', drill: false, title: { raw: rude }, summary: { raw: rude }, blocks: [] }, 'en'),
      null,
    );
    expect(text).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/@(here|channel|everyone)/);
    expect(text).toContain('&lt;!channel&gt;');
  });

  it('blocks hold no mrkdwn at all, so there is nothing to escape', () => {
    fc.assert(
      fc.property(card, language, (c, lang) => {
        expect(JSON.stringify(messageBody(message(c, lang), null).blocks)).not.toContain('"type":"mrkdwn"');
      }),
      { numRuns: 60 },
    );
  });

  it('escaping can be undone but for the joiner that keeps rooms quiet', () => {
    fc.assert(
      fc.property(fc.string(), (s) => {
        expect(unescapeMrkdwn(escapeMrkdwn(s)).replaceAll('\u2060', '')).toBe(s.replaceAll('\u2060', ''));
      }),
    );
    expect(escapeMrkdwn('a & <b>')).toBe('a &amp; &lt;b&gt;');
  });
});

describe('buttons', () => {
  it('come back as they were bound, long ones through what is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6_000 }), fc.integer({ min: 0, max: 99_999 }), async (n, revision) => {
        const binding = newBinding('INC-2026-0007', revision, 'question');
        const intent = { type: 'add_note' as const, text: '记'.repeat(n) };
        const value = bind({ intent }, binding);
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(LIMITS.button.value);
        const back = await unbind(value, async (hash) => binding.kept[hash] ?? null);
        expect(back).toEqual({ revision, bound: { i: 'INC-2026-0007', s: 'question', d: { intent } } });
      }),
    );
  });

  it.each(['', 'x', '7|{}', '7|{"i":"x","d":{"intent":{"type":"tick"}}}', `7|#${'a'.repeat(43)}`, '7|not json'])(
    'a value that is not ours is nothing: %s',
    async (value) => {
      expect(await unbind(value, async () => null)).toBeNull();
    },
  );

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
        const local = localiseForm(f, 'en');
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

  it('a body can be read back', () => {
    const body = messageBody(
      message({ tone: 'done', drill: false, title: { raw: 't' }, summary: { raw: 's' }, blocks: [] }, 'zh-CN'),
      null,
    );
    expect(readBody(JSON.stringify(body))).toEqual(body);
  });
});
