import type { Config } from '../config/schema.ts';
import { addressOf } from '../http/access.ts';
import { LinkSender, type LinkSenderNeeds } from '../http/link-sender.ts';
import type { Organisation } from '../incident/people/profile.ts';
import type { ChatPlatform } from '../platforms/description.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { Links } from '../use-cases/directory/links.ts';
import { MAIL } from '../use-cases/notices/routes.ts';
import type { Delivering } from './delivering.ts';

interface Needs extends Pick<LinkSenderNeeds, 'members' | 'clock' | 'ids' | 'log' | 'isLeft'> {
  readonly config: Config;
  readonly store: Pick<OpenStore, 'outbox'>;
  readonly platforms: readonly ChatPlatform[];
  readonly links: Pick<Links, 'accountsOf'>;
  readonly delivering: Pick<Delivering, 'isElsewhere'>;
  readonly wake: () => void;
}

/** Returns true if the sign-in page can send links: that needs CONSOLE_SECRET, a profile, and a chat or mail. */
export const sendsLinks = (config: Config, profile: Organisation | null): boolean =>
  config.consoleSecret !== null &&
  profile !== null &&
  PLATFORMS.some((one) => (one.chat || one.name === MAIL) && one.isOn(config));

/** Creates the sender of sign-in links; null if none can be sent. */
export function linkSenderOf({
  config,
  store,
  platforms,
  links,
  delivering,
  wake,
  ...needs
}: Needs): LinkSender | null {
  if (config.consoleSecret === null || !sendsLinks(config, needs.members.profile)) return null;
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
