import type { z } from 'zod';
import type { Card, Text } from '../conversation/cards/card.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { MessageKey } from '../i18n/keys.ts';
import type { Language, Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App, Caller, Delivery, Offer } from '../use-cases/app.ts';
import type { Core, Does, Line, Outcome, Place } from './acts.ts';
import type { AnswerPort, KeyedText } from './answering.ts';
import type { Done, VisibleCards } from './conclusion.ts';
import type { EvidenceTexts, FetchedFile } from './evidence.ts';
import type { Filled, Filling } from './filling.ts';
import type { OpenForms } from './open-forms.ts';
import type { Renewals } from './renewals.ts';
import type { ServiceOptions, ServiceParts } from './service.ts';

/** Cards that are reposted when they change, with the state in which an earlier press or answer showed them. */
export interface Reposting<At> {
  readonly renewals: Renewals;
  /** Address of the conversation with the answers. */
  readonly chatOf: (spot: Spot<At>) => string;
}

/** Person and place of an act; `at`: the platform's address for the answers. */
export interface Spot<At = string> {
  readonly caller: Caller;
  readonly place: Place;
  readonly at: At;
  /** Time (epoch ms) at which the intake received the act: its answers contain nothing older. */
  readonly since?: number;
}
/** File before it is fetched: the platform's data for the fetch, the person and the message. */
export interface Given {
  readonly user: string;
  /** Id of the file or its message: the same id means the same file. */
  readonly message: string;
}

/** Parts a platform supplies to its intake: who the people are, how answers are shown, how files are fetched. */
export interface IntakeOptions<File extends Given, At = string>
  extends Pick<ServiceOptions<File>, 'isOwnRoom' | 'prefix'> {
  readonly platform: string;
  /** Languages and names of people. */
  readonly people: {
    choose(user: string, language: Language): Promise<void>;
    /** Asks for the missing name of a person who acted. */
    introduce(app: Pick<App, 'named'>, caller: Caller): Promise<void>;
  };
  /** Waits briefly for a person's identity if the answer depends on it. */
  readonly met?: (spot: Spot<At>) => Promise<Spot<At>>;
  /** Port for an answer: in the place of the act, or for the person alone. */
  readonly port: (spot: Spot<At>, alone: boolean) => AnswerPort;
  /** True if only the person reads the answers, so that they are in the person's language. */
  readonly answersAlone?: true;
  /**
   * Set on platforms without text fields in cards: forms are shown in the conversation, also in a room, and filled in
   * by lines. Without it they are sent to the person alone.
   */
  readonly lineForms?: true;
  /**
   * True if questions about a person's own words, catch-ups and forms that a line asks for go to that person alone; the
   * room sees only the recorded result.
   */
  readonly asksAlone?: true;
  /** Cards of an incident that people see without a message pointing to them. */
  readonly visibleCards: (spot: Spot<At>, act: ActSource, state: IncidentState) => VisibleCards;
  /** Set on platforms without editable cards: a changed card is reposted, and one act makes one message. */
  readonly reposts?: Reposting<At>;
  readonly file: z.ZodType<File>;
  /** Fetches a file. Throws `NotGiven` if that is impossible, any other error for a retry. */
  readonly fetch: (file: File) => Promise<FetchedFile>;
  /** Person and place of a file that was given before. */
  readonly giver: (file: File) => Spot<At>;
  readonly texts: IntakeTexts<File>;
  /** Creates the room of an incident declared in a direct conversation, if that is no room itself. */
  readonly roomFor?: (caller: Caller, key: string) => Promise<Room>;
  /** Called after a declaration, before its acknowledgement; a returned function shows the answer. */
  readonly declared?: (spot: Spot<At>, change: Done) => Promise<After | null>;
  readonly outcome?: (spot: Spot<At>, outcome: Outcome) => void;
  /** Called after every other change, once it is answered. */
  readonly changed?: (spot: Spot<At>, change: Done) => Promise<void>;
  /** Direct conversation of the person, for content that a room does not show; null: none. */
  readonly direct?: (spot: Spot<At>) => Spot<At> | null;
  /** Handles a line that is no command in this place, e.g. the number of an option; null: not handled. */
  readonly taken?: (spot: Spot<At>, line: Line, incident: string | null) => Promise<After | null>;
}
/** Message keys of a platform for the intake's own messages. */
export interface IntakeTexts<File> extends EvidenceTexts {
  /** Title of the card that asks for the incident of a file. */
  readonly question: MessageKey | ((files: readonly File[]) => Text);
  /** Answer to a file if there is no incident. */
  readonly noIncident?: (files: readonly File[]) => Text;
  readonly hello?: (place: Place) => KeyedText;
  /** Message in a place where nothing may be shown. */
  readonly shared?: MessageKey;
  /** Answer to a line that asks how files are given. */
  readonly upload?: () => KeyedText;
  /** Note in a room whose language differs from the one a person chose. */
  readonly languageOfRoom?: MessageKey;
  /** Note in a room whose answer was sent to the person alone. */
  readonly sentAlone?: (caller: Caller) => KeyedText;
}
/** Act for which visible cards are requested: a line, with the incident of its thread, or a press. */
export interface ActSource {
  readonly by: 'line' | 'press';
  /** Incident that the thread of a line names. */
  readonly about: string | null;
}
/** Work after the acknowledgement. */
export type After = () => Promise<void>;

/** Message from a platform. Example: `{ key: 'message:C0456:1717.0002', text: '120万', about: 'INC-2026-0007' }`. */
export interface Written<File = never> {
  /** The platform's own id of the message. */
  readonly key: string;
  readonly text: string;
  /** Command of the line, if the platform already parsed it. */
  readonly read?: TextCommand;
  /** Incident named by the thread, a tag or a quoted message. */
  readonly about?: string | null;
  readonly quoted?: string;
  /** True for the transcript of a voice message. */
  readonly spoken?: true;
  /** Address of the message, where people can edit it later. */
  readonly source?: string;
  /** Photos and files of the message, in their order. */
  readonly files?: readonly File[];
  /** Content that distinguishes messages with the same key; by default account and text. */
  readonly body?: unknown;
  /** True if the answer is part of the acknowledgement, so that a redelivery is answered again. */
  readonly waits?: boolean;
}
/** Press as received: key of its payload, and the button's incident and revision. */
export interface Pressed {
  readonly key: string;
  readonly incident: string;
  readonly revision: number;
  readonly does: Does;
  /** Surface of the card, reposted if it is out of date; absent: the card can be edited. */
  readonly surface?: string | null;
  /** True for a button of the last card, so that the answer belongs below it. */
  readonly atEnd?: boolean;
  /** Content that distinguishes presses with the same key. */
  readonly body?: unknown;
}
/** Result of a press: its outcome, and the work after the acknowledgement. */
export interface PressOutcome {
  /** Outcome; null if nothing had to be committed: a file was placed, or a view was opened. */
  readonly outcome: Outcome | null;
  /** Work to run by `once` after the acknowledgement. */
  readonly after: After;
}

/** Intake of lines, presses, forms and files on one platform, from person and place to the visible result. */
export interface Intake<File extends Given, At = string> extends Omit<ServiceParts<File>, 'jobs' | 'start'>, Core {
  readonly start: () => void;
  readonly delivery: (key: string, body: unknown) => Delivery;
  /** Commits a line and returns its answer. `command`: meaning of the line, if known. */
  readonly line: (spot: Spot<At>, written: Written<File>, command?: TextCommand) => Promise<After>;
  /**
   * Handles a line in an incident's thread that does not address the bot. Returns the work after a committed line, an
   * offer to record a line that was not committed, or null for a line that gets no answer.
   */
  readonly overheard: (spot: Spot<At>, written: Written<File>, incident: string) => Promise<After | Offer | null>;
  readonly press: (spot: Spot<At>, pressed: Pressed) => Promise<PressOutcome>;
  /** Commits a submitted form; the answer replaces the form. */
  readonly fill: (spot: Spot<At>, filling: Omit<Filling, 'caller' | 'place' | 'platform'>) => Promise<Filled>;
  readonly look: (spot: Spot<At>, does: Extract<Does, { kind: 'form' | 'view' }>) => Promise<void>;
  /** Keeps files of a message without words. */
  readonly give: (spot: Spot<At>, given: Omit<Written<File>, 'text'>) => Promise<After>;
  /** Adds a sentence to the growing message of a room; without one runs `otherwise`. */
  readonly saying: (spot: Spot<At>, card: Card, incident: string | null, otherwise: After) => Promise<void>;
  /** Forms that are filled in by lines. */
  readonly forms: OpenForms<File, At>;
  /** Runs the work for the first delivery of an act only. */
  readonly once: (key: string, work: After) => After;
}
