import type { Block, ChangedPart, ReportDocument, Run, Table } from '../incident/report-document.ts';
import { onFirstUse } from '../law/kept-for.ts';
import { textOf } from './paper.ts';

/** One difference between two reports, in their language or in both; `before` or `after` is null where only one of them has the text. */
export interface Difference<Words = string> {
  readonly id: string;
  readonly label: Words;
  readonly before: Words | null;
  readonly after: Words | null;
  /** Text after the change without elapsed time. */
  readonly stable: string;
}

/**
 * Differences from `a` to `b` in content: recipients, unit, contacts, items, note. The time of the report, and the
 * elapsed time of a running duration, are not differences.
 */
export function differences(a: ReportDocument, b: ReportDocument): readonly Difference[] {
  const before = statements(a);
  const after = statements(b);
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return ids.flatMap((id): readonly Difference[] => {
    const from = before.get(id);
    const to = after.get(id);
    if (from?.stable === to?.stable) return [];
    const label = (to ?? from)?.label ?? id;
    return [{ id, label, before: from?.text ?? null, after: to?.text ?? null, stable: to?.stable ?? '' }];
  });
}

/** Differences as a page marks them: in whole words, so that figures and names are not split. */
export function changedParts(a: ReportDocument, b: ReportDocument): readonly ChangedPart[] {
  return differences(a, b).map(({ id, before, after }) => {
    const [from, to] = [wordsOf(before ?? ''), wordsOf(after ?? '')];
    const most = Math.min(from.length, to.length);
    let start = 0;
    while (start < most && from[start] === to[start]) start += 1;
    let end = 0;
    while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
    return {
      id,
      start: to.slice(0, start).join(''),
      removed: from.slice(start, from.length - end).join(''),
      added: to.slice(start, to.length - end).join(''),
      end: to.slice(to.length - end).join(''),
    };
  });
}

const segmenter = onFirstUse(() => new Intl.Segmenter('zh', { granularity: 'word' }));
const wordsOf = (text: string): readonly string[] => Array.from(segmenter().segment(text), ({ segment }) => segment);

interface Statement {
  readonly label: string;
  readonly text: string;
  readonly stable: string;
}

function statements(document: ReportDocument): Map<string, Statement> {
  const found = new Map<string, Statement>();
  for (const { id, label, runs } of document.head) {
    if (id !== 'time') found.set(`head.${id}`, { label, text: textOf(runs), stable: stableOf(runs) });
  }
  for (const section of document.sections) {
    const stated = section.blocks.filter(statesSomething);
    for (const block of stated) found.set(block.id, statement(section.heading, block));
  }
  for (const note of document.notes) found.set(note.id, statement(note.label ?? note.id, note));
  return found;
}

/** Returns false for a "to follow" placeholder: the text that replaces it is new, not a change. */
function statesSomething(block: Block): boolean {
  return block.kind === 'table' || block.runs.some(({ kind }) => kind !== 'phrase' && kind !== 'to_supplement');
}

function statement(heading: string, block: Block): Statement {
  return block.kind === 'paragraph'
    ? { label: block.label ?? heading, text: textOf(block.runs), stable: stableOf(block.runs) }
    : { label: heading, text: tableText(block), stable: tableText(block) };
}

function stableOf(runs: readonly Run[]): string {
  return runs.map((run) => (run.kind === 'estimate' ? (run.stable ?? run.text) : run.text)).join('');
}
function tableText({ rows }: Table): string {
  return rows.map((row) => row.join(' | ')).join('\n');
}
