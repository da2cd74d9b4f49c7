import type { Card, Form, FormRef, ViewRef } from '../conversation/cards/card.ts';
import type { ShownChange } from '../conversation/cards/shown-change.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { Command, CommandOf } from '../incident/commands.ts';
import type { Account, Language, Role, Room } from '../incident/identity.ts';
import type { ComparedReport, DraftText } from '../incident/report-document.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Visibility } from '../incident/visibility.ts';
import type { FactUnit } from '../law/regime.ts';
import type { DrillResult } from '../report/drills/score.ts';
import type { ClassifyResult, Provision } from './classify/classify.ts';
import type { MadeFile, PAPER_FORMATS } from './documents/document-port.ts';
import type { InspectionOrder, InspectionQuery } from './documents/inspection.ts';
import type { ReportOptions } from './documents/report-documents.ts';
import type { GivenReport, Report } from './intake/report.ts';
import type { PlaceChange } from './notices/places.ts';
import type { SentAnswer } from './notices/sent-messages.ts';
import type { IncidentRow, Json, RecordRow, Refusal } from './ports.ts';
import type { RegisterQuery, RegisterRow } from './register.ts';
import type { Desk, WaitingRow } from './steps-for-person.ts';
import type { WhatIfAnswer } from './what-if.ts';
import type { WhatIfInput } from './what-if-input.ts';

/** Caller as the platform's signed payload identifies them; `name` is their name on the platform. */
export interface Caller {
  readonly account: Account;
  readonly name: string;
  readonly language: Language;
  /** True if they chose the language themselves, which overrides the profile. */
  readonly choseLanguage?: true;
  /** True while the platform has not described them: the name is that of the account, the language a guess. */
  readonly unmet?: boolean;
  /** Roles from the sign-in, in addition to those of the profile. */
  readonly roles?: readonly Role[];
  /** Room of the act; a room abroad limits the visible content. */
  readonly room?: Room | null;
  /** True if everybody in that room reads the answer: it contains no more than the room may show. */
  readonly aloud?: true;
  /** Way of access instead of an account, e.g. `calendar`; recorded in the audit log. */
  readonly by?: string;
  /** True at the local console, whose one user may act under any name. */
  readonly isLocal?: true;
  /** Entity whose incidents an auditor reads; they see no others and do nothing. */
  readonly audits?: string;
  /** True for a person of another organisation outside the profile: their acts are recorded, nothing is shown to them. */
  readonly outside?: true;
}
/** Idempotency key of an act: the same key is the same act, however often it arrives. */
export interface Delivery {
  readonly platform: string;
  readonly key: string;
  readonly body: string;
}

export type Submitted =
  | {
      readonly kind: 'done';
      readonly incident: string;
      readonly state: IncidentState;
      readonly replayed: boolean;
      /** One line on the change. */
      readonly said: Card | null;
      /** Effect on the cards of its rooms, which may make saying it needless. */
      readonly shown: ShownChange;
    }
  | {
      readonly kind: 'refused';
      readonly incident: string | null;
      readonly refusal: Refusal;
      /** State that explains the refusal; null if there is none, or if the place of the request may not show it. */
      readonly state: IncidentState | null;
    };

export type FormResult =
  | Submitted
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, Card['title']>> };

export type TextReply =
  /** `form`: the card offers to open it; `view`: the card is the requested view. */
  | {
      readonly kind: 'card';
      readonly card: Card;
      readonly incident: string | null;
      readonly form?: FormRef;
      readonly view?: ViewRef;
    }
  | { readonly kind: 'submitted'; readonly result: Submitted };

/** Question to the writer of a line: does it answer the open question, or is it material for one of the writer's items? */
export interface Offer {
  readonly about: 'answer' | 'item';
  readonly card: Card;
}

/** Picture that was kept as evidence; `content` is asked for once it is known that it may be read. */
export interface Picture {
  readonly name: string;
  readonly sha256: string;
  content(): Promise<Uint8Array | null>;
}

/** Fact, field or time of awareness that a message put on the record. */
export interface Stated {
  readonly incident: string;
  readonly kind: 'fact' | 'field' | 'start';
  readonly id: string;
}

export interface FormInput {
  readonly ref: FormRef;
  readonly revision: number;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly caller: Caller;
  readonly delivery: Delivery;
  readonly room?: Room | null;
}

/**
 * Use cases of the bot, the same for every platform and the API. Each authorises and runs one; a refusal is a value,
 * never an exception. Rejections mean the store could not commit: do not acknowledge.
 */
export interface App {
  declare(
    input: Pick<CommandOf<'declare'>, 'title' | 'awareness' | 'drill' | 'speed' | 'scenario'> & {
      caller: Caller | 'api';
      room: Room | null;
      delivery: Delivery;
      /** Declares even if the person declared the same a moment ago. */
      anyway?: boolean | undefined;
    },
  ): Promise<Submitted>;
  submit(input: {
    incident: string;
    intent: Command;
    revision: number;
    caller: Caller | 'api';
    delivery: Delivery;
    room?: Room | null;
    /** True if the request is only a proposal: a person must agree, whatever it would change. */
    proposes?: boolean;
  }): Promise<Submitted>;
  /** Shows an incident in a room that a platform made for it; the room counts as confirmed, whatever the profile lists. */
  roomMade(input: { incident: string; room: Room; delivery: Delivery }): Promise<Submitted>;
  /**
   * Handles a change of a chat that shows incidents: the lead of each gets one direct message. Incidents are removed from a
   * chat that another company reads now, and every message there is taken back. Resolves with the number of incidents.
   */
  placeChanged(change: PlaceChange): Promise<number>;
  /** Records the name and language of an account as the platform gives them, in the open incidents where they differ. */
  named(account: Account, said: { readonly name: string; readonly language: Language }): Promise<void>;
  /** Notes a message that answered somebody, so that it can be taken back with everything else about its incidents. */
  answered(answer: SentAnswer): Promise<void>;
  /** Returns true if a message that answered a person may still be changed: it was not taken back. */
  mayChange(answer: SentAnswer): Promise<boolean>;
  /** Parses a line of text into a command: the only parser, with the names of the report's fields. */
  read(line: string): TextCommand;
  /** A line of text in a room or direct message: command, answer or material for an item. `command`: its reading, if it was read before. */
  text(input: {
    line: string;
    command?: TextCommand;
    incident: string | null;
    caller: Caller;
    room: Room | null;
    delivery: Delivery;
    /** Text of the message it quotes. */
    quoted?: string | null;
    /** True for the transcript of a voice message: its statements are marked on the record. */
    spoken?: boolean;
  }): Promise<TextReply>;
  /** Proposals of the second reader for a text that ours could not read; null if it is off or found nothing. Waits for a network. */
  secondReading(input: { line: string; incident: string; caller: Caller; room: Room | null }): Promise<Card | null>;
  /** Proposals from the text of a picture that was kept; null if pictures are not read, or nothing was found. Takes seconds. */
  pictureReading(input: {
    picture: Picture;
    incident: string;
    caller: Caller;
    room: Room | null;
  }): Promise<Card | null>;
  /**
   * Reading of a line in the thread of an incident that was not addressed to the bot: `taken` if it can only be an answer
   * to the open question, a card that asks whether it is one, or offers to keep it for an open item of its writer, else
   * null. `link`: address of the message.
   */
  overheard(input: {
    line: string;
    command: TextCommand;
    incident: string;
    caller: Caller;
    link: string;
  }): Promise<'taken' | Offer | null>;
  /** Numbers of the items a person owns in which something is missing. */
  ownOpenItems(incident: string, caller: Caller): Promise<readonly number[]>;
  /** Card that asks whether an edited message replaces its earlier statement; null if both say the same. */
  edited(input: { command: TextCommand; stated: Stated; caller: Caller }): Promise<Card | null>;
  form(ref: FormRef, caller: Caller): Promise<Form | Refusal>;
  submitForm(input: FormInput): Promise<FormResult>;
  /**
   * The text that a form would compile, from the record as it would be then, or the filing it would record, in a
   * sentence; errors by field where an entry is wrong. Changes nothing.
   */
  preview(
    input: FormInput,
  ): Promise<
    | DraftText
    | { readonly card: Card }
    | Refusal
    | { readonly errors: Extract<FormResult, { readonly kind: 'invalid' }>['errors'] }
  >;
  /**
   * A filing, or a sworn decision, as stated by a form, read back for its confirmation; a refusal if it could not be
   * recorded. Null for any other form, and for a wrong entry.
   */
  readBack(
    input: FormInput,
  ): Promise<{ readonly card: Card; readonly state: IncidentState } | Extract<Submitted, { kind: 'refused' }> | null>;
  /** A card for the asker only: why, more, people, … */
  view(ref: ViewRef, caller: Caller): Promise<Card | Refusal>;
  /** Current cards of an incident, for a person whose room does not show it. Null as for `incident`. */
  cards(id: string, caller: Caller | 'api'): Promise<readonly { key: string; card: Card }[] | null>;

  /** The verdict on one case, or several, as JSON: `npx jishi classify`. No incident is needed and none is touched. */
  classify(json: unknown): ClassifyResult;
  /** Provisions that the rules rest on: those whose instrument, article or quotation holds all words; all without any. */
  provisions(words: string): readonly Provision[];
  /** The incident as the contract's JSON (design.md section 5). Null: it does not exist or this caller may not see it. */
  incident(id: string, caller: Caller | 'api', language: Language): Promise<Json | null>;
  /**
   * The page of an incident for one person: the next step with its answers, clocks, cards and menu, ordered, with the
   * buttons they may press. After a stop, and where not all may be shown, the cards alone. Null as for `incident`.
   */
  page(id: string, caller: Caller, language: Language): Promise<Json | null>;
  incidents(
    caller: Caller | 'api',
    filter: { open?: boolean; search?: string; limit: number; before?: string },
  ): Promise<readonly IncidentRow[]>;
  /** Steps of open incidents that wait for the caller. */
  waiting(caller: Caller, language: Language): Promise<readonly WaitingRow[]>;
  /** Steps that wait for the caller, and every running incident with its next step; the most pressing first. */
  desk(caller: Caller, language: Language): Promise<Desk>;
  /** Register of incidents, newest first, each as far as the caller may see it. */
  register(caller: Caller | 'api', query: RegisterQuery, language: Language): Promise<readonly RegisterRow[]>;
  /** One page of the register, sorted, with the total number of matches; only the records of the page are read. */
  registerPage(
    caller: Caller | 'api',
    query: RegisterQuery & { readonly sort?: string | undefined; readonly limit: number },
    language: Language,
  ): Promise<{ readonly register: readonly RegisterRow[]; readonly total: number }>;
  /** The open ones, the next due first, and how many more there are than `limit`. */
  openIncidents(
    caller: Caller | 'api',
    limit: number,
  ): Promise<{ readonly rows: readonly IncidentRow[]; readonly more: number }>;
  /** Results of the latest drills that have ended, newest first. */
  drills(caller: Caller | 'api', limit: number): Promise<readonly DrillResult[]>;
  state(id: string, caller: Caller | 'api'): Promise<IncidentState | null>;
  /** Visibility of an incident for a caller in the caller's place; `nothing` if no incident has that id. */
  visibility(id: string, caller: Caller | 'api'): Promise<Visibility>;
  record(
    id: string,
    caller: Caller | 'api',
    /** `since`: only entries after this number. */
    options: { counsel: boolean; since?: number | undefined },
  ): Promise<AsyncIterable<RecordRow> | Refusal>;
  report(
    id: string,
    caller: Caller | 'api',
    options: {
      format: 'md' | 'docx' | 'pdf' | 'json';
      language: 'zh' | 'en';
      version?: 'submission' | 'internal';
      /** The draft whose exact text is wanted. */
      draft?: number | undefined;
    },
  ): Promise<MadeFile | Refusal>;
  /**
   * A report to read, with its changes since the draft of the same kind before it (null: there is none). `now`: the
   * record as it is, with the changes since `draft`.
   */
  comparedReport(
    id: string,
    caller: Caller | 'api',
    options: ReportOptions & { readonly draft?: number | undefined; readonly now?: boolean },
  ): Promise<ComparedReport | Refusal>;
  /** A file to send by hand: the e-mail (.eml) or fax sheet to a recipient, by default the one with the earliest deadline. */
  toSend(
    id: string,
    caller: Caller | 'api',
    options: { what: 'mail' | 'fax'; recipient?: string | undefined; format: 'docx' | 'pdf' },
  ): Promise<MadeFile | Refusal>;
  /** Papers for other duties (police, authorities, individuals): recipient, duties and missing parts; owed ones first. */
  papers(
    id: string,
    caller: Caller | 'api',
    language: 'zh' | 'en',
  ): Promise<
    | readonly {
        readonly id: string;
        readonly title: string;
        readonly to: string;
        readonly duties: readonly string[];
        readonly missing: readonly string[];
      }[]
    | Refusal
  >;
  /**
   * Paper as a file; `eml` is an e-mail that mail programs open as a draft, `json` the data file for an authority,
   * refused while a field is missing or wrong, `json_begun` the same file, possibly incomplete.
   */
  paper(
    id: string,
    caller: Caller | 'api',
    options: { paper: string; format: (typeof PAPER_FORMATS)[number]; language?: 'zh' | 'en' | undefined },
  ): Promise<MadeFile | Refusal>;
  /** Evidence for leniency under Art. 11, point by point; internal. */
  article11(
    id: string,
    caller: Caller | 'api',
    options: { format: 'md' | 'docx' | 'pdf'; language: 'zh' | 'en' },
  ): Promise<MadeFile | Refusal>;
  /** Evidence bundle of an incident: one file, verifiable without this program; `counsel` includes what is for counsel only. */
  bundle(
    id: string,
    caller: Caller | 'api',
    options: { counsel: boolean },
  ): Promise<MadeFile<AsyncIterable<Uint8Array>> | Refusal>;
  /** Pack for an inspection of an entity and a period: DOCX, PDF, Markdown, or a zip that can be verified. */
  inspection(
    caller: Caller | 'api',
    query: InspectionQuery,
    order: InspectionOrder,
  ): Promise<MadeFile | MadeFile<AsyncIterable<Uint8Array>> | Refusal>;
  /** Returns whether the caller may make such packs, with the legal entities of the profile if so. */
  inspectionUnits(caller: Caller | 'api'): {
    readonly allowed: boolean;
    readonly units: readonly { readonly id: string; readonly name: string }[];
  };
  /** Verdict, duties with their margins and minutes from step to step, as they are and as they would be under other circumstances. */
  whatIf(id: string, caller: Caller | 'api', input: WhatIfInput, language: Language): Promise<WhatIfAnswer | Refusal>;
  /** Facts, readings and laws that can be supposed of an incident. */
  whatIfChoices(id: string, caller: Caller | 'api', language: Language): Promise<Json | Refusal>;
  /** The time line of an incident, newest last, localised. */
  timeline(
    id: string,
    caller: Caller | 'api',
    language: Language,
  ): Promise<readonly { version: number; type: string; at: string; who: string; text: string }[] | null>;
  attach(input: {
    incident: string;
    name: string;
    mediaType: string;
    content: AsyncIterable<Uint8Array> | Uint8Array;
    item?: string;
    caller: Caller;
    delivery: Delivery;
  }): Promise<Submitted>;
  /** Check of an incident's chain of events and of the files it names, as `jishi verify` does for the whole record. */
  verify(
    id: string,
    caller: Caller | 'api',
  ): Promise<
    | {
        /** Number of the last event, and its hash. */
        readonly events: number;
        readonly head: string;
        /** First event that does not fit its predecessor, with the flaw; null if the chain holds. */
        readonly broken: { readonly version: number; readonly flaw: string } | null;
        readonly files: readonly { readonly file: string; readonly state: 'ok' | 'missing' | 'changed' }[];
      }
    | Refusal
  >;
  file(incident: string, sha256: string, caller: Caller | 'api'): Promise<MadeFile<AsyncIterable<Uint8Array>> | null>;
  /** Takes a report from outside; it is on disk when this resolves. `ended`: of something that is over, so nothing is kept. */
  receive(
    report: GivenReport,
  ): Promise<{ readonly ref: string; readonly state: 'new' | 'added' | 'repeated' | 'ended' }>;
  /** Reports from outside, newest first, each as far as the caller may see it. */
  reports(caller: Caller): Promise<readonly (Omit<Report, 'title'> & { readonly title: string | null })[]>;
  /** A person's decision on a report: `new` opens an incident, an id adds it to one, `none` sets it aside. */
  decideReport(input: {
    readonly ref: string;
    readonly choice: string;
    readonly reason?: string | undefined;
    readonly caller: Caller;
    readonly room: Room | null;
  }): Promise<Submitted | { readonly kind: 'said'; readonly card: Card }>;
  /**
   * Takes over earlier incidents from a list in CSV, marked as recorded afterwards: all rows or, with one bad row, none. The
   * same list again records nothing. Problems name line and column, in `language`.
   */
  importEarlier(input: {
    readonly csv: string;
    /** Id or name of an entity of the profile; absent without a profile. */
    readonly entity?: string | undefined;
    /** Person of the profile who runs the import. */
    readonly by?: string | undefined;
    /** Reports the result without recording it. */
    readonly check: boolean;
    readonly language: Language;
  }): Promise<{
    readonly problems: readonly string[];
    readonly incidents: readonly {
      readonly line: number;
      readonly reference: string;
      readonly title: string;
      /** Null where it was only checked. */
      readonly id: string | null;
    }[];
    /** Ids of incidents that were imported before from the same rows. */
    readonly known: readonly string[];
  }>;
  /** Removes reports past their time. */
  dropReports(): Promise<void>;
  interpret(
    kind: 'time' | 'number',
    text: string,
    now: string,
    language: Language,
    unit?: FactUnit,
  ): { readonly understood: boolean; readonly value: Json; readonly text: string };
}
