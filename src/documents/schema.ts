import { z } from 'zod';
import { REPORT_KINDS } from '../report/model.ts';

/** The JSON of a report, published as `report.schema.json`. The same shape as `ReportDocument`; a test keeps them equal. */
const text = z.string();
const language = z.enum(['zh', 'en']);
const of = text.describe('the fact, field, part of the profile or entry of the record it comes from');

const run = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('phrase'), text }).describe('a fixed phrase: it states nothing'),
    z.strictObject({ kind: z.literal('fact'), text, of }),
    z.strictObject({
      kind: z.literal('estimate'),
      text,
      of,
      stable: text.optional().describe('the same without what only the passing of time changes'),
    }),
    z.strictObject({ kind: z.literal('words'), text, of, language }).describe('as a person wrote and confirmed it'),
    z.strictObject({ kind: z.literal('to_supplement'), text, of }),
  ])
  .meta({ id: 'Run' });
const line = z.strictObject({ id: text, label: text, runs: z.array(run) }).meta({ id: 'Line' });
const paragraph = z
  .strictObject({
    kind: z.literal('paragraph'),
    id: text,
    number: text.nullable(),
    label: text.nullable(),
    runs: z.array(run),
  })
  .meta({ id: 'Paragraph' });
const table = z
  .strictObject({
    kind: z.literal('table'),
    id: text,
    columns: z.array(z.strictObject({ title: text, width: z.number().positive() })),
    rows: z.array(z.array(text)),
  })
  .meta({ id: 'Table' });
const block = z.discriminatedUnion('kind', [paragraph, table]);
const section = z
  .strictObject({ id: text, number: text.nullable(), heading: text, blocks: z.array(block) })
  .meta({ id: 'Section' });

export const reportDocumentSchema = z
  .strictObject({
    schema: z.literal(1),
    incident: text,
    draft: z.number().int().positive(),
    kind: z.enum(REPORT_KINDS),
    version: z.enum(['submission', 'internal']),
    language,
    drill: z.boolean(),
    compiledAt: z.iso.datetime({ offset: true }),
    title: text,
    marks: z.array(text).describe('shown on every page'),
    head: z.array(line),
    introduction: z.array(block),
    sections: z.array(section),
    notes: z.array(paragraph),
    signature: z.array(line),
    appendix: z.array(section).describe('only in the internal version'),
  })
  .describe('A report of a network security incident');
