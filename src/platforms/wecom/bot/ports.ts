import type { FormRef } from '../../../conversation/cards/card.ts';
import type { Account } from '../../../incident/identity.ts';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { PlatformNeeds } from '../../description.ts';
import type { WecomBotConfig } from '../index.ts';

export interface BotDependencies
  extends Pick<PlatformNeeds, 'profile' | 'links' | 'clock' | 'ids' | 'log' | 'kept' | 'inbox'> {
  readonly config: WecomBotConfig;
  readonly proxy: OutgoingProxy | null;
  /** A link that opens a form once for this account: to be sent in a direct message only. Without a public address there is none. */
  readonly personalForm?: (ref: FormRef, account: Account) => string;
  /** A chat came within reach: delivery looks again. */
  wake(): void;
  /** Another program took over the bot: an operator must see it. */
  alarm(): void;
}

export const PLATFORM = 'wecom';
