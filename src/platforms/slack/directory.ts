import { z } from 'zod';
import type { Account, RoomId } from '../../incident/identity.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { Known } from '../../use-cases/directory/links.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { Place, SendOutcome } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import { type Described, People } from '../shared/people.ts';
import { Installation, type InstallationDependencies } from './installation.ts';
import { PLATFORM } from './limits.ts';
import { type Args, pagesOf, slackError } from './send/api.ts';
import { channelAnswer, channelInfo, channelList, userInfo } from './shapes.ts';

export type Channel = z.infer<typeof channelInfo>;
const keptChannel = channelInfo.extend({ at: z.number() });

export const JOINED = 'public_channel,private_channel';
/** Retention (ms) of channels the bot has left. */
const LEFT_KEPT_FOR = 180 * 24 * 3_600_000;
const MEMBERSHIP_FRESH = 10 * 60_000;
/** Largest difference (ms) between clocks of instances: a person who acted and left within it counts as gone. */
const APART = 1_000;
/** Retention (ms) of departures; by then every instance has dropped the membership. */
const GONE_KEPT_FOR = 60 * 60_000;

interface DirectoryDependencies extends Known, InstallationDependencies, Pick<PlatformNeeds, 'clock' | 'log'> {
  /** Returns true for a tenant of another installation, where ids may mean other people. */
  readonly isElsewhere?: (tenant: string) => boolean;
}

/**
 * Returns true for a channel that Slack Connect shares with another workspace, even one of our own company. Its readers
 * are unknown: each workspace decides whether the channel is private (docs.slack.dev/apis/slack-connect), and although
 * Slack documents `connected_team_ids` as the other workspaces (docs.slack.dev/reference/objects/channel-object), a
 * recorded answer for such a channel has no such list (slack-web 2.0.1.0, tests/golden/Conversation/shared_channel.json).
 */
export function isReadOutside(channel: Partial<Channel> | null | undefined): boolean {
  return channel?.is_ext_shared === true || channel?.is_pending_ext_shared === true;
}

/**
 * Directory of an installation, read without requests: the bot's ids, its channels, people's names and languages,
 * channel members. Payloads never wait for it; it is filled at the start, by events, and in the background.
 */
export class Directory extends Installation {
  readonly #deps: DirectoryDependencies;
  /** Called before a channel is stored as shared; after a failure the channel is checked again later. */
  onShared: (id: string, name: string | undefined) => Promise<unknown> = async () => {};
  /** Channels as last described by Slack to any instance; each event is delivered to only one. */
  readonly #channels: KeptMap<z.infer<typeof keptChannel>>;
  #isListed = false;
  /** Time (epoch ms) at which the previous run's data were loaded. */
  #recalledAt = 0;
  readonly people: People;
  /** Memberships: `user/channel` with the time until which it is taken as known. */
  readonly #members = new Map<string, number>();
  /** Departures: `user/channel` with the time, shared with every instance. */
  readonly #gone: KeptMap<number>;

  constructor(deps: DirectoryDependencies) {
    super(deps);
    this.#deps = deps;
    this.#channels = new KeptMap(deps.kept, 'channel:', keptChannel);
    this.#gone = new KeptMap(deps.kept, 'gone:', z.number());
    const team = (): string => this.team;
    this.people = new People({
      ...{ ...deps, platform: PLATFORM, otherwise: 'en', lookUp: (id) => this.#described(id) },
      get tenant() {
        return team();
      },
    });
  }

  /** Loads our own ids and people of the last run: enough to accept payloads while the Web API is down. */
  async recall(): Promise<void> {
    await this.recallSelf();
    await Promise.all([this.people, this.#channels, this.#gone].map((one) => one.recall()));
    this.#recalledAt = this.#deps.clock.now();
  }

  /** Drops people not seen for long, and departures that every instance has processed. */
  async forget(): Promise<void> {
    const now = this.#deps.clock.now();
    await this.people.forget();
    await this.#channels.prune(({ at, is_member }) => !is_member && at + LEFT_KEPT_FOR < now);
    await this.#gone.prune((at) => at + GONE_KEPT_FOR < now);
  }

  async loadChannels(): Promise<void> {
    // The app may have been added to further workspaces of the organisation.
    if (this.isOrganisation) await this.introduce();
    for await (const channel of this.#conversations({ types: JOINED, exclude_archived: false, limit: 200 }))
      await this.#put({ ...channel, is_member: true }, false);
    this.#isListed = true;
  }

  /** Requests one channel again, e.g. after it was archived, shared, or joined. */
  async refreshChannel(id: string): Promise<void> {
    const { api, log } = this.#deps;
    await api
      .call('conversations.info', { channel: id })
      .then((answer) => this.#put(channelAnswer.parse(answer).channel))
      .catch((error: unknown) => log.warn({ err: error, channel: id }, 'channel could not be looked up'));
  }

  /** Returns a channel confirmed since the start; those of the last run may have changed. */
  channel(id: string): z.infer<typeof keptChannel> | null {
    const channel = this.#channels.get(id);
    return channel && channel.at >= this.#recalledAt ? channel : null;
  }
  async #put(channel: Channel, isNews = true): Promise<void> {
    const before = this.#channels.get(channel.id);
    if (isReadOutside(channel) && !isReadOutside(before)) await this.onShared(channel.id, channel.name);
    const { at: _, ...known } = this.channel(channel.id) ?? { at: 0 };
    const now = { ...known, ...channel };
    if (!isNews && JSON.stringify(known) === JSON.stringify(now)) return;
    await this.#channels.put(channel.id, { ...now, at: this.#deps.clock.now() });
  }

  /** Returns true if the bot is in a channel; null until Slack listed its channels. */
  isIn(id: string): boolean | null {
    return this.channel(id)?.is_member ?? (this.#isListed ? false : null);
  }
  named(name: string): Channel | null {
    return this.#channels.values().find((channel) => channel.name === name) ?? null;
  }
  /**
   * Records changes of a channel from an event: known at once in this process, in all processes when the promise
   * resolves.
   */
  async noted(id: string, change: Partial<Channel>): Promise<void> {
    const { at: _, ...known } = this.channel(id) ?? { at: 0 };
    if ('id' in known) await this.#put({ ...known, ...change });
  }
  /** Returns true for a channel shared with another organisation, where nothing is shown. */
  isShared(id: string): boolean {
    return isReadOutside(this.channel(id));
  }

  /** Returns the tenant of a person, which is the same for all workspaces of an organisation. */
  tenantOf(team: string, user?: string): string {
    const isColleague = this.isOrganisation && user !== undefined && this.people.known(user)?.team === this.team;
    return this.serves(team) || isColleague ? this.team : team;
  }
  /** Returns true if an account's id means the person we know by it; elsewhere an equal id may mean another person. */
  knows({ platform, tenant, id }: Account): boolean {
    if (platform !== PLATFORM || this.serves(tenant)) return platform === PLATFORM;
    if (this.#deps.isElsewhere?.(tenant)) return false;
    return this.enterprise !== null || this.team === '' || this.people.known(id)?.team !== this.team;
  }
  /**
   * Returns the refusal of a place that accepts nothing now; null if none is known. Messages in a shared channel may
   * still be emptied or removed.
   */
  closedFor({ tenant, address }: Place, isPost: boolean): Extract<SendOutcome, { kind: 'refused' }> | null {
    if (!this.isOurs(tenant)) return { kind: 'refused', reason: 'forbidden', detail: 'a room of another workspace' };
    if (!this.isConfirmed) return { kind: 'refused', reason: 'unreachable', detail: 'the workspace is not confirmed' };
    if (isPost && this.isShared(address)) return { kind: 'refused', reason: 'forbidden', detail: 'shared_channel' };
    return null;
  }

  async #described(user: string): Promise<Described> {
    const found = userInfo.parse(await this.#deps.api.call('users.info', { user, include_locale: true })).user;
    return {
      name: found.real_name || found.profile?.display_name || found.name,
      language: found.locale?.startsWith('zh') ? 'zh-CN' : 'en',
      team: this.isOrganisation && this.#isColleague(found) ? this.team : (found.team_id ?? null),
      outsider: found.is_stranger || found.is_restricted || found.is_ultra_restricted || !this.#isColleague(found),
    };
  }

  /** Returns true for a person of our workspace, or of another one of the same organisation (Enterprise Grid). */
  #isColleague({ team_id: team, enterprise_user: user }: z.infer<typeof userInfo>['user']): boolean {
    if (team === undefined || this.team === '') return true;
    const { enterprise } = this;
    return this.serves(team) || (enterprise !== null && (user?.enterprise_id === enterprise || team === enterprise));
  }

  /** Returns true for an account of another organisation; our own guests are not foreign. */
  isForeign(id: string, team: string): boolean {
    return team !== this.team && !this.serves(team) && this.people.known(id)?.outsider !== false;
  }

  /** Notes a member: a payload from inside a channel proves that its sender reads it. */
  seenIn(user: string, channel: string): void {
    this.#members.set(`${user}/${channel}`, this.#deps.clock.now() + MEMBERSHIP_FRESH);
  }
  /** Notes a departure; resolves when the other instances can read it. */
  async goneFrom(user: string, channel: string): Promise<void> {
    this.#members.delete(`${user}/${channel}`);
    await this.#gone.put(`${user}/${channel}`, this.#deps.clock.now());
  }
  reads(user: string, channel: string): boolean {
    const known = this.channel(channel);
    const isOpen = known !== null && !known.is_private && !this.isShared(channel);
    // Colleagues read every open channel, but guests only the channels they are in, so the person must be known.
    if (isOpen && this.people.known(user)?.outsider === false) return true;
    const until = this.#members.get(`${user}/${channel}`) ?? 0;
    const leftAt = this.#gone.get(`${user}/${channel}`) ?? Number.NEGATIVE_INFINITY;
    return until > this.#deps.clock.now() && until - MEMBERSHIP_FRESH > leftAt + APART;
  }

  /** Returns true if an account reads one of our rooms; it may belong to another workspace (shared channels). */
  readsRoom(account: Account, room: RoomId): boolean {
    const address = addressFor({ ...account, tenant: this.team }, room);
    return address !== null && this.knows(account) && this.reads(account.id, address);
  }

  /** Loads channels a person shares with us; called before their content is shown elsewhere. */
  async loadMembership(user: string): Promise<void> {
    for await (const { id } of this.#conversations({ user, types: JOINED, limit: 200 })) this.seenIn(user, id);
  }

  async *#conversations(args: Args): AsyncGenerator<Channel> {
    const { api } = this.#deps;
    for (const team_id of this.teams) {
      try {
        for await (const { channels } of pagesOf(api, 'users.conversations', { ...args, team_id }, channelList))
          for (const one of channels) yield team_id === undefined ? one : { context_team_id: team_id, ...one };
      } catch (error) {
        // The person may be missing in some workspaces of an organisation.
        if (team_id === undefined || slackError(error) === null) throw error;
      }
    }
  }
}
