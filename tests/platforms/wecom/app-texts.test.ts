import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Card } from '../../../src/conversation/cards/card.ts';
import { menu } from '../../../src/platforms/wecom-app/menu.ts';
import { appBody, readAppBody } from '../../../src/platforms/wecom-app/messenger.ts';
import { checkMessage } from '../../fakes/wecom/app-messages.ts';
import { card as anyCard } from '../slack/arbitraries.ts';
import { differentShown } from '../slack/situations.ts';

// @module-tag soak: cards/compose.test.ts has the limits of every card of a whole case.

const LANGUAGES = ['zh-CN', 'en'] as const;

/** What WeCom would refuse of a message, for people and for a group, ringing or not. */
function refused(card: Card, language: 'en' | 'zh-CN', publicUrl: string | null): readonly unknown[] {
  return [true, false].flatMap((ring) => {
    const message = { incident: 'INC-2026-0007', card, language, revision: 3, surface: 'status', ring };
    const body = readAppBody(JSON.stringify(appBody(message, publicUrl)));
    const sent = [
      { msgtype: 'markdown', markdown: { content: body.group } },
      ...(body.ring === null ? [] : [{ msgtype: 'text', text: { content: body.ring, mentioned_list: ['a'] } }]),
      ...(body.markdown === null ? [] : [{ msgtype: 'markdown', markdown: { content: body.markdown } }]),
      ...(body.card === null ? [] : [{ msgtype: 'template_card', template_card: { ...body.card, task_id: 'task-1' } }]),
    ];
    return sent.map((one) => checkMessage(one, new Set())).filter((answer) => 'errcode' in answer);
  });
}

it('everything a whole case shows is taken by WeCom, in both languages, with a web form and without', () => {
  const cards = differentShown().flatMap(({ card }) => card ?? []);
  expect(cards.length).toBeGreaterThan(100);
  for (const card of cards) {
    for (const language of LANGUAGES) {
      for (const url of [null, 'https://jishi.example.com']) expect(refused(card, language, url)).toEqual([]);
    }
  }
});

it('so is whatever people write', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(...LANGUAGES), (card, language) => {
      expect(refused(card, language, 'https://jishi.example.com')).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('a link in a group survives whatever has to be cut', () => {
  const card: Card = {
    tone: 'running',
    drill: false,
    title: { raw: '标题' },
    summary: { raw: '摘要' },
    blocks: [{ kind: 'text', text: { raw: '长'.repeat(3_000) } }],
  };
  const message = {
    incident: 'INC-2026-0007',
    card,
    language: 'zh-CN' as const,
    revision: 3,
    surface: 'status',
    ring: true,
    mention: [{ platform: 'wecom-app', tenant: 'ww1', id: 'zhangsan' }],
  };
  const body = appBody(message, 'https://jishi.example.com');
  const link = 'https://jishi.example.com/visit/card/status?incident=INC-2026-0007';
  expect(body.group.endsWith(`](${link})`)).toBe(true);
  expect(body.ring?.endsWith(link)).toBe(true);
});

it.each(LANGUAGES)(
  'the menu has at most three buttons, five below each, and names of at most sixteen bytes (%s)',
  (language) => {
    const { button } = JSON.parse(JSON.stringify(menu(language)));
    expect(button.length).toBeLessThanOrEqual(3);
    for (const one of button) {
      expect(Buffer.byteLength(one.name)).toBeLessThanOrEqual(16);
      for (const sub of one.sub_button ?? []) expect(Buffer.byteLength(sub.name)).toBeLessThanOrEqual(40);
    }
  },
);
