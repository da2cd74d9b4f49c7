import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personalFormLink } from '../../../src/http/visits/links.ts';
import { PHONE } from '../../fakes/people.ts';
import { freePort } from '../../fakes/program.ts';
import { openSharedBrowser } from '../../fakes/shared-browser.ts';
import { CORP } from '../../fakes/wecom/app-server.ts';
import { type AppBot, FORM_SECRET, startAppBot, write } from './app-bot.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openSharedBrowser();
});
afterAll(() => browser.close());

let bot: AppBot;
let url: string;
let context: BrowserContext;
beforeEach(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  bot = await startAppBot({ publicUrl: url, port });
  await bot.http.listen();
  context = await phone('zhangsan');
  await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
});
afterEach(async () => {
  await context.close();
  await bot.http.close();
  await bot.stop();
});

/** Somebody's phone inside WeCom, whose page knows who they are and sends them back with a code. */
function phone(user: string): Promise<BrowserContext> {
  const userAgent = `Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36 wxwork/${user}`;
  return browser.newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, isMobile: true, userAgent });
}

const PLACE = '[id="f-art7.2.place"]';
const ITEM = '/visit/form/item?incident=INC-2026-0001&item=art7.2';
const open = async (path: string, inside: BrowserContext = context): Promise<{ page: Page; troubles: string[] }> => {
  const page = await inside.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${url}${path}`);
  return { page, troubles };
};
const record = async (): Promise<string> => JSON.stringify(await bot.store.events('INC-2026-0001'));
const link = (overrides: Partial<Parameters<typeof personalFormLink>[2]> = {}): string =>
  personalFormLink(
    { form: 'item', args: { incident: 'INC-2026-0001', item: 'art7.2' } },
    { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' },
    { publicUrl: url, secret: FORM_SECRET, nonce: 'nonce-of-sixteen-or-more', now: bot.clock.now(), ...overrides },
  ).slice(url.length);

describe('a page on a phone, opened inside WeCom', () => {
  it('knows who it is, fits the screen, and keeps what was entered until it is understood and recorded', async () => {
    const { page, troubles } = await open(ITEM);
    const dialog = page.locator('dialog');
    await dialog.locator(PLACE).fill('上海');
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))
      .toBe(0);
    await dialog.locator('[id="f-as_of"]').fill('不知所云');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[id="f-as_of"][aria-invalid=true]').waitFor();
    expect(await record()).not.toContain('"上海"');
    // A page that is loaded again, as after WeCom has identified somebody anew.
    await page.reload();
    await expect.poll(() => dialog.locator('[id="f-as_of"]').inputValue()).toBe('不知所云');
    await dialog.locator('[id="f-as_of"]').fill('');
    await dialog.locator('button[type=submit]').click();
    await page.getByText('可以关闭本页').waitFor();
    expect(await record()).toContain('上海');
    await page.getByRole('button', { name: '再次打开表单' }).click();
    await expect.poll(() => dialog.locator(PLACE).inputValue()).toBe('上海');
    expect(troubles).toEqual([]);
  });

  it('reads a filing back in words, lets it be corrected, and records it once it is confirmed', {
    tags: 'soak',
  }, async () => {
    for (const said of ['否', '09:20 运维告警', '120万', '首报']) await write(bot, 'zhangsan', said);
    const { page, troubles } = await open('/visit/form/filing?incident=INC-2026-0001');
    const filings = async () => (await bot.store.incident('INC-2026-0001'))?.filings ?? [];
    const at = new Date(bot.clock.now()).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
    const field = (id: string) => page.locator(`dialog [id="f-${id}"]`);
    await field('channel').selectOption('web_12387');
    await page.getByText('首报第1稿', { exact: true }).click();
    await field('at').fill(at.slice(0, 5));
    await field('receipt').fill('2026-0331-17');
    for (const reason of await page.locator('dialog [id="f-kept"]').all()) await reason.fill('待核实');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('main').getByText('您将登记').waitFor();
    await expect.poll(() => page.locator('main').textContent()).toContain('2026-0331-17');
    expect(await filings()).toEqual([]);
    await page.getByRole('button', { name: '确认登记报送' }).click();
    await page.getByText('可以关闭本页').waitFor();
    expect((await filings()).map(({ receipt }) => receipt)).toEqual(['2026-0331-17']);
    expect(troubles).toEqual([]);
  });

  it('a card shows the question, takes the tap, and shows the next one', async () => {
    const { page, troubles } = await open('/visit/card/question?incident=INC-2026-0001');
    const card = page.locator('main .card').first();
    const first = await card.textContent();
    await card.locator('.actions button').first().click();
    await expect.poll(() => card.textContent()).not.toBe(first);
    expect(await record()).toMatch(/fact_answered|awareness/);
    expect(troubles).toEqual([]);
  });

  it('a personal link leads there without the app', async () => {
    const nobody = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' });
    const { page } = await open(link(), nobody);
    await page.locator('button').click();
    await page.locator('dialog').locator(PLACE).fill('经链接填写');
    await page.locator('dialog button[type=submit]').click();
    await page.getByText('可以关闭本页').waitFor();
    expect(await record()).toContain('经链接填写');
    await nobody.close();
  });
});
