import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { yamlWithLines } from '../ops/yaml.ts';

/** One fault in the data: the file, its line if known, the path in it, and the reason. */
export interface RegimeFault {
  readonly file: string;
  readonly line?: number;
  readonly path: string;
  readonly reason: string;
}

/** Error: the data of a regime or pack is wrong; `faults` and the message list all faults. */
export class RegimeError extends Error {
  readonly faults: readonly RegimeFault[];
  constructor(faults: readonly RegimeFault[]) {
    super(
      faults
        .map(({ file, line, path, reason }) => {
          const place = line === undefined ? file : `${file}:${line}`;
          return `${place}: ${path === '' ? '' : `${path}: `}${reason}`;
        })
        .join('\n'),
    );
    this.name = 'RegimeError';
    this.faults = faults;
  }
}

/** Path as text, e.g. `duties[0].source.quote`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

/** Paths of the YAML files in a folder, sorted; empty for a missing folder. */
export function yamlIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** A YAML file with a function that finds the line of a path. */
export interface YamlFile {
  readonly name: string;
  readonly content: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads one YAML file by the core schema of YAML 1.2. Throws RegimeError if it cannot be read. `lineOf` uses a second,
 * slower parser, so it is called only for an error; it parses the file once, for however many errors.
 */
export function yamlFile(path: string, name = basename(path)): YamlFile {
  const text = readFileSync(path, 'utf8');
  let lines: YamlFile['lineOf'] | null = null;
  return {
    name,
    content: contentOf(text, name),
    lineOf: (at) => {
      lines ??= linesOf(text);
      return lines(at);
    },
  };
}

function contentOf(text: string, file: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new RegimeError([{ file, line: error.mark.line + 1, path: '', reason: error.reason }]);
  }
}

function linesOf(text: string): YamlFile['lineOf'] {
  const { isMap, isNode, isSeq, LineCounter, parseDocument } = yamlWithLines();
  const lines = new LineCounter();
  const root: unknown = parseDocument(text, { lineCounter: lines }).contents;
  return (at) => {
    let node = root;
    let found: number | undefined;
    for (const key of at) {
      if (!isMap(node) && !isSeq(node)) break;
      // The line of a pair is that of its key; an element of a list has its own first line.
      const pair = isMap(node) ? node.items.find((item) => String(item.key) === String(key)) : undefined;
      node = pair ? pair.value : isSeq(node) ? node.get(Number(key), true) : undefined;
      const start = pair && isNode(pair.key) ? pair.key.range?.[0] : isNode(node) ? node.range?.[0] : undefined;
      if (start !== undefined) found = lines.linePos(start).line;
    }
    return found;
  };
}

/** Reads a file by a schema; every fault names line, place and reason. */
export function parsed<T>(file: YamlFile, schema: z.ZodType<T>): T {
  const result = schema.safeParse(file.content);
  if (result.success) return result.data;
  throw new RegimeError(result.error.issues.map(({ path, message }) => faultAt(file, path, message)));
}

export function faultAt(file: YamlFile, path: readonly PropertyKey[], reason: string): RegimeFault {
  const line = file.lineOf(path);
  return { file: file.name, ...(line === undefined ? {} : { line }), path: pathText(path), reason };
}
