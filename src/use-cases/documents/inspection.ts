import { entityOf } from '../../incident/facts/law-facts.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import { verifyChain } from '../../incident/record/chain.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Visibility } from '../../incident/visibility.ts';
import type { InspectionMap } from '../../law/inspection.ts';
import { stampOf } from '../../report/format.ts';
import type { InspectedRecord } from '../../report/inspection/dossier.ts';
import { type InspectionLine, inspect, pointedTo } from '../../report/inspection/pack.ts';
import { type InspectionInput, inspectionPaper, type LeftOut } from '../../report/inspection/paper.ts';
import type { Written } from '../../report/sheet.ts';
import type { IncidentRow, RecordRow, Refusal, Store } from '../ports.ts';
import { disclosed, utf8, withoutDelays } from './bundle.ts';
import type { BundlePart, DocumentTools, MadeFile, PaperFormat } from './document-port.ts';
import { type FileSources, ownFile } from './files.ts';

export interface InspectionQuery {
  /** Id of a legal entity in the profile; absent: the only entity or, without a profile, every record. */
  readonly entity?: string | undefined;
  /** Days of the declaration in Beijing, both included. */
  readonly from: string;
  readonly to: string;
  /** True to include reasons of late filings, which are for counsel, if the reader may read them. */
  readonly counsel: boolean;
}
export interface InspectionOrder {
  readonly format: PaperFormat | 'zip';
  readonly language: 'zh' | 'en';
}

/** Store, profile and law for the maker of a pack, with the readable incidents. */
export interface InspectionSources {
  readonly store: Pick<Store, 'incident' | 'incidents' | 'events' | 'record'> & FileSources;
  readonly organisation: Organisation | null;
  readonly map: InspectionMap;
  /** Returns the situation of a record; null if its law is not loaded. */
  situation(state: IncidentState): Written | null;
  shown(state: IncidentState): Visibility;
  /** Returns true if the reader may know that a record exists that the pack leaves out. */
  counts(state: IncidentState): boolean;
  readsReasons(state: IncidentState): boolean;
}

/** Reads the records of an entity and a period, and checks their chains; refuses an invalid entity or period. */
export async function inspected(
  sources: InspectionSources,
  query: InspectionQuery,
  at: string,
): Promise<InspectionInput | Refusal> {
  const { from, to, counsel } = query;
  const entities = sources.organisation?.entities ?? [];
  const named = query.entity ?? (entities.length === 1 ? entities[0]?.id : undefined);
  const entity = entities.find(({ id }) => id === named);
  if (!entity && (entities.length > 0 || named !== undefined)) {
    const known = entities.map(({ id }) => id).join(', ') || '–';
    return { code: 'unknown_entity', field: 'entity', params: { entities: known } };
  }
  if (to < from) return { code: 'wrong_period', field: 'to' };
  const records: InspectedRecord[] = [];
  const left = { withheld: 0, erased: 0, unassigned: 0, reasons: 0 };
  const broken: string[] = [];
  for (const { id } of await rowsOf(sources, query)) {
    await others();
    const state = await sources.store.incident(id);
    if (!state) continue;
    const own = entityOf(state);
    const count = sources.counts(state) ? 1 : 0;
    if (state.erased) left.erased += count;
    else if (entity && !own) left.unassigned += count;
    else if (entity && own?.id !== entity.id) continue;
    else {
      const situation = sources.shown(state).show === 'all' ? sources.situation(state) : null;
      const hashes = situation && (await hashesOf(sources.store, state));
      if (!situation || !hashes) {
        left.withheld += count;
        continue;
      }
      if (!hashes.has(state.version)) broken.push(id);
      const gives = counsel && sources.readsReasons(state);
      if (!gives && hasReasons(state)) left.reasons += 1;
      const events = (await sources.store.events(id)).filter(({ version }) => version <= state.version);
      records.push({ ...situation, state: gives ? state : withoutDelays(state), events, hashes });
    }
  }
  const leftOut: LeftOut = { ...left, broken };
  return { unit: entity?.name ?? null, from, to, at, records: records.toReversed(), leftOut, map: sources.map };
}

async function rowsOf({ store }: InspectionSources, { from, to }: InspectionQuery): Promise<readonly IncidentRow[]> {
  const rows = await store.incidents({ limit: Number.MAX_SAFE_INTEGER });
  return rows.filter(({ declaredAt }) => {
    const day = stampOf(declaredAt).slice(0, 10);
    return day >= from && day <= to;
  });
}

/** Hashes of the entries up to the version of `state`, as far as the chain is intact. */
async function hashesOf(
  store: InspectionSources['store'],
  { id, version }: IncidentState,
): Promise<ReadonlyMap<number, string>> {
  const rows: RecordRow[] = [];
  for await (const row of store.record(id)) if (row.version <= version) rows.push(row);
  const holds = verifyChain(rows)?.version ?? Number.POSITIVE_INFINITY;
  return new Map(rows.flatMap((row) => (row.version < holds ? [[row.version, row.hash] as const] : [])));
}

function hasReasons({ delays, filings }: IncidentState): boolean {
  return Object.keys(delays).length > 0 || filings.some(({ lateReason }) => lateReason !== undefined);
}

/**
 * Inspection pack as a file, e.g. `inspection-sh-2026-01-01-2026-12-31-zh` with an ending.
 */
export async function inspectionFile(
  tools: DocumentTools,
  found: InspectionInput,
  sources: Pick<InspectionSources, 'store'>,
  query: InspectionQuery,
  { format, language }: InspectionOrder,
): Promise<MadeFile | MadeFile<AsyncIterable<Uint8Array>> | Refusal> {
  const name = ['inspection', query.entity, query.from, query.to].filter(Boolean).join('-');
  if (format === 'zip')
    return { name: `${name}.zip`, mediaType: 'application/zip', content: bundle(tools, found, sources.store, query) };
  const paper = inspectionPaper({ ...found, language, lines: await linesOf(found, language) });
  return tools.paper(paper, `${name}-${language}`, format);
}

/** Lets other work of this process run: a year of records takes seconds. */
const others = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function linesOf(found: InspectionInput, language: 'zh' | 'en'): Promise<readonly InspectionLine[]> {
  const lines: InspectionLine[] = [];
  for (const line of inspect(found.records, found.map, language)) {
    lines.push(line);
    await others();
  }
  return lines;
}

/**
 * Pack in both languages, its lines as data, and for every record the whole chain with the content of only those
 * entries that a line points to, including the files they name.
 */
async function* bundle(
  tools: DocumentTools,
  found: InspectionInput,
  store: InspectionSources['store'],
  { counsel, entity, from, to }: InspectionQuery,
): AsyncGenerator<Uint8Array> {
  const missing: string[] = [];
  const tooLong: string[] = [];
  const texts = [
    { language: 'zh', lines: await linesOf(found, 'zh') },
    { language: 'en', lines: await linesOf(found, 'en') },
  ] as const;
  const pointers = pointedTo(texts.flatMap(({ lines }) => lines));
  const cited = new Map([...pointers].map(([id, those]) => [id, new Set(those.map(({ version }) => version))]));
  const records = found.records
    .filter(({ state, hashes }) => hashes.has(state.version))
    .map(({ state, hashes }) => ({
      incident: state.id,
      path: `records/${state.id}.jsonl`,
      head: { version: state.version, hash: hashes.get(state.version) ?? '' },
    }));
  const parts = async function* (): AsyncGenerator<BundlePart> {
    for (const { language, lines } of texts) {
      const paper = inspectionPaper({ ...found, language, lines });
      for (const format of ['docx', 'pdf', 'md'] as const) {
        const name = `inspection.${language}`;
        const made = await tools.paper(paper, name, format);
        if ('code' in made) tooLong.push(`${name}.${format}`);
        else yield { path: made.name, content: made.content };
      }
      yield { path: `lines.${language}.json`, content: utf8(`${JSON.stringify(lines, null, 2)}\n`) };
    }
    for (const { incident, path, head } of records) {
      yield { path, content: citedRows(store, incident, head.version, cited.get(incident) ?? new Set(), counsel) };
    }
    for (const { state } of found.records) {
      const files = new Set((pointers.get(state.id) ?? []).flatMap(({ file }) => file ?? []));
      for (const file of files) {
        const content = await ownFile(store, state, file);
        if (content) yield { path: `files/${file}`, content };
        else missing.push(file);
      }
    }
  };
  const known = new Set(records.map(({ incident }) => incident));
  const all = [...pointers.values()].flat().filter(({ incident }) => known.has(incident));
  const once = new Map(
    all.map(({ incident, version, hash }) => [`${incident} ${version}`, { incident, version, hash }]),
  );
  yield* tools.bundle(parts(), () => ({
    inspection: { entity: entity ?? null, from, to },
    exportedAt: found.at,
    records,
    pointers: [...once.values()],
    missing,
    ...(tooLong.length > 0 ? { tooLong } : {}),
  }));
}

/** Rows of a record; those that no line points to have their hashes only. */
async function* citedRows(
  store: InspectionSources['store'],
  id: string,
  last: number,
  cited: ReadonlySet<number>,
  counsel: boolean,
): AsyncGenerator<Uint8Array> {
  for await (const row of store.record(id)) {
    if (row.version > last) return;
    const shown = cited.has(row.version) ? disclosed(row, counsel) : { ...row, bytes: null, salt: null };
    yield utf8(`${JSON.stringify(shown)}\n`);
  }
}
