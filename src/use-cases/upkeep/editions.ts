import { z } from 'zod';
import type { Editions, Regime } from '../../law/regime.ts';
import { parseJson } from '../../ops/json.ts';
import { KeptMap } from '../directory/kept-map.ts';
import type { KeptPrefix, KeptValues } from '../ports.ts';

const PREFIX = 'law:';
/** Most versions of one regime that are read; real ones have fewer. */
const MOST = 1_000;

const editionSchema = z.object({ since: z.iso.datetime(), regime: z.custom<Regime>(isRegime) });
type Edition = z.infer<typeof editionSchema>;

/**
 * Keeps the text of the regime in the store, once per version, and returns the regime with all kept versions: an
 * incident is assessed by the version of its declaration, even after the files are gone.
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

/** The regime with the versions that a store kept, for commands that only read. */
export async function withEditions(kept: Pick<KeptValues, 'list'>, current: Regime): Promise<Regime> {
  const rows = await kept.list(prefixOf(current), MOST);
  const found = rows.flatMap(({ value }) => editionSchema.safeParse(parseJson(value)).data ?? []);
  const editions = new Map(found.map(({ regime }) => [regime.version, regime]));
  const all: Editions = { first: firstOf(found), get: (version) => complete(current, editions.get(version)) };
  return { ...current, editions: all };
}

/** Kept version, completed with data that later programs need beside its rules: kinds and names, as they are now. */
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

/** True for a kept regime. No other part is checked: this program wrote them. */
function isRegime(value: unknown): value is Regime {
  const keys = ['id', 'version', 'zone', 'levels', 'contents', 'criteria', 'obligations', 'items', 'parts'];
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}
