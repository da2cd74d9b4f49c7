import type { FormRef } from '../../../conversation/cards/card.ts';
import type { Account } from '../../../incident/identity.ts';
import type { CurrentProfile } from '../../../incident/people/profile.ts';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { Links } from '../../../use-cases/directory/links.ts';
import type { Clock, IdSource, InboxStore, KeptValues, Log } from '../../../use-cases/ports.ts';
import type { WecomBotConfig } from '../index.ts';

export interface BotDependencies {
  readonly config: WecomBotConfig;
  readonly proxy: OutgoingProxy | null;
  readonly profile: CurrentProfile;
  /** Accounts people have confirmed to be theirs. */
  readonly links?: Pick<Links, 'personOf' | 'accountsOf'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly kept: KeptValues;
  readonly inbox: Pick<InboxStore, 'failed'>;
  /** A link that opens a form once for this account: to be sent in a direct message only. Without a public address there is none. */
  readonly personalForm?: (ref: FormRef, account: Account) => string;
  /** A chat came within reach: delivery looks again. */
  wake(): void;
  /** Another program took over the bot: an operator must see it. */
  alarm(): void;
}

export const PLATFORM = 'wecom';
