import type { Block, ReportLanguage } from '../../incident/report-document.ts';
import type { InspectionMap } from '../../law/inspection.ts';
import type { Iso } from '../../law/types.ts';
import { momentOf } from '../format.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from '../paper.ts';
import { law, say } from '../sheet.ts';
import type { InspectedRecord, Pointer } from './dossier.ts';
import type { InspectionLine } from './pack.ts';

export interface InspectionScope {
  /** Name of the legal entity; null for all records. */
  readonly unit: string | null;
  /** Days of the declaration in Beijing, both included, e.g. `2026-01-01`. */
  readonly from: string;
  readonly to: string;
}
/** Records in the scope that the pack leaves out, and why. */
export interface LeftOut {
  /** Number of records that the maker of the pack may not read. */
  readonly withheld: number;
  readonly erased: number;
  /** Number of records without a legal entity, although the profile has several. */
  readonly unassigned: number;
  /** Records with a broken chain: entries from the break on prove nothing. */
  readonly broken: readonly string[];
  /** Number of incidents whose reasons for late filings are for counsel only and were not requested. */
  readonly reasons: number;
}
export interface InspectionInput extends InspectionScope {
  readonly records: readonly InspectedRecord[];
  readonly leftOut: LeftOut;
  readonly map: InspectionMap;
  readonly at: Iso;
}
interface Page extends InspectionInput {
  readonly language: ReportLanguage;
  readonly lines: readonly InspectionLine[];
}

/** Number of printed digits of a hash; the bundle has all of them. */
const DIGITS = 16;
/** Maximum number of entries printed for one claim. */
const SHOWN = 4;

/**
 * Inspection pack as a paper: every item with its claims beside the entries that prove them, or "no evidence"; then the
 * requirements and how far their texts were read, and the records used.
 */
export function inspectionPaper(page: Page): Paper {
  const { language, at, map, unit, from, to } = page;
  const shown = page.lines.filter(({ claims }) => claims.length > 0).length;
  return paperOf({
    language,
    compact: true,
    compiledAt: at,
    title: say(page, 'inspection.title'),
    marks: language === 'en' ? [say(page, 'report.mark.twin')] : [],
    head: [
      lineOf('unit', say(page, 'report.head.unit'), unit ?? say(page, 'inspection.all_units')),
      lineOf('period', say(page, 'inspection.period'), say(page, 'inspection.days', { from, to })),
      lineOf('made', say(page, 'guide.made'), momentOf(at, language)),
      lineOf('result', say(page, 'inspection.result'), say(page, 'inspection.shown', { shown, of: page.lines.length })),
    ],
    introduction: [proseOf('reading', say(page, 'inspection.reading')), ...leftOutTexts(page)],
    sections: numbered(page, [
      ...map.groups.map(({ id, title, items }) =>
        sectionOf(
          id,
          law(page, title),
          items.flatMap(({ id: item }) => lineBlocks(page, item)),
        ),
      ),
      requirements(page),
      sources(page),
      recordList(page),
    ]),
  });
}

function leftOutTexts(page: Page): readonly Block[] {
  const { withheld, erased, unassigned, broken, reasons } = page.leftOut;
  const counted = { withheld, erased, unassigned, reasons };
  return [
    ...(['withheld', 'erased', 'unassigned', 'reasons'] as const).flatMap((kind) =>
      counted[kind] > 0 ? [proseOf(kind, say(page, `inspection.${kind}`, { n: counted[kind] }))] : [],
    ),
    ...broken.map((id) => proseOf(`broken.${id}`, say(page, 'inspection.broken', { id }))),
  ];
}

/** Number of an item in the pack, from 1. */
function numberOf({ lines }: Page, id: string): number {
  return lines.findIndex(({ item }) => item.id === id) + 1;
}

function lineBlocks(page: Page, id: string): readonly (Block | null)[] {
  const line = page.lines[numberOf(page, id) - 1];
  if (!line) return [];
  const { item, claims, missing } = line;
  const none = say(page, 'inspection.none');
  const heading = `${numberOf(page, id)}. ${law(page, item.title)}`;
  const rows = [
    ...claims.map(({ text, pointers }) => [text, pointersText(page, pointers)] as const),
    ...missing.map((text) => [text, none] as const),
  ];
  if (rows.length === 0) return [proseOf(id, none, heading)];
  return [
    proseOf(id, claims.length === 0 ? none : say(page, 'inspection.some'), heading),
    tableOf(page, `${id}.list`, rows, [
      ['leniency.statement', 60, ([text]) => text],
      ['leniency.evidence', 40, ([, proof]) => proof],
    ]),
  ];
}

function pointersText(page: Page, pointers: readonly Pointer[]): string {
  const shown = pointers.slice(0, SHOWN).map(({ incident, version, hash, file }) => {
    const entry = `${incident} ${say(page, 'leniency.entry', { version })} ${hash.slice(0, DIGITS)}`;
    return file === undefined ? entry : `${entry}\nSHA-256 ${file.slice(0, DIGITS)}`;
  });
  const more = pointers.length - shown.length;
  return [...shown, ...(more > 0 ? [say(page, 'inspection.more', { n: more })] : [])].join('\n');
}

/** Requirements with their words, and the numbers of the items that answer them. */
function requirements(page: Page) {
  const all = page.map.sources.flatMap(({ id, short }) =>
    page.lines.flatMap(({ item }) =>
      item.answers.flatMap(({ source, place, quote }) =>
        source === id && place && quote !== undefined
          ? [{ rule: `${law(page, short)} ${law(page, place)}`, quote, item }]
          : [],
      ),
    ),
  );
  const rows = [...Map.groupBy(all, ({ rule, quote }) => `${rule} ${quote}`).values()].flatMap((those) => {
    const [first] = those;
    return first ? [{ ...first, items: those.map(({ item }) => numberOf(page, item.id)) }] : [];
  });
  return sectionOf('requirements', say(page, 'inspection.requirements'), [
    tableOf(page, 'requirements.list', rows, [
      ['report.internal.rule', 30, ({ rule }) => rule],
      ['inspection.quote', 56, ({ quote }) => quote],
      ['inspection.items', 14, ({ items }) => items.join(say(page, 'report.list'))],
    ]),
  ]);
}

/** Every source with the extent of its reading, and the items mapped to it. */
function sources(page: Page) {
  const { map, lines } = page;
  return sectionOf('sources', say(page, 'inspection.sources'), [
    tableOf(page, 'sources.list', map.sources, [
      ['inspection.source', 32, ({ title, effective = '' }) => `${law(page, title)} ${effective}`.trim()],
      [
        'inspection.read',
        54,
        ({ verification, note }) =>
          `${verification === 'primary' ? '' : say(page, `verified.${verification}`)}\n${law(page, note)}`.trim(),
      ],
      [
        'inspection.items',
        14,
        ({ id }) =>
          lines
            .flatMap(({ item }) => (item.answers.some(({ source }) => source === id) ? [numberOf(page, item.id)] : []))
            .join(say(page, 'report.list')),
      ],
    ]),
  ]);
}

/** Records the pack was made from, each with its last hash, which `jishi verify` and the bundle show too. */
function recordList(page: Page) {
  return sectionOf('records', say(page, 'inspection.records'), [
    tableOf(page, 'records.list', page.records, [
      ['inspection.record', 22, ({ state }) => state.id],
      ['inspection.entries', 12, ({ state }) => String(state.version)],
      ['report.internal.head', 66, ({ hashes, state }) => hashes.get(state.version) ?? say(page, 'inspection.none')],
    ]),
  ]);
}
