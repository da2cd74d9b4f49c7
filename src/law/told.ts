import { keptFor } from './kept-for.ts';
import type { PaperDefinition, PaperLine, Regime } from './regime.ts';
import type { BilingualText } from './types.ts';

/** Kinds of readers of papers: one fact has a wording for each. */
export const READERS = ['authority', 'public', 'customer', 'individual'] as const;
export type Reader = (typeof READERS)[number];

/** Part of a paper that a person writes: a field for one kind of reader, or a line of one paper. */
export interface ToldPlace {
  /** Field of the record that holds the words, e.g. `form.2.impact@customer` or `law.first/categories`. */
  readonly id: string;
  readonly label: BilingualText;
  /** Kind of reader for whom the words are written; null for words of one paper only. */
  readonly reader: Reader | null;
  /** Title of the paper that contains this part; the first title if there are several papers. */
  readonly paper: BilingualText;
  readonly hint: BilingualText | null;
}

/** Id of the wording of a field in papers for one kind of reader. */
export function toldField(field: string, reader: Reader): string {
  return `${field}@${reader}`;
}

/** Returns the places of one paper whose words a person writes, in the order of its lines. */
export function toldIn(regime: Pick<Regime, 'items'>, paper: PaperDefinition): readonly ToldPlace[] {
  return paper.sections.flatMap(({ lines }) => lines.flatMap((line) => placesOf(regime, paper, line)));
}

/** Id of the wording of a line that has no field. */
export function toldLine(paper: Pick<PaperDefinition, 'id'>, line: Pick<PaperLine, 'id'>): string {
  return `${paper.id}/${line.id}`;
}

/** Answer to one authority's requests, the first of them named: its words are kept for that authority alone. */
export function answerTo(paper: PaperDefinition, request: string): PaperDefinition {
  return { ...paper, id: `${paper.id}.${request}` };
}

/** Returns a paper by its id, or by the id of an answer to one authority. */
export function paperById({ papers }: Pick<Regime, 'papers'>, id: string): PaperDefinition | null {
  const known = papers.find((paper) => paper.id === id);
  const answers = papers.find((paper) => paper.requests === true && id.startsWith(`${paper.id}.`));
  return known ?? (answers ? { ...answers, id } : null);
}

function placesOf({ items }: Pick<Regime, 'items'>, paper: PaperDefinition, line: PaperLine): readonly ToldPlace[] {
  const { write, fields } = line;
  const place = { paper: paper.title, hint: write ?? null };
  if (!fields) return write ? [{ ...place, id: toldLine(paper, line), label: line.label, reader: null }] : [];
  const { reader } = paper;
  if (!reader) return [];
  return items
    .flatMap((item) => item.fields)
    .filter(({ id, from }) => fields.includes(id) && from !== 'entity' && from !== 'system')
    .map(({ id, label }) => ({ ...place, id: toldField(id, reader), label, reader }));
}

const allPlaces = keptFor(
  (regime: Pick<Regime, 'items' | 'papers'>): ReadonlyMap<string, ToldPlace> =>
    new Map(regime.papers.flatMap((paper) => toldIn(regime, paper)).map((one) => [one.id, one])),
);

/** Returns the place that an id of a wording names; null for any other id. */
export function toldPlace(regime: Pick<Regime, 'items' | 'papers'>, id: string): ToldPlace | null {
  const answer = paperById(regime, id.slice(0, id.indexOf('/')));
  return allPlaces(regime).get(id) ?? (answer && (toldIn(regime, answer).find((one) => one.id === id) ?? null));
}
