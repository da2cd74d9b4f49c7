import { expect, test } from 'vitest';
import { person } from '../fakes/people.ts';
import { KNOWN, playFirstDrill } from './support/first-drill.ts';
import { Newcomer } from './support/pace.ts';
import { dialog } from './support/page.ts';
import { clockFrom, openBrowser, openHouse } from './support/start.ts';

// @module-tag soak: newcomer.test.ts leads a newcomer in a browser; case/scenario-drill has the drill and its score.

/** Everything in view read once: the five minutes of the README and of the page. */
const MOST_SECONDS = 300;

test('the first drill leads a newcomer from button to button to its score', async () => {
  const [url, browser] = await Promise.all([
    openHouse({ clock: clockFrom('2026-03-31T09:42:00+08:00') }),
    openBrowser(),
  ]);
  const { page, troubles } = await person(browser, url, '陈宇', { language: 'zh-CN' });
  const whys: string[] = [];
  const newcomer = new Newcomer(page);
  const reads = () => newcomer.reads();
  const played = async (step: string) => {
    await reads();
    const why = page.locator('.panel .note');
    if (step !== 'score') whys.push((await why.first().textContent()) ?? '');
  };
  await playFirstDrill(page, played, reads);
  for (const text of Object.values(KNOWN)) newcomer.keyed(text);
  console.log(`first drill: ${newcomer.figures}`);
  expect(newcomer.seconds).toBeLessThanOrEqual(MOST_SECONDS);
  expect(new Set(whys).size).toBeGreaterThanOrEqual(4);
  await dialog(page).getByText('定级正确：较大').waitFor();
  expect(troubles).toEqual([]);
});
