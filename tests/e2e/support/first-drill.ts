import type { Page } from 'playwright-core';
import { dialog, fillForm, offered, press, readToEnd, surface } from './page.ts';

/** Called at each step of the drill that is worth seeing, with its name. */
export type Seen = (step: string) => Promise<void>;

/** Entries of the form of the first report, in Chinese as the report needs them. */
export const KNOWN: Readonly<Record<string, string>> = {
  'art7.1.unit': '某某（上海）贸易有限公司',
  'art7.1.system': '会员系统',
  'art7.2.place': '上海',
  'art7.2.impact': '约120万名客户的姓名、手机号泄露',
  'art7.2.measures': '已封禁下载地址，更换数据库口令',
  'art7.2.effect': '此后没有新的下载',
  signatory: '赵敏',
  contact_phone: '021-5555 0100',
};

/**
 * Plays the drill that teaches, by its buttons alone, from the empty page to the score; in either language. `between`:
 * called at the screens between those steps.
 */
export async function playFirstDrill(page: Page, seen: Seen, between: Seen = async () => undefined): Promise<void> {
  await between('empty');
  await page.getByRole('button', { name: /^(Start the drill|开始演练)$/ }).click();
  await page
    .getByText(/Message from the operations desk|运维值班发来消息/)
    .first()
    .waitFor();
  await seen('declared');
  await press(offered(page, 'panel', /^(No|否)$/));
  await offered(page, 'panel', /^(Our own alert|监测告警)/)
    .first()
    .waitFor();
  await between('awareness');
  await press(offered(page, 'panel', /^(Our own alert|监测告警)/));
  await seen('question');
  await press(offered(page, 'panel', /^(Done|选好了)$/));
  await surface(page, 'panel')
    .getByLabel(/personal information|个人信息/i)
    .check();
  await press(offered(page, 'panel', /^(Done|选好了)$/));
  await surface(page, 'panel')
    .getByText(/1 million|100万/)
    .first()
    .waitFor();
  await seen('people');
  await press(offered(page, 'panel', /^(1 million to|100万至)/));
  await offered(page, 'panel', /^(Confirm|确认)\s*较大/)
    .first()
    .waitFor();
  await between('verdict');
  await press(offered(page, 'panel', /^(Confirm|确认)\s*较大/));
  await offered(page, 'panel', /^(Draft first report|填写首报)/)
    .first()
    .waitFor();
  await seen('level');
  await reports(page, seen, between);
}

/** The first report: written, approved, its filing practised; then the end and the score. */
async function reports(page: Page, seen: Seen, between: Seen): Promise<void> {
  const isChinese = (await page.locator('html').getAttribute('lang'))?.startsWith('zh') === true;
  await press(offered(page, 'checklist', /^(Draft first report|填写首报)/).first());
  const form = dialog(page);
  await form.locator('.fields').waitFor();
  await between('form');
  for (const [id, text] of Object.entries(KNOWN)) await form.locator(`[id="f-${id}"]`).fill(text);
  await form.locator('[id="f-province"]').selectOption('shanghai');
  await form
    .locator('.paper-pane')
    .getByText(KNOWN['art7.2.effect'] ?? '')
    .first()
    .waitFor();
  await seen('report');
  await form.locator('[type=submit]').click();
  // The form shows a paper too, so the draft that opens itself is waited for.
  await page.locator('.reading .paper h3').first().waitFor();
  await between('draft');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await press(offered(page, 'draft', /^(Ask for approval|提请审批)$/).first());
  await press(offered(page, 'draft', /^(Review and approve|审批)$/).first());
  await readToEnd(page);
  await press(
    dialog(page)
      .getByRole('button', { name: /^(Approve|批准)/ })
      .first(),
  );
  await seen('approve');
  await fillForm(page, dialog(page).getByRole('button', { name: /^(Practise the filing|演练报送)/ }), async () => {
    await dialog(page).locator('[id="f-channel"]').selectOption({ index: 1 });
    await seen('filing');
  });
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await seen('filed');
  const confirm = page.locator('.panel').getByRole('button', { name: /^(Confirm|确认)/ });
  await fillForm(page, confirm, async () => {
    await dialog(page)
      .locator('textarea')
      .last()
      .fill(isChinese ? '运维值班告知' : 'Told by the operations desk');
    await seen('start');
  });
  await fillForm(page, page.locator('.panel').getByRole('button', { name: /^(End the drill|结束演练)/ }), async () => {
    await dialog(page)
      .locator('textarea')
      .first()
      .fill(isChinese ? '首报已演练完毕' : 'The first report was practised');
  });
  await dialog(page)
    .getByText(/of \d+ points|满分/)
    .first()
    .waitFor();
  await seen('score');
}
