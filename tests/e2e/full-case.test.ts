import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { docxLines } from '../documents/reading.ts';
import { person } from '../fakes/people.ts';
import type { BotProgram } from '../fakes/program.ts';
import { contentOf } from '../fakes/shared-browser.ts';
import {
  closeReading,
  dialog,
  expectNoSidewaysScroll,
  field,
  fillForm,
  fromMenu,
  incidentOf,
  itemRow,
  offered,
  openMenu,
  press,
  reads,
  secondsLeft,
  surface,
} from './support/page.ts';
import { openBrowser, startProgram } from './support/start.ts';

/** A whole case by two people: Li Wei in English on a wide screen, 陈宇 in Chinese on a phone; the program is killed on the way. */
// @module-tag soak: filing.test.ts plays a case to its summary report by two people; crash/kill kills the program at any moment.

test('from the declaration to the end of handling, by two people in two languages, over a kill', async () => {
  const [bot, browser] = await Promise.all([startProgram(), openBrowser()]);
  const wei = await person(browser, bot.link, 'Li Wei');
  const chen = await person(browser, bot.link, '陈宇', { language: 'zh-CN', phone: true });

  await declare(wei.page, '会员系统疑似用户数据泄露');
  const id = incidentOf(wei.page);
  await chen.page.goto(`${bot.url}/rooms/main`);
  await chen.page.locator('.message', { hasText: id }).getByRole('link', { name: '打开事件' }).click();
  await surface(chen.page, 'panel').waitFor();

  await classify(wei.page, chen.page);
  await collect(wei.page, chen.page);
  await expectNoSidewaysScroll(chen.page);
  await killed(bot, wei.page, chen.page);
  await draft(wei.page, chen.page);
  await file(wei.page, chen.page);
  await end(wei.page, chen.page);

  await expectNoSidewaysScroll(chen.page);
  expect(wei.troubles).toEqual([]);
  // A filing is previewed while its form is not complete yet.
  expect(chen.troubles.filter((one) => !/422/.test(one))).toEqual([]);
  expect(await bot.end('SIGTERM')).toBe(0);
});

const phase = (page: Page) => page.locator('.way [aria-current=step]');
const pressIn = (page: Page, card: Parameters<typeof surface>[1], name: string | RegExp) =>
  press(offered(page, card, name));

async function declare(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Declare', exact: true }).first().click();
  await dialog(page).getByLabel('What is going on').fill(title);
  await dialog(page).getByRole('button', { name: 'Start the clock', exact: true }).click();
  await surface(page, 'panel').waitFor();
}

/** Each answers what they know, until a person confirms the level. */
async function classify(wei: Page, chen: Page): Promise<void> {
  await expect.poll(() => secondsLeft(wei)).toBeLessThanOrEqual(3600);
  await pressIn(chen, 'panel', '否');
  await expect.poll(() => secondsLeft(wei)).toBeGreaterThan(3 * 3600);

  // It reached somebody twenty minutes ago: the clock moves for both.
  await fillForm(wei, surface(wei, 'panel').getByRole('button', { name: 'Earlier…' }), async () => {
    await field(wei, /^When/).fill('20 minutes ago');
    await field(wei, /^Who told you/).fill('Call of the payment provider');
  });
  await expect.poll(() => secondsLeft(chen)).toBeLessThan(3 * 3600 + 41 * 60);

  // What happened comes from the title.
  await pressIn(chen, 'panel', '选好了');
  await surface(wei, 'panel')
    .getByLabel(/Personal information/)
    .check();
  await pressIn(wei, 'panel', 'Done');
  await fillForm(chen, surface(chen, 'panel').getByRole('button', { name: '填写准确数…' }), async () => {
    await field(chen, /^数值或范围/).fill('120万');
    await dialog(chen).locator('.means.yes', { hasText: '120万' }).waitFor();
  });
  await surface(wei, 'panel').getByText('The facts reach 较大').waitFor();
  await surface(chen, 'panel').getByText('确认').first().waitFor();

  await pressIn(wei, 'panel', 'Confirm 较大 (Major, 2 of 4)');
  // A level that is decided folds its card to one line; who decided stands in it.
  await surface(chen, 'question').locator('summary', { hasText: '已定级：较大' }).click();
  await surface(chen, 'question')
    .getByText(/Li Wei于.*确认/)
    .waitFor();
  await expect.poll(() => phase(chen).textContent()).toBe('首报');
}

/** Owners are taken and named, items filled in by both. */
async function collect(wei: Page, chen: Page): Promise<void> {
  for (const page of [wei, chen]) await page.locator('.later > summary').click();
  await fromMenu(itemRow(wei, 4), 'Take');
  await itemRow(chen, 4).getByText('Li Wei').waitFor();
  await openMenu(itemRow(wei, 2));
  await fillForm(wei, itemRow(wei, 2).getByRole('button', { name: 'Assign…' }), () =>
    dialog(wei).getByLabel('陈宇').check(),
  );
  await itemRow(chen, 2).getByText('陈宇').waitFor();

  await fillForm(wei, itemRow(wei, 1).getByRole('button', { name: 'Fill in' }), async () => {
    await field(wei, /^Name of the organisation/).fill('某某（上海）贸易有限公司');
    await field(wei, /^System or facility/).fill('会员系统，提供线上订购服务');
  });
  await fillForm(chen, itemRow(chen, 2).getByRole('button', { name: '填写' }), async () => {
    await field(chen, /^地点/).fill('上海市浦东新区');
    await field(chen, /^已造成的影响和危害/).fill('约120万名会员的姓名、手机号泄露');
    await field(chen, /^已采取的措施/).fill('已隔离两台服务器并重置口令');
    await field(chen, /^措施的效果/).fill('异常外传已停止');
  });
  // What one wrote the other finds in the form.
  await press(itemRow(wei, 2).getByRole('button', { name: /^(Fill in|Check)/ }));
  await dialog(wei).locator('.fields').waitFor();
  await expect.poll(() => field(wei, /^Place/).inputValue()).toBe('上海市浦东新区');
  await wei.keyboard.press('Escape');
  await wei.locator('dialog').waitFor({ state: 'detached' });
}

/** Both pages find their way back by themselves, the clock has not waited, and what was done is there, also on a page loaded anew. */
async function killed(bot: BotProgram, wei: Page, chen: Page): Promise<void> {
  const left = await secondsLeft(wei);
  await bot.end('SIGKILL');
  for (const page of [wei, chen]) await page.locator('.offline').waitFor();
  await bot.start();
  for (const page of [wei, chen]) await page.locator('.offline').waitFor({ state: 'detached' });
  await expect.poll(() => secondsLeft(wei)).toBeLessThan(left);
  await wei.reload();
  await expect
    .poll(() => wei.locator('.surface-checklist .row.mark-partly, .surface-checklist .row.mark-done').count())
    .toBeGreaterThanOrEqual(2);
  expect(await secondsLeft(wei)).toBeGreaterThan(3 * 3600);
}

/** Compiled on the phone, read in both languages, downloaded as a document a compliance officer opens. */
async function draft(wei: Page, chen: Page): Promise<void> {
  await fillForm(chen, offered(chen, 'checklist', '填写首报…'), () => dialog(chen).getByLabel('原因').check());
  await closeReading(chen);
  await surface(wei, 'draft').getByText('Cannot be determined yet: cause').waitFor();

  await wei.locator('.tab-files').click();
  await wei.getByRole('button', { name: 'Read the draft' }).click();
  const paper = dialog(wei).locator('.paper');
  await paper.getByText('约120万名会员的姓名、手机号泄露').first().waitFor();
  await dialog(wei).getByRole('button', { name: 'English', exact: true }).click();
  await paper.getByText('Report of a network security incident').first().waitFor();
  await wei.keyboard.press('Escape');
  await wei.locator('dialog').waitFor({ state: 'detached' });

  const text = (await downloadedDocx(wei)).join('\n');
  expect(text).toContain('网络安全事件报告（首报）');
  expect(text).toContain('某某（上海）贸易有限公司');
  expect(text).toContain('上海市浦东新区');
  expect(text).toContain('较大网络安全事件');
  expect(text).toContain('正在研判，将及时补报');
}

async function downloadedDocx(page: Page): Promise<readonly string[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Report DOCX' }).click();
  return docxLines(await contentOf(await download));
}

async function file(wei: Page, chen: Page): Promise<void> {
  await fillForm(chen, offered(chen, 'draft', '登记报送…'), async () => {
    await field(chen, /^报送时间/).fill('现在');
    await field(chen, /^渠道/).selectOption('web_12387');
    await field(chen, /^受理编号/).fill('2026-0331-17');
  });
  await reads(
    wei,
    /^Filed by 陈宇 at .* receipt 2026-0331-17\) · .* before the deadline · fingerprint [0-9a-f]{4}…[0-9a-f]{2}$/,
  );
  await expect.poll(() => phase(wei).textContent()).toBe('Summary');
}

/** From then on thirty days run for the summary report. */
async function end(wei: Page, chen: Page): Promise<void> {
  await fillForm(wei, offered(wei, 'checklist', 'Handling has ended…'), async () => {
    await field(wei, /^When did it end/).fill('now');
    await field(wei, /^Reason/).fill('Flaw fixed, retest passed');
  });
  await expect.poll(() => phase(chen).textContent()).toBe('总结');
  await expect.poll(() => chen.locator('.face.first .digits').textContent()).toMatch(/^30 天/);
  // The last day ends at 24:00.
  await expect.poll(() => chen.locator('.face.first .face-due').textContent()).toContain('24:00');
  await chen.locator('.to-activity').click();
  await chen.locator('.tab-timeline').click();
  await chen.locator('.activity-list', { hasText: '2026-0331-17' }).waitFor();
}
