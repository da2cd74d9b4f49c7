import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personalFormLink } from '../../../src/platforms/wecom/form/session.ts';
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

const ITEM = '/wecom/form/open/item?incident=INC-2026-0001&item=art7.2';
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

describe('the form on a phone, opened inside WeCom', () => {
  it('knows who it is without asking, fits the screen, and what is filled in is on the record under their name', async () => {
    const { page, troubles } = await open(ITEM);
    expect(await page.locator('h1').textContent()).toContain('2');
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    const touched = 'input[type=text], textarea, select, button, .option';
    const heights = await Promise.all((await page.locator(touched).all()).map((one) => one.boundingBox()));
    expect(heights.filter((box) => (box?.height ?? 0) < 44)).toEqual([]);
    await page.locator('textarea').first().fill('上海数据中心\n<script>alert(1)</script>');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    expect(await record()).toContain('上海数据中心\\n<script>');
    await page.getByRole('link').click();
    expect(await page.locator('textarea').first().inputValue()).toBe('上海数据中心\n<script>alert(1)</script>');
    expect(troubles).toEqual([]);
  });

  it('keeps what was entered when something is not understood, and marks it', async () => {
    const { page } = await open(ITEM);
    await page.locator('textarea').first().fill('上海');
    await page.locator('[name="f:as_of"]').fill('不知所云');
    await page.locator('button[type=submit]').click();
    await page.locator('.error').waitFor();
    expect(await page.locator('[name="f:as_of"]').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('textarea').first().inputValue()).toBe('上海');
    expect(await record()).not.toContain('"上海"');
  });

  it('reads a filing back in words, lets it be corrected, and records it once it is confirmed', async () => {
    for (const said of ['否', '09:20 运维告警', '120万', '首报']) await write(bot, 'zhangsan', said);
    const { page, troubles } = await open('/wecom/form/open/filing?incident=INC-2026-0001');
    const filings = async () => (await bot.store.incident('INC-2026-0001'))?.filings ?? [];
    const at = new Date(bot.clock.now()).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
    // Nothing is chosen for the person.
    await page.locator('[name="f:channel"]').selectOption('web_12387');
    await page.getByText('首报第1稿', { exact: true }).click();
    await page.locator('[name="f:at"]').fill(at.slice(0, 5));
    await page.locator('[name="f:receipt"]').fill('2026-0331-17');
    for (const reason of await page.locator('[name="f:kept"]').all()) await reason.fill('待核实');
    await page.locator('button[type=submit]').click();
    await page.getByText('2026-0331-17').waitFor();
    const read = await page.locator('main').textContent();
    expect(read).toContain('您将登记：首报（第1稿，未经批准）已于');
    expect(read).toContain(`${at.slice(0, 5)}通过12387网站报送属地省级网信部门。`);
    expect(await filings()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    if (process.env['PICTURES'])
      await page.screenshot({ path: `${process.env['PICTURES']}/read-back.png`, fullPage: true });
    await page.locator('button[name=edit]').click();
    expect(await page.locator('[name="f:receipt"]').inputValue()).toBe('2026-0331-17');
    await page.locator('[name="f:receipt"]').fill('2026-0331-18');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: '确认登记报送' }).click();
    await page.getByText('返回企业微信').waitFor();
    expect((await filings()).map(({ receipt }) => receipt)).toEqual(['2026-0331-18']);
    expect(troubles).toEqual([]);
  });

  it('shows what of another person was replaced, and restores it by one tap', async () => {
    const revision = (await bot.store.incident('INC-2026-0001'))?.version ?? 0;
    await bot.house.app.submit({
      ...{ incident: 'INC-2026-0001', revision, caller: 'api' },
      intent: { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海一号机房' } },
      delivery: { platform: 'wecom-app', key: 'place', body: '' },
    });
    const { page, troubles } = await open(ITEM);
    await page.locator('[name="f:art7.2.place"]').fill('北京');
    await page.locator('button[type=submit]').click();
    await page.getByText('上海一号机房').waitFor();
    if (process.env['PICTURES'])
      await page.screenshot({ path: `${process.env['PICTURES']}/restore.png`, fullPage: true });
    await page.getByRole('button', { name: '恢复' }).click();
    await page.getByText('返回企业微信').waitFor();
    const place = (await bot.store.incident('INC-2026-0001'))?.fields['art7.2.place']?.current?.text;
    expect(place).toBe('上海一号机房');
    expect(troubles).toEqual([]);
  });

  it('an hour later nothing is lost: WeCom says again who it is, and the entries are back', async () => {
    const { page, troubles } = await open(ITEM);
    await page.locator('textarea').first().fill('上海机房，一小时后才提交');
    bot.clock.advance(61 * 60_000);
    await page.locator('button[type=submit]').click();
    await page.getByText('已为您保留').waitFor();
    await page.getByRole('link').click();
    await page.getByText('请核对后提交').waitFor();
    expect(await page.locator('textarea').first().inputValue()).toBe('上海机房，一小时后才提交');
    expect(await record()).not.toContain('一小时后才提交');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    expect(await record()).toContain('一小时后才提交');
    expect(troubles).toEqual([]);
  });

  it('sent twice is recorded once', async () => {
    const { page } = await open(ITEM);
    await page.locator('textarea').first().fill('只记一次');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    const before = await record();
    await page.goBack();
    await page.locator('textarea').first().fill('只记一次');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    expect(await record()).toBe(before);
  });

  it('declares an incident, too', async () => {
    const { page } = await open('/wecom/form/open/new_incident?drill=false');
    await page.locator('input[type=text], textarea').first().fill('从表单立案');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    expect((await bot.store.incidents({ limit: 9 })).map(({ title }) => title)).toContain('从表单立案');
  });

  it('an outsider, and a colleague who may not see it, get nothing', async () => {
    const stranger = await phone('outsider');
    expect(await (await open(ITEM, stranger)).page.locator('h1').textContent()).toContain('不是本企业成员');
    const colleague = await phone('lisi');
    const { page } = await open(ITEM, colleague);
    expect(await page.locator('textarea').count()).toBe(0);
    expect(await page.content()).not.toContain('客户库');
    await Promise.all([stranger.close(), colleague.close()]);
  });
});

describe('a card as a page', () => {
  it('shows the question, takes the tap, and shows the next one', async () => {
    const { page, troubles } = await open('/wecom/form/card/question?incident=INC-2026-0001');
    const first = await page.locator('main').textContent();
    await page.locator('button').first().click();
    await page.locator('.said').waitFor();
    expect(await page.locator('main').textContent()).not.toBe(first);
    expect(await record()).toMatch(/fact_answered|awareness/);
    expect(troubles).toEqual([]);
  });
});

describe('who opened it', () => {
  it('a state of another browser, a used code and an invented one are refused', async () => {
    const other = await phone('lisi');
    await open(ITEM, other);
    const state = bot.wecom.states.at(-1) ?? '';
    bot.wecom.codes.set('attack', { userid: 'lisi' });
    const back = `/wecom/form/back?code=attack&state=${encodeURIComponent(state)}`;
    expect(await (await open(back)).page.locator('h1').textContent()).toContain('未能');
    expect(bot.wecom.codes.has('attack')).toBe(true);
    const own = await open(back, other);
    expect(own.page.url()).toContain('/wecom/form/open/item');
    expect(await (await open(back, other)).page.locator('h1').textContent()).toContain('未能');
    await other.close();
  });

  it('without the token of the form, or from another site, nothing is taken', async () => {
    const { page } = await open(ITEM);
    await page.locator('textarea').first().fill('伪造');
    await page.evaluate(`document.querySelector('input[name=token]').value = 'x'`);
    await page.locator('button[type=submit]').click();
    await page.locator('.trouble').waitFor();
    expect(await page.locator('textarea').first().inputValue()).toBe('伪造');
    const evil = await context.newPage();
    await evil.route('https://evil.example/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${url}${ITEM.replaceAll('&', '&amp;')}"><input name="f:art7.2.place" value="evil"><button>go</button></form>`,
      }),
    );
    await evil.goto('https://evil.example/');
    await evil.locator('button').click();
    await evil.waitForLoadState();
    expect(await record()).not.toMatch(/伪造|evil/);
  });
});

describe('a personal link', () => {
  it('opens its form once, without the app, and only that form; looking at it uses nothing up', async () => {
    const nobody = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' });
    const path = link();
    await nobody.request.get(`${url}${path}`);
    const { page } = await open(path, nobody);
    await page.locator('button').click();
    await page.locator('textarea').first().fill('经链接填写');
    await page.locator('button[type=submit]').click();
    await page.getByText('返回企业微信').waitFor();
    expect(await record()).toContain('经链接填写');
    const again = await open(path, await browser.newContext({ locale: 'zh-CN' }));
    await again.page.locator('button').click();
    await again.page.getByText('已使用或已过期').waitFor();
    const otherForm = await nobody.request.get(`${url}${ITEM.replace('art7.2', 'art7.3')}`, { maxRedirects: 0 });
    expect(otherForm.status()).toBe(302);
    const card = await nobody.request.get(`${url}/wecom/form/card/status?incident=INC-2026-0001`, { maxRedirects: 0 });
    expect(card.status()).toBe(302);
    await nobody.close();
  });

  it('is good for half an hour, and only as it was signed', async () => {
    const path = link();
    expect((await context.request.get(`${url}${path.slice(0, -2)}xx`)).status()).toBe(403);
    expect((await context.request.get(`${url}${link({ secret: 'another' })}`)).status()).toBe(403);
    bot.clock.advance(30 * 60_000);
    expect((await context.request.get(`${url}${path}`)).status()).toBe(403);
  });
});
