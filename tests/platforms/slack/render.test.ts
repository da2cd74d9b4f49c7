import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localised } from '../../../src/conversation/cards/localise.ts';
import { cut, pieces } from '../../../src/platforms/shared/card-text.ts';
import { unescapeMrkdwn } from '../../../src/platforms/slack/hear/words.ts';
import { formView } from '../../../src/platforms/slack/render/form.ts';
import { escapeMrkdwn } from '../../../src/platforms/slack/render/text.ts';
import { ANY_CHARACTER } from '../../fakes/characters.ts';
import { wrongInMessage, wrongInView } from '../../fakes/slack/block-check.ts';
import { card, form } from './arbitraries.ts';
import { messageBody, viewBlocks } from './drawn.ts';

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
        const blocks = viewBlocks(c, lang);
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
        expect(wrongInView(formView(localised(f, lang), '{}', lang)).filter((w) => w !== 'view too large')).toEqual([]);
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
      '33 more parts do not fit into one message. To read the rest, open https://c.example/i',
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
      fc.property(fc.string({ unit: ANY_CHARACTER, maxLength: 60 }), fc.integer({ min: 2, max: 60 }), (s, max) => {
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
