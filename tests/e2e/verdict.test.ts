import { expect, test } from 'vitest';
import { person } from '../fakes/people.ts';
import { variants } from '../fakes/soak.ts';
import { Newcomer } from './support/pace.ts';
import { offered, press, surface } from './support/page.ts';
import { clockFrom, openBrowser, openHouse } from './support/start.ts';

/** Texts in view from the first page to the verdict, each counted where it comes first. */
const MOST = { en: 250, 'zh-CN': 450 };

test.each(variants<'en' | 'zh-CN'>('en', 'zh-CN'))(
  '%s: from declaration to verdict there is little to read',
  { tags: 'grows' },
  async (language) => {
    const [url, browser] = await Promise.all([
      openHouse({ clock: clockFrom('2026-03-31T09:42:00+08:00') }),
      openBrowser(),
    ]);
    const { page, troubles } = await person(browser, url, '陈宇', { language });
    const newcomer = new Newcomer(page);
    const reads = async (shown: Promise<void>) => {
      await shown;
      await newcomer.reads();
    };
    const answer = (label: RegExp) => offered(page, 'panel', label).first();
    await reads(page.locator('.first-drill').waitFor());
    await newcomer.types(
      page.locator('.declare-box input[type=text]'),
      language === 'en' ? 'Customer data leaked' : '会员数据泄露',
    );
    await newcomer.hits('Enter');
    await reads(answer(/^(No|否)$/).waitFor());
    // Until the level is decided the list that says it is folded.
    await surface(page, 'panel')
      .getByText(/^(Evidence first|先固定证据)/)
      .waitFor();
    await press(answer(/^(No|否)$/));
    await reads(answer(/^(Our own alert|监测告警)/).waitFor());
    await press(answer(/^(Our own alert|监测告警)/));
    await reads(answer(/^(Done|选好了)$/).waitFor());
    await press(answer(/^(Done|选好了)$/));
    await reads(
      surface(page, 'panel')
        .getByLabel(/personal information|个人信息/i)
        .waitFor(),
    );
    await press(answer(/^(Done|选好了)$/));
    await reads(answer(/^(1 million to|100万至)/).waitFor());
    // Before the tap it is said what an answer does to the level.
    await surface(page, 'panel')
      .getByText(/^(From 1 million people|达到100万人)/)
      .waitFor();
    await press(answer(/^(1 million to|100万至)/));
    await reads(answer(/^(Confirm|确认)\s*较大/).waitFor());
    console.log(`to the verdict, ${language}: ${newcomer.figures}`);
    expect(newcomer.words[language]).toBeLessThanOrEqual(MOST[language]);
    expect(troubles).toEqual([]);
  },
);
