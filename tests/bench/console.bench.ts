import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import { launchBrowser } from '../fakes/browser.ts';
import { person } from '../fakes/people.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { fill } from './support/full-store.ts';
import { inFolder, pause, type Row, sized, spread } from './support/measure.ts';

const MINUTE = 60_000;
const ROOM = consoleRoom('en');
const TIMES = sized(6, 3);
/** Lines of a person in the room, each with its answer. */
const MESSAGES = 20;
const FEW = 10;
const MANY = sized(10_000, 200);
/** What somebody opens, and what has to be there before it counts as open. */
const PAGES: readonly (readonly [what: string, path: (incidents: number) => string, ready: string])[] = [
  ['list of incidents', () => '/incidents', '.incident-table tbody tr'],
  ['room with its conversation', () => `/rooms/${ROOM.address}`, '.message'],
  [
    'page of one incident',
    (n) => `/incidents/INC-${new Date().getFullYear()}-${String(n).padStart(4, '0')}`,
    '.face.first .digits',
  ],
];

/** Pages of the real program in a real browser, with few and with many open incidents: nothing may grow with their number. */
export async function benchPageLoad(): Promise<readonly Row[]> {
  const browser = await launchBrowser();
  try {
    return [...(await pagesWith(browser, FEW)), ...(await pagesWith(browser, MANY))];
  } finally {
    await browser.close();
  }
}

function pagesWith(browser: Browser, incidents: number): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const now = Date.now();
    const aware = () => now - 5 * MINUTE;
    await fill(join(folder, 'jishi.sqlite'), ROOM, [
      { count: incidents, declaredAt: now - 5 * MINUTE, awareAt: aware },
    ]);
    const bot = new BotProgram(folder, await freePort());
    await bot.start();
    try {
      const { page } = await person(browser, bot.link, 'Bench');
      await converse(page);
      // What is due at start is done first, on both sides of the comparison.
      await pause(sized(5_000, 1_000));
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

/** Something to read in the room: what was filled in has left no messages there. */
async function converse(page: Page): Promise<void> {
  const path = `/api/v1/rooms/${ROOM.address}/messages`;
  for (let n = 0; n < MESSAGES; n += 1) {
    const status = await page.evaluate(
      async ([url, key]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': key ?? '' };
        const body = JSON.stringify({ text: 'help', incident: null, thread: null });
        return (await fetch(url ?? '', { method: 'POST', headers, body })).status;
      },
      [path, `bench-${n}`],
    );
    if (status >= 300) throw new Error(`${path}: ${status}`);
  }
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
