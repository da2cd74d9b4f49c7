import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { PlatformNeeds } from '../../description.ts';
import type { WecomBotConfig } from '../index.ts';

export interface BotDependencies
  extends Pick<PlatformNeeds, 'profile' | 'links' | 'clock' | 'ids' | 'log' | 'kept' | 'inbox' | 'usedLinks'> {
  readonly config: WecomBotConfig;
  readonly proxy: OutgoingProxy | null;
  /** Pages of forms: links to them are sent in direct messages; `areOwn`: no other platform serves them. Null without a public address. */
  readonly pages: { readonly publicUrl: string; readonly secret: string; readonly areOwn: boolean } | null;
  /** A chat came within reach: delivery looks again. */
  wake(): void;
  /** Another program took over the bot: an operator must see it. */
  alarm(): void;
}

export const PLATFORM = 'wecom';
