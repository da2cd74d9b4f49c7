/**
 * Makes the pictures of the console for the READMEs (`npm run pictures`): the real bot in this process, a real browser, two
 * languages. A test says when one shows words that are no more; look at all of them afterwards.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { organisationSchema } from '../src/incident/people/profile.ts';
import { launchBrowser } from '../tests/fakes/browser.ts';
import { startHouse } from '../tests/fakes/house.ts';
import { type PersonOptions, person } from '../tests/fakes/people.ts';
import { OUT, quiet, TextsOfPictures } from './picture-texts.ts';

const LOOKS = [
  { language: 'en', who: 'Li Wei', suffix: 'en', title: 'Member data may have leaked' },
  { language: 'zh-CN', who: '陈宇', suffix: 'zh', title: '会员系统疑似用户数据泄露' },
] as const;
type Look = (typeof LOOKS)[number];

const QUESTIONS = [
  { type: 'answer', fact: 'operator', value: 'other' },
  { type: 'answer', fact: 'incident_type', value: 'data.leak' },
  { type: 'answer', fact: 'suspected_crime', value: false },
  { type: 'answer', fact: 'affected', value: ['personal_info'] },
];
const PEOPLE = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 };
const FIELDS: Readonly<Record<string, string>> = {
  'art7.1.unit': '某某（上海）贸易有限公司',
  'art7.1.system': '会员系统，提供线上订购服务',
  'art7.2.place': '上海市浦东新区',
  'art7.2.impact': '约120万名会员的姓名、手机号泄露',
  'art7.2.measures': '已隔离两台数据库服务器并重置口令',
  'art7.2.effect': '异常外传已停止',
};
const HEAD = { province: 'shanghai', signatory: '赵敏', contact_phone: '021-5555 0100' };

async function declare(page: Page, title: string): Promise<string> {
  const awareness = new Date(Date.now() - 27 * 60_000).toISOString();
  const body = JSON.stringify({ title, awareness, anyway: true });
  const answer: unknown = await page.evaluate(
    `fetch('/api/v1/incidents', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${JSON.stringify(body)} })
      .then((r) => r.json()).then((incident) => incident.id)`,
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

/** One incident of one language, from its declaration to its first draft, with a picture at each stage. */
async function tell(browser: Browser, { language, who, suffix, title }: Look, texts: TextsOfPictures): Promise<void> {
  const house = await startHouse();
  const url = await house.listen();
  const picture = async (page: Page, name: string): Promise<void> => {
    await quiet(page);
    await texts.seen(`${name}-${suffix}.png`, page, language);
    await page.screenshot({ path: join(OUT, `${name}-${suffix}.png`), caret: 'hide' });
  };
  const open = async (path: string, look: PersonOptions = {}) =>
    (await person(browser, `${url}${path}`, who, { language, ...look })).page;
  try {
    const page = await open('/');
    await page.locator('.declare-box input[type=text]').fill(title);
    await picture(page, 'declare');
    const id = await declare(page, title);
    for (const intent of QUESTIONS) await post(page, id, intent);
    await page.goto(`${url}/incidents/${id}`);
    await page.locator('.panel').waitFor();
    await picture(page, 'question');
    await post(page, id, PEOPLE);
    await page.locator('.panel .button.primary', { hasText: '较大' }).waitFor();
    await picture(page, 'verdict');
    await post(page, id, { type: 'decide_level', level: 'major' });
    for (const [field, text] of Object.entries(FIELDS))
      await post(page, id, { type: 'fill_field', field, value: { state: 'known', text }, wording: text });
    for (const [fact, value] of Object.entries(HEAD)) await post(page, id, { type: 'answer', fact, value });
    const phone = await open(`/incidents/${id}`, { phone: true, scale: 2 });
    await phone.locator('.panel').waitFor();
    await picture(phone, 'phone');
    await post(page, id, { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
    await post(page, id, { type: 'request_approval', draft: 1 });
    await page
      .locator('.panel')
      .getByRole('button', { name: /^(Review and approve|审批)$/ })
      .click();
    await page.locator('.paper p').first().waitFor();
    await picture(page, 'draft');
  } finally {
    await house.stop();
  }
}

/** Laws and contracts whose limits are written in three time zones. */
const underAllLaws = (who: string) =>
  organisationSchema.parse({
    organisation: '某某（上海）贸易有限公司',
    entities: [
      {
        id: 'sh',
        name: '某某（上海）贸易有限公司',
        province: '31',
        operator: 'other',
        packs: ['eu-gdpr', 'in-certin'],
      },
    ],
    contracts: [
      ['acme', 'Acme', 12],
      ['globex', 'Globex', 24],
      ['initech', 'Initech', 36],
    ].map(([id, en, hours]) => ({
      ...{ id, hours, from: 'awareness', customer: { zh: `${en}公司`, en } },
      notify: { name: `${en} SOC`, email: `soc@${id}.example` },
    })),
    // CERT-In is a draft: it runs only where somebody accepts it.
    accept: { 'in-certin': { by: 'lead', on: '2026-11-29' } },
    people: [{ id: 'lead', name: who, roles: ['lead'], accounts: [{ platform: 'console', tenant: 'local', id: who }] }],
  });
const OF_ALL_LAWS = { incident_type: 'data.leak', suspected_crime: true, affected: ['personal_info'] };
const OF_PACKS = { gdpr_personal_data: true, gdpr_risk: 'risk' };

/** Eight clocks in three time zones on a phone. */
async function tellClocks(browser: Browser, { language, who, suffix, title }: Look, texts: TextsOfPictures) {
  const house = await startHouse({ organisation: underAllLaws(who) });
  try {
    const url = await house.listen();
    const { page } = await person(browser, `${url}/`, who, { language, phone: true, scale: 2 });
    const id = await declare(page, title);
    const facts = { ...OF_ALL_LAWS, [PEOPLE.fact]: PEOPLE.value, personal_info_compromise: ['leaked_or_stolen'] };
    for (const [fact, value] of Object.entries({ ...facts, ...OF_PACKS }))
      await post(page, id, { type: 'answer', fact, value });
    await post(page, id, { type: 'decide_level', level: 'major' });
    await page.goto(`${url}/incidents/${id}`);
    await page.locator('.surface-owed').waitFor();
    await page.setViewportSize({ width: 360, height: 1750 });
    await quiet(page);
    await texts.seen(`clocks-${suffix}.png`, page, language);
    await page.screenshot({ path: join(OUT, `clocks-${suffix}.png`), caret: 'hide' });
  } finally {
    await house.stop();
  }
}

const browser = await launchBrowser();
const texts = new TextsOfPictures();
try {
  for (const look of LOOKS) {
    await tell(browser, look, texts);
    await tellClocks(browser, look, texts);
  }
  texts.keep();
} finally {
  await browser.close();
}
