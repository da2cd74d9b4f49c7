import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { person } from '../fakes/people.ts';
import { focus, tabTo } from './support/keys.ts';
import { dialog, secondsLeft, surface } from './support/page.ts';
import { openBrowser, openHouse } from './support/start.ts';

const expectFocusOn = (page: Page, name: RegExp) => expect.poll(async () => (await focus(page))?.name).toMatch(name);
const expectFocusIn = (page: Page, selector: string) =>
  expect.poll(() => page.evaluate(`document.activeElement?.closest('${selector}') !== null`)).toBe(true);

/** Nothing here touches a mouse, and no shortcut is needed: Tab, Space, Enter and Escape are enough. */
test('declaring, answering and filling in with the keyboard alone', { tags: 'soak' }, async () => {
  const url = await openHouse({});
  const { page, troubles } = await person(await openBrowser(), url, 'Keyboard');
  await declare(page);
  await answer(page);
  await fillIn(page);
  expect(troubles).toEqual([]);
});

test('an empty declaration says what is missing, and a command typed to its end goes with one Enter', async () => {
  const url = await openHouse({});
  const { page } = await person(await openBrowser(), url, 'Keyboard');
  await tabTo(page, /^Declare/);
  await page.keyboard.press('Enter');
  await expectFocusOn(page, /^What is going on/);
  await page.keyboard.press('Enter');
  await dialog(page).getByText('say what is going on').waitFor();
  await page.keyboard.press('Escape');
  // The line of the empty page does the same without a dialog.
  await tabTo(page, /^What is going on/);
  await page.keyboard.press('Enter');
  await page.locator('#declare-error').getByText('say what is going on').waitFor();
  await page.keyboard.type('会员系统数据泄露');
  await page.keyboard.press('Enter');
  await surface(page, 'panel').waitFor();

  await expectFocusIn(page, 'main');
  // A low window: the long answer scrolls, the line one writes in stays in sight.
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.locator('.composer-text').focus();
  await page.keyboard.type('/incident help');
  await page.keyboard.press('Enter');
  await page.locator('.composer-reply').getByText('Commands').waitFor();
  const line = await page.locator('.composer-line').boundingBox();
  expect(line && line.y + line.height).toBeLessThanOrEqual(720);
});

test('what is typed after ⌘K is declared, and a file dropped beside its place keeps the page', {
  tags: 'soak',
}, async () => {
  const url = await openHouse({});
  const { page } = await person(await openBrowser(), url, 'Keyboard');
  await tabTo(page, /^Declare/);
  await page.keyboard.press('Control+k');
  await expectFocusOn(page, /^Type to find/);
  await page.keyboard.type('会员系统数据泄露');
  await dialog(page)
    .getByRole('button', { name: /^Declare.*会员系统数据泄露/ })
    .waitFor();
  await page.keyboard.press('Enter');
  await expectFocusOn(page, /^What is going on/);
  await page.keyboard.press('Enter');
  await surface(page, 'panel').waitFor();
  const isHandled = '!document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true }))';
  expect(await page.evaluate(isHandled)).toBe(true);
});

async function declare(page: Page): Promise<void> {
  await tabTo(page, /^Declare/);
  await page.keyboard.press('Enter');
  await expectFocusOn(page, /^What is going on/);
  await page.keyboard.press('Escape');
  await expectFocusOn(page, /^Declare/);
  await page.keyboard.press('Enter');
  await expectFocusOn(page, /^What is going on/);
  await page.keyboard.type('会员系统数据泄露');
  await page.keyboard.press('Enter');
  await surface(page, 'panel').waitFor();
}

/** The button that was pressed is gone with its question; focus stays on the card. */
async function answer(page: Page): Promise<void> {
  const { keyboard } = page;
  const question = surface(page, 'panel');
  await tabTo(page, /^No/);
  await keyboard.press('Enter');
  await expect.poll(() => secondsLeft(page)).toBeGreaterThan(3 * 3600);
  await tabTo(page, /^Our own alert/);
  await keyboard.press('Enter');
  await expect.poll(() => question.getByLabel('Data leak').isChecked()).toBe(true);
  await expectFocusIn(page, '.panel');
  await tabTo(page, /^Done/);
  await keyboard.press('Enter');
  const first = question.getByLabel(/^Personal information/);
  await first.waitFor();
  await expectFocusIn(page, '.panel');

  // What the title speaks of is ticked in advance.
  await tabTo(page, /^Personal information/);
  await expect.poll(() => first.isChecked()).toBe(true);
  await keyboard.press('Space');
  await expect.poll(() => first.isChecked()).toBe(false);
  // Two ticks as fast as keys go: neither is lost.
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await expect.poll(() => question.locator(':checked').count()).toBe(2);
  await keyboard.press('Space');
  await tabTo(page, /^Done/);
  await keyboard.press('Enter');
  await question.getByText('How many people').first().waitFor();
  await expectFocusIn(page, '.panel');

  await tabTo(page, /^1 million to/);
  await keyboard.press('Enter');
  await question.getByRole('button', { name: /^Confirm 较大/ }).waitFor();
  await expectFocusIn(page, '.panel');
}

async function fillIn(page: Page): Promise<void> {
  const { keyboard } = page;
  await tabTo(page, /^Report items/);
  await keyboard.press('Enter');
  await tabTo(page, /^Fill in/);
  await keyboard.press('Enter');
  await expectFocusOn(page, /^Name of the organisation/);
  await keyboard.type('某某（上海）贸易有限公司');
  await keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await expectFocusOn(page, /^Fill in/);

  // What was typed is still there, and the dialog keeps the keyboard to itself.
  await keyboard.press('Enter');
  await expectFocusOn(page, /^Name of the organisation/);
  await expect
    .poll(() =>
      dialog(page)
        .getByLabel(/^Name of the organisation/)
        .first()
        .inputValue(),
    )
    .toContain('某某（上海）');
  await tabTo(page, /^System or facility/);
  await keyboard.type('会员系统');
  await tabTo(page, /^Save/);
  await keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  // Chinese text is its own wording; focus stays on the checklist.
  await page.locator('.surface-checklist .row.mark-done').first().waitFor();
  await expectFocusIn(page, '.surface-checklist');
}
