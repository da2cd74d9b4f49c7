import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../fakes/clock.ts';
import { person } from '../fakes/people.ts';
import { KNOWN, playFirstDrill } from './support/first-drill.ts';
import { Newcomer } from './support/pace.ts';
import { dialog } from './support/page.ts';
import { settling } from './support/settled.ts';
import { openBrowser, startOpenHouse } from './support/start.ts';

// @module-tag soak: newcomer.test.ts leads a newcomer in a browser; case/scenario-drill has the drill and its score.

/** Everything in view read once, news that come meanwhile too: the five minutes of the README and of the page. */
const MOST_SECONDS = 300;
const TICK = 20;

test.each(['zh-CN', 'en'] as const)(
  '%s: the first drill leads a newcomer from button to button to its score',
  async (language) => {
    const clock = new ManualClock('2026-03-31T09:42:00+08:00');
    const ticking = setInterval(() => clock.advance(TICK), TICK);
    onTestFinished(() => clearInterval(ticking));
    const [running, browser] = await Promise.all([startOpenHouse({ clock }), openBrowser()]);
    const { page, troubles } = await person(browser, await running.listen(), '陈宇', { language });
    const whys: string[] = [];
    const newcomer = new Newcomer(page);
    const settle = await settling(page, running);
    /** Reads until nothing new is there; time passes in the drill as it is read. */
    const reads = async (step: string) => {
      const before = { ...newcomer.words, seconds: newcomer.seconds };
      for (;;) {
        await settle();
        let from = newcomer.seconds;
        const fresh = await newcomer.reads();
        if (fresh.length === 0) break;
        for (; from < newcomer.seconds; from += 1) {
          clock.advance(1_000);
          await running.house.settle();
        }
      }
      const [words, han] = [newcomer.words.en - before.en, newcomer.words['zh-CN'] - before['zh-CN']];
      console.log(`${step}: ${(newcomer.seconds - before.seconds).toFixed(1)} s, ${words} words, ${han} characters`);
    };
    const played = async (step: string) => {
      await reads(step);
      const why = page.locator('.panel .note');
      if (step !== 'score') whys.push((await why.first().textContent()) ?? '');
    };
    await playFirstDrill(page, played, reads);
    for (const text of Object.values(KNOWN)) newcomer.keyed(text);
    console.log(`first drill, ${language}: ${newcomer.figures}`);
    expect(newcomer.seconds).toBeLessThanOrEqual(MOST_SECONDS);
    expect(new Set(whys).size).toBeGreaterThanOrEqual(4);
    await dialog(page)
      .getByText(/^(定级正确：较大|Level correct: .*)$/)
      .waitFor();
    expect(troubles).toEqual([]);
  },
);
