import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { LOCAL_TOKEN } from '../fakes/house.ts';
import { person } from '../fakes/people.ts';
import { Desk } from './support/desk.ts';
import { dialog, itemRow, openAccount, press, unfold } from './support/page.ts';
import { stage } from './support/stage.ts';

const at = stage();

/** A new page takes the focus once it stands; nobody presses anything within its first frames. */
const FRAMES =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))';

async function declare(page: Page, title: string): Promise<string> {
  await page.keyboard.press('n');
  await page.locator('dialog .declare-box input[type=text]').fill(title);
  await page.keyboard.press('Enter');
  await page.locator('.panel').waitFor();
  await page.evaluate(FRAMES);
  return /(INC|DRILL)-\d{4}-\d{4}/.exec(page.url())?.[0] ?? '';
}
const PATIENT = { timeout: 60_000 };
const focused = (page: Page) => page.evaluate('document.activeElement?.textContent ?? ""');

test('the whole way with the keyboard alone', async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Keyboard');
  await page.locator('.declare-box').waitFor();
  await page.keyboard.press('/');
  const named = '键盘操作的事件：用户数据泄露';
  await page.keyboard.type(`/incident new ${named}`);
  await page.keyboard.press('Enter');
  await page.locator('.panel').waitFor();
  const title = page.locator('.panel-title');
  const first = await title.textContent();
  await expect.poll(() => page.locator('h1').textContent()).toBe(named);
  await page.keyboard.press('Escape');
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('q');
  await expect.poll(() => focused(page)).toMatch(/^No/);
  // A digit gives the answer of that number.
  await page.keyboard.press('1');
  await expect.poll(() => title.textContent(), PATIENT).not.toBe(first);
  // Focus is still where one was working, so the next question is one key away.
  await page.keyboard.press('q');
  await expect.poll(() => page.evaluate('!!document.activeElement?.closest(".panel")')).toBe(true);
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('?');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  // A tick that nobody made says that it is from the title, and goes at one press.
  const panel = page.locator('.panel');
  await press(panel.getByRole('button', { name: /^Our own alert/ }));
  const guess = panel.locator('.guess', { hasText: 'Data leak' });
  await expect.poll(() => panel.getByLabel('Data leak').isChecked()).toBe(true);
  await guess.press('Enter');
  await expect.poll(() => panel.getByLabel('Data leak').isChecked()).toBe(false);
  await expect.poll(() => guess.count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('a form keeps what was typed when it is closed by accident, and gives focus back', async () => {
  const { page } = await person(at.browser, at.url, 'Forms');
  await declare(page, '表单：用户数据泄露');
  await page.waitForFunction('document.activeElement?.tagName === "MAIN"');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.locator('.copy-link.copied').waitFor();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
  await unfold(page, 'checklist');
  const opener = itemRow(page, 2).getByRole('button', { name: 'Fill in' });
  await opener.click();
  const field = page.locator('dialog textarea').first();
  const amber = page.locator('dialog .amber-hint');
  await field.fill('Two servers isolated');
  await amber.getByText('Not Chinese: kept as material, not in the report.').waitFor();
  await field.fill('09:50 已隔离两台服务器');
  await expect.poll(() => amber.count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page), PATIENT).toBe('Fill in');
  await opener.click();
  await expect.poll(() => field.inputValue()).toBe('09:50 已隔离两台服务器');
  await page.locator('dialog [type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.tab-timeline').click();
  await page.locator('.activity-list', { hasText: '已隔离两台服务器' }).waitFor();
});

test('a countdown edit of the card undoes no tick and moves no focus', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Ticks');
  const id = await declare(page, '勾选：用户数据泄露');
  const panel = page.locator('.panel');
  await press(panel.getByRole('button', { name: 'No', exact: true }));
  await press(panel.getByRole('button', { name: /^Our own alert/ }));
  const box = page.locator('.panel .option input');
  await box.nth(0).check();
  await box.nth(1).check();
  await box.nth(1).focus();
  // Somebody else adds something: the page is renewed under the eyes of the first.
  const other = await person(at.browser, `${at.url}/incidents/${id}`, 'Other');
  await new Desk(other.page, at.url).submit(id, { type: 'add_note', text: 'another shift' });
  await page.locator('.activity-list', { hasText: 'another shift' }).waitFor();
  await expect.poll(() => box.nth(0).isChecked()).toBe(true);
  await expect.poll(() => box.nth(1).isChecked()).toBe(true);
  await expect.poll(() => page.evaluate('document.activeElement?.matches(".panel .option input")')).toBe(true);
});

test('the button of a question that somebody else has answered says so and changes nothing', {
  tags: 'soak',
}, async () => {
  const { page } = await person(at.browser, at.url, 'Slow');
  const id = await declare(page, '两人同答：用户数据泄露');
  const quick = await person(at.browser, `${at.url}/incidents/${id}`, 'Quick');
  const answer = (who: Page, name: string) => who.locator('.panel').getByRole('button', { name, exact: true });
  await answer(quick.page, 'No').waitFor();
  // The slow page hears of nothing, and is held still by a finger that is down.
  await page.route('**/api/v1/stream**', (route) => route.abort());
  await page.locator('h1').hover();
  await page.mouse.down();
  await answer(quick.page, 'No').click();
  await expect.poll(() => answer(quick.page, 'No').count(), PATIENT).toBe(0);
  await answer(page, 'Yes').press('Enter');
  await page.mouse.up();
  await page.locator('.reply.trouble', { hasText: 'Quick' }).waitFor();
  await expect.poll(() => page.locator('.face.first').textContent(), PATIENT).toMatch(/[Pp]rovincial/);
});

test('what people write is text, whatever it looks like', async () => {
  const { page, troubles } = await person(at.browser, at.url, '<img src=x onerror=alert(1)>');
  const title = '<script>alert(1)</script><b>粗体</b>';
  // The page is asked for before the first card is posted: where to write is known only with that.
  let isPosted = false;
  await page.route('**/page', async (route) => {
    const response = await route.fetch();
    const { place, ...loaded } = await response.json();
    await route.fulfill({ response, json: { ...loaded, place: isPosted ? place : { ...place, thread: null } } });
  });
  await declare(page, title);
  await expect.poll(() => page.locator('h1').textContent()).toBe(title);
  await at.house.house.settle();
  isPosted = true;
  const { roomLog } = at.house.store;
  for (const { ref, body } of await roomLog.page('main', null, null, 9)) await roomLog.edit(ref, body, Date.now());
  await page.locator('.composer-text').fill('**<i>x</i>** [a](javascript:alert(1))');
  await page.locator('.composer-text').press('Enter');
  await page.locator('.said', { hasText: '<i>x</i>' }).waitFor();
  await expect.poll(() => page.locator('main :is(script, b, img, a[href^="javascript"])').count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('"don\'t know yet" is an answer like any other, and the next question is read from its beginning on a phone', {
  tags: 'soak',
}, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Small', { phone: true });
  await page.getByRole('button', { name: 'Declare' }).first().click();
  await page.locator('dialog .declare-box input[type=text]').fill('Ransomware in production');
  await page.keyboard.press('Enter');
  const question = page.locator('.panel');
  await press(question.getByRole('button', { name: 'No', exact: true }));
  await press(question.getByRole('button', { name: /^Our own alert/ }));
  await question.getByLabel('Suspected crime').waitFor();
  await expect.poll(() => question.getByLabel(/^Ransomware/).isChecked()).toBe(true);
  // A legal qualification is never ticked in advance.
  await expect.poll(() => question.getByLabel('Suspected crime').isChecked()).toBe(false);
  const heading = question.locator('.panel-title');
  await press(question.getByRole('button', { name: 'Done' }));
  await expect.poll(() => heading.textContent(), PATIENT).toContain('What is affected?');
  await question.getByLabel('Don’t know').check();
  await press(question.getByRole('button', { name: 'Done' }));
  await expect.poll(() => heading.textContent(), PATIENT).not.toContain('What is affected?');
  await expect.poll(async () => ((await heading.boundingBox())?.y ?? 0) > 50, PATIENT).toBe(true);
  expect(troubles).toEqual([]);
});

test('two people write one field: both versions are shown, one is chosen, both are kept', {
  tags: 'soak',
}, async () => {
  const wei = await person(at.browser, at.url, 'Wei');
  const id = await declare(wei.page, '两人同填：系统异常');
  const yu = await person(at.browser, `${at.url}/incidents/${id}`, '于');
  const open = async (page: Page) => {
    await unfold(page, 'checklist');
    await page.locator('.later > summary').click();
    await itemRow(page, 7).getByRole('button', { name: 'Fill in' }).click();
    await dialog(page).locator('textarea').first().waitFor();
  };
  const desk = new Desk(wei.page, at.url);
  await desk.submit(id, { type: 'answer', fact: 'affected', value: ['personal_info'] });
  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await open(wei.page);
  await open(yu.page);
  for (const [{ page }, text] of [
    [wei, 'Disk images taken'],
    [yu, '已制作磁盘镜像'],
  ] as const) {
    await dialog(page).locator('textarea').first().fill(text);
    await dialog(page).locator('[type=submit]').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  await itemRow(wei.page, 7).getByRole('button', { name: 'Choose a version' }).click();
  await dialog(wei.page).getByText('Disk images taken').waitFor();
  await dialog(wei.page).getByText('已制作磁盘镜像').click();
  await dialog(wei.page).locator('[type=submit]').click();
  // Words without a confirmed wording fill no item: the report does not print them yet.
  await yu.page
    .locator('.surface-checklist')
    .getByRole('button', { name: /^(As written|Confirm wording)/ })
    .first()
    .waitFor();
  await wei.page.locator('.tab-timeline').click();
  for (const text of ['Disk images taken', '已制作磁盘镜像']) {
    await wei.page.locator('.activity-list', { hasText: text }).waitFor();
  }
});

/** The first question as nobody reads it in English: an English panel quotes the law in Chinese, too. */
const inChinese = (page: Page) =>
  page.locator('html[lang="zh-CN"] .panel').getByRole('button', { name: '否', exact: true });

test('the language of the page and of every card is switched at once and kept', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Both');
  await declare(page, '双语：用户数据泄露');
  await page.getByRole('button', { name: '中文', exact: true }).click();
  await inChinese(page).waitFor();
  await page.reload();
  await inChinese(page).waitFor();
});

test('a switch of the language loses nothing that is half done', async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Half');
  const line = page.locator('.declare-box input[type=text]');
  const drill = page.locator('.declare-box .option input');
  await line.fill('Meant as a drill');
  await drill.check();
  await page.getByRole('button', { name: '中文', exact: true }).click();
  await page.locator('html[lang="zh-CN"] .declare-box').waitFor();
  expect([await line.inputValue(), await drill.isChecked()]).toEqual(['Meant as a drill', true]);
  const desk = new Desk(page, at.url);
  const { id } = await desk.declare({
    title: 'Customer data leaked',
    awareness: new Date(Date.now() - 60_000).toISOString(),
  });
  await desk.submit(id, { type: 'answer', fact: 'operator', value: 'other' });
  await page.goto(`${at.url}/incidents/${id}`);
  const first = page.locator('.panel-body .options input').first();
  await first.waitFor();
  const before = await first.isChecked();
  // A digit changes the choice that shows it.
  await page.keyboard.press('1');
  await expect.poll(() => first.isChecked()).toBe(!before);
  await page.locator('.composer-text').fill('half a note');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.locator('html[lang="en"] .panel-body .options').waitFor();
  await expect.poll(() => first.isChecked()).toBe(!before);
  expect(await page.locator('.composer-text').inputValue()).toBe('half a note');
  expect(troubles).toEqual([]);
});

/** Values of the inputs of the page, in order. */
const VALUES = `[...document.querySelectorAll('.view :is(input:not([type=hidden], [type=file]), textarea, select)')]
  .map((one) => one.type === 'checkbox' ? one.checked : one.value)`;

/** Gives every input of a page another value, also those that appear meanwhile; the page has at least so many. */
async function fillIn(page: Page, least: number): Promise<void> {
  const inputs = page.locator('.view :is(input:not([type=hidden], [type=file]), textarea, select)');
  await expect.poll(() => inputs.count()).toBeGreaterThanOrEqual(least);
  for (let n = 0; n < (await inputs.count()); n += 1) {
    const input = inputs.nth(n);
    // What is folded is opened, again if the page was drawn anew meanwhile.
    const opened = `document.querySelectorAll('.view details').forEach((one) => { one.open = true; })`;
    await expect.poll(() => page.evaluate(opened).then(() => input.isVisible())).toBe(true);
    const options = await input.locator('option').count();
    const kind = await input.getAttribute('type');
    if (options > 0) await input.selectOption({ index: options - 1 });
    else if (kind === 'checkbox') await input.dispatchEvent('click');
    else await input.fill(kind === 'date' ? '2026-02-03' : kind === 'search' ? 'leaked' : '09:10');
  }
}

test('no page loses an input when the language is switched, it is loaded anew, or left and come back to', {
  tags: 'soak',
}, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Typing');
  const desk = new Desk(page, at.url);
  const { id } = await desk.declare({ title: 'Customer data leaked', awareness: new Date().toISOString() });
  const pages = [
    ['/', 2],
    ['/incidents', 7],
    [`/incidents/${id}`, 1],
    [`/incidents/${id}/what-if`, 20],
  ] as const;
  for (const [path, least] of pages) {
    await page.goto(at.url + path);
    await fillIn(page, least);
    const before = await page.evaluate(VALUES);
    const same = (how: string) =>
      expect.poll(() => page.evaluate(VALUES), { message: `${path} ${how}` }).toEqual(before);
    const english = await page.locator('html[lang=en]').count();
    await page.getByRole('button', { name: english ? '中文' : 'English', exact: true }).click();
    await page.locator(english ? 'html[lang=zh-CN] .view main' : 'html[lang=en] .view main').waitFor();
    await same('in the other language');
    await page.reload();
    await same('loaded anew');
    await page.locator('#sidebar .brand').click();
    await page.goBack();
    await same('come back to');
  }
  // Several files at once are all named; on a phone the link is there, too.
  await page.goto(`${at.url}/incidents/${id}?tab=files`);
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  await page.locator('.files input[type=file]').setInputFiles([file('first.txt'), file('second.txt')]);
  await expect.poll(() => page.locator('.drop-said').textContent()).toMatch(/first\.txt.*\n.*second\.txt/);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.copy-link').waitFor();
  // A supposition may be refused, e.g. a start that is still to come: it stays as it was typed.
  expect(troubles.filter((one) => !one.includes('422'))).toEqual([]);
});

test('the name somebody types to sign in stays when the language is switched', { tags: 'soak' }, async () => {
  const page = await (await at.browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${at.url}/?token=${LOCAL_TOKEN}`);
  await page.locator('#name').fill('Zhao Min');
  await page.getByRole('button', { name: '中文' }).click();
  await page.locator('html[lang=zh-CN] #name').waitFor();
  expect(await page.locator('#name').inputValue()).toBe('Zhao Min');
});

test('what was still on its way in the other language is not taken for the answer in this one', {
  tags: 'soak',
}, async () => {
  const { page } = await person(at.browser, at.url, 'Late');
  await declare(page, '迟到的英文');
  await page.keyboard.press('m');
  await page.locator('.log .message').first().waitFor();
  // English is answered after the switch, Chinese after that.
  const [switched, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route(/\/rooms\/.*\/messages/, async (route) => {
    const isEnglish = route.request().headers()['accept-language'] === 'en';
    await (isEnglish ? switched : answered).promise;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/rooms\/.*\/messages/);
  await page.reload();
  const late = await asked;
  await page.getByRole('button', { name: '中文', exact: true }).click();
  await page.locator('html[lang="zh-CN"]').waitFor();
  switched.resolve();
  await (await late.response())?.finished();
  answered.resolve();
  const card = page.locator('.log .message', { hasText: '迟到的英文' });
  await card.getByRole('button', { name: '补充信息' }).waitFor();
});

test('a drill at 60 times runs a minute a second, here and in the list beside it', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, 'Drill');
  await page.keyboard.press('n');
  await page.locator('dialog .declare-box input[type=text]').fill('演练');
  await page.locator('dialog .option input').check();
  await page.locator('dialog .declare-box input[type=text]').press('Enter');
  await page.locator('.face.first .digits').waitFor();
  const read = async (selector: string) => {
    const [h = 0, m = 0, s = 0] = ((await page.locator(selector).first().textContent()) ?? '').split(':').map(Number);
    return h * 3600 + m * 60 + s;
  };
  const before = await read('.face.first .digits');
  await expect.poll(() => read('.face.first .digits'), PATIENT).toBeLessThan(before - 60);
  const apart = async () => {
    const clocks = ['.face.first .digits', '.side-incident[aria-current] .side-clock'];
    const [board = Number.NaN, side = 0] = await Promise.all(clocks.map(read));
    return Math.abs(board - side);
  };
  await expect.poll(apart, PATIENT).toBeLessThan(60);
});

test('without the printed link the page says where it is, in both languages', async () => {
  const page = await (await at.browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${at.url}/incidents`);
  await page.getByRole('heading', { name: 'Open the link from the terminal' }).waitFor();
  await expect.poll(() => page.locator('#name').count()).toBe(0);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '请打开终端中的链接' }).waitFor();
  await page.goto(`${at.url}/incidents?token=${LOCAL_TOKEN}`);
  await page.locator('#name').waitFor();
  expect(page.url()).toBe(`${at.url}/incidents`);
});

test('whoever signs out is asked again who they are', { tags: 'soak' }, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Leaving');
  await openAccount(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#name').waitFor();
  await page.reload();
  await page.locator('#name').waitFor();
  // What was still being asked for is refused from then on.
  expect(troubles.filter((one) => !one.includes('401'))).toEqual([]);
});

test('the Chinese font is ours', { tags: 'soak' }, async () => {
  const { page } = await person(at.browser, at.url, '字体', { language: 'zh-CN' });
  const loaded = `[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family).join()`;
  await expect.poll(() => page.evaluate(loaded)).toContain('Noto Sans SC Variable');
});

test('an incident that lives in another chat is whole here too: cards, clocks, buttons', { tags: 'soak' }, async () => {
  const { page, troubles } = await person(at.browser, at.url, 'Elsewhere');
  const caller = {
    account: { platform: 'console', tenant: 'local', id: 'Elsewhere' },
    name: 'Elsewhere',
    language: 'en',
  } as const;
  const elsewhere = {
    platform: 'chat',
    tenant: 't',
    address: 'ops',
    location: 'home',
    language: 'en',
    open: false,
  } as const;
  const declared = await at.house.house.app.declare({
    title: 'Declared in a chat',
    caller,
    room: elsewhere,
    delivery: { platform: 'chat', key: 'elsewhere', body: '' },
  });
  if (declared.kind !== 'done') throw new Error(declared.refusal.code);
  await page.goto(`${at.url}/incidents/${declared.incident}`);
  await unfold(page, 'checklist');
  await itemRow(page, 2).getByRole('button', { name: 'Fill in' }).waitFor();
  const asked = await page.locator('.panel-title').textContent();
  await press(page.locator('.panel-body .button').first());
  await expect.poll(() => page.locator('.panel-title').textContent(), PATIENT).not.toBe(asked);
  expect(troubles).toEqual([]);
});
