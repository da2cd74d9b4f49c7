import { accountKey } from '../../incident/identity.ts';
import type { App } from '../app.ts';
import type { Engine } from '../engine.ts';

/** Most open incidents that one person takes part in. */
const MOST = 1_000;

/** The name and language of an account, on the record of the open incidents it takes part in. */
export function createNaming(engine: Engine): App['named'] {
  const { store } = engine.deps;
  return async (account, { name, language }) => {
    const actor = await store.actorOf(account);
    if (actor === null) return;
    for (const row of await store.incidents({ open: true, participant: actor, limit: MOST })) {
      const state = await store.incident(row.id);
      const known = state?.people[actor];
      if (!state || !known || state.stopped) continue;
      if (!known.unnamed && known.name === name && known.language === language) continue;
      await engine.run({
        target: { incident: row.id },
        commands: [{ type: 'name_person', actor, name, language }],
        who: 'clock',
        revision: null,
        // Keyed by the version: a later change of the same person is another delivery.
        delivery: {
          platform: account.platform,
          key: `named:${accountKey(account)}:${row.id}:${state.version}`,
          body: `${language} ${name}`,
        },
        room: null,
      });
    }
  };
}
