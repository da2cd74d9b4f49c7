/** JSON that the page reads: answers of the server, typed by the modules that make them, and values it stored itself. */
import type { z } from 'zod';
import type { LocalAction, LocalCard, LocalForm } from '../../../../conversation/cards/localise.ts';
import type { incidentAnswer } from '../../../../http/answers.ts';
import type { sessionsAnswer, tokenAnswer, tokensAnswer } from '../../../../http/integration-answers.ts';
import type { filesOf, unitsAnswer } from '../../../../http/operations/documents.ts';
import type { choicesAnswer } from '../../../../http/operations/what-if.ts';
import type { sessionAnswer } from '../../../../http/sign-in.ts';
import type { ClockSegment } from '../../../../incident/commands/clock.ts';
import type { ComparedReport, ReportDocument } from '../../../../incident/report-document.ts';
import type { App } from '../../../../use-cases/app.ts';
import type { Part } from '../../../../use-cases/changed-parts.ts';
import type { ShownPage } from '../../../../use-cases/incident-page.ts';
import type { rowSchema } from '../../../../use-cases/register.ts';
import type { registerFigures } from '../../../../use-cases/register-figures.ts';
import type { Desk } from '../../../../use-cases/steps-for-person.ts';
import type { whatIfAnswer } from '../../../../use-cases/what-if-answer.ts';
import type { ShownMessage } from '../../body.ts';
import type { Seen } from './attention.ts';
import type { Bound, FormRef, Values } from './model.ts';

type IncidentJson = z.infer<typeof incidentAnswer>;
export type Obligation = Omit<NonNullable<IncidentJson['obligations']>[number], 'actions'> & {
  actions: readonly LocalAction[];
};
export type Incident = Omit<IncidentJson, 'obligations'> & { obligations?: readonly Obligation[] };
/** Page of an incident; a reader who may not see everything gets no panel. */
export type Page = Omit<ShownPage, 'panel' | 'stage'> & {
  panel: LocalCard | null;
  stage: ShownPage['stage'] | null;
};
export type Face = Page['faces'][number];
export type TimelineRow = Loaded['timeline'][number];
export type FileRow = Loaded['files']['files'][number];
export interface Loaded {
  incident: Incident;
  page: Page;
  segment: ClockSegment | null;
  place: { address: string | null; thread: string | null };
  timeline: NonNullable<Awaited<ReturnType<App['timeline']>>>;
  /** Number of earlier lines of the record. */
  earlier: number;
  files: ReturnType<typeof filesOf>;
}
export type Session = Partial<z.infer<typeof sessionAnswer>> & Pick<z.infer<typeof sessionAnswer>, 'name' | 'signIn'>;
export type RoomEntry = { address: string; kind: 'room' | 'direct'; location: 'home' | 'abroad' };
/** Answer to an act: the changed incident, and a card that only this person sees. */
export type Changed = Partial<Pick<IncidentJson, 'id' | 'revision' | 'drafts' | 'drill'>> & {
  incident?: string | null;
  opened?: boolean;
  said?: LocalCard;
  card?: LocalCard | null;
};
export type Meaning = { understood: boolean; text: string };
export type Readers = { incident: string; readers: { name: string; draft: number | null }[] };

interface Answers {
  session: z.infer<typeof sessionAnswer>;
  named: { name: string };
  signedOut: { signOut: string | null };
  rooms: { rooms: RoomEntry[] };
  labels: Record<string, string>;
  desk: Desk;
  messages: { messages: ShownMessage[]; more: boolean };
  page: Loaded & { desk: Desk };
  visit: { revision: number };
  view: LocalCard;
  form: LocalForm;
  preview: { document?: ReportDocument; twin?: ReportDocument; card?: LocalCard };
  change: Changed;
  meaning: Meaning;
  compared: ComparedReport;
  devices: { key: string | null; devices: { id: string; arrived: number | null }[] };
  device: { id: string };
  sessions: z.infer<typeof sessionsAnswer>;
  tokens: z.infer<typeof tokensAnswer>;
  token: z.infer<typeof tokenAnswer>;
  register: { register: z.infer<typeof rowSchema>[]; total: number };
  figures: { figures: z.infer<typeof registerFigures> };
  units: z.infer<typeof unitsAnswer>;
  choices: z.infer<typeof choicesAnswer>;
  supposed: z.infer<typeof whatIfAnswer>;
  words: Record<string, string>;
  /** Answer without content. */
  nothing: null;
  problem: { status: number; code: string; detail: string } & Partial<{
    field: string;
    errors: Record<string, string>;
    /** Newest revision, for a form that is out of date. */
    revision: number;
  }>;
}
/** Events of the stream, and time segments in the page's own elements. */
interface Events {
  segment: ClockSegment | null;
  message: ShownMessage;
  incident: { incident: string; revision: number; what: readonly Part[] };
  readers: Readers;
  beat: { now: string };
}
/** Suppositions of the page “what if”. */
export type Wanted = { awareness: string; facts: Fact[]; readings: Record<string, string>; law: string };
type Fact = { fact: string; value: string };
/** Values stored in the browser; null if there is none. */
export interface Kept {
  alerts: { desktop: boolean } | null;
  push: string | null;
  seen: Partial<Seen> | null;
  last: (Desk & { name: string; at: number }) | null;
  line: string | null;
  ticks: readonly string[] | null;
  values: Values | null;
  open: { ref: FormRef; bound: Bound } | null;
  wanted: Wanted | null;
}
export type Shapes = Answers & Events & Kept;

/** Parses JSON of a trusted origin: the server's own answers are not checked a second time here. */
export function shaped<K extends keyof Shapes>(name: K, json: string): Shapes[K] {
  const value: unknown = JSON.parse(json);
  if (!isShape(name, value)) throw new TypeError(`not JSON of ${name}`);
  return value;
}

const isShape = <K extends keyof Shapes>(_name: K, value: unknown): value is Shapes[K] => value !== undefined;
