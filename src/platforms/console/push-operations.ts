import { z } from 'zod';
import { type Operations, personal } from '../../http/operations/operation.ts';
import { problem } from '../../http/problems.ts';
import { translate } from '../../i18n/translate.ts';
import type { Push } from './push.ts';

/** Fields of `PushSubscription.toJSON()` that are kept. */
const subscription = z.object({
  endpoint: z.url().max(2_000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{87}=?$/), auth: z.string().regex(/^[\w-]{22}(==)?$/) }),
});

/** Devices of the caller that are notified while the page is closed: `/api/v1/push…`. */
export function pushOperations(push: Push | null): Operations {
  return {
    'GET /push': personal(
      { summary: 'Key for notifications (null: they are off), and the devices of the caller' },
      ({ caller }) => ({ key: push?.publicKey ?? null, devices: push?.devices(caller.account.id) ?? [] }),
    ),
    'POST /push': personal(
      { summary: 'Add a device by what its browser hands out, and send it a test', body: subscription, status: 201 },
      async ({ c, body, caller, language }) => {
        if (!push) return problem(c, 404, 'not_found');
        const added = await push.add(caller.account.id, body, language);
        if (typeof added === 'object') return added;
        const key = added === 'many' ? 'console.push.many' : 'console.push.foreign';
        return problem(c, 422, 'invalid', { field: 'endpoint', detail: translate(language, key) });
      },
    ),
    'POST /push/{id}/arrived': personal(
      { summary: 'Say that the test arrived on this device', body: z.strictObject({ word: z.string().max(100) }) },
      async ({ c, id, body, caller }) =>
        (await push?.arrived(caller.account.id, id, body.word)) ? c.body(null, 204) : problem(c, 404, 'not_found'),
    ),
    'DELETE /push/{id}': personal({ summary: 'Do not notify this device any more' }, async ({ c, id, caller }) => {
      await push?.remove(caller.account.id, id);
      return c.body(null, 204);
    }),
  };
}
