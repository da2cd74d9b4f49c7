import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import type { Language, Room } from '../../../incident/identity.ts';
import { personOf } from '../../../incident/people/rights.ts';
import type { Core, Place } from '../../../talk/acts.ts';
import type { InOrder } from '../../../talk/in-order.ts';
import type { After, Intake, Spot as SpotOf } from '../../../talk/intake-options.ts';
import type { Jobs } from '../../../talk/jobs.ts';
import type { Recently } from '../../../talk/recently.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { Messenger } from '../../../use-cases/ports.ts';
import type { PlatformNeeds } from '../../description.ts';
import type { Handled as HandledBy, HeardOf, Hearing, Places } from '../../shared/hearing.ts';
import { groupRoom, roomOf as ownRoom } from '../../shared/rooms.ts';
import { incidentBelow } from '../../shared/roots.ts';
import type { Standing } from '../../shared/standing.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import type { Channel, Directory } from '../directory.ts';
import type { SlackConfig } from '../index.ts';
import { PLATFORM } from '../limits.ts';
import type { SlackApi } from '../send/api.ts';
import type { PressResponses } from '../send/messenger.ts';
import type { Actor, BlockActions, EnteredValues } from '../shapes.ts';
import type { SlackFile } from './material.ts';
import type { Reply } from './reply.ts';

/** Job for a payload that first needs a call to Slack. */
export const jobSchema = z.discriminatedUnion('kind', [
  /** Puts the message of a reaction on the record. */
  z.strictObject({ kind: z.literal('pin'), channel: z.string(), ts: z.string(), user: z.string(), team: z.string() }),
  /** Moves an incident declared in an open channel to a private one. */
  z.strictObject({
    kind: z.literal('private'),
    incident: z.string(),
    channel: z.string(),
    /** Requester and thread; absent if the profile requires the channel. */
    asked: z.strictObject({ user: z.string(), thread: z.string().nullable() }).optional(),
  }),
]);
export type Job = z.infer<typeof jobSchema>;

/** Parts for sending and look-ups, which exist before the platform is served. */
export interface SlackParts {
  readonly config: SlackConfig;
  readonly api: SlackApi;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly messenger: Messenger;
  readonly standing: Standing;
}
export type Needs = Exclude<keyof PlatformNeeds, 'config' | 'backups' | 'formSecret'>;

type SlackIntake = Intake<SlackFile, SlackAt>;

/** Dependencies available to every handler. */
export interface SlackBot extends Pick<PlatformNeeds, Needs>, SlackParts, Pick<SlackIntake, 'after' | 'talk'>, Core {
  readonly intake: SlackIntake;
  readonly hearing: Hearing<SlackKinds>;
  readonly places: SlackPlaces;
  readonly jobs: Jobs<Job>;
  readonly publicUrl: string | null;
  readonly offered: Recently;
  /** Queues: messages, in order within each conversation; invitations, so that nobody is invited twice. */
  readonly conversations: InOrder;
}

/** Types of Slack; acknowledgements of events have no body. */
export interface SlackKinds {
  readonly file: SlackFile;
  readonly at: SlackAt;
  /** Entries of a form or of ticks by block, with its input blocks. */
  readonly entered: { readonly values: EnteredValues; readonly inputs: readonly string[] };
  readonly ack: Readonly<Record<string, unknown>>;
}
export type SlackPress = HeardOf<SlackKinds, 'pressed'>;
export type Handled = HandledBy<SlackKinds['ack']>;
export const NOTHING: Handled = {};

/** Person as described by a payload. */
interface Who {
  /** Workspace of the payload; ours by default. */
  readonly team?: string;
  /** Workspace of the person, if the payload names it. */
  readonly own?: string | undefined;
  readonly handle?: string | undefined;
  /** Typed text, and language of the place: they suggest the person's language until Slack gives it. */
  readonly typed?: string | undefined;
  readonly spoken?: Language | undefined;
  /** Name of the channel in which the person acts. */
  readonly place?: string | undefined;
}

/** Returns the person of a button, form or shortcut payload. */
export function whoOf({ user, team }: Actor): Who {
  return { own: user.team_id, team: team?.id ?? '', handle: user.name ?? user.username };
}

/** Longest wait (ms) for a person's language before a form opens; its trigger is valid for three seconds. */
export const ACQUAINTED_WITHIN = 700;

/** Address of an answer: the response address of the payload, or else its channel, thread and person. */
export interface Handle {
  readonly responseUrl?: string | undefined;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  /** True for a message below the root of `thread`, where its answer belongs. */
  readonly isReply?: boolean;
  readonly user: string;
  /** Time (epoch ms) of the act, see `Spot`. */
  readonly since?: number | undefined;
}
/** Replies in the acknowledgement, and work that waits until it is sent. */
export interface Ack {
  readonly replies: Reply[];
  readonly later: (() => Promise<void>)[];
}
export const laterOf =
  (ack: Ack | undefined): After =>
  async () => {
    for (const work of ack?.later ?? []) await work();
  };
/** Address of the answers to an act, and data they depend on. */
export interface SlackAt extends Handle {
  /** Trigger valid for three seconds and one modal. */
  readonly trigger?: string;
  /** True inside a modal: the new one opens on top. */
  readonly push?: boolean;
  /** True for a requested card, which opens as a modal. */
  readonly opens?: boolean;
  readonly ack?: Ack;
  /** Pressed button: on an incident's surface, or in a `view` (modal or Home tab) that is updated after the press. */
  readonly pressed?: { readonly incident: string; readonly isOnSurface: boolean; readonly view: BlockActions['view'] };
  /** True if the answer depends on who asks. */
  readonly isPersonal?: boolean;
  /** Lines above the form. */
  readonly intro?: readonly Text[];
  /** Address of the pressed offer, which is removed once used. */
  readonly offer?: string | undefined;
  readonly who?: Who;
}
/** Place of the person; a room abroad shows only content that may be shown there. */
export type Spot = SpotOf<SlackAt>;

/** Channel changes by event; a channel that becomes shared is read by people of another organisation. */
const NOTED: Readonly<Partial<Record<HeardOf<SlackKinds, 'place'>['change'], Partial<Channel>>>> = {
  kicked: { is_member: false },
  joined: { is_member: true },
  shared: { is_ext_shared: true },
};

const DIRECT: Place = { kind: 'direct', room: null };

type PlaceNeeds = Pick<SlackBot, 'app' | 'clock' | 'directory' | 'kept' | 'profile' | 'returned' | 'threads'>;
/** Places of Slack: people and channels in the directory. */
export class SlackPlaces implements Places<SlackKinds> {
  readonly #bot: PlaceNeeds;

  constructor(bot: PlaceNeeds) {
    this.#bot = bot;
  }

  /**
   * Returns the caller from the signed payload only. Name and language are those known without a request; the account
   * is always of their own workspace.
   */
  caller({ id, handle: name, ...who }: Who & { readonly id: string }): Caller {
    const { directory, profile } = this.#bot;
    const known = directory.people.person(id);
    const tenant = directory.tenantOf(who.own ?? known?.team ?? (who.team || directory.team), id);
    const language = /\p{Script=Han}/u.test(who.typed ?? '') ? 'zh-CN' : who.spoken;
    const caller = directory.people.caller(id, { tenant, name, language });
    const isOutside = directory.isForeign(id, tenant) && personOf(profile(), caller.account) === null;
    return { ...caller, ...(known ? {} : { unmet: true }), ...(isOutside ? { outside: true } : {}) };
  }

  /** Returns the caller with name and language, requested only for a new person; unchanged if Slack is slow. */
  async acquainted(caller: Caller): Promise<Caller> {
    const { id, tenant } = caller.account;
    const { directory, clock } = this.#bot;
    const { people, team } = directory;
    if (!people.person(id) && tenant === team) await withTimeout(clock, ACQUAINTED_WITHIN, people.learn(id));
    if (!people.person(id)) return caller;
    return { ...this.caller({ id, own: tenant }), ...(caller.room ? { room: caller.room } : {}) };
  }

  /** `channel`: channel in which the person acts, even if the answer goes elsewhere. */
  in(caller: Caller, at: SlackAt, channel = at.channel, name?: string): Spot {
    const place = channel === undefined ? DIRECT : this.#place(channel, caller, name);
    return { caller: place.kind === 'room' ? { ...caller, room: place.room } : caller, place, at };
  }

  async spot({ user, chat, at }: SlackPress | HeardOf<SlackKinds, 'said'>, incident: string | null): Promise<Spot> {
    const { app, directory } = this.#bot;
    // Language of the incident in this channel.
    const state = incident === null ? null : await app.state(incident, 'api');
    const spoken = state?.rooms[directory.room(chat)]?.language;
    return this.in(this.caller({ id: user, ...at.who, spoken }), at, chat || undefined, at.who?.place);
  }

  left(chat: string, user: string): Promise<void> {
    return this.#bot.directory.goneFrom(user, chat);
  }

  async changed({ chat, change, name: renamed }: HeardOf<SlackKinds, 'place'>) {
    const { directory, returned } = this.#bot;
    const name = directory.channel(chat)?.name;
    await committed(directory.noted(chat, { ...NOTED[change], ...(renamed === undefined ? {} : { name: renamed }) }));
    const after = async (): Promise<void> => {
      await directory.refreshChannel(chat);
      returned(PLATFORM);
    };
    return { name, after };
  }

  /**
   * Returns the room of a channel in which a person acts, which proves that they read it. Language and location come
   * from the profile. A channel of unknown privacy counts as open, so that no content is shown by mistake; Slack names
   * private channels in its commands.
   */
  #place(channel: string, caller: Caller, channelName?: string): Place {
    const { directory, profile } = this.#bot;
    const { id, tenant } = caller.account;
    if (channel.startsWith('D') || channelName === 'directmessage') return DIRECT;
    directory.seenIn(id, channel);
    if (directory.isShared(channel) || directory.isForeign(id, tenant)) return { kind: 'shared' };
    const organisation = profile();
    const known = directory.channel(channel);
    const isPrivate = known ? known.is_private : channelName === 'privategroup' || channel.startsWith('G');
    const room: Room = {
      ...groupRoom(organisation, { platform: PLATFORM, tenant: directory.team, address: channel, open: !isPrivate }),
      ...(known?.name ? { name: known.name } : {}),
      // The profile sets the languages of its rooms.
      ...(organisation ? {} : { language: caller.language, ...(caller.unmet ? { assumed: true } : {}) }),
    };
    return { kind: 'room', room };
  }

  /** Returns a channel's language by the profile; undefined if it names none. */
  languageOf(address: string): Language | undefined {
    const { directory, profile } = this.#bot;
    const own = ownRoom(profile(), { platform: PLATFORM, tenant: directory.team, address });
    return own?.language ?? profile()?.languages.rooms;
  }

  /** Returns the incident of a thread; null if it has none. */
  incidentIn(channel: string, thread: string): Promise<string | null> {
    return incidentBelow(this.#bot, this.#bot.directory.room(channel), thread);
  }
}
