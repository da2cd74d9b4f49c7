import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { person } from '../fakes/people.ts';
import { contentOf } from '../fakes/shared-browser.ts';
import { soaked } from '../fakes/soak.ts';
import { Desk } from './support/desk.ts';
import {
  closeReading,
  dialog,
  expectNoSidewaysScroll,
  field,
  fillForm,
  offered,
  press,
  reads,
  readToEnd,
  surface,
  toRecord,
} from './support/page.ts';
import { openBrowser, openHouse } from './support/start.ts';
import { changesMissed, python, verified } from './support/verifier.ts';

// @module-tag soak: full-case.test.ts drafts, approves and files in a browser; http/reports and case/filing have every step.

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

/** Bytes changed in the bundle, one at a time; bundles of their own have more of that. */
const CHANGES = soaked(20, 1_000);

const pressIn = (page: Page, card: Parameters<typeof surface>[1], name: string) => press(offered(page, card, name));
const words = (text: string) =>
  ({
    type: 'fill_field',
    field: 'art7.2.measures',
    value: { state: 'known', text },
    wording: text,
  }) as const;

/** Li Wei drafts and files on a wide screen in English, 赵敏 approves on a phone in Chinese. */
test('from a partial first report, voided and approved again, to the summary report and a verified bundle', async () => {
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

  await fillForm(wei.page, offered(wei.page, 'checklist', 'Draft first report…'), () =>
    dialog(wei.page).getByLabel('cause', { exact: true }).check(),
  );
  await closeReading(wei.page);
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '已隔离两台服务器');
  await reads(wei.page, /^Approved by 赵敏/);

  await desk.submit(id, words('已隔离两台服务器并重置口令'));
  await reads(zhao.page, /因内容有变，第1稿的批准已失效：已采取的措施/);
  await pressIn(wei.page, 'draft', 'Redraft');
  await closeReading(wei.page);
  await reads(wei.page, /^Draft 2/);
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '并重置口令');

  await fillForm(wei.page, toRecord(wei.page), async () => {
    await field(wei.page, /^Sent at/).fill('now');
    await field(wei.page, /^Receipt number/).fill('2026-0331-17');
    await field(wei.page, /^Channel/).selectOption('email_12387');
    // In one sentence what will be on the record; the proof is added in the form itself.
    const said = dialog(wei.page).locator('.on-record');
    await said
      .getByText(/^You record that .* \(draft 2, approved by 赵敏\) was sent to .* at .*\. Channel: 12387 e-mail/)
      .waitFor();
    await field(wei.page, /^Sent at/).fill('yesterday 08:00');
    await dialog(wei.page).locator('.reply.trouble').waitFor();
    await field(wei.page, /^Sent at/).fill('now');
    const proof = { name: 'sent.png', mimeType: 'image/png', buffer: Buffer.from('picture') };
    await field(wei.page, /^Add a proof/).setInputFiles(proof);
    await said.getByText('Proof: sent.png').waitFor();
    await said.getByText('Receipt 2026-0331-17').waitFor();
  });
  await reads(zhao.page, /^Li Wei已于.*通过12387邮箱报送，受理编号2026-0331-17，较时限提前.*文本校验码/);

  await desk.submit(id, { type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
  await reads(zhao.page, /^现为重大/);
  await desk.submit(id, { type: 'decide_level', level: 'significant' });
  await reads(
    wei.page,
    'New and important circumstances must be reported promptly (Art. 7 of the Measures): send a follow-up (续报).',
  );
  await pressIn(wei.page, 'draft', 'Draft follow-up (续报)');
  await dialog(wei.page).getByText('网络安全事件报告（续报）').first().waitFor();
  await dialog(wei.page).getByText('本次续报的主要内容').waitFor();
  await closeReading(wei.page);
  await reads(wei.page, /^Draft 3/);
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '本次续报的主要内容');
  await fillForm(zhao.page, offered(zhao.page, 'draft', '登记报送…'), async () => {
    await field(zhao.page, /^渠道/).selectOption('email_12387');
    await field(zhao.page, /^暂无回执/).fill('邮件尚未回复');
  });
  await reads(wei.page, /^Filed by 赵敏 at .* \(12387 e-mail\) · no fixed deadline/);

  await fillForm(wei.page, offered(wei.page, 'checklist', 'Handling has ended…'), async () => {
    await field(wei.page, /^When did it end/).fill('now');
    await field(wei.page, /^(Reason|Why)/).fill('restored');
  });
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const [name, text] = [`art8.${n}`, `第${n}部分`];
    await desk.submit(id, { type: 'fill_field', field: name, value: { state: 'known', text }, wording: text });
  }
  await pressIn(wei.page, 'checklist', 'Draft summary report');
  await closeReading(wei.page);
  await reads(wei.page, /^Draft 4/);
  await pressIn(wei.page, 'draft', 'Ask for approval');
  await reads(zhao.page, /已提请赵敏审批/);
  await readAndApprove(zhao.page, '第6部分');
  await fileTheSummary(wei.page);
  await reads(zhao.page, /^Li Wei已于.*通过12387邮箱报送，受理编号2026-0430-2，较时限提前/);
  await desk.answerRest(id, new Desk(zhao.page, url));
  await desk.submit(id, { type: 'close', reason: 'done' });
  await verifyBundle(wei.page, id);

  await expectNoSidewaysScroll(zhao.page);
  // A filing is previewed while its form is not complete yet.
  for (const { troubles } of [wei, zhao]) expect(troubles.filter((one) => !/422/.test(one))).toEqual([]);
});

/** Nothing is chosen in advance; another channel than that of the first report is asked about, at its field. */
async function fileTheSummary(page: Page): Promise<void> {
  const open = () => press(toRecord(page));
  await open();
  const channel = field(page, /^Channel/);
  await channel.waitFor();
  await expect.poll(() => channel.inputValue()).toBe('');
  await dialog(page).locator('[type=submit]').click();
  await dialog(page).locator('[id="f-channel-error"]:visible, .kind-one.wrong .error:visible').first().waitFor();
  await channel.selectOption('web_12387');
  await field(page, /^Receipt number/).fill('2026-0430-2');
  await dialog(page).locator('[type=submit]').click();
  await dialog(page)
    .getByText(/first report went/)
    .first()
    .waitFor();
  await channel.selectOption('email_12387');
  await dialog(page).locator('[type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** The bundle as the page gives it, verified by a program that shares no code with this one. */
async function verifyBundle(page: Page, id: string): Promise<void> {
  await page.locator('.tab-files').click();
  const link = page.getByRole('link', { name: 'Evidence bundle' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.first().click()]);
  const zip = new Uint8Array(await contentOf(download));
  if (python === null) return;
  expect(verified(zip)).toMatchObject({ status: 0, said: expect.stringContaining(`ok: ${id}`) });
  expect(changesMissed(zip, CHANGES)).toEqual({ changed: CHANGES, missed: [] });
}

/** The approver reads exactly what will be sent, and decides there. */
async function readAndApprove(page: Page, text: string): Promise<void> {
  await press(offered(page, 'draft', '审批'));
  await dialog(page).getByText(text).first().waitFor();
  await expectNoSidewaysScroll(page);
  await readToEnd(page);
  await press(dialog(page).getByRole('button', { name: '批准', exact: true }));
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await reads(page, /^赵敏于.*批准本稿，文本校验码/);
}
