import type { Page } from 'playwright-core';
import type { RunningHouse } from '../../fakes/house.ts';
import { incidentOf } from './page.ts';

const TWO_FRAMES = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * Settles a page at each call of the result: resolves once the house has no work left, and the page of its only reader
 * has heard the stream's last message, loaded the incident's last revision, has no request open, and is painted.
 */
export async function settling(page: Page, { house, store }: RunningHouse): Promise<() => Promise<void>> {
  const open = new Set<unknown>();
  let [isHeard, revision, posted, heard] = [false, 0, 0, 0];
  page.on('request', (request) => request.resourceType() !== 'eventsource' && open.add(request));
  page.on('requestfailed', (request) => open.delete(request));
  page.on('requestfinished', async (request) => {
    const answer = request.url().includes('/page') ? await (await request.response())?.json() : null;
    revision = answer?.incident?.revision ?? revision;
    open.delete(request);
  });
  store.roomLog.onChange(({ seq }) => {
    if (isHeard) posted = Math.max(posted, seq);
  });
  const network = await page.context().newCDPSession(page);
  network.on('Network.eventSourceMessageReceived', ({ eventId }) => {
    isHeard = true;
    heard = Math.max(heard, Number(eventId));
  });
  await network.send('Network.enable');
  const isSettled = async () => {
    await house.settle();
    if (!isHeard || open.size > 0 || heard < posted) return false;
    const state = page.url().includes('DRILL-') ? await store.incident(incidentOf(page)) : null;
    return state === null || state.version === revision;
  };
  return async () => {
    // What was painted may have asked for more.
    for (let calm = 0; calm < 2; calm = (await isSettled()) ? calm + 1 : 0) await page.evaluate(TWO_FRAMES);
  };
}
