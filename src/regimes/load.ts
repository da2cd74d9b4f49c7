import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Regime } from '../law/regime.ts';
import { type RawSource, type RegimeDocument, regimeFileSchema, regimeSchema } from '../law/regime-schema.ts';
import type { checkRegime } from './check.ts';
import { pathText, RegimeError, type RegimeFault, yamlFile } from './faults.ts';
import { sourceOf } from './source.ts';

export type WorkedCase = RegimeDocument['cases'][number];
export interface LoadedRegime {
  readonly regime: Regime;
  readonly cases: readonly WorkedCase[];
}

const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Loads every regime, built in or in the folder `extra` (REGIMES_DIR), by id. With a folder all are checked; without
 * one only tests check the built-in ones. Rejects with RegimeError naming file, path and reason of every fault.
 */
export async function loadRegimes(
  extra?: string | null,
  checks?: typeof checkRegime,
): Promise<ReadonlyMap<string, Regime>> {
  const check = checks ?? (extra ? (await import('./check.ts')).checkRegime : null);
  const folders = [OWN_FOLDER, ...(extra ? [extra] : [])].flatMap(regimeFoldersIn);
  const regimes = new Map<string, Regime>();
  for (const folder of folders) {
    const { regime } = loadRegime(folder, check);
    if (regimes.has(regime.id)) {
      const reason = `another folder already holds the regime ${regime.id}`;
      throw new RegimeError([{ file: join(basename(folder), 'regime.yaml'), path: 'id', reason }]);
    }
    regimes.set(regime.id, regime);
  }
  return regimes;
}

/** The folders in `folder` that hold a regime: those with a `regime.yaml`. */
export function regimeFoldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    throw new RegimeError([{ file: folder, path: '', reason: 'this folder does not exist (REGIMES_DIR)' }]);
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'regime.yaml')))
    .map((entry) => join(folder, entry.name))
    .sort();
}

/** Loads one regime from its folder: every `.yaml` file in it and below. Throws RegimeError. */
export function loadRegime(folder: string, check: typeof checkRegime | null = null): LoadedRegime {
  const files = yamlFilesIn(folder);
  const parts = files.map((path) => ({
    file: join(basename(folder), relative(folder, path)),
    content: yamlFile(path, join(basename(folder), relative(folder, path))).content,
  }));
  const faults = parts.flatMap(({ file, content }) => faultsOf(file, regimeFileSchema.safeParse(content)));
  const { merged, homes, twice } = merge(parts);
  const whole = regimeSchema.safeParse(withReports(withLevels(merged)));
  const home = (path: readonly PropertyKey[]) => homes.get(String(path[0])) ?? join(basename(folder), 'regime.yaml');
  if (faults.length === 0 && !whole.success) faults.push(...issuesOf(whole.error, home));
  if (faults.length > 0 || twice.length > 0 || !whole.success) throw new RegimeError([...faults, ...twice]);
  const wrong = (check?.(whole.data) ?? []).map(({ key, path, reason }) => ({ file: home([key]), path, reason }));
  if (wrong.length > 0) throw new RegimeError(wrong);
  return { regime: toRegime(whole.data), cases: whole.data.cases };
}

function yamlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** Adds two levels, not notifiable and notifiable, to a regime without levels. */
function withLevels(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { notifiable, levels } = document;
  if (notifiable === undefined || levels !== undefined) return document;
  const { content } = yamlFile(join(OWN_FOLDER, 'notifiable.yaml'));
  return {
    ...document,
    levels: z
      .array(z.looseObject({}))
      .parse(content)
      .map((one) => ({ ...one, source: notifiable })),
  };
}

/** Adds one report per content to a regime that names no kinds of reports. */
function withReports(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const contents = z.array(regimeSchema.shape.contents.element).safeParse(document['contents']);
  if (document['reports'] !== undefined || !contents.success) return document;
  const reports = contents.data.filter(({ role }) => role !== 'notice');
  return { ...document, reports: reports.map(({ id, role, name }) => ({ id, role, name, title: name, spoken: name })) };
}

interface Part {
  readonly file: string;
  readonly content: unknown;
}

/** Joins the files: lists of one key are appended; any other key may occur in one file only. */
function merge(parts: readonly Part[]) {
  const merged: Record<string, unknown> = {};
  const homes = new Map<string, string>();
  const twice: RegimeFault[] = [];
  for (const { file, content } of parts) {
    for (const [key, value] of Object.entries(typeof content === 'object' && content !== null ? content : {})) {
      const before = merged[key];
      if (isList(before) && isList(value)) merged[key] = [...before, ...value];
      else if (before === undefined) merged[key] = value;
      else twice.push({ file, path: key, reason: `already given in ${homes.get(key)}` });
      homes.set(key, homes.get(key) ?? file);
    }
  }
  return { merged, homes, twice };
}

function faultsOf(file: string, parsed: z.ZodSafeParseResult<unknown>): RegimeFault[] {
  return parsed.success ? [] : issuesOf(parsed.error, () => file);
}

function issuesOf(error: z.ZodError, home: (path: readonly PropertyKey[]) => string): RegimeFault[] {
  return error.issues.map((issue) => ({ file: home(issue.path), path: pathText(issue.path), reason: issue.message }));
}

function toRegime(document: RegimeDocument): Regime {
  const { cases: _cases, facts, typeSource: _typeSource, notifiable: _notifiable, ...rest } = document;
  const sourced = <T extends { readonly source: RawSource }>(thing: T) => ({
    ...thing,
    source: sourceOf(thing.source, document),
  });
  return {
    ...rest,
    version: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    factDefinitions: facts,
    levels: rest.levels.map(sourced),
    criteria: rest.criteria.map(sourced),
    obligations: rest.obligations.map(({ exemption, ...duty }) => ({
      ...sourced(duty),
      ...(exemption ? { exemption: sourced(exemption) } : {}),
    })),
    items: rest.items.map(sourced),
    notes: rest.notes.map(sourced),
    papers: rest.papers.map((paper) => ({ ...paper, sources: paper.sources.map((one) => sourceOf(one, document)) })),
    later: sourced(rest.later),
  };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
