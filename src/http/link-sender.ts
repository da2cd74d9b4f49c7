import type { Card } from '../conversation/cards/card.ts';
import { actionBlock, noteBlock, textBlock } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { Account, Language } from '../incident/identity.ts';
import { peopleCalled } from '../incident/people/find.ts';
import type { Person } from '../incident/people/profile.ts';
import { MAIL } from '../use-cases/notices/routes.ts';
import type { Clock, IdSource, Log, Messenger, NewNotice, Place } from '../use-cases/ports.ts';
import { Limits } from './limits.ts';
import type { Members } from './members.ts';
import { LINK_LIFE, loginLink } from './sessions.ts';

/**
 * Rate limits: links per person within the lifetime of a link; links to all people in a minute. A request with an
 * unknown name counts for neither, so that a stranger who types names blocks nobody.
 */
const MOST = { person: 3, minute: 60 };

export interface LinkSenderNeeds {
  readonly members: Members;
  readonly accountsOf: (person: string) => readonly Account[];
  readonly messengers: readonly Messenger[];
  /** Returns true if an incident left a chat, whose messages an intruder may be reading. */
  readonly isLeft: (platform: string) => Promise<boolean>;
  /** Returns true if another instance has the only connection of a platform. */
  readonly isElsewhere: (platform: string) => boolean;
  /** Puts a notice into the outbox, for a platform that another instance delivers to. */
  readonly tell: (notices: readonly NewNotice[]) => Promise<void>;
  readonly secret: string;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Pick<Log, 'warn'>;
}

/** Result of a request, for the audit log; the caller always gets the same answer. */
export type LinkRequest = 'sent' | 'unknown' | 'limited' | 'unreachable';

/**
 * Sends people of the profile a sign-in link by the first of their accounts that accepts it, or by mail. The link
 * is put into the store, where others could read it while it is valid, only if another instance has to send it.
 */
export class LinkSender {
  readonly #needs: LinkSenderNeeds;
  readonly #asked = new Limits();

  constructor(needs: LinkSenderNeeds) {
    this.#needs = needs;
  }

  /** Sends a sign-in link; never rejects. `typed`: a name, id, e-mail address or account of a person of the profile. */
  async send(typed: string): Promise<{ readonly result: LinkRequest; readonly person: string | null }> {
    const { members, clock } = this.#needs;
    const [person, other] = members.profile ? peopleCalled(members.profile, typed) : [];
    if (!person || other) return { result: 'unknown', person: null };
    const now = clock.now();
    if (!this.#asked.takes(person.id, MOST.person, LINK_LIFE, now) || !this.#asked.takes('', MOST.minute, 60_000, now))
      return { result: 'limited', person: person.id };
    const isSent = await this.#deliver(person).catch(() => false);
    return { result: isSent ? 'sent' : 'unreachable', person: person.id };
  }

  async #deliver(person: Person): Promise<boolean> {
    const { messengers, accountsOf, isLeft, clock, secret, publicUrl, log } = this.#needs;
    const now = clock.now();
    const { name } = person;
    const language = person.language ?? this.#needs.members.profile?.languages.people ?? 'zh-CN';
    const mail: Account[] = person.email ? [{ platform: MAIL, tenant: MAIL, id: person.email }] : [];
    for (const account of [...accountsOf(person.id), ...mail]) {
      const messenger = messengers.find(({ platform }) => platform === account.platform);
      if (!messenger || messenger.canMessagePeople?.quiet) continue;
      if (await isLeft(account.platform)) continue;
      const link = loginLink({ secret, name, person: person.id, sentTo: account.platform, publicUrl, now });
      const card = loginLinkCard(link, new Date(now + LINK_LIFE).toISOString());
      if (await this.#post(messenger, account, card, language)) return true;
      log.warn({ platform: account.platform }, 'a sign-in link was not taken; another way is tried');
    }
    return false;
  }

  async #post(messenger: Messenger, account: Account, card: ReturnType<typeof loginLinkCard>, language: Language) {
    const { platform, tenant, id } = account;
    const { isElsewhere, tell, clock, ids } = this.#needs;
    const key = `login:${ids.next()}`;
    if (isElsewhere(platform)) {
      const to = { kind: 'person', account, language, otherwise: null } as const;
      await tell([{ key, incident: null, lane: 'reminder', to, content: { kind: 'card', card }, dueAt: clock.now() }]);
      return true;
    }
    const place: Place | null =
      platform === MAIL
        ? { tenant, address: id, thread: null }
        : ((await messenger.canMessagePeople?.direct(account)) ?? null);
    if (!place) return false;
    const message = { incident: '', card, language, revision: 0, surface: null, ring: false } as const;
    const outcome = await messenger.post(place, messenger.render(message), key);
    // A link with an unknown outcome may have arrived; a second link to another account does no harm.
    return outcome.kind === 'sent';
  }
}

/** Makes the message with a link that signs one person in once; `until` is an ISO instant. */
export function loginLinkCard(url: string, until: string): Card {
  const params = { until: { instant: until } };
  return {
    tone: 'calm',
    drill: false,
    title: t('login_link.title'),
    summary: t('login_link.summary', params),
    blocks: [
      textBlock(t('login_link.text', params)),
      actionBlock([{ id: 'sign_in', label: t('login_link.open'), style: 'primary', does: { kind: 'link', url } }]),
      noteBlock(t('login_link.not_you')),
    ],
  };
}
