import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import { type Language, type Room, roomId } from '../../../incident/identity.ts';
import { personOf } from '../../../incident/people/rights.ts';
import type { Core, Place } from '../../../talk/acts.ts';
import type { InOrder } from '../../../talk/in-order.ts';
import type { After, Intake, Spot as SpotOf } from '../../../talk/intake-options.ts';
import type { Jobs } from '../../../talk/jobs.ts';
import type { Recently } from '../../../talk/recently.ts';
import type { ServiceParts } from '../../../talk/service.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { PlaceChange } from '../../../use-cases/notices/places.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { Messenger } from '../../../use-cases/ports.ts';
import type { PlatformNeeds } from '../../description.ts';
import type { Handled as HandledBy, HeardOf, Hearing, Places } from '../../shared/hearing.ts';
import { groupRoom, roomOf as ownRoom } from '../../shared/rooms.ts';
import { incidentBelow } from '../../shared/roots.ts';
import type { Standing } from '../../shared/standing.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Channel, Directory } from '../directory.ts';
import type { SlackConfig } from '../index.ts';
import type { SlackApi } from '../send/api.ts';
import type { PressResponses } from '../send/press-responses.ts';
import type { SlackFile } from './material.ts';
import type { BlockActions, GlobalShortcut, ViewSubmission } from './payloads.ts';
import type { Reply } from './reply.ts';

/** Job requested by a payload that needs a call to Slack first. */
export const jobSchema = z.discriminatedUnion('kind', [
  /** A reaction put a message on the record. */
  z.strictObject({ kind: z.literal('pin'), channel: z.string(), ts: z.string(), user: z.string(), team: z.string() }),
  /** The content of an incident declared in an open channel moves to a private one. */
  z.strictObject({
    kind: z.literal('private'),
    incident: z.string(),
    channel: z.string(),
    /** Requester and thread; absent when the profile requires it. */
    asked: z.strictObject({ user: z.string(), thread: z.string().nullable() }).optional(),
  }),
]);
export type Job = z.infer<typeof jobSchema>;

/** Parts that send and look up, which the platform has before it is served. */
export interface SlackParts {
  readonly config: SlackConfig;
  readonly api: SlackApi;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly messenger: Messenger;
  readonly standing: Standing;
}
export type Needs = Exclude<keyof PlatformNeeds, 'config' | 'backups' | 'formSecret'>;

/** Dependencies available to every handler. */
export interface SlackBot
  extends Pick<PlatformNeeds, Needs>,
    SlackParts,
    Pick<ServiceParts<Job>, 'after' | 'talk'>,
    Core {
  readonly intake: Intake<SlackFile, SlackAt>;
  readonly hearing: Hearing<SlackKinds>;
  readonly jobs: Jobs<Job>;
  readonly publicUrl: string | null;
  /** Offers made a short while ago. */
  readonly offered: Recently;
  /** Queue of messages, in order within each conversation. */
  readonly conversations: InOrder;
  /** Invitations being made, as `channel/user`: nobody is invited twice at the same time. */
  readonly inviting: Set<string>;
}

/** Entries of a form or of ticks, by block, with the blocks of its inputs. */
export interface Entered {
  readonly values: ViewSubmission['view']['state']['values'];
  readonly inputs: readonly string[];
}
/** Types of Slack; an event has no body in its acknowledgement. */
export interface SlackKinds {
  readonly file: SlackFile;
  readonly at: SlackAt;
  readonly entered: Entered;
  readonly ack: Readonly<Record<string, unknown>>;
}
export type SlackPress = HeardOf<SlackKinds, 'pressed'>;
export type Handled = HandledBy<SlackKinds['ack']>;
export const NOTHING: Handled = {};

type PlaceNeeds = Pick<SlackBot, 'app' | 'directory' | 'profile' | 'returned'>;

/** Person as a payload describes them. */
interface Who {
  /** Workspace of the payload; by default ours. */
  readonly team?: string;
  /** Workspace of the person, where the payload names it. */
  readonly own?: string | undefined;
  readonly handle?: string | undefined;
  /** Typed text, from which the person's language is guessed until Slack gives it. */
  readonly typed?: string | undefined;
  /** Name of the person's place. */
  readonly place?: string | undefined;
}
interface Acting extends Omit<Who, 'place'> {
  readonly id: string;
  /** Language of the place, guessed by like the typed text. */
  readonly spoken?: Language | undefined;
}

/**
 * Caller from the signed payload only. Name and language are those known without a request; the account is of their own
 * workspace, however they act.
 */
export function callerOf(bot: Pick<SlackBot, 'directory' | 'profile'>, who: Acting): Caller {
  const { directory, profile } = bot;
  const { id, handle: name } = who;
  const known = directory.people.person(id);
  const tenant = directory.tenantOf(who.own ?? known?.team ?? (who.team || directory.team), id);
  const language = /\p{Script=Han}/u.test(who.typed ?? '') ? 'zh-CN' : who.spoken;
  const caller = directory.people.caller(id, { tenant, name, language });
  const isOutside = directory.isForeign(id, tenant) && personOf(profile(), caller.account) === null;
  return { ...caller, ...(known ? {} : { unmet: true }), ...(isOutside ? { outside: true } : {}) };
}

/** Person in a payload of a button, a form or a shortcut. */
export function whoOf({ user, team }: Pick<GlobalShortcut, 'user' | 'team'>): Who {
  return { own: user.team_id, team: team?.id ?? '', handle: user.name ?? user.username };
}
export function actorOf(bot: SlackBot, p: Pick<GlobalShortcut, 'user' | 'team'>): Caller {
  return callerOf(bot, { id: p.user.id, ...whoOf(p) });
}

/** Maximum wait (ms) for the person's language before a form opens: its trigger is good for three seconds. */
export const ACQUAINTED_WITHIN = 700;

/** Caller with name and language, asked of Slack only when a person is new; unchanged if Slack is slow. */
export async function acquainted(
  bot: Pick<SlackBot, 'directory' | 'clock' | 'profile'>,
  caller: Caller,
): Promise<Caller> {
  const { id, tenant } = caller.account;
  const { directory, clock } = bot;
  const { people, team } = directory;
  if (!people.person(id) && tenant === team) await withTimeout(clock, ACQUAINTED_WITHIN, people.learn(id));
  if (!people.person(id)) return caller;
  return { ...callerOf(bot, { id, own: tenant }), ...(caller.room ? { room: caller.room } : {}) };
}

/** Address of an answer: from the payload, or the place of the payload. */
export interface Handle {
  readonly responseUrl?: string | undefined;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  /** True for a message below the root of `thread`, where its answer belongs. */
  readonly isReply?: boolean;
  readonly user: string;
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
/** Address of the answers to an act, with the data they depend on. */
export interface SlackAt extends Handle {
  /** Good for three seconds and one modal. */
  readonly trigger?: string;
  /** True inside a modal: the new one is opened on top. */
  readonly push?: boolean;
  /** True for a requested card, which opens as a modal. */
  readonly opens?: boolean;
  readonly ack?: Ack;
  /** A button on a surface of an incident; or in a modal or the Home tab, which is renewed after it. */
  readonly pressed?: { readonly incident: string; readonly isOnSurface: boolean; readonly view: BlockActions['view'] };
  /** The answer depends on who asks. */
  readonly isPersonal?: boolean;
  /** Lines above the form. */
  readonly intro?: readonly Text[];
  /** Address of the offer that was pressed, which is taken away once it is used. */
  readonly offer?: string | undefined;
  readonly who?: Who;
}
/** Place of the person; a room abroad shows only content that may be shown there. */
export type Spot = SpotOf<SlackAt>;

/** `channel`: the channel in which the person acts, also where the answer is sent elsewhere. */
export function spotIn(
  bot: PlaceNeeds,
  caller: Caller,
  at: SlackAt,
  {
    channel = at.channel,
    name = '',
  }: { readonly channel?: string | undefined; readonly name?: string | undefined } = {},
): Spot {
  const place = channel === undefined ? DIRECT : placeIn(bot, channel, caller, name);
  return { caller: place.kind === 'room' ? { ...caller, room: place.room } : caller, place, at };
}

/** Content of an event about a channel; from the moment it is shared people of another organisation read it. */
const NOTED: Readonly<Partial<Record<HeardOf<SlackKinds, 'place'>['change'], Partial<Channel>>>> = {
  kicked: { is_member: false },
  joined: { is_member: true },
  shared: { is_ext_shared: true },
};

/** Places of Slack: people and channels as the directory knows them. */
export function placesOf(bot: PlaceNeeds): Places<SlackKinds> {
  const { directory } = bot;
  return {
    spot: async ({ user, chat, at }, incident) => {
      const spoken = incident === null ? undefined : await spokenIn(bot, incident, chat);
      const caller = callerOf(bot, { id: user, ...at.who, spoken });
      return spotIn(bot, caller, at, { channel: chat || undefined, name: at.who?.place });
    },
    left: (chat, user) => directory.goneFrom(user, chat),
    changed: async ({ chat, change, name: renamed }) => {
      const name = directory.channel(chat)?.name;
      await committed(directory.noted(chat, { ...NOTED[change], ...(renamed === undefined ? {} : { name: renamed }) }));
      const after = async (): Promise<void> => {
        await directory.refreshChannel(chat);
        bot.returned(PLATFORM);
      };
      return { name, after };
    },
  };
}

/** Place of a direct message in Slack, which is no room. */
const DIRECT: Place = { kind: 'direct', room: null };

/**
 * Room of a channel in which a person acts, which proves that the person reads it. Language and location come from the
 * profile. A channel of unknown privacy counts as open, so that no content is shown by mistake; Slack names private
 * channels in its commands.
 */
function placeIn({ directory, profile }: PlaceNeeds, channel: string, caller: Caller, channelName: string): Place {
  const { id, tenant } = caller.account;
  if (channel.startsWith('D') || channelName === 'directmessage') return DIRECT;
  directory.seenIn(id, channel);
  if (directory.isShared(channel) || directory.isForeign(id, tenant)) return { kind: 'shared' };
  const organisation = profile();
  const known = directory.channel(channel);
  const isPrivate = known ? known.is_private : channelName === 'privategroup' || channel.startsWith('G');
  // A profile says how its rooms are spoken to.
  const isSpoken = organisation !== null;
  const room: Room = {
    ...groupRoom(organisation, { platform: PLATFORM, tenant: directory.team, address: channel, open: !isPrivate }),
    ...(isSpoken ? {} : { language: caller.language }),
    ...(known?.name ? { name: known.name } : {}),
    ...(!isSpoken && caller.unmet ? { assumed: true } : {}),
  };
  return { kind: 'room', room };
}

/** Language of a channel by the profile; undefined where it names none. */
export function languageOfRoom(
  { profile, directory }: Pick<SlackBot, 'profile' | 'directory'>,
  address: string,
): Language | undefined {
  const own = ownRoom(profile(), { platform: PLATFORM, tenant: directory.team, address });
  return own?.language ?? profile()?.languages.rooms;
}

/** Id of a channel among the rooms of incidents, e.g. `slack/T01/C01`. */
export function roomOf({ directory }: Pick<SlackBot, 'directory'>, channel: string): string {
  return roomId({ platform: PLATFORM, tenant: directory.team, address: channel });
}

/** Cards of incidents shown in a channel follow a change of the channel. */
export function shownElsewhere(bot: SlackBot, id: string, kind: PlaceChange['kind'], name?: string): Promise<number> {
  return bot.app.placeChanged({ room: roomOf(bot, id), kind, name });
}

/** The language of an incident in a channel, if it is shown there. */
async function spokenIn(bot: PlaceNeeds, incident: string, channel: string): Promise<Language | undefined> {
  const state = await bot.app.state(incident, 'api');
  return state?.rooms[roomOf(bot, channel)]?.language;
}

/** Incident of this thread; null outside of one. */
export function incidentIn(bot: SlackBot, channel: string, thread: string): Promise<string | null> {
  return incidentBelow(bot, roomOf(bot, channel), thread);
}
