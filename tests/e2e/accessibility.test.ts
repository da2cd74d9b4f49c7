import { describe, expect, test } from 'vitest';
import { type PersonOptions, person } from '../fakes/people.ts';
import { violations } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { incidentOf, openAccount } from './support/page.ts';
import { stage } from './support/stage.ts';

// @module-tag soak: e2e/attention looks at a draft that is read and written in; here every view, in two looks.

const at = stage();

const LOOKS: readonly (PersonOptions & { readonly name: string })[] = [
  { name: 'wide, English, light', language: 'en' },
  { name: 'phone, Chinese, dark', language: 'zh-CN', phone: true, dark: true },
];

describe.each(LOOKS)('$name', (look) => {
  test('every view, dialog and state', async () => {
    const { page, troubles } = await person(at.browser, at.url, `Li Wei ${look.language}`, look);
    const check = (where: string) => expect.poll(async () => [where, await violations(page)]).toEqual([where, []]);
    await page.locator('.home').waitFor();
    await check('home');
    await page.keyboard.press('m');
    await page.locator('.log').waitFor();
    await check('room');
    await page.keyboard.press('n');
    await page.locator('dialog .declare-box input[type=text]').fill(`支付系统疑似用户数据泄露 ${look.name}`);
    await check('declaring');
    await page.keyboard.press('Enter');
    await page.locator('.panel').waitFor();
    await check('incident');
    for (const tab of ['talk', 'timeline', 'files']) {
      if (look.phone && tab === 'talk') await page.locator('.to-activity').click();
      await page.locator(`.filter.tab-${tab}`).click();
      await page.locator(`.show-${tab}`).waitFor();
      await check(tab);
    }
    await page.getByRole('link', { name: /^(What if…|推演…)$/ }).click();
    await page.locator('.what-if table').first().waitFor();
    await check('what if');
    await page.goBack();
    await page.locator('.show-files').waitFor();
    if (look.phone) await page.locator('.to-now').click();
    await page.keyboard.press('Control+k');
    await page.locator('.palette-list').first().waitFor();
    await check('everything that can be done');
    await page.locator('.palette-list button', { hasText: /^(Add information|补充信息)/ }).click();
    await page.locator('dialog .fields').waitFor();
    await check('form');
    await page.locator('dialog [type=submit]').click();
    await page.locator('dialog [aria-invalid]').first().waitFor();
    await check('form with errors');
    await page.keyboard.press('Escape');
    await new Desk(page, at.url).submit(incidentOf(page), { type: 'take_item', item: 'art7.2' });
    await page
      .getByRole('button', { name: /^(Draft first report|填写首报)/ })
      .first()
      .click();
    await page.locator('.paper-pane .paper h3').waitFor();
    await check('first report');
    await page.locator('dialog [type=submit]').click();
    await page.locator('.reading .paper h3').waitFor();
    await page.locator('.about-paper .row').first().waitFor();
    await check('draft');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.locator('dialog .help').waitFor();
    await check('help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await page.locator('.incident-table').waitFor();
    await page.locator('.tiles').waitFor();
    await check('register');
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByText(/^(Inspection pack…|迎检材料…)$/).click();
    await page
      .locator('.inspection')
      .getByText(/^(Include reasons|包含逾期原因)/)
      .click();
    await check('inspection pack');
    const file = page.waitForEvent('download');
    await page.locator('.inspection button').first().click();
    expect((await file).url()).toContain('counsel=true');
    await page.getByText(/^(Inspection pack…|迎检材料…)$/).click();
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.keyboard.press('h');
    await page.locator('.desk .card').first().waitFor();
    await check('waiting');
    if (look.phone) await page.locator('.topbar button').first().click();
    await openAccount(page);
    await check('account');
    await page.locator('.account button').first().click();
    await page.locator('dialog .option').first().waitFor();
    await check('alerts');
    // A form that was refused on purpose is a 422 in the browser's log.
    expect(troubles.filter((trouble) => !trouble.includes('422'))).toEqual([]);
  });
});
