import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { LOCAL_TOKEN } from './house.ts';

export interface PersonOptions {
  readonly language?: 'en' | 'zh-CN';
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly scale?: number;
}
export interface BrowserPerson {
  readonly page: Page;
  /** Errors of the page: exceptions, refused resources, things the content policy forbids. */
  readonly troubles: readonly string[];
}

export const WIDE = { width: 1360, height: 860 };
export const PHONE = { width: 360, height: 760 };

/**
 * Somebody with a browser of their own, signed in under a name and at a path of the console. `url` is the link that the
 * program printed, or an address of a house of the tests, whose token is known.
 */
export async function person(
  browser: Browser,
  url: string,
  name: string,
  { language = 'en', phone = false, dark = false, scale = 1 }: PersonOptions = {},
): Promise<BrowserPerson> {
  const options: BrowserContextOptions = {
    viewport: phone ? PHONE : WIDE,
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
    deviceScaleFactor: scale,
    hasTouch: phone,
    acceptDownloads: true,
  };
  const page = await (await browser.newContext(options)).newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // A server that was killed on purpose is no trouble of the page.
    if (
      message.type() === 'error' &&
      !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|when fetching the script/.test(message.text())
    ) {
      troubles.push(message.text());
    }
  });
  const link = new URL(url);
  if (!link.searchParams.has('token')) link.searchParams.set('token', LOCAL_TOKEN);
  await page.goto(link.href);
  await page.locator('#name').fill(name);
  await page.locator('#name').press('Enter');
  await page.locator('.shell').waitFor();
  return { page, troubles };
}
