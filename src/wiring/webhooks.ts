import type { WebhookDeliveries } from '../http/routes.ts';
import type { ChatPlatform } from '../platforms/description.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { withPrefix } from '../use-cases/directory/kept-map.ts';
import { DeliveryLog, type LoggedDelivery, replayOf, WEBHOOKS } from '../use-cases/events-out/delivery-log.ts';

/** Returns the log of webhook messages, which can send each again; null if there are no endpoints. */
export function webhooksOf(
  platforms: readonly Pick<ChatPlatform, 'messenger'>[],
  { kept, outbox, clock }: Pick<OpenStore, 'kept' | 'outbox' | 'clock'>,
  wake: () => void,
): WebhookDeliveries | null {
  if (!platforms.some(({ messenger }) => messenger.listens && !messenger.stamps)) return null;
  const log = new DeliveryLog(withPrefix(kept, `${WEBHOOKS}:`));
  /** The entry as it is now: a notice that was dropped meanwhile, e.g. after a stop, is not sent again. */
  const current = async ({ notice, ...one }: LoggedDelivery): Promise<LoggedDelivery> => {
    if (one.state !== 'retrying' || notice === undefined) return one;
    const waits = ['ready', 'sending', 'unknown'].includes((await outbox.get(notice))?.state ?? '');
    return waits ? one : { ...one, state: 'given_up' };
  };
  return {
    list: async () => Promise.all((await log.list()).map(current)),
    replay: async (id) => {
      const meant = (await log.list()).filter((one) => one.id === id);
      await outbox.add(replayOf(meant, clock));
      wake();
      return meant.length > 0;
    },
  };
}
