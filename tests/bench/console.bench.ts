import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import { launchBrowser } from '../fakes/browser.ts';
import { person } from '../fakes/people.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { fill } from './support/full-store.ts';
import { inFolder, pause, type Row, spread } from './support/measure.ts';

const MINUTE = 60_000;
const TIMES = 10;
/** What somebody opens, and what has to be there before it counts as open. */
const PAGES: readonly (readonly [what: string, path: (incidents: number) => string, ready: string])[] = [
  ['list of incidents', () => '/incidents', '.incident-table tbody tr'],
  ['room with its conversation', () => '/', '.message'],
  [
    'page of one incident',
    (n) => `/incidents/INC-${new Date().getFullYear()}-${String(n).padStart(4, '0')}`,
    '.face.first .digits',
  ],
];

/** Pages of the real program in a real browser, with 10 and with 10,000 open incidents: nothing may grow with their number. */
export async function benchPageLoad(): Promise<readonly Row[]> {
  const browser = await launchBrowser();
  try {
    return [...(await pagesWith(browser, 10)), ...(await pagesWith(browser, 10_000))];
  } finally {
    await browser.close();
  }
}

function pagesWith(browser: Browser, incidents: number): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const now = Date.now();
    const aware = () => now - 5 * MINUTE;
    await fill(join(folder, 'jishi.sqlite'), consoleRoom('en'), [
      { count: incidents, declaredAt: now - 5 * MINUTE, awareAt: aware },
    ]);
    const bot = new BotProgram(folder, await freePort());
    await bot.start();
    try {
      const { page } = await person(browser, bot.link, 'Bench');
      // What is due at start is done first, on both sides of the comparison.
      await pause(5_000);
      const rows: Row[] = [];
      for (const [what, path, ready] of PAGES) {
        const took = await loads(page, bot.url + path(incidents), ready);
        rows.push(spread(`${what}, ${incidents.toLocaleString('en')} incidents`, took));
      }
      rows.push(
        spread(`search in the list, ${incidents.toLocaleString('en')} incidents`, await searches(page, bot.url)),
      );
      await page.context().close();
      return rows;
    } finally {
      await bot.end('SIGTERM');
    }
  });
}

async function loads(page: Page, url: string, ready: string): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n <= TIMES; n += 1) {
    const started = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(ready).first().waitFor();
    // The first time fills the browser's cache.
    if (n > 0) took.push(performance.now() - started);
  }
  return took;
}

async function searches(page: Page, url: string): Promise<readonly number[]> {
  await page.goto(`${url}/incidents`);
  const rows = page.locator('.incident-table tbody tr');
  await rows.first().waitFor();
  const took: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    await page.locator('input[type=search]').fill('');
    await page.locator('.incident-table tbody tr:nth-child(10)').waitFor();
    const started = performance.now();
    const title = `Incident ${(n % 8) + 2}`;
    await page.locator('input[type=search]').fill(title);
    await page.locator('.incident-table tbody tr:first-child', { hasText: title }).waitFor();
    took.push(performance.now() - started);
  }
  return took;
}
