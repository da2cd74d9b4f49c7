import type { Config } from '../config/schema.ts';
import { addressOf } from '../http/access.ts';
import { LinkSender, type LinkSenderNeeds } from '../http/link-sender.ts';
import type { ChatPlatform } from '../platforms/description.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { Links } from '../use-cases/directory/links.ts';
import type { Delivering } from './delivering.ts';

interface Needs extends Pick<LinkSenderNeeds, 'members' | 'clock' | 'ids' | 'log'> {
  readonly config: Config;
  readonly store: Pick<OpenStore, 'outbox'>;
  readonly platforms: readonly ChatPlatform[];
  readonly links: Pick<Links, 'accountsOf'>;
  readonly delivering: Pick<Delivering, 'isElsewhere'>;
  readonly wake: () => void;
}

/** Sends links to sign in, where there is a profile and a platform or mail that takes them; otherwise null. */
export function linkSenderOf({
  config,
  store,
  platforms,
  links,
  delivering,
  wake,
  ...needs
}: Needs): LinkSender | null {
  if (config.consoleSecret === null || needs.members.profile === null || platforms.length === 0) return null;
  return new LinkSender({
    ...needs,
    accountsOf: (person) => links.accountsOf(person),
    messengers: platforms.map(({ messenger }) => messenger),
    isElsewhere: (platform) => delivering.isElsewhere(platform),
    tell: async (notices) => {
      await store.outbox.add(notices);
      wake();
    },
    secret: config.consoleSecret,
    publicUrl: config.publicUrl ?? addressOf(config),
  });
}
