import { z } from 'zod';
import type { Text } from '../conversation/cards/card.ts';
import type { MessageKey } from '../i18n/keys.ts';
import type { Language, Room } from '../incident/identity.ts';
import type { App, Caller, Delivery } from '../use-cases/app.ts';
import { deliveriesOf } from '../use-cases/platform-support.ts';
import type { Core, Does, Outcome, Place, TalkNeeds } from './acts.ts';
import { conclude, type SightOf } from './conclusion.ts';
import { type EvidenceTexts, type FetchedFile, keepEvidence } from './evidence.ts';
import { GivenFiles, placeOfFiles } from './given-files.ts';
import { createServiceParts, type ServiceOptions, type ServiceParts } from './service.ts';
import { type AnswerPort, showAnswers } from './showing.ts';

/** Person and place of an act; `at`: address of the message that was written or pressed, as the platform has it. */
export interface Spot {
  readonly caller: Caller;
  readonly place: Place;
  readonly at: string;
}
export interface ChatPort extends AnswerPort {
  /** A sentence of our own. */
  say(text: KeyedText): Promise<void>;
}
type KeyedText = Extract<Text, { readonly key: MessageKey }>;
/** A file as it is kept until it is fetched: what the platform needs for that, with the person and the message. */
export interface Given {
  readonly user: string;
  readonly message: string;
}

export interface ChatOptions<File extends Given> extends Pick<ServiceOptions<File>, 'isOwnRoom' | 'prefix'> {
  readonly platform: string;
  /** Callers, names and languages of the platform. */
  readonly people: {
    caller(user: string): Caller;
    choose(user: string, language: Language): Promise<void>;
    introduce(app: Pick<App, 'named'>, caller: Caller): Promise<void>;
  };
  /** Ways of showing an answer: where the act was done, or to the person alone. */
  readonly port: (spot: Spot, alone: boolean) => ChatPort;
  /** Called before the act with a function for the incident it is about. */
  readonly sight: (spot: Spot, act: Sighted) => Promise<SightOf>;
  readonly file: z.ZodType<File>;
  /** Fetches a file; throws when it should be tried again. */
  readonly fetch: (file: File) => Promise<FetchedFile>;
  readonly texts: EvidenceTexts & {
    /** Title of the card that asks to which incident a file belongs. */
    readonly question: MessageKey;
    readonly hello?: MessageKey;
    /** Said in a place where nothing may be shown. */
    readonly shared?: MessageKey;
  };
  /** Makes the room of an incident that is declared in a direct conversation, where that is no room itself. */
  readonly roomFor?: (caller: Caller, key: string) => Promise<Room>;
}
export interface Sighted {
  readonly by: 'line' | 'press';
  readonly isAnswer: boolean;
  readonly incident: () => Promise<string | null>;
}
/** Work that follows the acknowledgement. */
export type After = () => Promise<void>;

export interface Written {
  /** The platform's own id of the message. */
  readonly key: string;
  readonly text: string;
  /** The incident that its thread names. */
  readonly about?: string | null;
}
export interface Pressed {
  readonly key: string;
  readonly incident: string;
  readonly revision: number;
  readonly does: Does;
  /** Surface of the card, shown again if it is out of date and cannot be edited; absent: it can. */
  readonly surface?: string | null;
}

const ANSWERS: ReadonlySet<string> = new Set(['answer', 'dont_know', 'yes', 'no']);

/** Lines, presses and files of people on one platform, from the person and place of the act to what is shown of it. */
export interface Chat<File extends Given> extends Omit<ServiceParts<File>, 'jobs'>, Core {
  readonly start: () => void;
  readonly delivery: (key: string, body: unknown) => Delivery;
  /** Commits a line, and returns how it is answered. */
  readonly line: (spot: Spot, written: Written) => Promise<After>;
  /** Commits a press; `after` is for `once`. The outcome is null where a file was placed. */
  readonly press: (
    spot: Spot,
    pressed: Pressed,
  ) => Promise<{ readonly outcome: Outcome | null; readonly after: After }>;
  readonly give: (spot: Spot, file: File) => Promise<After>;
  /** Does the work for the first delivery of an act only; then a missing name is asked for. */
  readonly once: (key: string, spot: Spot, work: After) => After;
}

export function createChat<File extends Given>(needs: TalkNeeds, core: Core, options: ChatOptions<File>): Chat<File> {
  const { platform, people, port, texts, prefix, isOwnRoom } = options;
  const delivery = deliveriesOf(platform);
  const { jobs, ...service } = createServiceParts(needs, core, {
    ...{ platform, prefix, languages: people, jobs: options.file.and(z.object({ incident: z.string() })) },
    ...(isOwnRoom ? { isOwnRoom } : {}),
  });
  const { talk, answered } = service;
  const { question } = texts;
  const files = new GivenFiles({ talk, kept: needs.kept, jobs, question, schema: options.file, keyOf });

  const show = (spot: Spot, outcome: Outcome, alone: boolean): Promise<void> => {
    const { caller, place } = spot;
    const language = place.kind === 'room' && !alone ? place.room.language : outcome.language;
    return showAnswers(core, caller, { ...outcome, language }, port(spot, alone));
  };
  const once: Chat<File>['once'] =
    (key, { caller }, work) =>
    async () => {
      if (!(await answered.seen(key))) await work();
      await people.introduce(core.app, caller);
    };
  const placeFor = async ({ caller, place }: Spot, key: string, declares: boolean): Promise<Place> =>
    declares && options.roomFor ? { kind: 'direct', room: await options.roomFor(caller, key) } : place;
  /** The incident of the files a person gave before was chosen. */
  const placed = async (spot: Spot, incident: string): Promise<After> => {
    const isPlaced = await files.placed(spot, incident);
    return async () => (isPlaced ? undefined : port(spot, true).say({ key: texts.gone }));
  };
  const concluded =
    (spot: Spot, outcome: Outcome, alone: boolean, how: Parameters<typeof conclude>[1], of: SightOf) =>
    async (): Promise<void> => {
      if (spot.caller.outside) return;
      const { answers, next } = await conclude(outcome, how, of);
      await show(spot, { ...outcome, answers }, alone);
      if (next) await show(spot, await talk.view(next, spot.caller), alone);
    };

  return {
    ...core,
    ...service,
    ...{ delivery, once },
    start: () =>
      jobs.start(async (file) => {
        const { user, message, incident } = file;
        const caller = people.caller(user);
        const by = delivery(`${prefix}${message}`, message);
        const reply = await keepEvidence(core, { incident, caller, delivery: by }, await options.fetch(file), texts);
        if (reply === null) return;
        const ways = port({ caller, place: { kind: 'direct', room: null }, at: message }, false);
        if ('text' in reply) return ways.say(reply.text);
        await ways.card(reply.card, { incident, revision: 0, language: caller.language }, null);
      }),
    line: async (spot, { key, text, about = null }) => {
      const of = placeOfFiles(text);
      if (of !== null) return once(key, spot, await placed(spot, of));
      const { caller } = spot;
      const command = talk.read(text);
      const { hello, shared } = texts;
      if (hello && (text === '' || command.type === 'hello'))
        return once(key, spot, () => port(spot, false).say({ key: hello }));
      const declares = (command.type === 'new' || command.type === 'drill') && command.title !== undefined;
      const by = delivery(key, [caller.account.id, text]);
      const line = { caller, place: await placeFor(spot, key, declares), text, command, about, delivery: by };
      const isAnswer = ANSWERS.has(command.type);
      const sight = await options.sight(spot, { by: 'line', isAnswer, incident: () => talk.about(line) });
      const outcome = await talk.line(line);
      const isShared = spot.place.kind === 'shared';
      const conclusion = concluded(spot, outcome, isShared || command.type === 'language', { isAnswer }, sight);
      return once(key, spot, async () => {
        await conclusion();
        if (isShared && shared) await port(spot, false).say({ key: shared });
      });
    },
    press: async (spot, { key, incident, revision, does, surface }) => {
      const of = does.kind === 'line' ? placeOfFiles(does.text) : null;
      if (of !== null) return { outcome: null, after: await placed(spot, of) };
      const { caller } = spot;
      const isIntent = does.kind === 'intent';
      const isAnswer = isIntent && ANSWERS.has(does.intent.type);
      const place = await placeFor(spot, key, isIntent && does.intent.type === 'declare');
      const by = delivery(key, [caller.account.id, incident, revision, does]);
      const asked = async () => (isIntent ? incident : null);
      const sight = await options.sight(spot, { by: 'press', isAnswer, incident: asked });
      const outcome = await talk.press({ caller, place, incident, revision, does, delivery: by });
      const args = { incident };
      const how = { isAnswer, ...(surface === undefined ? {} : { renewal: { view: surface ?? 'question', args } }) };
      return { outcome, after: concluded(spot, outcome, true, how, sight) };
    },
    give: async (spot, file) => {
      const key = keyOf(file);
      const by = delivery(`where:${key}`, [file.user]);
      const asked = await files.given({ ...spot, delivery: by }, [file]);
      return once(key, spot, async () => (asked ? show(spot, asked, true) : undefined));
    },
  };
}

function keyOf({ message }: Given): string {
  return message;
}
