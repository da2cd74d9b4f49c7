import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Organisation, organisationSchema } from '../../src/incident/profile.ts';
import { person } from '../fakes/people.ts';
import { Desk } from './support/desk.ts';
import { dialog, expectNoSidewaysScroll, field, fillForm, press, surface } from './support/page.ts';
import { openBrowser, openHouse } from './support/start.ts';

const member = (id: string, name: string, roles: readonly string[]) => ({
  id,
  name,
  roles,
  accounts: [{ platform: 'console', tenant: 'local', id: name }],
});
const company: Organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
  people: [member('li', 'Li Wei', ['responder', 'lead', 'filer']), member('zhao', '赵敏', ['approver', 'filer'])],
  approval: { fourEyes: true },
});

const pressIn = (page: Page, card: Parameters<typeof surface>[1], name: string) =>
  press(surface(page, card).getByRole('button', { name, exact: true }));
const reads = (page: Page, text: string | RegExp) => surface(page, 'draft').getByText(text).first().waitFor();
const words = (text: string) =>
  ({
    type: 'fill_field',
    field: 'art7.2.measures',
    value: { state: 'known', text },
    wording: text,
  }) as const;

/** Li Wei drafts and files on a wide screen in English, 赵敏 approves on a phone in Chinese. */
test('a draft is approved, voided by a change, approved again, filed, and followed up', async () => {
  const [url, browser] = await Promise.all([openHouse({ organisation: company }), openBrowser()]);
  const wei = await person(browser, url, 'Li Wei');
  const zhao = await person(browser, url, '赵敏', { language: 'zh-CN', phone: true });
  const desk = new Desk(wei.page, url);
  const { id } = await desk.declare({ title: '会员系统疑似用户数据泄露' });
  await desk.submit(id, { type: 'answer', fact: 'affected', value: ['personal_info'] });
  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await desk.submit(id, { type: 'decide_level', level: 'major' });
  await desk.submit(id, words('已隔离两台服务器'));
  for (const { page } of [wei, zhao]) {
    await page.goto(`${url}/incidents/${id}`);
    await surface(page, 'checklist').waitFor();
  }

  await fillForm(wei.page, surface(wei.page, 'checklist').getByRole('button', { name: 'First report now…' }), () =>
    dialog(wei.page).getByLabel('cause').check(),
  );
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '已隔离两台服务器');
  await reads(wei.page, /^Approved by 赵敏/);

  await desk.submit(id, words('已隔离两台服务器并重置口令'));
  await reads(zhao.page, /第1稿的批准已失效，内容有变：已采取的措施/);
  await pressIn(wei.page, 'draft', 'Draft again');
  await reads(wei.page, /^Draft 2/);
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '并重置口令');

  await fillForm(wei.page, surface(wei.page, 'draft').getByRole('button', { name: 'Record the filing…' }), async () => {
    await field(wei.page, /^Sent at/).fill('now');
    await field(wei.page, /^Receipt number/).fill('2026-0331-17');
    await field(wei.page, /^Channel/).selectOption('email_12387');
  });
  await reads(zhao.page, /^Li Wei已于.*通过12387邮箱报送，回执2026-0331-17，早于时限.*文本校验码/);

  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
  await reads(zhao.page, /^现为重大/);
  await reads(wei.page, 'New and important circumstances are reported promptly (Art. 7): 续报.');
  await pressIn(wei.page, 'draft', 'Draft follow-up (续报)');
  await reads(wei.page, /^Draft 3/);
  await press(surface(wei.page, 'draft').getByRole('button', { name: 'Read', exact: true }));
  await dialog(wei.page).getByText('网络安全事件报告（续报）').first().waitFor();
  await dialog(wei.page).getByText('本次续报的主要内容').waitFor();

  await expectNoSidewaysScroll(zhao.page);
  expect(wei.troubles).toEqual([]);
  expect(zhao.troubles).toEqual([]);
});

/** The approver reads exactly what will be sent, and decides there. */
async function readAndApprove(page: Page, text: string): Promise<void> {
  await press(surface(page, 'draft').getByRole('button', { name: '阅读', exact: true }));
  await dialog(page).getByText(text).first().waitFor();
  await expectNoSidewaysScroll(page);
  await press(dialog(page).getByRole('button', { name: '批准', exact: true }));
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await reads(page, /^赵敏于.*批准，文本校验码/);
}
