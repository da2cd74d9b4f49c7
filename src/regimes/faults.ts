import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** One thing wrong in the data: the file, the line in it if it is known, the place in it, and why. */
export interface RegimeFault {
  readonly file: string;
  readonly line?: number;
  readonly path: string;
  readonly reason: string;
}

/** The data of a regime or pack is wrong; `faults` is the whole list, and so is the message. */
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

/** `duties[0].source.quote` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

/** A YAML file with a function that finds the line of a place in it. */
export interface YamlFile {
  readonly name: string;
  readonly content: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** Reads one YAML file. Throws RegimeError if it cannot be read as YAML. */
export function yamlFile(path: string, name = basename(path)): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new RegimeError(
      document.errors.map(({ message, pos }) => ({
        file: name,
        line: lines.linePos(pos[0]).line,
        path: '',
        reason: message,
      })),
    );
  }
  return {
    name,
    content: contentOf(document, name),
    lineOf: (at) => {
      let node: unknown = document.contents;
      let found: number | undefined;
      for (const key of at) {
        if (!isMap(node) && !isSeq(node)) break;
        // Of a pair the key is where the line begins; of an element its own first line.
        const pair = isMap(node) ? node.items.find((item) => String(item.key) === String(key)) : undefined;
        node = pair ? pair.value : isSeq(node) ? node.get(Number(key), true) : undefined;
        const start = pair && isNode(pair.key) ? pair.key.range?.[0] : isNode(node) ? node.range?.[0] : undefined;
        if (start !== undefined) found = lines.linePos(start).line;
      }
      return found;
    },
  };
}

/** Content of a file. An alias without its anchor is found only here. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new RegimeError([{ file, path: '', reason: String(error) }]);
  }
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
