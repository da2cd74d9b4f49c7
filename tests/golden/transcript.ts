import { diff } from 'node:util';

/** Lines of a transcript that are kept around a difference. */
const AROUND = 2;

/**
 * The bodies that went over the wire in one run, as text that a person can compare. The first body of a message is written
 * in full; a later one of the same message as the lines that changed.
 */
export class Transcript {
  readonly #lines: string[] = [];
  readonly #before = new Map<string, readonly string[]>();

  /** A heading: what somebody did, or the time. */
  step(what: string): void {
    this.#lines.push('', `## ${what}`);
  }

  /**
   * One body. `of` names the message it belongs to: the next body of the same message is written as a change of this one.
   */
  put(head: string, body: unknown, of: string | null = null): void {
    const lines = linesOf(body);
    const before = of === null ? undefined : this.#before.get(of);
    if (of !== null) this.#before.set(of, lines);
    this.#lines.push(`# ${head}`, ...(before ? changes(before, lines, 0) : lines));
  }

  /** The whole transcript; what differs between two runs of the same program has a name in its place. */
  toString(): string {
    return `${this.#lines.map(normal).join('\n').trim()}\n`;
  }
}

function linesOf(body: unknown): readonly string[] {
  const value = opened(body);
  return typeof value === 'string' ? value.split('\n') : JSON.stringify(value, null, 1).split('\n');
}

/** JSON that travels as text inside of JSON is written as what it is. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value === 'string' && /^[[{]/.test(value)) return parsed(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, opened(one)]));
}

function parsed(text: string): unknown {
  try {
    return opened(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Ids of the transcripts' own source (`goldenIds`), hashes, timestamps of the fakes and ports. */
function normal(line: string): string {
  return line
    .replace(/\btrigger\.\d+/g, '<trigger>')
    .replace(/gold-\d{12}|sim-[0-9a-f]{18}/g, '<id>')
    .replace(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replace(/\b17\d{8}\.\d{6}\b/g, '<ts>')
    .replace(/\b127\.0\.0\.1:\d+/g, '<server>');
}

/** Ids of one run, in the order they are asked for. */
export function goldenIds(): { next(): string } {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `gold-${String(count).padStart(12, '0')}`;
    },
  };
}

/** The lines that differ, old with `-` and new with `+`, with some of the equal lines around them. */
export function changes(before: readonly string[], after: readonly string[], around = AROUND): readonly string[] {
  const entries = diff([...after], [...before]);
  const near = (index: number): boolean =>
    entries.slice(Math.max(0, index - around), index + around + 1).some(([kind]) => kind !== 0);
  const shown: string[] = [];
  let hasGap = false;
  for (const [index, [kind, line]] of entries.entries()) {
    const isShown = near(index);
    if (isShown && hasGap && around > 0) shown.push('…');
    hasGap = !isShown;
    if (isShown) shown.push(`${kind === 0 ? ' ' : kind > 0 ? '+' : '-'} ${line}`);
  }
  return shown;
}
