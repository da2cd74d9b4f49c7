import { z } from 'zod';
import type { Immutable } from '../law/types.ts';

/** JSON of a report, published as `schemas/report.schema.json`. */
const text = z.string();
const languageSchema = z.enum(['zh', 'en']);
const of = text.describe('the fact, field, part of the profile or entry of the record it comes from');

/**
 * Piece of text with its origin. `of` names the fact, field, part of the profile or entry of the record that proves the
 * statement; fixed phrases state nothing.
 */
const runSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('phrase'), text }).describe('a fixed phrase: it states nothing'),
    z.strictObject({ kind: z.literal('fact'), text, of }),
    z.strictObject({
      kind: z.literal('estimate'),
      text,
      of,
      /** Comparable part of the text: two texts with equal `stable` have the same meaning. */
      stable: text.exactOptional().describe('the same without what only the passing of time changes'),
    }),
    z
      .strictObject({ kind: z.literal('words'), text, of, language: languageSchema })
      .describe('as a person wrote and confirmed it'),
    z.strictObject({ kind: z.literal('to_supplement'), text, of }),
  ])
  .meta({ id: 'Run' });
/** A label and its value: recipient, unit, signatory, … */
const lineSchema = z.strictObject({ id: text, label: text, runs: z.array(runSchema) }).meta({ id: 'Line' });
const paragraphSchema = z
  .strictObject({
    kind: z.literal('paragraph'),
    id: text,
    number: text.nullable(),
    label: text.nullable(),
    runs: z.array(runSchema),
  })
  .meta({ id: 'Paragraph' });
const tableSchema = z
  .strictObject({
    kind: z.literal('table'),
    id: text,
    /** `width` is the column's share of the table. */
    columns: z.array(z.strictObject({ title: text, width: z.number().positive() })),
    rows: z.array(z.array(text)),
  })
  .meta({ id: 'Table' });
const blockSchema = z.discriminatedUnion('kind', [paragraphSchema, tableSchema]);
/** `number` is 一、 in Chinese, 1. in English; null for parts without a number. */
const sectionSchema = z
  .strictObject({ id: text, number: text.nullable(), heading: text, blocks: z.array(blockSchema) })
  .meta({ id: 'Section' });

export const reportDocumentSchema = z
  .strictObject({
    schema: z.literal(1),
    incident: text,
    /** Number of the draft it belongs to: the compiled one, or the next. */
    draft: z.number().int().positive(),
    kind: text.describe('id of the report in the form of the regime'),
    /** `submission` is the 报送稿, without internal parts. */
    version: z.enum(['submission', 'internal']),
    language: languageSchema,
    drill: z.boolean(),
    compiledAt: z.iso.datetime({ offset: true }),
    title: text,
    /** Marks of the document: drill, internal, reference translation. */
    marks: z.array(text).describe('shown on every page'),
    head: z.array(lineSchema),
    introduction: z.array(blockSchema),
    sections: z.array(sectionSchema),
    notes: z.array(paragraphSchema),
    signature: z.array(lineSchema),
    appendix: z.array(sectionSchema).describe('only in the internal version'),
  })
  .describe('A report of a network security incident');

/** Report as a document, before any file format. It has all shown content, in order; renderers add layout only. */
export type ReportDocument = Immutable<z.infer<typeof reportDocumentSchema>>;
export type ReportVersion = ReportDocument['version'];
export type ReportLanguage = ReportDocument['language'];
export type Line = Immutable<z.infer<typeof lineSchema>>;
export type Section = Immutable<z.infer<typeof sectionSchema>>;
export type Block = Immutable<z.infer<typeof blockSchema>>;
export type Paragraph = Immutable<z.infer<typeof paragraphSchema>>;
export type Table = Immutable<z.infer<typeof tableSchema>>;
export type Run = Immutable<z.infer<typeof runSchema>>;

const changedPartSchema = z
  .strictObject({ id: text, start: text, removed: text, added: text, end: text })
  .describe('a changed statement: what both texts begin and end with, and the words removed and added between');
/** Report to read, with its changes since an earlier draft; null if there is no earlier one. */
export const comparedReportSchema = z.strictObject({
  document: reportDocumentSchema,
  since: z.strictObject({ draft: z.number().int().positive(), changes: z.array(changedPartSchema) }).nullable(),
});
export type ChangedPart = z.infer<typeof changedPartSchema>;
export type ComparedReport = Immutable<z.infer<typeof comparedReportSchema>>;

/** Exact text of a draft, the same when read, approved and filed. */
export interface DraftText {
  /** SHA-256 (hex) of the canonical JSON of `document`. */
  readonly hash: string;
  /** The Chinese submission (报送稿). */
  readonly document: ReportDocument;
  /** English version of the same report, for reference. */
  readonly twin: ReportDocument;
  /** The level reached when it was compiled, by decision or by the figures. */
  readonly level: string;
}
