import type { UsedLinks } from '../../http/sessions.ts';
import type { Clock, IdSource, RoomLog } from '../../use-cases/ports.ts';

/** Address under which used links are kept; no room, so nobody can read it. */
const ADDRESS = 'login-links';

/**
 * Sign-in links that were used, kept in the store: a message under the link's key can be appended once only, so of two
 * requests with one link, or of two with a restart between them, exactly one finds its own claim there.
 */
export function createUsedLinks(log: RoomLog, clock: Clock, ids: IdSource): UsedLinks {
  return {
    async use(nonce, name) {
      const claim = JSON.stringify({ kind: 'said', text: ids.next() });
      const kept = await log.append({
        address: ADDRESS,
        thread: null,
        key: nonce,
        author: name,
        body: claim,
        at: clock.now(),
      });
      return kept.body === claim;
    },
  };
}
