/**
 * Makes the pictures of the console for README and docs (`npm run pictures`): the real bot in this process, a real
 * browser, two languages, light and dark, wide and 360 px. Run it after the page has changed, and look at them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../tests/fakes/browser.ts';
import { startHouse } from '../tests/fakes/house.ts';
import { type BrowserPerson, type PersonOptions, person } from '../tests/fakes/people.ts';

const OUT = join(import.meta.dirname, '../docs/pictures');
const LOOKS: readonly (PersonOptions & { readonly suffix: string; readonly who: string })[] = [
  { suffix: 'en', who: 'Li Wei', language: 'en' },
  { suffix: 'zh', who: '陈宇', language: 'zh-CN', dark: true },
  { suffix: 'en-dark', who: 'Li Wei', language: 'en', dark: true },
  { suffix: 'zh-light', who: '陈宇', language: 'zh-CN' },
];

/** One incident as it is half an hour in: the data of 1.2 million people, level confirmed, items being collected. */
async function playLeak(wei: Page, chen: Page): Promise<string> {
  const awareness = new Date(Date.now() - 27 * 60_000).toISOString();
  const id = await declare(wei, { title: '支付系统疑似用户数据泄露', awareness });
  for (const intent of [
    { type: 'answer', fact: 'operator', value: 'other' },
    { type: 'answer', fact: 'incident_type', value: 'data.leak' },
    { type: 'answer', fact: 'affected', value: ['personal_info'] },
    { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] },
    { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
    { type: 'answer', fact: 'suspected_crime', value: false },
    {
      type: 'fill_field',
      field: 'art7.2.place',
      value: { state: 'known', text: '上海市浦东新区' },
      wording: '上海市浦东新区',
    },
  ]) {
    await post(wei, id, intent);
  }
  await post(chen, id, { type: 'take_item', item: 'art7.2' });
  await say(chen, id, '记录 09:50 已隔离两台数据库服务器并重置口令');
  await say(wei, id, 'note Legal is informed; the audit log of the database is exported');
  await say(chen, id, '记录 供应商确认对外接口已关闭');
  await post(wei, id, { type: 'decide_level', level: 'major' });
  return id;
}

/** A drill nearly over, so that red is seen too. */
async function playDrill(page: Page): Promise<void> {
  const awareness = new Date(Date.now() - 3.7 * 3_600_000).toISOString();
  const id = await declare(page, { title: '演练：官网首页被篡改', drill: true, speed: 1, awareness });
  await post(page, id, { type: 'answer', fact: 'operator', value: 'other' });
}

async function declare(page: Page, what: object): Promise<string> {
  const answer: unknown = await page.evaluate(
    `fetch('/api/v1/incidents', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(${JSON.stringify({ ...what, anyway: true })}),
    }).then((r) => r.json()).then((incident) => incident.id)`,
  );
  return String(answer);
}

/** Does something as this person. A refusal ends the script: the pictures would lie. */
async function post(page: Page, id: string, intent: object): Promise<void> {
  await page.evaluate(
    `fetch('/api/v1/incidents/${id}').then((r) => r.json()).then((incident) =>
      fetch('/api/v1/incidents/${id}/intents', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ intent: ${JSON.stringify(intent)}, revision: incident.revision }),
      })).then(async (r) => { if (!r.ok) throw new Error(await r.text()); })`,
  );
}

async function say(page: Page, id: string, line: string): Promise<void> {
  await page.goto(new URL(`/incidents/${id}`, page.url()).href);
  await page.locator('.composer-text').fill(line);
  await page.locator('.composer-text').press('Enter');
  await page.locator('.composer-reply').waitFor();
  await page.locator('.composer-reply button').click();
}

/** All fonts there, nothing moving, no caret. */
async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => document.activeElement?.blur())');
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(OUT, `${name}.png`), caret: 'hide' });
}

async function views(browser: Browser, url: string, id: string): Promise<void> {
  for (const { suffix, who, ...look } of LOOKS) {
    const { page } = await person(browser, `${url}/incidents/${id}`, who, look);
    await page.locator('.surface-question').waitFor();
    await picture(page, `incident-${suffix}`);
    await page.goto(`${url}/`);
    await page.locator('.message .card').first().waitFor();
    await picture(page, `room-${suffix}`);
    await page.context().close();
  }
  for (const { suffix, who, ...look } of LOOKS.slice(0, 2)) {
    const { page } = await person(browser, `${url}/incidents/${id}`, who, { ...look, phone: true, scale: 2 });
    await page.locator('.surface-question').waitFor();
    await picture(page, `phone-${suffix}`);
    await page.context().close();
  }
}

async function details({ page }: BrowserPerson, url: string, id: string, suffix: string): Promise<void> {
  await page.goto(`${url}/incidents/${id}?tab=timeline`);
  await page.locator('.timeline').waitFor();
  await picture(page, `timeline-${suffix}`);
  await page.locator('.surface-checklist .row').nth(1).locator('button').last().click();
  await page.locator('dialog .fields').waitFor();
  await picture(page, `form-${suffix}`);
  await page.keyboard.press('Escape');
  await page.locator('.tab-files').click();
  await page.locator('.report-ways .primary').click();
  await page.locator('.paper p').first().waitFor();
  await picture(page, `report-${suffix}`);
}

mkdirSync(OUT, { recursive: true });
const house = await startHouse();
const url = await house.listen();
const browser = await launchBrowser();
try {
  for (const { suffix, who, ...look } of LOOKS.slice(0, 2)) {
    const { page } = await person(browser, url, who, look);
    await page.locator('.empty').waitFor();
    await picture(page, `empty-${suffix}`);
    await page.context().close();
  }
  const wei = await person(browser, url, 'Li Wei');
  const chen = await person(browser, url, '陈宇', { language: 'zh-CN' });
  await playDrill(chen.page);
  const id = await playLeak(wei.page, chen.page);
  await views(browser, url, id);
  for (const { suffix, who, ...look } of LOOKS.slice(0, 2)) {
    await details(await person(browser, url, who, look), url, id, suffix);
  }
} finally {
  await browser.close();
  await house.stop();
}
