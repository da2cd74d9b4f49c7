import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import webPush from 'web-push';
import { startHouse } from '../fakes/house.ts';
import { person } from '../fakes/people.ts';
import { PushService } from '../fakes/push/service.ts';
import { variants } from '../fakes/soak.ts';
import { violations } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { dialog, expectNoSidewaysScroll, openAccount, press } from './support/page.ts';
import { stage } from './support/stage.ts';

/** What people notice without looking for it: what waits for them, what is new, how the whole stands. */
const at = stage();

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const icon = (page: Page) => page.evaluate('document.querySelector(`link[rel="icon"]`).href');

test('what waits for somebody is on their first page, in title and icon, and said when it is new', async () => {
  const li = await person(at.browser, at.url, 'Li Wei');
  const wei = await person(at.browser, at.url, '王伟', { language: 'zh-CN' });
  await expect.poll(() => icon(li.page)).toMatch(/icon\.svg$/);
  const desk = new Desk(li.page, at.url);
  const { id } = await desk.declare({ title: 'Payment data leaked', awareness: ago(15) });
  await new Desk(wei.page, at.url).submit(id, { type: 'add_note', text: '我在' });
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await desk.submit(id, { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  // Somewhere else on the page, where nothing shows the incident.
  await wei.page.keyboard.press('l');
  await wei.page.locator('.register').waitFor();
  await desk.submit(id, { type: 'request_approval', draft: 1 });
  const toast = wei.page.locator('.toast', { hasText: '批准或退回' });
  await toast.waitFor();
  await expect.poll(() => wei.page.title()).toMatch(/^\(1\) 3:\d\d · Jishi/);
  await expect.poll(() => icon(wei.page)).toMatch(/icon-waiting\.svg$/);
  await expect.poll(() => wei.page.locator('.side-incident.unread').count()).toBe(1);
  await toast.locator('a').click();
  await wei.page.locator('.panel').waitFor();
  await expect.poll(() => wei.page.locator('.side-incident.unread').count()).toBe(0);
  await wei.page.keyboard.press('h');
  const row = wei.page.locator('.desk .card', { hasText: id });
  await row.getByText('批准或退回').waitFor();
  // Only the text that is filed counts as read, not its English copy.
  await wei.page.setViewportSize({ width: 1360, height: 480 });
  await press(row.getByRole('button', { name: /审阅|批准/ }));
  const approve = dialog(wei.page).getByRole('button', { name: '批准', exact: true });
  const readToEnd = async (language: string, lang: string) => {
    await dialog(wei.page).getByRole('button', { name: language, exact: true }).click();
    const end = dialog(wei.page).locator(`.paper[lang="${lang}"] > :last-child`);
    await end.waitFor({ state: 'attached' });
    await end.scrollIntoViewIfNeeded();
    await wei.page.waitForTimeout(300);
    return approve.count();
  };
  await dialog(wei.page).locator('.paper h3').waitFor();
  expect(await readToEnd('English', 'en')).toBe(0);
  expect(await readToEnd('中文', 'zh-CN')).toBe(1);
  for (const { troubles } of [li, wei]) expect(troubles).toEqual([]);
});

/** Requests of the page to the API, but for those of what is under way anyway. */
function requestsOf(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/') && pathname !== '/api/v1/stream') seen.push(`${request.method()} ${pathname}`);
  });
  return seen;
}

test('what others change is read out by its parts, and the desk is asked for only where it may differ', {
  tags: 'soak',
}, async () => {
  const bo = await person(at.browser, at.url, 'Bo');
  const desk = new Desk(bo.page, at.url);
  const { id } = await desk.declare({ title: 'Directory entered', awareness: ago(5) });
  const anna = await person(at.browser, at.url, 'Anna Berg');
  await anna.page.locator('.desk .card', { hasText: 'Directory entered' }).waitFor();
  await at.house.house.settle();
  // The first change that a stream tells may come after others.
  await desk.submit(id, { type: 'add_note', text: 'First' });
  await anna.page.waitForTimeout(1_000);
  const seen = requestsOf(anna.page);
  const desks = () => seen.filter((one) => one.endsWith('/desk')).length;
  await desk.submit(id, { type: 'add_note', text: 'Second' });
  await anna.page.waitForTimeout(1_000);
  expect(desks()).toBe(0);
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await expect.poll(desks).toBeGreaterThan(0);
  await anna.page.goto(`${at.url}/incidents/${id}`);
  await anna.page.locator('.panel').waitFor();
  await at.house.house.settle();
  // Messages are read out as well, in the same place.
  await anna.page.evaluate(
    `said = []; new MutationObserver(() => said.push(announce.textContent)).observe(announce, { childList: true })`,
  );
  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await expect.poll(() => anna.page.evaluate('said')).toContain('Updated: report and duties');
  for (const { troubles } of [bo, anna]) expect(troubles).toEqual([]);
});

describe.each(variants<'en' | 'zh-CN'>('en', 'zh-CN'))('a line after ⌘K, %s', { tags: 'grows' }, (language) => {
  test.each([1280, 390])('declares as that of the first page does, at %i px', async (width) => {
    const { page, troubles } = await person(at.browser, at.url, 'Chen Yu', { language });
    await page.setViewportSize({ width, height: 844 });
    const lines = ['/incident new 门户被篡改', 'Customer data leaked'];
    for (const line of lines) {
      const before = page.url();
      await page.keyboard.press('Control+k');
      await dialog(page).locator('input[type=search]').fill(line);
      await dialog(page).locator('.palette-list button', { hasText: line }).waitFor();
      await page.keyboard.press('Enter');
      // Words may have been meant for the search: they are seen in the line first.
      if (!line.startsWith('/')) await dialog(page).locator('.declare-box input[type=text]').press('Enter');
      await expect.poll(() => page.url() !== before && page.url()).toMatch(/incidents\/INC-/);
      await expect.poll(() => dialog(page).count()).toBe(0);
      await page.locator('h1', { hasText: line.replace('/incident new ', '') }).waitFor();
    }
    expect(troubles).toEqual([]);
  });
});

test('an act asks for two things, and its way back is offered', { tags: 'soak' }, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Anna Berg');
  const { id } = await new Desk(page, at.url).declare({ title: 'Shop entered', awareness: ago(5) });
  await page.goto(`${at.url}/incidents/${id}`);
  await page.locator('.panel-body .actions .button').first().waitFor();
  await at.house.house.settle();
  const seen = requestsOf(page);
  const before = await page.locator('.panel-title').textContent();
  await press(page.locator('.panel-body .actions .button').first());
  await expect.poll(() => page.locator('.panel-title').textContent()).not.toBe(before);
  const toast = page.locator('.toast');
  await toast.waitFor();
  await at.house.house.settle();
  const from = seen.indexOf(`POST /api/v1/incidents/${id}/intents`);
  // A card that is delivered later may ask for the page once more.
  await expect
    .poll(() => [...new Set(seen.slice(from))])
    .toEqual([`POST /api/v1/incidents/${id}/intents`, `GET /api/v1/incidents/${id}/page`]);
  await press(toast.getByRole('button', { name: /Change|Correct|Undo/ }));
  await expect.poll(() => toast.count()).toBe(0);
  await dialog(page).locator('.fields').waitFor();
  await page.keyboard.press('Escape');
  expect(troubles).toEqual([]);
});

test('a gap of the draft is written in place, and the text is read anew before it is approved', async () => {
  const { page, troubles } = await person(at.browser, at.url, '吴倩', { language: 'zh-CN' });
  const desk = new Desk(page, at.url);
  const { id } = await desk.declare({ title: '会员数据泄露', awareness: ago(5) });
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await desk.submit(id, { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await page.goto(`${at.url}/incidents/${id}`);
  await press(
    page
      .locator('.surface-draft')
      .getByRole('button', { name: /阅读|查看/ })
      .first(),
  );
  const paper = dialog(page).locator('.paper');
  const gap = paper.getByRole('button', { name: /在此填写：已采取的措施/ });
  await press(gap);
  const input = paper.locator('.gap-line textarea');
  await input.fill('已隔离服务器');
  // Closed by accident, it is kept.
  await input.press('Escape');
  await expect.poll(() => input.count()).toBe(0);
  await press(gap);
  expect(await input.inputValue()).toBe('已隔离服务器');
  await input.press('Enter');
  await paper.locator('text=已隔离服务器').waitFor();
  await expect.poll(() => gap.count()).toBe(0);
  await expect.poll(() => violations(page)).toEqual([]);
  // Somebody else sees that it is being read.
  const other = await person(at.browser, `${at.url}/incidents/${id}`, 'Bo');
  await page.keyboard.press('Escape');
  await press(page.locator('.surface-draft').getByRole('button', { name: '阅读' }).first());
  await other.page.getByText('吴倩 is reading draft 1').waitFor();
  await press(dialog(page).getByRole('button', { name: /重新出稿/ }));
  await dialog(page).locator('.paper', { hasText: '已隔离服务器' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => other.page.locator('.readers').count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('messages to me are counted until they are read, and alerts are a choice of the browser', {
  tags: 'soak',
}, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Zhao Min');
  // What stood there at the first visit is not new: the page has to have seen it.
  const visited = "Object.keys(JSON.parse(localStorage.getItem('jishi.seen.Zhao Min') ?? '{}').rooms ?? {}).length";
  await expect.poll(() => page.evaluate(visited)).toBeGreaterThan(1);
  const { id } = await new Desk(page, at.url).declare({ title: 'Mail down', awareness: ago(5) });
  const direct = page.getByRole('link', { name: /^For me/ });
  const main = page.locator('.side-link', { hasText: 'Main room' });
  await page.goto(`${at.url}/incidents/${id}`);
  // The status card of the declaration is new in the main room.
  await expect.poll(() => main.locator('.count').count()).toBe(1);
  await main.click();
  await page.locator('.log .message').first().waitFor();
  await expect.poll(() => main.locator('.count').count()).toBe(0);
  const bo = await person(at.browser, `${at.url}/incidents/${id}`, 'Bo');
  const { people } = await (await page.request.get(`${at.url}/api/v1/incidents/${id}`)).json();
  const me = people.find(({ name }: { name: string }) => name === 'Zhao Min')?.id;
  await new Desk(bo.page, at.url).submit(id, { type: 'assign_item', item: 'art7.3', person: me });
  await page.locator('.toast', { hasText: /Item 3 .*is now yours/ }).waitFor();
  await expect.poll(() => direct.locator('.count').textContent()).toBe('1');
  await direct.click();
  await expect.poll(() => direct.locator('.count').count()).toBe(0);
  // A browser without windows denies notifications, also those it was told to allow.
  const granted = `Object.defineProperty(Notification, 'permission', { get: () => 'granted' })`;
  await page.addInitScript(granted);
  await page.evaluate(granted);
  await openAccount(page);
  await page.getByRole('button', { name: 'Alerts…' }).click();
  await page.getByLabel('Desktop notifications').check();
  await page.keyboard.press('Escape');
  await page.reload();
  await openAccount(page);
  await page.getByRole('button', { name: 'Alerts…' }).click();
  await expect.poll(() => page.getByLabel('Desktop notifications').isChecked()).toBe(true);
  expect(troubles).toEqual([]);
});

test('without a connection the page opens with what was seen last, and says of when it is', {
  tags: 'soak',
}, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Sun Yi');
  const { id } = await new Desk(page, at.url).declare({ title: 'Portal down', awareness: ago(5) });
  await page.locator('.desk .card', { hasText: id }).waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.context().setOffline(true);
  await page.locator('.offline').waitFor();
  await page.reload();
  await page.locator('.offline', { hasText: /This page shows the state of \d\d:\d\d/ }).waitFor();
  await page.locator('.desk .card', { hasText: id }).locator('[role=timer]').waitFor();
  await page.goto(`${at.url}/incidents/${id}`);
  await page.getByText('will open when the connection is back').waitFor();
  await page.context().setOffline(false);
  await page.locator('.panel-title').waitFor();
  await expect.poll(() => page.locator('.offline').count()).toBe(0);
  expect(troubles.filter((trouble) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(trouble))).toEqual([]);
});

test('the page can be put on a home screen', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Chen Yu');
  const href = String(await page.evaluate('document.querySelector(`link[rel="manifest"]`).href'));
  const response = await page.request.get(href);
  expect(response.headers()['content-type']).toContain('application/manifest+json');
  const manifest = await response.json();
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
  for (const { src, type } of manifest.icons) {
    const answer = await page.request.get(new URL(src, href).href);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, type]);
  }
});

const LOOKS = [
  { name: 'wide, English', language: 'en', screen: { width: 1360, height: 850 } } as const,
  {
    name: 'phone, Chinese, dark',
    language: 'zh-CN',
    phone: true,
    dark: true,
    screen: { width: 390, height: 844 },
  } as const,
];
describe.each(LOOKS)('register: $name', { tags: 'soak' }, ({ screen, ...look }) => {
  test('next deadlines first, figures, filters in the address, sorting, table', async () => {
    const { page, troubles } = await person(at.browser, at.url, `Ciso ${look.language}`, look);
    await page.setViewportSize(screen);
    const desk = new Desk(page, at.url);
    const title = `Register ${look.language}`;
    await desk.declare({ title: 'An earlier one', awareness: ago(40) });
    const { id } = await desk.declare({ title, awareness: ago(30) });
    await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
    await desk.submit(id, { type: 'add_note', text: `bastion-${look.language}` });
    await desk.submit(id, { type: 'decide_level', level: 'major', reason: 'users' });
    await desk.submit(id, { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at: ago(0) });
    await desk.submit(id, { type: 'end_handling', at: ago(0), reason: 'over' });
    await page.goto(`${at.url}/incidents`);
    await page.locator('.incident-table tbody tr', { hasText: title }).waitFor();
    await page
      .locator('th[aria-sort="ascending"]', { hasText: /Next deadline|下一时限/ })
      .waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.tiles').textContent()).toMatch(/\d+ %/);
    await expect.poll(() => violations(page)).toEqual([]);
    await expectNoSidewaysScroll(page);
    // Words that stand nowhere but in a note.
    await page.locator('.filters .search').fill(`BASTION-${look.language}`);
    await expect.poll(() => page.locator('.incident-table tbody tr').count()).toBe(1);
    await page.locator('.filters select').nth(1).selectOption('major');
    await expect.poll(() => page.url()).toMatch(/search=BASTION.*level=major/);
    await page.reload();
    await expect.poll(() => page.locator('.incident-table tbody tr').count()).toBe(1);
    await expect.poll(() => page.locator('.filters .search').inputValue()).toBe(`BASTION-${look.language}`);
    const csv = await page.request.get(
      new URL((await page.locator('a[download][href*="register.csv"]').getAttribute('href')) ?? '', at.url).href,
    );
    expect((await csv.text()).trimEnd().split('\r\n').length).toBe(2);
    await page.locator('.filters select').nth(1).selectOption('general');
    await page.locator('.list > .nothing').waitFor();
    if (screen.width < 900) return;
    await page.goto(`${at.url}/incidents?drills=true`);
    const first = page.locator('.incident-table tbody .id').first();
    await page.getByRole('button', { name: /^Incident/ }).click();
    await page.locator('th[aria-sort="ascending"]', { hasText: 'Incident' }).waitFor();
    await expect.poll(() => first.textContent()).toMatch(/^INC-\d{4}-0001/);
    await page.getByRole('button', { name: /^Incident/ }).click();
    await page.locator('th[aria-sort="descending"]').waitFor();
    await expect.poll(() => first.textContent()).toMatch(new RegExp(`^${id}`));
    await page.emulateMedia({ media: 'print' });
    for (const name of ['.sidebar', '.filters'])
      await expect.poll(async () => [name, await page.locator(name).isVisible()]).toEqual([name, false]);
    expect(troubles).toEqual([]);
  });
});

test('a device rings for its person once the test arrived there, and the page says so', { tags: 'soak' }, async () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const service = new PushService(publicKey);
  const services = [await service.listen()];
  onTestFinished(() => service.close());
  const house = await startHouse({ push: { privateKey, contact: 'mailto:security@example.com', services } });
  onTestFinished(() => house.stop());
  const url = await house.listen();
  const { page, troubles } = await person(at.browser, url, 'Li Wei');
  await page.context().grantPermissions(['notifications'], { origin: url });
  const device = service.register();
  // A browser without its maker's service cannot register: the service of the test does it in its place.
  await page.evaluate(`PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    if (applicationServerKey !== '${publicKey}') throw new Error('another server');
    return { toJSON: () => (${JSON.stringify(device.subscription)}) };
  }`);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  const cdp = await page.context().newCDPSession(page);
  const registrations: string[] = [];
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: all }) => {
    registrations.push(...all.map(({ registrationId }) => registrationId));
  });
  await cdp.send('ServiceWorker.enable');
  await openAccount(page);
  await press(page.getByText('Alerts…'));
  const box = dialog(page).getByLabel('Notify me on this device, even when the page is closed');
  await box.check();
  await expect.poll(() => device.arrived.length).toBe(1);
  await expect.poll(() => registrations.length).toBeGreaterThan(0);
  // A browser without windows shows no notifications: what it was to show is kept.
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(`self.shown = [];
    ServiceWorkerRegistration.prototype.showNotification = async (title, { body }) => void self.shown.push([title, body]);`);
  await cdp.send('ServiceWorker.deliverPushMessage', {
    ...{ origin: url, registrationId: registrations.at(-1) ?? '', data: JSON.stringify(device.arrived[0]) },
  });
  await expect
    .poll(() => worker?.evaluate('self.shown'))
    .toEqual([['Jishi: test', 'Notifications arrive on this device.']]);
  await dialog(page).getByText('Test received.').waitFor();
  await page.reload();
  await openAccount(page);
  await press(page.getByText('Alerts…'));
  await expect.poll(() => dialog(page).getByLabel('Notify me on this device').isChecked()).toBe(true);
  await dialog(page).getByText('Test received.').waitFor();
  expect(troubles).toEqual([]);

  // Signing out ends it, even where the browser has dropped the service worker, which then never becomes ready.
  const devices = async () => (await house.store.kept.list('console:push:', 9)).length;
  expect(await devices()).toBe(1);
  await page.keyboard.press('Escape');
  await page.evaluate(`Object.defineProperty(navigator.serviceWorker, 'ready', { get: () => new Promise(() => {}) })`);
  await openAccount(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(devices).toBe(0);
  await expect.poll(async () => (await page.request.get(`${url}/api/v1/incidents`)).status()).toBe(401);
});
