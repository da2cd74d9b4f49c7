import { expect, test } from 'vitest';
import { docxLines } from '../documents/reading.ts';
import { LOCAL_TOKEN } from '../fakes/house.ts';
import { contentOf } from '../fakes/shared-browser.ts';
import { variants } from '../fakes/soak.ts';
import { Newcomer } from './support/pace.ts';
import { dialog } from './support/page.ts';
import { openBrowser, openHouse } from './support/start.ts';

// @module-tag grows

/** What somebody in a hurry knows, in their own words. */
const KNOWN = {
  'zh-CN': {
    name: '陈宇',
    title: '会员数据泄露',
    people: '120万',
    unit: '某某（上海）贸易有限公司',
    system: '会员商城',
    place: '上海',
    impact: '约120万名用户手机号泄露',
    measures: '已隔离服务器',
    effect: '外传已停止',
    province: '上海',
    signatory: '赵敏',
    phone: '02155550100',
    no: '否',
  },
  en: {
    name: 'Li Wei',
    title: 'Customer data leaked',
    people: '1.2m',
    unit: 'Acme Shanghai',
    system: 'Member shop',
    place: 'Shanghai',
    impact: '1.2m phone numbers leaked',
    measures: 'Servers isolated',
    effect: 'Leak stopped',
    province: 'Sh',
    signatory: 'Zhao Min',
    phone: '02155550100',
    no: 'No',
  },
} as const;

/** From the first page, where one says who one is, to the DOCX, everything in view read once. */
const MOST_SECONDS = 180;
const MOST_CLICKS = 9;

test.each(variants<'zh-CN' | 'en'>('zh-CN', 'en'))(
  '%s: a newcomer has the DOCX of a graded first report soon',
  async (language) => {
    const [url, browser] = await Promise.all([openHouse({}), openBrowser()]);
    const viewport = { width: 1360, height: 850 };
    const locale = language === 'en' ? 'en-GB' : 'zh-CN';
    const page = await (await browser.newContext({ viewport, locale, acceptDownloads: true })).newPage();
    const troubles: string[] = [];
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    const known = KNOWN[language];
    const newcomer = new Newcomer(page);
    await page.goto(`${url}/?token=${LOCAL_TOKEN}`);
    await page.locator('#name').waitFor();
    await newcomer.reads();
    await newcomer.types(page.locator('#name'), known.name);
    await newcomer.hits('Enter');
    await page.locator('.declare-box').waitFor();
    await newcomer.reads();

    await newcomer.types(page.locator('.declare-box input[type=text]'), known.title);
    const write = page.getByRole('button', { name: /^(Draft first report|填写首报)/ });
    await newcomer.presses(write, () => page.locator('.paper-pane .paper h3').waitFor());
    await newcomer.reads();
    const form = dialog(page);
    const field = (id: string) => form.locator(`[id="f-${id}"]`);
    await newcomer.presses(form.locator('.fields').getByLabel(known.no, { exact: true }), async () => undefined);
    for (const [id, text] of [
      ['personal_info_people', known.people],
      ['art7.1.unit', known.unit],
      ['art7.1.system', known.system],
      ['art7.2.place', known.place],
      ['art7.2.impact', known.impact],
      ['art7.2.measures', known.measures],
      ['art7.2.effect', known.effect],
    ] as const) {
      await newcomer.types(field(id), text);
      await newcomer.hits('Tab');
    }
    await newcomer.reads();
    await newcomer.chooses(field('province'), 'shanghai', known.province);
    await newcomer.types(field('signatory'), known.signatory);
    await newcomer.types(field('contact_phone'), known.phone);

    const download = page.waitForEvent('download');
    await newcomer.presses(form.getByRole('button', { name: 'DOCX' }), () => download);
    const text = docxLines(await contentOf(await download)).join('\n');
    console.log(`newcomer, ${language}: ${newcomer.figures}`);
    for (const words of ['网络安全事件报告（首报）', '上海市互联网信息办公室', '02155550100', '初步研判为较大'])
      expect(text).toContain(words);
    if (language === 'zh-CN')
      for (const words of [known.unit, known.impact, known.effect]) expect(text).toContain(words);
    expect(newcomer.clicks).toBeLessThanOrEqual(MOST_CLICKS);
    expect(newcomer.seconds).toBeLessThanOrEqual(MOST_SECONDS);
    expect(troubles).toEqual([]);
  },
);
