import { describe, expect, it } from 'vitest';
import { localised } from '../../../src/conversation/cards/localise.ts';
import { FORM_KINDS } from '../../../src/conversation/commands.ts';
import { formView } from '../../../src/platforms/slack/render/form.ts';
import { wrongInMessage, wrongInView } from '../../fakes/slack/block-check.ts';
import { messageBody, viewBlocks } from './drawn.ts';
import { differentShown, everythingShown } from './situations.ts';

const shown = differentShown();

describe.each(['en', 'zh-CN'] as const)('what the bot really says, in %s', (language) => {
  it('as messages, within every limit', () => {
    for (const { name, card } of shown) {
      if (!card) continue;
      const body = messageBody(
        { incident: 'INC-2026-0007', card, language, revision: 41, surface: null, ring: false },
        null,
      );
      expect(wrongInMessage(body), name).toEqual([]);
    }
  });

  it('as modals, within every limit', () => {
    for (const { name, card, form } of shown) {
      if (form) expect(wrongInView(formView(localised(form, language), '{}', language)), name).toEqual([]);
      if (!card) continue;
      const blocks = viewBlocks(card, language);
      expect(wrongInView({ type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks }), name).toEqual([]);
    }
  });

  it('surfaces, views, reminders and forms were all there', () => {
    const names = everythingShown()
      .map(({ name }) => name)
      .join('\n');
    const wanted = [
      ...['declared status', 'declared question', 'collecting checklist', 'draft draft', 'handling ended draft'],
      ...['reminder overdue', 'view more', 'filed late anchor', 'approval voided outcome', 'refused stale_revision'],
      ...['status in an open room', 'checklist abroad', 'fallback', 'moved'],
      ...Object.keys(FORM_KINDS).map((form) => `form ${form} `),
    ];
    expect(wanted.filter((one) => !names.includes(one))).toEqual([]);
  });
});
