import type { z } from 'zod';
import type { Card, Form, FormRef, ViewRef } from '../conversation/cards/card.ts';
import type { ShownChange } from '../conversation/cards/shown-change.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { Command, CommandOf } from '../incident/commands.ts';
import type { Account, Language, Role, Room } from '../incident/identity.ts';
import type { ComparedReport, DraftText } from '../incident/report-document.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Visibility } from '../incident/visibility.ts';
import type { FactUnit } from '../law/regime.ts';
import type { Immutable } from '../law/types.ts';
import type { DrillResult } from '../report/drills/score.ts';
import type { ClassifyResult, Provision } from './classify/classify.ts';
import type { MadeFile, PAPER_FORMATS } from './documents/document-port.ts';
import type { InspectionOrder, InspectionQuery } from './documents/inspection.ts';
import type { ReportOptions } from './documents/report-documents.ts';
import type { Verified } from './documents/verified.ts';
import type { GivenReport, Report } from './intake/report.ts';
import type { PlaceChange } from './notices/places.ts';
import type { SentAnswer } from './notices/sent-messages.ts';
import type { papersSchema } from './papers.ts';
import type { IncidentRow, Json, RecordRow, Refusal } from './ports.ts';
import type { RegisterQuery, RegisterRow } from './register.ts';
import type { RegisterFigures } from './register-figures.ts';
import type { Desk, WaitingRow } from './steps-for-person.ts';
import type { WhatIfAnswer, WhatIfInput } from './what-if-answer.ts';

/** Caller as identified by the platform's signed payload; `name` is their name there. */
export interface Caller {
  readonly account: Account;
  readonly name: string;
  readonly language: Language;
  /** True if the caller chose the language, which overrides the profile. */
  readonly choseLanguage?: true;
  /** True while the platform has not described the caller: the name is the account's, the language a guess. */
  readonly unmet?: boolean;
  /** Roles from the sign-in, in addition to those of the profile. */
  readonly roles?: readonly Role[];
  /** Room of the act; a room abroad limits the visible content. */
  readonly room?: Room | null;
  /** True if everybody in that room reads the answer, which then holds only content the room may show. */
  readonly aloud?: true;
  /** Way of access instead of an account, e.g. `calendar`; recorded in the audit log. */
  readonly by?: string;
  /** True at the local console, whose one user may act under any name. */
  readonly isLocal?: true;
  /** Entity whose incidents an auditor may read, and no others; all acts are refused. */
  readonly audits?: string;
  /** True for a person of another organisation outside the profile: acts are recorded, nothing is shown. */
  readonly outside?: true;
}
/** Delivery (idempotency) key of an act: the same key is the same act, however often it arrives. */
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
      /** Returns a card with one line on the change; null if there is none to show. */
      readonly said: () => Card | null;
      /** Effect on the cards of the incident's rooms; if they show the change, `said` may be omitted. */
      readonly shown: ShownChange;
    }
  | {
      readonly kind: 'refused';
      readonly incident: string | null;
      readonly refusal: Refusal;
      /** State that explains the refusal; null if there is none, or if the place may not show it. */
      readonly state: IncidentState | null;
    };

export type FormResult =
  | Submitted
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, Card['title']>> };

export type TextReply =
  /** Card. `form`: it offers to open this form; `view`: it is this view. */
  | {
      readonly kind: 'card';
      readonly card: Card;
      readonly incident: string | null;
      readonly form?: FormRef;
      readonly view?: ViewRef;
    }
  | { readonly kind: 'submitted'; readonly result: Submitted };

/** Question to the writer of a line: is it an answer to the open question, or material for an item of the writer? */
export interface Offer {
  readonly about: 'answer' | 'item';
  readonly card: Card;
}

/** Picture kept as evidence; `content` is called once reading is known to be allowed. */
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
 * Use cases of the bot, the same for every platform and the API. Each function authorises and runs one use case; a
 * refusal is a value, never an exception. A rejection means that the store could not commit: do not acknowledge.
 */
export interface App {
  declare(
    input: Pick<CommandOf<'declare'>, 'title' | 'awareness' | 'drill' | 'speed' | 'scenario'> & {
      caller: Caller | 'api';
      room: Room | null;
      delivery: Delivery;
      /** True to declare even though the person just declared the same. */
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
    /** True if the request is only a proposal: a person must agree, whatever its effects. */
    proposes?: boolean;
  }): Promise<Submitted>;
  /** Shows an incident in a room that a platform made for it; such a room counts as confirmed. */
  roomMade(input: { incident: string; room: Room; delivery: Delivery }): Promise<Submitted>;
  /**
   * Handles a change of a chat that shows incidents: each lead gets one direct message. From a chat that another
   * company now reads, incidents are removed and all messages are taken back. Resolves to the number of incidents.
   */
  placeChanged(change: PlaceChange): Promise<number>;
  /** Records the name and language of an account as the platform gives them, in the open incidents where they differ. */
  named(account: Account, said: { readonly name: string; readonly language: Language }): Promise<void>;
  /** Records a message that answered a person, so that it can be taken back with its incident's other messages. */
  answered(answer: SentAnswer): Promise<void>;
  /** Returns true if such a message may still be changed, i.e. was not taken back. */
  mayChange(answer: SentAnswer): Promise<boolean>;
  /** Parses a line into a command; the only parser, which knows the names of the report's fields. */
  read(line: string): TextCommand;
  /** Handles a line: command, answer or material for an item. `command`: the parsed line, if known. */
  text(input: {
    line: string;
    command?: TextCommand;
    incident: string | null;
    caller: Caller;
    room: Room | null;
    delivery: Delivery;
    quoted?: string | null;
    /** True for the transcript of a voice message, whose statements are marked in the record. */
    spoken?: boolean;
  }): Promise<TextReply>;
  /** Proposals of the second reader for an unclear line; null if it is off or found none. Waits for the network. */
  secondReading(input: { line: string; incident: string; caller: Caller; room: Room | null }): Promise<Card | null>;
  /** Proposals from the text of a kept picture; null if pictures are not read, or none was found. Takes seconds. */
  pictureReading(input: {
    picture: Picture;
    incident: string;
    caller: Caller;
    room: Room | null;
  }): Promise<Card | null>;
  /**
   * Handles a line in an incident's thread that does not address the bot: `taken` if it can only be an answer to the
   * open question; a card that asks if it is one, or offers to keep it for an open item of its writer; else null.
   * `link`: address of the message.
   */
  overheard(input: {
    line: string;
    command: TextCommand;
    incident: string;
    caller: Caller;
    link: string;
  }): Promise<'taken' | Offer | null>;
  /** Numbers of a person's items that are incomplete. */
  ownOpenItems(incident: string, caller: Caller): Promise<readonly number[]>;
  /** Card that asks if an edited message replaces its earlier statement; null if both state the same. */
  edited(input: { command: TextCommand; stated: Stated; caller: Caller }): Promise<Card | null>;
  form(ref: FormRef, caller: Caller): Promise<Form | Refusal>;
  submitForm(input: FormInput): Promise<FormResult>;
  /**
   * Preview of a form: the text it would compile, or the sentence of the filing it would record; errors by field for
   * wrong entries. Changes nothing.
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
   * Read-back of a filing or a decision from a form, for confirmation; a refusal if it could not be recorded. Null for
   * other forms and for wrong entries.
   */
  readBack(
    input: FormInput,
  ): Promise<{ readonly card: Card; readonly state: IncidentState } | Extract<Submitted, { kind: 'refused' }> | null>;
  /** Returns a card for the asker only: why, more, people, … */
  view(ref: ViewRef, caller: Caller): Promise<Card | Refusal>;
  /** Current cards of an incident, for a person whose room does not show it. Null as for `incident`. */
  cards(id: string, caller: Caller | 'api'): Promise<readonly { key: string; card: Card }[] | null>;

  /** Verdict on one case or several, as JSON, like `npx jishi classify`. It touches no incident. */
  classify(json: unknown): ClassifyResult;
  /** Provisions behind the rules whose instrument, article or quotation has all words; without words, all of them. */
  provisions(words: string): readonly Provision[];
  /** Incident in the JSON of the API; null if it does not exist or the caller may not see it. */
  incident(id: string, caller: Caller | 'api', language: Language): Promise<Json | null>;
  /**
   * Page of an incident for one person: the next step with its options, clocks, cards and menu, in order, with the
   * buttons they may press. After a stop, or with limited visibility, only the cards. Null as for `incident`.
   */
  page(id: string, caller: Caller, language: Language): Promise<Json | null>;
  incidents(
    caller: Caller | 'api',
    filter: { open?: boolean; search?: string; limit: number; before?: string },
  ): Promise<readonly IncidentRow[]>;
  waiting(caller: Caller, language: Language): Promise<readonly WaitingRow[]>;
  /** Steps that wait for the caller, and all open incidents with their next step; the most urgent first. */
  desk(caller: Caller, language: Language): Promise<Desk>;
  /** Register of incidents, newest first, limited to what the caller may see. */
  register(caller: Caller | 'api', query: RegisterQuery, language: Language): Promise<readonly RegisterRow[]>;
  /** Page of the sorted register with the total number of matches; only the page's records are read. */
  registerPage(
    caller: Caller | 'api',
    query: RegisterQuery & { readonly sort?: string | undefined; readonly limit: number },
    language: Language,
  ): Promise<{ readonly register: readonly RegisterRow[]; readonly total: number }>;
  /** Figures over the incidents of the register, and over each month of declaration (Beijing time), oldest first. */
  registerFigures(caller: Caller | 'api', query: RegisterQuery, language: Language): Promise<RegisterFigures>;
  /** Open incidents, the next due first, and the number of those beyond `limit`. */
  openIncidents(
    caller: Caller | 'api',
    limit: number,
  ): Promise<{ readonly rows: readonly IncidentRow[]; readonly more: number }>;
  /** Results of the latest ended drills, newest first. */
  drills(caller: Caller | 'api', limit: number): Promise<readonly DrillResult[]>;
  state(id: string, caller: Caller | 'api'): Promise<IncidentState | null>;
  /** Message about an incident, with only the buttons of its card that the caller may press. */
  offered<M extends { readonly incident: string; readonly card: Card }>(message: M, caller: Caller): Promise<M>;
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
      /** Draft whose exact text is requested. */
      draft?: number | undefined;
    },
  ): Promise<MadeFile | Refusal>;
  /**
   * Report to read, with its changes since the previous draft of the same kind (null if none). `now`: a report on the
   * current record instead, with its changes since `draft`.
   */
  comparedReport(
    id: string,
    caller: Caller | 'api',
    options: ReportOptions & { readonly draft?: number | undefined; readonly now?: boolean },
  ): Promise<ComparedReport | Refusal>;
  /** File for sending by hand: e-mail (.eml) or fax sheet to a recipient, by default that of the earliest deadline. */
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
  ): Promise<Immutable<z.infer<typeof papersSchema>> | Refusal>;
  /**
   * Paper as a file. `eml`: an e-mail that mail programs open as a draft; `json`: the data file for an authority,
   * refused while a field is missing or wrong; `json_begun`: the same file, possibly incomplete.
   */
  paper(
    id: string,
    caller: Caller | 'api',
    options: { paper: string; format: (typeof PAPER_FORMATS)[number]; language?: 'zh' | 'en' | undefined },
  ): Promise<MadeFile | Refusal>;
  /** Evidence for leniency (Art. 11), point by point; internal. */
  article11(
    id: string,
    caller: Caller | 'api',
    options: { format: 'md' | 'docx' | 'pdf'; language: 'zh' | 'en' },
  ): Promise<MadeFile | Refusal>;
  /** Evidence bundle of an incident: one file, verifiable without this program; `counsel`: with content for counsel. */
  bundle(
    id: string,
    caller: Caller | 'api',
    options: { counsel: boolean },
  ): Promise<MadeFile<AsyncIterable<Uint8Array>> | Refusal>;
  /** Inspection pack for an entity and a period: DOCX, PDF, Markdown, or a zip that can be verified. */
  inspection(
    caller: Caller | 'api',
    query: InspectionQuery,
    order: InspectionOrder,
  ): Promise<MadeFile | MadeFile<AsyncIterable<Uint8Array>> | Refusal>;
  /** Permission of the caller to make such packs, with the legal entities of the profile. */
  inspectionUnits(caller: Caller | 'api'): {
    readonly allowed: boolean;
    readonly units: readonly { readonly id: string; readonly name: string }[];
  };
  /** Verdict, duties with margins, and minutes per step: as they are, and under other circumstances. */
  whatIf(id: string, caller: Caller | 'api', input: WhatIfInput, language: Language): Promise<WhatIfAnswer | Refusal>;
  /** Facts, readings and laws that may be supposed for an incident. */
  whatIfChoices(id: string, caller: Caller | 'api', language: Language): Promise<Json | Refusal>;
  /** Time line of an incident, newest last, localised. */
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
  /** Check of an incident's hash chain and of the files it names, as by `jishi verify`. */
  verify(id: string, caller: Caller | 'api'): Promise<Verified | Refusal>;
  file(incident: string, sha256: string, caller: Caller | 'api'): Promise<MadeFile<AsyncIterable<Uint8Array>> | null>;
  /** Stores a report from outside; on disk when it resolves. `ended`: it is about a finished matter and not kept. */
  receive(
    report: GivenReport,
  ): Promise<{ readonly ref: string; readonly state: 'new' | 'added' | 'repeated' | 'ended' }>;
  /**
   * Reports from outside, newest first, limited to what the caller may see; without a page all of them. `next`: cursor
   * of the following page, null after the last.
   */
  reports(
    caller: Caller,
    page?: { readonly limit: number; readonly before?: string },
  ): Promise<{
    readonly reports: readonly (Omit<Report, 'title'> & { readonly title: string | null })[];
    readonly next: string | null;
  }>;
  /** Records a decision on a report: `new` opens an incident, an id adds it to one, `none` sets it aside. */
  decideReport(input: {
    readonly ref: string;
    readonly choice: string;
    readonly reason?: string | undefined;
    readonly caller: Caller;
    readonly room: Room | null;
  }): Promise<Submitted | { readonly kind: 'said'; readonly card: Card }>;
  /**
   * Imports earlier incidents from a CSV list, marked as recorded afterwards: all rows or, if one is wrong, none.
   * Importing the same list again records nothing. Problems name line and column, in `language`.
   */
  importEarlier(input: {
    readonly csv: string;
    /** Id or name of an entity in the profile; absent without a profile. */
    readonly entity?: string | undefined;
    /** Person of the profile that runs the import. */
    readonly by?: string | undefined;
    /** True to report the result without recording it. */
    readonly check: boolean;
    readonly language: Language;
  }): Promise<{
    readonly problems: readonly string[];
    readonly incidents: readonly {
      readonly line: number;
      readonly reference: string;
      readonly title: string;
      /** Id of the incident; null for a check. */
      readonly id: string | null;
    }[];
    /** Ids of incidents imported earlier from the same rows. */
    readonly known: readonly string[];
  }>;
  /** Removes outside reports whose retention is over. */
  dropReports(): Promise<void>;
  interpret(
    kind: 'time' | 'number',
    text: string,
    now: string,
    language: Language,
    unit?: FactUnit,
  ): { readonly understood: boolean; readonly value: Json; readonly text: string };
}
