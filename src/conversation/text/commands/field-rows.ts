import { fold } from '../characters.ts';

/** Row of a message: "2 地点：上海" names a field; a row without a name has only text. */
export interface FieldRow {
  /** Number of the item before the name. */
  readonly n?: number;
  readonly field?: string;
  readonly text: string;
}

const LONGEST_NAME = 60;
/** Pattern of a named row: mark of a list or required field, item number, name, colon. A clock time is no name. */
const NAMED = new RegExp(
  `^[\\s*＊•·-]*(?:第? ?(\\d{1,2})(?: ?项| ?[.、)）]| ) ?)?([^\\d\\s:：][^:：\\n]{0,${LONGEST_NAME}}?)\\s*[:：](.*)$`,
  's',
);
/** Separator before a further field of the same row: 影响：…；措施：…. */
const FURTHER = /[；;]\s*(?=(?:第?\s?\d{1,2}\s?(?:项|[.、)）])?\s*)?[^\d\s:：；;][^:：；;\n]{0,40}[:：])/;

/**
 * Reads a message row by row. The content of a name with nothing behind it may follow in the rows below; any other row
 * without a known name stands for itself, so that nothing is added to a field that does not belong to it.
 *
 * @param isField tells whether a name, as it was written, is known.
 */
export function readRows(text: string, isField: (name: string) => boolean): readonly FieldRow[] {
  const rows: FieldRow[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isOpen = false;
      continue;
    }
    for (const piece of piecesOf(line, isField)) {
      const named = namedRow(piece, isField);
      const last = rows.at(-1);
      if (named) {
        rows.push(named);
        isOpen = named.text === '';
      } else if (isOpen && last) {
        rows[rows.length - 1] = { ...last, text: `${last.text}\n${piece.trim()}`.trim() };
      } else {
        rows.push({ text: piece.trim() });
      }
    }
  }
  return rows;
}

/** Returns the row with a known name, e.g. "2 地点：上海" → {n: 2, field: 地点, text: 上海}; null for any other row. */
export function namedRow(row: string, isField: (name: string) => boolean): FieldRow | null {
  const [, n, name = '', text = ''] = NAMED.exec(row) ?? [];
  const field = name.trim();
  if (field === '' || !isField(field)) return null;
  return { ...(n === undefined ? {} : { n: Number(n) }), field, text: text.trim() };
}

function piecesOf(line: string, isField: (name: string) => boolean): readonly string[] {
  const pieces: string[] = [];
  for (const piece of line.split(FURTHER)) {
    if (pieces.length > 0 && !namedRow(piece, isField)) pieces.push(`${pieces.pop()}；${piece}`);
    else pieces.push(piece);
  }
  return pieces;
}

/** Returns the candidates with a label that equals the name, else ends with it (措施: 已采取的措施), else contains it. */
export function byName<T>(
  candidates: readonly T[],
  name: string,
  labelsOf: (candidate: T) => readonly string[],
): readonly T[] {
  const word = fold(name).trim();
  if (word === '') return [];
  const ways: readonly ((label: string) => boolean)[] = [
    (label) => label === word,
    (label) => label.endsWith(word),
    (label) => label.includes(word),
  ];
  for (const way of ways) {
    const found = candidates.filter((candidate) => labelsOf(candidate).some((label) => way(fold(label))));
    if (found.length > 0) return found;
  }
  return [];
}
