import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/use-cases/ports.ts';
import { newDataFolder } from '../../fakes/folder.ts';
import { type HouseOptions, type RunningHouse, startHouse } from '../../fakes/house.ts';
import { BotProgram, freePort } from '../../fakes/program.ts';
import { openSharedBrowser } from '../../fakes/shared-browser.ts';

/** A browser that ends with the test. */
export async function openBrowser(): Promise<Browser> {
  const browser = await openSharedBrowser();
  onTestFinished(() => browser.close());
  return browser;
}

/** The real program on a fresh data folder; both are gone after the test. */
export async function startProgram(): Promise<BotProgram> {
  const dataDir = newDataFolder('e2e');
  const bot = new BotProgram(dataDir, await freePort());
  onTestFinished(async () => {
    await bot.end('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });
  await bot.start();
  return bot;
}

/** The whole bot in this process, for cases that need a clock of their own; answers its address. */
export async function openHouse(options: HouseOptions): Promise<string> {
  return (await startOpenHouse(options)).listen();
}

/** The same, for cases that look into it. */
export async function startOpenHouse(options: HouseOptions): Promise<RunningHouse> {
  const house = await startHouse(options);
  onTestFinished(() => house.stop());
  return house;
}

/** A clock that shows another time but runs like every other. */
export function clockFrom(start: string): Clock {
  const ahead = Date.parse(start) - Date.now();
  return {
    now: () => Date.now() + ahead,
    at: (instant, run) => {
      const timer = setTimeout(run, Math.min(Math.max(0, instant - ahead - Date.now()), 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
  };
}
