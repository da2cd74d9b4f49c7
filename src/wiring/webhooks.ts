import type { WebhookDeliveries } from '../http/routes.ts';
import type { ChatPlatform } from '../platforms/description.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { withPrefix } from '../use-cases/directory/kept-map.ts';
import { DeliveryLog, replayOf, WEBHOOKS } from '../use-cases/events-out/delivery-log.ts';

/** Returns the log of webhook messages, which can send each again; null if there are no endpoints. */
export function webhooksOf(
  platforms: readonly Pick<ChatPlatform, 'messenger'>[],
  { kept, outbox, clock }: Pick<OpenStore, 'kept' | 'outbox' | 'clock'>,
  wake: () => void,
): WebhookDeliveries | null {
  if (!platforms.some(({ messenger }) => messenger.listens && !messenger.stamps)) return null;
  const log = new DeliveryLog(withPrefix(kept, `${WEBHOOKS}:`));
  return {
    list: () => log.list(),
    replay: async (id) => {
      const meant = (await log.list()).filter((one) => one.id === id);
      await outbox.add(replayOf(meant, clock));
      wake();
      return meant.length > 0;
    },
  };
}
