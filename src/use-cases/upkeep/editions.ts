import { z } from 'zod';
import type { Editions, Regime } from '../../law/regime.ts';
import { parseJson } from '../../ops/json.ts';
import { KeptMap } from '../directory/kept-map.ts';
import type { KeptPrefix, KeptValues } from '../ports.ts';

const PREFIX = 'law:';
/** Maximum number of versions of a regime that are read; there are fewer in practice. */
const MOST = 1_000;

const editionSchema = z.object({ since: z.iso.datetime(), regime: z.custom<Regime>(isRegime) });
type Edition = z.infer<typeof editionSchema>;

/**
 * Stores the text of the regime, once per version, and returns the regime with all stored versions: an incident is
 * assessed by the version of its declaration, even after the files are gone.
 */
export async function keepEdition(kept: KeptValues, current: Regime, now: string): Promise<Regime> {
  const editions = new KeptMap(kept, prefixOf(current), editionSchema);
  await editions.recall();
  if (!editions.get(current.version)) await editions.put(current.version, { since: now, regime: current });
  return {
    ...current,
    editions: { first: firstOf(editions.values()), get: (version) => complete(current, editions.get(version)?.regime) },
  };
}

/** Regime with the versions in a store, for commands that only read. */
export async function withEditions(kept: Pick<KeptValues, 'list'>, current: Regime): Promise<Regime> {
  const rows = await kept.list(prefixOf(current), MOST);
  const found = rows.flatMap(({ value }) => editionSchema.safeParse(parseJson(value)).data ?? []);
  const editions = new Map(found.map(({ regime }) => [regime.version, regime]));
  const all: Editions = { first: firstOf(found), get: (version) => complete(current, editions.get(version)) };
  return { ...current, editions: all };
}

/** Stored version, completed with kinds and names of today, which later programs need besides its rules. */
function complete(current: Regime, kept: Regime | undefined): Regime | undefined {
  const flags = kept?.flags.map((flag) => ({ ...current.flags.find(({ id }) => id === flag.id), ...flag })) ?? [];
  return kept && { ...current, ...kept, flags };
}

function prefixOf({ id }: Regime): KeptPrefix {
  return `${PREFIX}${id}:`;
}

function firstOf(editions: readonly Edition[]): string | null {
  return editions.toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since))[0]?.regime.version ?? null;
}

/** Returns true for a stored regime; only the presence of its keys is checked, because this program wrote it. */
function isRegime(value: unknown): value is Regime {
  const keys = ['id', 'version', 'zone', 'levels', 'contents', 'criteria', 'obligations', 'items', 'parts'];
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}
