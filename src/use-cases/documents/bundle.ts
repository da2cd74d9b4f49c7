import { assessIncident } from '../../incident/facts/assessment.ts';
import type { Language } from '../../incident/identity.ts';
import { isForCounsel } from '../../incident/record/disclosure.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import { filesNamedIn } from '../../incident/record/named-files.ts';
import type { Draft, IncidentState, TrustedStamp } from '../../incident/state.ts';
import { leniencyPack } from '../../report/evidence.ts';
import { asPrinted } from '../../report/head.ts';
import type { Written } from '../../report/sheet.ts';
import type { App } from '../app.ts';
import { COMPARED_DRILLS, lastDrills } from '../drills.ts';
import type { RecordRow, Refusal } from '../ports.ts';
import { timelineOf } from '../timeline.ts';
import { nowIn, type UseCaseContext } from '../use-case-context.ts';
import { answersThatChangedDuties, eventGroups, isStep, timelineTable } from './bundle-lists.ts';
import {
  type BundleFacts,
  type BundlePart,
  type DocumentTools,
  type LoadDocuments,
  type MadeFile,
  REPORT_FORMATS,
} from './document-port.ts';
import { type FileSources, ownFile } from './files.ts';
import { currentDocument, documentOfDraft, headHash, type ReportSources } from './report-documents.ts';

export interface BundleSources extends ReportSources {
  readonly store: ReportSources['store'] & FileSources;
  readonly documents: LoadDocuments;
}
export interface BundleOptions {
  /** Incident time of the export, ISO 8601. */
  readonly now: string;
  /** True to include entries for counsel only. */
  readonly counsel: boolean;
}

/** Makes the bundle of an incident, streamed, up to the version of `state`. */
export type MakeBundle = (state: IncidentState, options: BundleOptions) => AsyncIterable<Uint8Array>;

const PAPERS = ['md', 'docx', 'pdf'] as const;
const VERSIONS = ['submission', 'internal'] as const;
const LANGUAGES = ['zh', 'en'] as const;
const MESSAGES: Readonly<Record<'zh' | 'en', Language>> = { zh: 'zh-CN', en: 'en' };

/** Row for the export; an entry for counsel has no content and salt, as if erased, and the hash chain stays valid. */
export function disclosed(row: RecordRow, counsel: boolean): RecordRow {
  return counsel || !isForCounsel(row.type) ? row : { ...row, bytes: null, salt: null };
}

/** Evidence bundles of records, for everybody who may read the incident. */
export function createBundles(context: UseCaseContext): Pick<App, 'bundle' | 'article11'> {
  const { store, regime, clock } = context.engine.deps;
  const sources = { store, regime, documents: context.documents };
  const make = context.makeBundle ?? ((state, options) => evidenceBundle(sources, state, options));
  return {
    article11: async (id, caller, { format, language }) => {
      // After a state-secret stop the evidence for Art. 11 stays available to counsel only.
      const known = await context.visible(id, caller);
      const isForCounsel = known?.stopped && caller !== 'api' && context.counsel(known, caller) === null;
      const state = isForCounsel ? known : await context.compiled(id, caller);
      if ('code' in state) return state;
      const situation = context.engine.situation(state);
      const events = (await store.events(id)).filter(({ version }) => version <= state.version);
      const steps = stepsIn(situation, events, language);
      const shown = context.counsel(state, caller) ? withoutDelays(state) : state;
      const pack = leniencyPack({
        ...situation,
        state: shown,
        language,
        steps,
        headHash: await headHash(store, state),
        drills: await lastDrills(context, caller, COMPARED_DRILLS),
      });
      return (await context.documents()).paper(pack, `${id}-art11-${language}`, format);
    },
    bundle: async (id, caller, { counsel }) => {
      const state = await context.opened(id, caller);
      if ('code' in state) return state;
      const refusal = counsel ? context.counsel(state, caller) : null;
      if (refusal) return refusal;
      const content = make(state, { now: nowIn(state, clock.now()), counsel });
      return { name: `${id}-evidence.zip`, mediaType: 'application/zip', content };
    },
  };
}

/** Lines on every awareness, decision, draft, filing and file with its reason, as in the time line. */
function stepsIn(situation: Written, events: readonly RecordedEvent[], language: 'zh' | 'en') {
  const steps = events.filter(({ event }) => isStep(event.type));
  return timelineOf(situation, steps, MESSAGES[language], { show: 'all' });
}

/** Evidence bundle of an incident as a stream of a zip, with the record up to the version of `state`, no later events. */
export async function* evidenceBundle(
  sources: BundleSources,
  state: IncidentState,
  options: BundleOptions,
): AsyncGenerator<Uint8Array> {
  const tools = await sources.documents();
  const bundle = new Bundle(sources, tools, state, options);
  yield* tools.bundle(bundle.parts(), () => ({
    incident: state.id,
    drill: state.drill,
    ...(state.imported ? { recordedAfterwards: true } : {}),
    exportedAt: options.now,
    head: { version: state.version, hash: bundle.hashes[state.version - 1] ?? '' },
    timestamps: bundle.timestamps,
    withheld: bundle.withheld,
    missing: bundle.missing,
    ...(bundle.tooLong.length > 0 ? { tooLong: bundle.tooLong } : {}),
  }));
}

class Bundle {
  /** Hashes of the events, in order; complete once the record was written. */
  readonly hashes: string[] = [];
  readonly withheld: number[] = [];
  readonly missing: string[] = [];
  readonly tooLong: string[] = [];
  readonly #sources: BundleSources;
  readonly #tools: DocumentTools;
  readonly #state: IncidentState;
  readonly #options: BundleOptions;

  constructor(sources: BundleSources, tools: DocumentTools, state: IncidentState, options: BundleOptions) {
    this.#sources = sources;
    this.#tools = tools;
    this.#state = state;
    this.#options = options;
  }

  async *parts(): AsyncGenerator<BundlePart> {
    const { store, regime } = this.#sources;
    const state = this.#state;
    const all = (await store.events(state.id)).filter(({ version }) => version <= state.version);
    const events = all.filter(({ event }) => this.#isShown(event.type));
    const ia = assessIncident(state, regime, this.#options.now);
    const situation = { state, ia, regime: ia.regime };
    yield { path: 'record.jsonl', content: this.#record() };
    for (const language of LANGUAGES) {
      const lines = timelineOf(situation, events, MESSAGES[language], { show: 'all' });
      yield { path: `timeline.${language}.csv`, content: utf8(timelineTable(lines, MESSAGES[language])) };
    }
    for (const stamp of state.stamps) {
      yield { path: pathOf(stamp), content: new Uint8Array(Buffer.from(stamp.response, 'base64')) };
    }
    for (const [name, group] of Object.entries(eventGroups(state, events, answersThatChangedDuties(all, regime)))) {
      yield { path: `${name}.json`, content: utf8(`${JSON.stringify(group, null, 2)}\n`) };
    }
    // An erased record has no content to compile.
    if (!state.erased) {
      yield* this.#article11(situation, events);
      for (const draft of [...state.drafts, null]) yield* this.#reports(draft);
    }
    const named = events.flatMap(({ event }) => filesNamedIn(event.payload));
    // The same file may have been attached twice.
    const files = new Map(named.map(({ file, name }) => [`${file.slice(0, 16)}-${safeName(name)}`, file]));
    for (const [name, file] of files) {
      const content = await ownFile(store, state, file);
      if (content) yield { path: `attachments/${name}`, content };
      else this.missing.push(file);
    }
  }

  /** Files of Article 11, from the steps on the record; reasons of late filings only for counsel. */
  async *#article11(situation: Written, events: readonly RecordedEvent[]): AsyncGenerator<BundlePart> {
    const state = this.#options.counsel ? this.#state : withoutDelays(this.#state);
    for (const language of LANGUAGES) {
      const steps = stepsIn(situation, events, language);
      const pack = leniencyPack({ ...situation, state, language, steps, headHash: this.hashes.at(-1) ?? '' });
      for (const format of PAPERS) {
        const name = `art11.${language}`;
        yield* this.#made(`${name}.${format}`, await this.#tools.paper(pack, name, format));
      }
    }
  }

  get timestamps(): BundleFacts['timestamps'] {
    const { stamps } = this.#state;
    if (stamps.length === 0) return null;
    return stamps.map((stamp) => {
      const { entry, authority } = stamp;
      return { entry, hash: this.hashes[entry - 1] ?? '', authority, path: pathOf(stamp) };
    });
  }

  #isShown(type: string): boolean {
    return this.#options.counsel || !isForCounsel(type);
  }

  /** Record as stored, with withheld entries emptied. */
  async *#record(): AsyncGenerator<Uint8Array> {
    for await (const row of this.#sources.store.record(this.#state.id)) {
      if (row.version > this.#state.version) return;
      this.hashes.push(row.hash);
      if (!this.#isShown(row.type)) this.withheld.push(row.version);
      yield utf8(`${JSON.stringify(disclosed(row, this.#options.counsel))}\n`);
    }
  }

  /** Files of one draft (null: of a report on the current record) in every version, language and format. */
  async *#reports(draft: Draft | null): AsyncGenerator<BundlePart> {
    const { counsel, now } = this.#options;
    for (const version of VERSIONS) {
      for (const language of LANGUAGES) {
        const options = { version, language, counsel };
        const document = draft
          ? await documentOfDraft(this.#sources, this.#state, draft, options)
          : await currentDocument(this.#sources, this.#state, now, options);
        const number = draft ? `draft-${String(draft.draft).padStart(2, '0')}-${document.kind}` : 'current';
        for (const format of REPORT_FORMATS) {
          const printed = format === 'json' ? document : asPrinted(document, this.#state);
          const path = `reports/${number}/${version}.${language}.${format}`;
          yield* this.#made(path, await this.#tools.render(printed, format));
        }
      }
    }
  }

  *#made(path: string, made: MadeFile | Refusal): Generator<BundlePart> {
    if ('code' in made) this.tooLong.push(path);
    else yield { path, content: made.content };
  }
}

function pathOf({ entry }: TrustedStamp): string {
  return `stamps/entry-${String(entry).padStart(4, '0')}.tsr`;
}

/** File name from a name in a chat: without folders and without characters that some system forbids. */
function safeName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '_')
    .replace(/^\.+/, '_');
  return safe.slice(0, 100).toWellFormed();
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** State without the reasons why filings were late. */
export function withoutDelays(state: IncidentState): IncidentState {
  return { ...state, delays: {}, filings: state.filings.map(({ lateReason: _, ...filing }) => filing) };
}
