import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import type { AbroadPart, Room } from '../incident/identity.ts';
import type { Action } from '../incident/people/rights.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Visibility } from '../incident/visibility.ts';
import type { Form } from '../law/form.ts';
import type { InspectionMap } from '../law/inspection.ts';
import type { Audit } from '../ops/audit.ts';
import type { App, Caller, Submitted } from './app.ts';
import type { Links } from './directory/links.ts';
import type { MakeBundle } from './documents/bundle.ts';
import type { LoadDocuments } from './documents/document-port.ts';
import type { ReportRenderer } from './documents/reports.ts';
import type { Engine, RunRequest } from './engine.ts';
import type { KeptValues, PictureReader, Refusal, SecondReader } from './ports.ts';

export interface AppDependencies {
  /** Receives an audit line for each file that is exported. */
  readonly audit?: Audit;
  readonly engine: Engine;
  readonly renderReport: ReportRenderer;
  readonly links?: Links;
  readonly documents: LoadDocuments;
  /** Returns the forms of authorities that take a report as a data file, read on first use. */
  readonly forms: () => Promise<ReadonlyMap<string, Form>>;
  /** Returns the items of an inspection pack, read on first use. */
  readonly inspection: () => Promise<InspectionMap>;
  /** Kept values of reports from outside; absent: none are received. */
  readonly kept?: KeptValues | undefined;
  /** Second reader of texts; absent: such a text is only offered as a note. */
  readonly reader?: SecondReader;
  readonly pictures?: PictureReader;
  /** Called when a chat that shows open incidents is lost. */
  readonly placeLost?: () => void;
  /** Makes evidence bundles in another process or thread; absent: they are made here. */
  readonly makeBundle?: MakeBundle;
}

export interface Seen {
  readonly state: IncidentState;
  readonly shown: Visibility;
}

/** Part that must be released to show a whole incident, as in a report, a bundle or the record. */
export const WHOLE: AbroadPart = 'drafts';

export interface UseCaseContext extends AppDependencies {
  /** State of an incident that the caller knows and may act in; otherwise null. */
  readonly visible: (id: string, caller: Caller | 'api') => Promise<IncidentState | null>;
  /** Incident with its visible parts for the caller; null if there is none the caller may know of. */
  readonly seen: (id: string | null | undefined, caller: Caller | 'api') => Promise<Seen | null>;
  /** Same as `seen`, for a given state. */
  readonly seenOf: (state: IncidentState, caller: Caller | 'api') => Seen | null;
  /**
   * State of the incident if `part` of it (by default `WHOLE`) may be shown to the caller at the place where they ask;
   * otherwise the refusal with the reason. Every use case that returns a file or a record calls it first.
   */
  readonly opened: (id: string, caller: Caller | 'api', part?: AbroadPart) => Promise<IncidentState | Refusal>;
  /** Same as `opened`, for what is compiled from the record: an erased one has no content to compile. */
  readonly compiled: UseCaseContext['opened'];
  /** Visibility of the incident for the caller at the place where they ask. */
  readonly visibility: (state: IncidentState, caller: Caller | 'api') => Visibility;
  /** Refusal if the caller may not read entries for counsel; null otherwise. */
  readonly counsel: (state: IncidentState, caller: Caller | 'api') => Refusal | null;
  /** Asks people with a right that the refused person lacks; the refusal then says that they were asked. */
  readonly askedFor: (
    refusal: Refusal,
    asks: {
      readonly state: IncidentState;
      readonly right: Action;
      readonly caller: Caller | 'api';
      readonly room: Room | null;
    },
  ) => Promise<Refusal>;
  readonly finish: (request: RunRequest, before: IncidentState | null) => Promise<Submitted>;
  /** Runs a command. `uploaded`: SHA-256 of a file stored with it, set only by the file use case. */
  readonly submit: (input: Parameters<App['submit']>[0], uploaded?: string) => Promise<Submitted>;
  readonly declare: (input: Parameters<App['declare']>[0]) => Promise<Submitted>;
}

/** Current incident time, ISO. */
export function nowIn(state: IncidentState | null, wall: number): string {
  return isoOf(state ? toIncidentTime(state.segments, wall) : wall);
}
