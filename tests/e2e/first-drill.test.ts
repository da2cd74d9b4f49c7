import { expect, test } from 'vitest';
import { person } from '../fakes/people.ts';
import { playFirstDrill } from './support/first-drill.ts';
import { dialog } from './support/page.ts';
import { openBrowser, openHouse } from './support/start.ts';

test('the first drill leads a newcomer from button to button to its score', async () => {
  const [url, browser] = await Promise.all([openHouse({}), openBrowser()]);
  const { page, troubles } = await person(browser, url, '陈宇', { language: 'zh-CN' });
  const whys: string[] = [];
  await playFirstDrill(page, async (step) => {
    const why = page.locator('.panel .note');
    if (step !== 'score' && step !== 'ended') whys.push((await why.first().textContent()) ?? '');
  });
  expect(new Set(whys).size).toBeGreaterThanOrEqual(4);
  await dialog(page).getByText('级别判定正确：较大').waitFor();
  expect(troubles).toEqual([]);
});
