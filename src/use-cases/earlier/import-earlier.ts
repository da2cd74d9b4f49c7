import { createHash } from 'node:crypto';
import { translate } from '../../i18n/translate.ts';
import { importedDeclaration } from '../../incident/commands/declaring.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import { assessIncident } from '../../incident/facts/assessment.ts';
import { IMPORT_ACTOR, type Language } from '../../incident/identity.ts';
import type { Imported } from '../../incident/imported.ts';
import { peopleCalled } from '../../incident/people/find.ts';
import { folded } from '../../incident/record/evolve.ts';
import { yearIn } from '../../law/calendar.ts';
import type { App } from '../app.ts';
import type { EngineDependencies } from '../engine.ts';
import { rowOf } from '../list-row.ts';
import { type Entry, type Fault, readList } from './earlier-list.ts';

type Input = Parameters<App['importEarlier']>[0];
type Outcome = Awaited<ReturnType<App['importEarlier']>>;
export type ImportNeeds = Pick<EngineDependencies, 'clock' | 'regime' | 'packs' | 'profile'> & {
  readonly store: Pick<EngineDependencies['store'], 'change' | 'incidents' | 'incident'>;
};

interface Stated {
  readonly title: string;
  readonly imported: Imported;
}

/**
 * Imports earlier incidents from a CSV list: each row becomes an incident recorded afterwards. If one row is wrong
 * nothing is recorded; a row recorded before is skipped. `check` records nothing.
 */
export async function importEarlier(needs: ImportNeeds, input: Input): Promise<Outcome> {
  const { clock, regime } = needs;
  const whole = (problem: string): Outcome => ({ problems: [problem], incidents: [], known: [] });
  const about = ownersOf(needs, input);
  if ('problem' in about) return whole(about.problem);
  const { faults, entries } = readList(input.csv, { regime, now: clock.now() });
  const all = entries.map(({ title, imported }: Entry): Stated => ({ title, imported: { ...imported, ...about } }));
  const known = await knownOf(needs, about.entity);
  const changed = all.flatMap((entry): readonly Fault[] => {
    const { reference, list } = entry.imported;
    const same = known.get(reference);
    if (!same || same.states === statedBy(entry)) return [];
    return [{ line: list.line, column: 'reference', fault: 'changed', params: { reference, id: same.id } }];
  });
  const problems = [...faults, ...changed].toSorted((a, b) => a.line - b.line);
  if (problems.length > 0)
    return { problems: problems.map((one) => faultText(one, input.language)), incidents: [], known: [] };
  const fresh = all.filter(({ imported }) => !known.has(imported.reference));
  // All are requested in one turn, so that SQLite commits them together.
  const ids = input.check ? [] : await Promise.all(fresh.map((entry) => commit(needs, entry)));
  return {
    problems: [],
    incidents: fresh.map(({ title, imported: { reference, list } }, index) => ({
      ...{ line: list.line, reference, title, id: ids[index] ?? null },
    })),
    known: all.flatMap(({ imported: { reference } }) => known.get(reference)?.id ?? []),
  };
}

/** Entity and importer of a list, or a problem in words if the profile does not have them. */
function ownersOf(
  { profile }: ImportNeeds,
  { entity, by, language }: Input,
): Pick<Imported, 'entity' | 'by'> | { readonly problem: string } {
  const organisation = profile();
  if (organisation === null) {
    if (entity !== undefined) return { problem: translate(language, 'import.bad.no_profile') };
    return { entity: null, by: by ?? null };
  }
  const { entities } = organisation;
  const meant = entities.find(({ id, name }) => entity === id || entity === name) ?? null;
  if (meant === null) {
    const list = entities.map(({ id, name }) => `${id} (${name})`).join(', ');
    return { problem: translate(language, 'import.bad.entity', { entity: entity ?? '', entities: list }) };
  }
  const people = by === undefined ? [] : peopleCalled(organisation, by);
  if (by !== undefined && people.length !== 1) return { problem: translate(language, 'import.bad.by', { name: by }) };
  return { entity: meant.id, by: people[0]?.name ?? null };
}

function faultText({ line, column, fault, params, other }: Fault, language: Language): string {
  const named = other === undefined ? params : { ...params, other: translate(language, `import.column.${other}`) };
  const what = translate(language, `import.bad.${fault}`, named);
  if (column === undefined) return translate(language, 'import.at_line', { line, what });
  return translate(language, 'import.at_cell', { line, what, column: translate(language, `import.column.${column}`) });
}

/** Content of a row as comparable text, without importer and list. */
function statedBy({ title, imported: { list: _, by: __, ...imported } }: Stated): string {
  return JSON.stringify([title, ...Object.entries(imported).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

const PAGE = 500;

async function knownOf(
  { store }: ImportNeeds,
  entity: string | null,
): Promise<ReadonlyMap<string, { readonly id: string; readonly states: string }>> {
  const known = new Map<string, { readonly id: string; readonly states: string }>();
  let before: string | undefined;
  for (;;) {
    const rows = await store.incidents({ open: false, limit: PAGE, ...(before === undefined ? {} : { before }) });
    for (const { id, imported: isOne } of rows) {
      const state = isOne ? await store.incident(id) : null;
      const { imported = null, title = '' } = state ?? {};
      if (imported?.entity === entity && imported.reference !== '')
        known.set(imported.reference, { id, states: statedBy({ title, imported }) });
    }
    before = rows.at(-1)?.id;
    if (rows.length < PAGE) return known;
  }
}

/** Commits a closed incident without timers, messages and rooms; returns its id. The same row is committed once. */
async function commit({ store, clock, regime, packs = [], profile }: ImportNeeds, entry: Stated): Promise<string> {
  const { imported, title } = entry;
  const at = clock.now();
  const outcome = await store.change({
    target: { series: 'INC', year: yearIn(regime.zone, Date.parse(imported.awareAt)) },
    delivery: {
      platform: 'import',
      key: `${imported.entity ?? ''}:${imported.reference}`,
      bodyHash: createHash('sha256').update(statedBy(entry)).digest('hex'),
    },
    actor: IMPORT_ACTOR,
    at,
    decide: ({ id, actor }) => {
      const laws = { regimes: [regime.id], law: regime.version, packs, organisation: profile() };
      const events = [importedDeclaration({ id, at, title, imported, ...laws })];
      const state = folded(null, events, { id, at, actor });
      if (!state) throw new Error('a declaration makes an incident');
      const row = rowOf(state, assessIncident(state, regime, isoOf(at)));
      const result = { incident: id, version: state.version, events: events.map(({ type }) => type) };
      return { kind: 'commit', change: { events, row, timers: [], notices: [], surfaces: [], result } };
    },
  });
  if (outcome.kind === 'refused') throw new Error(`line ${imported.list.line} was refused: ${outcome.refusal.code}`);
  return outcome.id;
}
