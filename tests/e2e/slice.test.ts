import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docxLines } from '../documents/reading.ts';
import { person } from '../fakes/people.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { contentOf, openSharedBrowser } from '../fakes/shared-browser.ts';

/** The main job: two people, two languages, a wide screen and a phone, and a kill in the middle. */
let browser: Browser;
let bot: BotProgram;
const dataDir = mkdtempSync(join(tmpdir(), 'jishi-slice-'));
beforeAll(async () => {
  bot = new BotProgram(dataDir, await freePort());
  [browser] = await Promise.all([openSharedBrowser(), bot.start()]);
});
afterAll(async () => {
  await browser?.close();
  await bot?.end('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.locator('main').getByRole('button', { name });
const question = (page: Page) => page.locator('.panel');
const digits = async (page: Page) => seconds((await page.locator('.face.first .digits').textContent()) ?? '');

function seconds(text: string): number {
  const [h = 0, m = 0, s = 0] = text.replace('+', '').split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

async function fillItem(page: Page, item: RegExp, values: readonly string[]): Promise<void> {
  await page
    .locator('.surface-checklist .row', { hasText: item })
    .getByRole('button', { name: /^(Fill in|填写)/ })
    .click();
  const fields = page.locator('dialog .fields :is(input[type=text], textarea)');
  await fields.first().waitFor();
  for (const [index, value] of values.entries()) await fields.nth(index).fill(value);
  await page.locator('dialog [type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

test('from a typed line to a report, and nothing is lost when the program is killed', async () => {
  const wei = await person(browser, bot.link, 'Li Wei');
  const chen = await person(browser, bot.link, '陈宇', { language: 'zh-CN', phone: true });

  // Declared in a line of text; the clock runs at once.
  await wei.page.locator('.declare-box input[type=text]').fill('/incident new 支付系统数据泄露');
  await wei.page.locator('.declare-box input[type=text]').press('Enter');
  await question(wei.page).waitFor();
  const id = /INC-\d{4}-\d{4}/.exec(wei.page.url())?.[0] ?? '';
  expect(id).not.toBe('');
  const before = await digits(wei.page);
  expect(before).toBeGreaterThan(3_500);
  await expect.poll(() => digits(wei.page)).toBeLessThan(before);

  // The other one sees it without doing anything, in Chinese, on a phone.
  await chen.page.locator('.side-incident', { hasText: id }).waitFor({ state: 'attached' });
  await chen.page.goto(`${bot.url}/rooms/main`);
  await chen.page.locator('.message .card', { hasText: id }).waitFor();
  await chen.page.locator('.ways a').first().click();
  await question(chen.page).waitFor();

  // Both answer, each a different question.
  await wei.page.locator('.panel').getByRole('button', { name: 'No', exact: true }).click();
  await expect.poll(() => digits(wei.page)).toBeGreaterThan(3 * 3600);
  await question(chen.page)
    .getByRole('button', { name: /^监测告警/ })
    .click();
  // Type, since when, a crime: the type that the title names is ticked already.
  await question(chen.page).locator('.choices > .button').click();
  await expect.poll(() => digits(wei.page)).toBeGreaterThan(3 * 3600);
  // What a leak usually affects is ticked already; `check` leaves it so.
  await question(wei.page)
    .getByLabel(/Personal information/)
    .check();
  await question(wei.page).locator('.choices > .button').click();
  await question(chen.page)
    .getByRole('button', { name: /^100万至不足1000万/ })
    .click();
  await wei.page.locator('.tags', { hasText: '较大' }).waitFor();
  await question(wei.page)
    .getByText(/Confirm 较大/)
    .first()
    .waitFor();

  // Two items, one by each.
  await fillItem(wei.page, /^\s*(第1项|1\s)/, ['某某（上海）贸易有限公司']);
  const left = await digits(wei.page);
  await bot.end('SIGKILL');
  for (const { page } of [wei, chen]) await page.locator('.offline').waitFor();
  await bot.start();
  // Both pages find their way back by themselves, and the clock has not waited.
  for (const { page } of [wei, chen]) await page.locator('.offline').waitFor({ state: 'detached' });
  await expect.poll(() => digits(wei.page)).toBeLessThan(left);
  await fillItem(chen.page, /^\s*(第2项|2\s)/, ['', '', '上海市浦东新区']);

  // What was done before the kill is there, for both, after loading the page anew as well.
  await wei.page.reload();
  await expect
    .poll(() => wei.page.locator('.surface-checklist .row.mark-partly, .surface-checklist .row.mark-done').count())
    .toBeGreaterThanOrEqual(2);
  expect(await digits(wei.page)).toBeGreaterThan(3 * 3600);
  await wei.page.locator('.tab-timeline').click();
  const timeline = wei.page.locator('.activity-list');
  for (const who of ['Li Wei', '陈宇']) await timeline.locator('li', { hasText: who }).first().waitFor();
  await timeline.getByText(/1 million to under 10 million/).waitFor();

  // The draft, read and downloaded.
  await wei.page.locator('.tab-files').click();
  await button(wei.page, 'Read the draft').click();
  await wei.page.locator('.paper', { hasText: '网络安全事件报告' }).waitFor();
  await wei.page.getByRole('button', { name: 'English', exact: true }).click();
  await wei.page.locator('.paper', { hasText: 'Report of a network security incident' }).waitFor();
  await wei.page.keyboard.press('Escape');
  const download = wei.page.waitForEvent('download');
  await wei.page.getByRole('link', { name: '报送稿 DOCX' }).click();
  const text = docxLines(await contentOf(await download)).join('\n');
  for (const words of ['网络安全事件报告（首报）', '某某（上海）贸易有限公司', '上海市浦东新区'])
    expect(text).toContain(words);

  expect(wei.troubles).toEqual([]);
  expect(chen.troubles).toEqual([]);
  expect(await bot.end('SIGTERM')).toBe(0);
});
