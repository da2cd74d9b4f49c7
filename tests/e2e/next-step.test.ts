import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { person } from '../fakes/people.ts';
import { SOAK_SEED } from '../fakes/soak.ts';
import { violations } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { expectNoSidewaysScroll, surface } from './support/page.ts';
import { stage } from './support/stage.ts';

// @module-tag soak: conversation/next-step has the step of every state; full-case.test.ts follows it in a browser.

/** A case from declaration to closing: in every state the page says above the fold what comes next, with one button. */
const at = stage();

/** States that look like no other. */
const WITH_AXE: readonly string[] = ['declared', 'level reached', 'approved', 'nothing owed'];
const SCREENS = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
];
const known = (field: string): Command => ({
  type: 'fill_field',
  field,
  value: { state: 'known', text: '已查明' },
  wording: '已查明',
});
const first = ['1.unit', '1.system', '2.place', '2.impact', '2.measures', '2.effect'].map((id) => known(`art7.${id}`));
const rest = [
  ...['3.trend', '3.further_impact', '4.cause', '5.attacker', '5.path', '5.vulnerabilities'],
  ...['6.planned', '6.support', '7.preservation'],
].map((id) => known(`art7.${id}`));

const PARTS = [1, 2, 3, 4, 5, 6].map((n) => `art8.${n}`);

/** States in their order: what was done before, and a word of the sentence that is read then. */
type State = readonly [name: string, acts: readonly Command[], en: RegExp, zh: RegExp];
const STATES: readonly State[] = [
  ['declared', [], /CII/, /关键信息基础设施/],
  ['no CII', [{ type: 'answer', fact: 'operator', value: 'other' }], /Which of these apply/, /是否有下列情形/],
  [
    'circumstances',
    [{ type: 'answer', fact: 'circumstances', value: ['incident_type=data.leak'] }],
    /What is affected/,
    /哪些方面受影响/,
  ],
  [
    'level reached',
    [
      { type: 'answer', fact: 'affected', value: ['personal_info'] },
      { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] },
      { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
    ],
    /The facts reach .*: confirm it/,
    /请确认/,
  ],
  ['level confirmed', [{ type: 'decide_level', level: 'major' }], /still needs \d+ fields/, /还有\d+处/],
  ['facts filled in', first, /content required now is complete/, /已齐/],
  ['compiled', [{ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] }], /approval/, /提请审批/],
  ['put up for approval', [{ type: 'request_approval', draft: 1 }], /approve it or send it back/, /批准或退回/],
];

describe.each([{ language: 'zh-CN', dark: true } as const, { language: 'en', dark: false } as const])(
  '$language',
  ({ language, dark }) => {
    const en = language === 'en';
    test('every state of a case has its next step above the fold', async () => {
      const { page, troubles } = await person(at.browser, at.url, `Li Wei ${language}`, { language, dark });
      const desk = new Desk(page, at.url);
      const { id } = await desk.declare({ title: `支付系统疑似用户数据泄露 ${language}`, awareness: ago(15) });
      const act = async (...intents: readonly Command[]) => {
        for (const intent of intents) await desk.submit(id, intent);
      };
      const look = async (state: string, words: RegExp) => {
        await expect.poll(() => page.locator('.panel-title').textContent()).toMatch(words);
        for (const screen of SCREENS) {
          await page.setViewportSize(screen);
          // The bar may just be painted anew.
          await expect.poll(async () => [state, await outOfSight(page)]).toEqual([state, []]);
          await expect.poll(() => page.locator('.button.primary:visible').count()).toBeLessThanOrEqual(1);
          await expectNoSidewaysScroll(page);
        }
        // The rules of every view have a test of their own; a soak looks in each state.
        if (SOAK_SEED !== undefined || WITH_AXE.includes(state))
          await expect.poll(async () => [state, await violations(page)]).toEqual([state, []]);
      };
      await page.goto(`${at.url}/incidents/${id}`);
      for (const [state, acts, english, chinese] of STATES) {
        await act(...acts);
        await look(state, en ? english : chinese);
      }
      const { drafts } = await desk.incident(id);
      await act({ type: 'approve', draft: 1, hash: drafts[0]?.hash ?? '' });
      await look('approved', en ? /record the filing/ : /然后登记/);
      await act({ ...filed('cac.art4.other', 'web_12387'), draft: 1 });
      await look('filed', en ? /To be done/ : /办理/);
      for (const { id: duty, mark } of (await desk.incident(id)).obligations) {
        if (mark === 'open') await act(filed(duty, 'own_contact'));
      }
      await look('other duties filed', en ? /To follow in a supplement|the first report requires/ : /待补报/);
      await act(...rest);
      await look('news since the filing', en ? /in a supplement/ : /补报/);
      await surface(page, 'owed')
        .getByRole('button', { name: en ? 'Follow-ups and supplements required (1)' : '及时续报、补报（1项）' })
        .click();
      await expect
        .poll(() => page.locator('dialog[open]').textContent())
        .toMatch(en ? /supplement \(补报\) · / : /补报 · 及时 · /);
      await page.goto(`${at.url}/incidents/${id}`);
      await act({ type: 'answer', fact: 'suspected_crime', value: false });
      await act({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
      await act({ type: 'end_handling', at: ago(0), reason: 'over' });
      await look('handling ended', en ? /parts? of the summary report/ : /项待填写/);
      await act(...PARTS.map(known));
      await look('parts written', en ? /draft it/ : /请出稿/);
      await act({ type: 'compile_draft', report: 'summary', cannotDetermine: [] });
      await look('summary compiled', en ? /approval/ : /提请审批/);
      await act({ type: 'request_approval', draft: 2 });
      await act({ type: 'approve', draft: 2, hash: (await desk.incident(id)).drafts[1]?.hash ?? '' });
      await act({ ...filed('cac.art8.other', 'web_12387'), draft: 2 });
      // The summary report does not replace what the first report promised (补报): that is still owed.
      await look('summary filed', en ? /in a supplement/ : /补报/);
      await act({ type: 'compile_draft', report: 'supplement', cannotDetermine: [] });
      await act({ type: 'request_approval', draft: 3 });
      await act({ type: 'approve', draft: 3, hash: (await desk.incident(id)).drafts[2]?.hash ?? '' });
      await act({ ...filed('cac.art4.other', 'web_12387'), draft: 3 });
      await look('supplement filed', en ? /whether this is required/ : /可能须履行/);
      // What is certain to be owed is waived by two.
      const other = new Desk((await person(at.browser, at.url, `赵敏 ${language}`)).page, at.url);
      for (const { id: duty, mark } of (await desk.incident(id)).obligations) {
        if (mark === 'done') continue;
        await act({ type: 'not_owed', obligation: duty, reason: 'none concerned' });
        const { proposals } = await desk.incident(id);
        // The longest sentence of a panel, with the answers below it.
        if (proposals.length > 0) await look('a proposal', en ? /second person/ : /复核/);
        for (const { id: proposal } of proposals) await other.submit(id, { type: 'second', proposal, agree: true });
      }
      await look('nothing owed', en ? /close the incident/i : /可以结案/);
      await expect.poll(() => surface(page, 'owed').locator('.duty.mark-open, .duty.mark-partly').count()).toBe(0);
      await act({ type: 'close', reason: 'over' });
      await expect.poll(() => page.locator('.panel-title').textContent()).toMatch(en ? /closed/ : /已结案/);
      expect(troubles).toEqual([]);
    });
  },
);

/** The sentence and every button of the panel that a person would have to scroll to, or that something covers. */
async function outOfSight(page: Page): Promise<readonly string[]> {
  const { height = 0, width = 0 } = page.viewportSize() ?? {};
  const parts = [
    page.locator('.panel-title'),
    ...(await page.locator('.panel-body').locator('> .actions .button, .choices > .button').all()),
  ];
  const hidden = await Promise.all(
    parts.map(async (part) => {
      const box = await part.boundingBox();
      const isThere = box !== null && box.y >= 0 && box.y + box.height <= height && box.x + box.width <= width;
      const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
      const isOnTop = `document.elementFromPoint(${x}, ${y})?.closest('.panel') != null`;
      return isThere && (await page.evaluate(isOnTop)) === true ? [] : [(await part.textContent()) ?? ''];
    }),
  );
  return hidden.flat();
}

function filed(obligation: string, channel: string): Extract<Command, { type: 'record_filing' }> {
  return { type: 'record_filing', obligation, channel, at: ago(0) };
}
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
