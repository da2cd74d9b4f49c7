import { createConsoleMessenger, PLATFORM, TENANT } from '../../src/platforms/console/messenger.ts';
import { sqliteHarness } from '../storage/sqlite-harness.ts';
import { platformContract } from './platform.contract.ts';

platformContract('console, on a real store', async () => {
  const { store, clock, destroy } = await sqliteHarness();
  const messenger = createConsoleMessenger({ log: store.roomLog, blobs: store.blobs, clock });
  return {
    messenger,
    room: { tenant: TENANT, address: 'main', thread: null },
    person: { platform: PLATFORM, tenant: TENANT, id: 'Chen Yu' },
    stranger: { platform: 'elsewhere', tenant: 't', id: 'Chen Yu' },
    goneRef: '999',
    // Its room is our own store: an answer cannot get lost on the way.
    loseNextAnswer: null,
    seen: async (place) => {
      const messages = await store.roomLog.page(place.address, place.thread, null, 50);
      return messages.map(({ body }) => ({ text: body }));
    },
    destroy,
  };
});
