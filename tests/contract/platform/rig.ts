import type { Account } from '../../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../../src/incident/people/profile.ts';
import type { Gateway } from '../../../src/platforms/shared/telephone.ts';
import type { Place } from '../../../src/use-cases/ports.ts';
import { ran } from '../../fakes/patience.ts';
import type { ContractBot } from './bot.ts';

/**
 * The cast. `lead` and `colleague` are in every room and in the profile, one reads English, one Chinese; `stranger` is of
 * the company and in no room; `foreigner` is of another organisation and writes in the room at home.
 */
export type Who = 'lead' | 'colleague' | 'stranger' | 'foreigner';
/** `home`: where the cast works; `open`: everybody in the company reads it; `abroad`: as the profile says. */
export type Where = 'home' | 'open' | 'abroad' | 'direct';

/** A message of the bot as its readers see it now. */
export interface Seen {
  /** Everything readable: title, texts, rows, labels. */
  readonly text: string;
  /** Labels of buttons, those of rows too. */
  readonly buttons: readonly string[];
  /** True if the room is notified, not only its thread. */
  readonly rings: boolean;
  /** Ids of the people it calls by name. */
  readonly mentions: readonly string[];
  readonly file: { readonly name: string; readonly content: Uint8Array } | null;
  /** Addresses of pages that can be followed. */
  readonly links: readonly string[];
}

/** What came of an act for whoever acted. */
export interface Delivered {
  /** False if the platform was told that it was not taken, or was told nothing. */
  readonly acknowledged: boolean;
  /** What they see because of it: answers to them alone, and new messages where they acted. */
  readonly answer: string;
}
/** One payload. Delivered twice it is the same payload twice, byte for byte, as a platform redelivers. */
export interface Act {
  deliver(): Promise<Delivered>;
}

/** One field of a form: its id in the form, the label a person sees in either language, and what is entered. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly english: string;
  readonly value: string;
}

/** What a platform has not got, so that the suites leave it out. Everything that is not named here is demanded. */
export interface Lacks {
  /** Rooms of these kinds. */
  readonly rooms?: readonly Exclude<Where, 'home' | 'direct'>[];
  /** Colleagues who may not read the rooms. */
  readonly strangers?: true;
  /** Silence about a repeated delivery: it gets the same answer again. */
  readonly silence?: true;
  /** Ticks that go together although they should not: the page does not let people. */
  readonly mixing?: true;
  /** People of another organisation where the bot is. */
  readonly foreigners?: true;
  /** Colleagues in the room at home: whoever writes to the bot is alone with it. */
  readonly colleagues?: true;
  /** An acknowledgement in the protocol. */
  readonly acknowledgement?: true;
  /** A network between the bot and the room. */
  readonly network?: true;
  /** Payloads that may be something else than documented. */
  readonly odd?: true;
  /** Credentials of its own. */
  readonly credentials?: true;
  /** Threads: what belongs below a message stands after it. */
  readonly threads?: true;
  /** A history in which a message is found by its key. */
  readonly history?: true;
  /** An event for a message that somebody removed: it is noticed at the next edit. */
  readonly recalls?: true;
  /** A way to ask for a file by a button: a page has a link. */
  readonly fileAnswers?: true;
  /** A direct conversation for a file that is asked for in a room: it goes to the room, whose readers may all read it. */
  readonly filesAlone?: true;
  /** A question before a button acts. */
  readonly confirms?: true;
  /** A way to notify a room. */
  readonly ringing?: true;
  /** A way to call people by name. */
  readonly mentions?: true;
}

/** A platform with its fake: what people do there and what they see. The suites know nothing else of it. */
export interface Rig {
  readonly bot: ContractBot;
  readonly lacks: Lacks;
  account(who: Who): Account;
  place(where: Where, who?: Who): Place;
  /** The bot's messages of a place as somebody sees them, oldest first: with a thread those in it, without one those in none. */
  seen(place: Place, who?: Who): Promise<readonly Seen[]>;
  /** Where people can be called, if not at home. */
  readonly loud?: Place;
  /** Somebody writes to the bot; `about` is an incident whose thread, or tag, is used. */
  write(who: Who, text: string, where: Where, about?: string | null): Promise<Act>;
  /** Somebody's mention in a line, if it is more than their name. */
  mention?(who: Who): string;
  /** A press of the newest button with this label, in this row if given. */
  press(who: Who, label: RegExp, where: Where, row?: string): Promise<Act>;
  /** Options ticked in the newest question that has them, and submitted. */
  tick(who: Who, labels: readonly string[], where: Where): Promise<Act>;
  /** The form behind a button, filled in: the act is the submission. */
  fill(who: Who, label: RegExp, entries: readonly Entry[], where: Where): Promise<Act>;
  /** A file given to the bot for an incident. */
  give(who: Who, content: Uint8Array, incident: string): Promise<Act>;
  /** Words of every message of the bot that stands anywhere, or in one place, for a platform that can edit. */
  standing?(where?: Where): Promise<readonly string[]>;
  /** The bot is put out of the room at home, and let in again; absent where nobody can. */
  kick?(isOut: boolean): Promise<void>;
  /** The platform accepts the credentials no more, until called with false; absent where there are none. */
  revoke?(isRevoked: boolean): Promise<void>;
  /** The room at home is shared with another company, for good; absent where the platform has or tells no such thing. */
  share?(): Promise<void>;
  /** A group of which the platform does not say who reads it, where it may be unknown. */
  readonly strange?: { readonly place: Place; write(who: Who, text: string): Promise<Act> };
  /** A direct message with words and pictures among them, where people can send one. */
  picture?(who: Who, text: string, contents: readonly Uint8Array[]): Promise<Act>;
  /** Parts of the payload of `odd` that must not be kept: tokens, live addresses. */
  readonly live?: readonly string[];
  /** A person of ours who cannot be reached, where the platform says so only after it took the message. */
  readonly nobody?: Place;
  /** How many messages the platform refused because there were too many, where the bot has to keep to its limit. */
  tooOften?(): number;
  /** A payload that is not what the platform documents. */
  odd(who: Who): Promise<Act>;
  /** The same line, delivered by somebody without the secret of the platform or meant for another company; null if nobody can. */
  forge(text: string): Promise<readonly Act[]>;
  /** The next send is done and its answer lost. */
  loseNextAnswer(): void;
  /** The next send is refused because there were too many. */
  limitNextSend(): void;
  /** The next file of the bot is refused. */
  refuseNextFile(): void;
  /** Sends are refused from now on by the platform itself, as when it is gone, until called with false. */
  cutOff(isOff: boolean): Promise<void>;
  /** Somebody removes a message of the bot in a place, by default the newest; false where nobody can. */
  recall(place: Place, ref?: string): Promise<boolean>;
  /** How many messages the platform refused for their form or size. */
  refusals(): number;
  stop(): Promise<void>;
}

export interface RigOptions {
  /** A secret the platform does not know. */
  readonly wrongCredentials?: boolean;
  /** The lead is off duty by the roster, and `stranger`, who files, is their deputy. */
  readonly offDuty?: boolean;
  /** `stranger` is one of the team: in the room at home, files and is legal. */
  readonly three?: boolean;
  /** Service that calls people: the profile has their numbers then, which end in `NUMBERS`. */
  readonly gateway?: Gateway | undefined;
  /** Who is on duty by the roster. */
  readonly onDuty?: 'lead' | 'stranger' | undefined;
}
/** Last digit of each telephone number of the profile. */
export const NUMBERS = { lead: '1', stranger: '3' } as const;
export type MakeRig = (options?: RigOptions) => Promise<Rig>;

interface Profile extends Pick<RigOptions, 'gateway' | 'onDuty'> {
  readonly platform: string;
  readonly tenant: string;
  readonly lead: string;
  readonly colleague: string;
  readonly rooms: Readonly<Partial<Record<'home' | 'open' | 'abroad', string>>>;
  /** Deputy of the lead, who is off duty. */
  readonly deputy?: string | false | undefined;
  /** Third of the team. */
  readonly third?: string | false | undefined;
}

const LONG_AGO = { from: '2020-01-01T00:00:00+08:00', until: '2020-01-02T00:00:00+08:00' };

/** The profile of the company on a platform. */
export function profileOf(profile: Profile): Organisation {
  const { platform, tenant, lead, colleague, rooms, deputy, third, gateway, onDuty } = profile;
  const account = (id: string) => [{ platform, tenant, id }];
  const phone = (who: keyof typeof NUMBERS) => (gateway ? { phone: `1380000000${NUMBERS[who]}` } : {});
  const duty = {
    person: onDuty === 'lead' ? 'lead' : 'third',
    from: LONG_AGO.from,
    until: '2040-01-01T00:00:00+08:00',
  };
  const { home, open, abroad } = rooms;
  return organisationSchema.parse({
    organisation: '某公司',
    openChannels: 'thread',
    entities: [{ id: 'sh', name: '某公司', province: '31' }],
    people: [
      {
        id: 'lead',
        name: 'Li Wei',
        language: 'en',
        roles: ['lead', 'approver', 'administrator'],
        accounts: account(lead),
        ...phone('lead'),
        ...(deputy ? { deputy: 'deputy' } : {}),
      },
      { id: 'colleague', name: '陈宇', language: 'zh-CN', roles: ['responder'], accounts: account(colleague) },
      ...(third
        ? [
            {
              ...{ id: 'third', name: '王磊', language: 'zh-CN', roles: ['filer', 'legal'], accounts: account(third) },
              ...phone('stranger'),
            },
          ]
        : []),
      ...(deputy ? [{ id: 'deputy', name: '王磊', language: 'en', roles: ['filer'], accounts: account(deputy) }] : []),
    ],
    ...(deputy ? { roster: [{ person: 'lead', ...LONG_AGO }] } : onDuty ? { roster: [duty] } : {}),
    rooms: [
      ...(home === undefined ? [] : [{ platform, tenant, address: home, language: 'zh-CN' }]),
      ...(open === undefined ? [] : [{ platform, tenant, address: open, language: 'zh-CN', open: true }]),
      ...(abroad === undefined ? [] : [{ platform, tenant, address: abroad, language: 'en', location: 'abroad' }]),
    ],
  });
}

/** A sign over a connection, so that a clock that leaps does not take it for dead; none if it is not there. */
export async function sign(isConnected: boolean, ask: () => Promise<unknown>): Promise<void> {
  if (!isConnected) return;
  await Promise.race([ask().catch(() => {}), ran(SIGN_WITHIN)]);
}
const SIGN_WITHIN = 250;

/** Addresses in something, however deep. */
export function linksIn(shown: unknown): readonly string[] {
  return JSON.stringify(shown ?? null).match(/https?:\/\/[^"'\\)\s<>]+/g) ?? [];
}

/** What somebody sees, by source: each list only grows. */
export type Sight = readonly (readonly string[])[];

/** An act: what it sends, whether that was acknowledged, and what came into sight because of it. */
export function act(
  bot: Pick<ContractBot, 'settle'>,
  sight: () => Sight,
  send: () => Promise<{ readonly acknowledged: boolean; readonly body?: string }>,
): Act {
  return {
    deliver: async () => {
      const before = sight();
      const { acknowledged, body = '' } = await send();
      await bot.settle();
      const news = sight().flatMap((list, index) => list.slice(before[index]?.length ?? 0));
      return { acknowledged, answer: [body, ...news].filter((part) => part !== '').join('\n') };
    },
  };
}
