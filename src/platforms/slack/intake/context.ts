import { type Language, type Room, roomId } from '../../../incident/identity.ts';
import { personOf } from '../../../incident/people/rights.ts';
import type { Place } from '../../../talk/acts.ts';
import type { Jobs } from '../../../talk/jobs.ts';
import type { Talk } from '../../../talk/talk.ts';
import type { App, Caller } from '../../../use-cases/app.ts';
import { callerOf as callerFrom, deliveriesOf } from '../../../use-cases/platform-support.ts';
import type { Messenger } from '../../../use-cases/ports.ts';
import type { Explain, PlatformNeeds } from '../../description.ts';
import type { BackgroundWork } from '../../shared/background-work.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import type { Recently } from '../../shared/recently.ts';
import { groupRoom } from '../../shared/rooms.ts';
import { soon } from '../../shared/soon.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Directory } from '../directory.ts';
import type { Job } from '../job.ts';
import type { SlackApi } from '../send/api.ts';
import type { PressResponses } from '../send/press-responses.ts';
import type { GlobalShortcut } from './payloads.ts';

/** Dependencies available to every handler. */
export interface Intake
  extends Pick<PlatformNeeds, 'profile' | 'clock' | 'ids' | 'log' | 'kept' | 'threads' | 'surfaces' | 'inbox' | 'end'> {
  readonly app: App;
  readonly talk: Talk;
  readonly api: SlackApi;
  readonly http: HttpClient;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly after: BackgroundWork;
  readonly jobs: Jobs<Job>;
  readonly messenger: Messenger;
  readonly command: string;
  /** Names of the reactions that put a message on the record. */
  readonly reactions: ReadonlySet<string>;
  readonly publicUrl: string | null;
  /** A refusal as a card: what is wrong and the way on. */
  readonly explain: Explain;
  /** Messages answered, and offers made, a short while ago. */
  readonly answered: Recently;
  readonly offered: Recently;
  /** Invitations being made, as `channel/user`: nobody is invited twice at the same time. */
  readonly inviting: Set<string>;
  wake(): void;
}

/** Result of a handler: the acknowledgement, sent once everything is on disk, and the work that follows it. */
export interface Handled {
  /** The body of the acknowledgement; an event has none. */
  readonly ack?: Readonly<Record<string, unknown>>;
  /** Replies to a live handle: done once, right after the acknowledgement; losing them is harmless. */
  readonly after?: () => Promise<void>;
}
export const NOTHING: Handled = {};

interface Acting {
  readonly id: string;
  readonly team: string;
  readonly handle?: string | undefined;
  /** Typed text, and the language of the place: used to guess the person's language until Slack gives it. */
  readonly typed?: string | undefined;
  readonly spoken?: Language | undefined;
}

/** Caller from the signed payload only. Name and language are those known without a request. */
export function callerOf(intake: Intake, who: Acting): Caller {
  const known = intake.directory.person(who.id);
  const account = { platform: PLATFORM, tenant: who.team, id: who.id };
  const chosen = intake.directory.languages.of(who.id);
  const isOutside = intake.directory.isForeign(who.id, who.team) && personOf(intake.profile(), account) === null;
  const guess = /\p{Script=Han}/u.test(who.typed ?? '') ? 'zh-CN' : who.spoken;
  return {
    ...callerFrom(intake, account, {
      name: known?.name ?? who.handle ?? who.id,
      language: known?.language ?? guess,
      otherwise: 'en',
    }),
    ...(chosen ? { language: chosen } : {}),
    ...(known ? {} : { unmet: true }),
    ...(isOutside ? { outside: true } : {}),
  };
}

/** Caller of a payload of a button, a form or a shortcut. */
export function actorOf(
  intake: Intake,
  { user, team }: Pick<GlobalShortcut, 'user' | 'team'>,
  more: Pick<Acting, 'typed' | 'spoken'> = {},
): Caller {
  const handle = user.name ?? user.username;
  return callerOf(intake, { id: user.id, team: user.team_id ?? team?.id ?? intake.directory.team, handle, ...more });
}

/** Workspace of a user named in a payload: their own if Slack has given it, otherwise the one the payload came from. */
export function teamOf(intake: Intake, user: string, otherwise: string): string {
  return intake.directory.person(user)?.team ?? otherwise;
}

/** The language of an incident in a channel, if it is shown there. */
export async function spokenIn(
  intake: Intake,
  incident: string | null,
  channel: string,
): Promise<Language | undefined> {
  const state = incident === null ? null : await intake.app.state(incident, 'api');
  return state?.rooms[roomId({ platform: PLATFORM, tenant: intake.directory.team, address: channel })]?.language;
}

/** Maximum wait (ms) for the person's language before a form opens: its trigger is good for three seconds. */
export const ACQUAINTED_WITHIN = 700;

/** Same caller with name and language, if Slack gives them quickly; only the first time a person is met. */
export async function acquainted(intake: Intake, caller: Caller): Promise<Caller> {
  const { id, tenant } = caller.account;
  const again = (): Caller => {
    if (!intake.directory.person(id)) return caller;
    return { ...callerOf(intake, { id, team: tenant }), ...(caller.room ? { room: caller.room } : {}) };
  };
  if (intake.directory.person(id) || tenant !== intake.directory.team) return again();
  await soon(intake.clock, ACQUAINTED_WITHIN, intake.directory.learnPerson(id));
  return again();
}

/** Kind of place a message came from. */
export type Whereabouts =
  | { readonly kind: 'room'; readonly room: Room; readonly joined: boolean | null }
  | { readonly kind: 'direct' }
  /** Shared with another organisation: nothing is shown there. */
  | { readonly kind: 'shared' };

/**
 * Room of a channel in which somebody acts, which proves that they read it. Language and location come from the profile. A
 * channel of unknown privacy counts as open, so that nothing is shown by mistake; Slack names private ones in its commands.
 */
export function whereabouts(intake: Intake, channel: string, caller: Caller, channelName = ''): Whereabouts {
  const { directory } = intake;
  const organisation = intake.profile();
  if (channel.startsWith('D') || channelName === 'directmessage') return { kind: 'direct' };
  directory.seenIn(caller.account.id, channel);
  if (directory.isShared(channel) || directory.isForeign(caller.account.id, caller.account.tenant))
    return { kind: 'shared' };
  const known = directory.channel(channel);
  const profile = organisation?.rooms.find(
    (room) => room.platform === PLATFORM && room.tenant === directory.team && room.address === channel,
  );
  const isPrivate = known ? known.is_private : channelName === 'privategroup' || channel.startsWith('G');
  const told = profile?.language ?? organisation?.languages.rooms;
  const here = { platform: PLATFORM, tenant: directory.team, address: channel, open: !isPrivate };
  const room: Room = {
    ...groupRoom(organisation, here),
    ...(told === undefined ? { language: caller.language } : {}),
    ...(known?.name ? { name: known.name } : {}),
    ...(told === undefined && caller.unmet ? { assumed: true } : {}),
  };
  return { kind: 'room', room, joined: directory.isIn(channel) };
}

/** Place in the terms of `talk`: a direct message of Slack is no room. */
export function placeOf(where: Whereabouts | null): Place {
  return where === null || where.kind === 'direct' ? { kind: 'direct', room: null } : where;
}

/** The caller as they stand in a room: one abroad is shown what may be shown there. */
export function standingIn(caller: Caller, where: Whereabouts | null): Caller {
  return where?.kind === 'room' ? { ...caller, room: where.room } : caller;
}

/** The incident whose thread this is; null outside of one. */
export async function incidentIn(intake: Intake, channel: string, thread: string | undefined): Promise<string | null> {
  if (thread === undefined) return null;
  const room = roomId({ platform: PLATFORM, tenant: intake.directory.team, address: channel });
  return (await intake.threads.incidentOf(room, thread)) ?? intake.kept.get(rootKey(channel, thread));
}

/** Key of the kept value for the incident of a thread whose root was deleted, e.g. `root:C01:1700000000.000100`. */
export function rootKey(channel: string, ts: string): string {
  return `root:${channel}:${ts}`;
}

export const delivery = deliveriesOf(PLATFORM);

export function languageOfRoom(intake: Intake, channel: string, fallback: Language): Language {
  const profile = intake.profile()?.rooms.find((room) => room.platform === PLATFORM && room.address === channel);
  return profile?.language ?? intake.profile()?.languages.rooms ?? fallback;
}
