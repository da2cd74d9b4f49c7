import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type HouseOptions, type RunningHouse, startHouse } from '../../fakes/house.ts';
import { openSharedBrowser } from '../../fakes/shared-browser.ts';

export interface Stage {
  readonly browser: Browser;
  readonly house: RunningHouse;
  /** Address of the console. */
  readonly url: string;
}

/**
 * Browser for the tests of a file, and for every try of each a bot of its own. Nothing that an earlier test or try left is
 * in the way of the next: no title that was declared already, no page that still asks for what changes.
 */
export function stage(options: () => HouseOptions = () => ({})): Stage {
  let browser: Browser;
  let house: RunningHouse;
  let url: string;
  beforeAll(async () => {
    browser = await openSharedBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    house = await startHouse(options());
    url = await house.listen();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) {
      // A request that is just held up would fail when its page is closed, and with it the run.
      await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
      await context.close();
    }
    await house.stop();
  });
  return {
    get browser() {
      return browser;
    },
    get house() {
      return house;
    },
    get url() {
      return url;
    },
  };
}
