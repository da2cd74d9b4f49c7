import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { person } from '../fakes/people.ts';
import { contentOf, openSharedBrowser } from '../fakes/shared-browser.ts';
import { variants } from '../fakes/soak.ts';
import { incidentWithEvidence } from './support/evidence.ts';
import { dialog, expectNoSidewaysScroll, press } from './support/page.ts';

let browser: Browser;
let house: RunningHouse;
let url: string;
let id: string;
beforeAll(async () => {
  house = await startHouse();
  [browser, url] = await Promise.all([openSharedBrowser(), house.listen()]);
  id = await incidentWithEvidence(house.house.app);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function saved(page: Page, name: RegExp): Promise<{ name: string; content: Uint8Array }> {
  const link = page.getByRole('link', { name });
  const [download] = await Promise.all([page.waitForEvent('download'), link.first().click()]);
  return { name: download.suggestedFilename(), content: new Uint8Array(await contentOf(download)) };
}

test.each(
  variants(
    ['zh-CN', '更多', '报送材料', '复制', '已复制'] as const,
    ['en', 'More', 'Text to send', 'Copy', 'Copied'] as const,
  ),
)(
  'the report is copied item by item, as it is filed: %s',
  { tags: 'grows' },
  async (language, more, send, copy, copied) => {
    const { page, troubles } = await person(browser, `${url}/incidents/${id}`, '陈宇', { language });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await press(page.locator('.incident-head').getByRole('button', { name: more }));
    await press(dialog(page).getByRole('button', { name: send }));
    const second = dialog(page).locator('p.strong', { hasText: '二、' }).locator('+ .quote');
    await second.getByRole('button', { name: copy }).click();
    await second.getByRole('button', { name: copied }).waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain('（一）发现时间：');
    await expectNoSidewaysScroll(page);
    const mail = await saved(page, /\.eml/);
    expect(new TextDecoder().decode(mail.content)).toContain('X-Unsent: 1');
    expect(troubles).toEqual([]);
  },
);

test('the evidence bundle and the pack on Art. 11 are on the page of the incident', { tags: 'soak' }, async () => {
  const { page, troubles } = await person(browser, `${url}/incidents/${id}?tab=files`, '陈宇', { language: 'zh-CN' });
  const bundle = await saved(page, /证据包/);
  expect(bundle.name).toBe(`${id}-evidence.zip`);
  expect(strFromU8(unzipSync(bundle.content)['manifest.json'] ?? new Uint8Array())).toContain(`"incident": "${id}"`);
  expect((await saved(page, /第十一条材料/)).name).toBe(`${id}-art11-zh.docx`);
  expect(troubles).toEqual([]);
});
