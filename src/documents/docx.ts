import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type {
  Block,
  Line,
  Paragraph as ModelParagraph,
  Table as ModelTable,
  Section,
} from '../incident/report-document.ts';
import type { Iso } from '../law/types.ts';
import { colon, headingText, isRagged, labelText, type Paper, textOf } from '../report/paper.ts';

/** Measures of GB/T 9704-2012 (official documents): sizes of type in half points, all others in 1/20 of a point. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = {
  top: convertMillimetersToTwip(37),
  bottom: convertMillimetersToTwip(35),
  left: convertMillimetersToTwip(28),
  right: convertMillimetersToTwip(26),
  header: convertMillimetersToTwip(15),
  footer: convertMillimetersToTwip(25),
};
const BODY = { size: 32, line: 560, margin: MARGIN };
/** Spacing for a document that must fit on one page. */
const COMPACT = {
  size: 20,
  line: 290,
  margin: { ...MARGIN, top: convertMillimetersToTwip(16), bottom: convertMillimetersToTwip(16) },
};
const TITLE = { size: 44, line: 640 };
const SMALL = { size: 21, line: 300 };
/** Indent of two body characters. */
const INDENT = 640;

/**
 * Fonts are not embedded: these come with Windows, and with Office on macOS; elsewhere the reader's program substitutes
 * them. Few machines have 方正小标宋, the title font of the standard, so titles use 宋体 in bold.
 */
const FONTS = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  label: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' },
};

/** Returns a paper as DOCX, laid out like official documents in China (GB/T 9704): A4, 仿宋 16 pt, headings 黑体. */
export async function docx(document: Paper): Promise<Uint8Array> {
  const { size, line, margin } = document.compact ? COMPACT : BODY;
  const file = new Document({
    creator: textOf(document.head.find(({ id }) => id === 'unit')?.runs.slice(0, 1) ?? []),
    title: document.title,
    lastModifiedBy: '',
    styles: {
      default: {
        document: {
          run: { font: FONTS.body, size, language: { value: 'en-US', eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line, lineRule: LineRuleType.AT_LEAST } },
        },
      },
    },
    sections: [
      {
        properties: { page: { size: A4, margin } },
        headers: { default: new Header({ children: document.marks.map(mark) }) },
        footers: { default: new Footer({ children: [pageNumber(document)] }) },
        children: body(document),
      },
    ],
  });
  return dated(new Uint8Array(await Packer.toArrayBuffer(file)), document.compiledAt);
}

/** Replaces the current time that the library writes with the report's instant: same report, same bytes. */
export function dated(content: Uint8Array, at: Iso): Uint8Array {
  const parts = unzipSync(content);
  const core = strFromU8(parts[CORE] ?? new Uint8Array());
  const written = core.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${new Date(at).toISOString()}`);
  return zipSync({ ...parts, [CORE]: strToU8(written) }, { mtime: new Date(1980, 0, 1), level: 6 });
}
const CORE = 'docProps/core.xml';

function body(document: Paper): (Paragraph | Table)[] {
  return [
    title(document),
    ...document.head.map(headLine),
    ...(document.head.some(({ label }) => label !== '') ? [rule()] : []),
    ...mainText(document),
    ...document.signature.map((line, index) => signature(line, index)),
    ...document.appendix.flatMap((one, index) => section(one, { onNewPage: index === 0 })),
  ];
}

/** Returns the content between head and signature. */
export function mainText(document: Paper): (Paragraph | Table)[] {
  const last = document.notes.at(-1) ?? document.sections.at(-1)?.blocks.at(-1);
  return [
    ...document.introduction.flatMap((one) => block(one)),
    ...document.sections.flatMap((one) => section(one, { last })),
    ...document.notes.flatMap((one) => paragraph(one, one === last)),
  ];
}

/** Returns text runs with line breaks; the library escapes the text, so it cannot become markup. */
export function runs(text: string, options: IRunOptions = {}): TextRun[] {
  return text.split('\n').map((line, index) => {
    const run: IRunOptions = { ...options, text: line, ...(index > 0 ? { break: 1 } : {}) };
    return new TextRun(run);
  });
}

/** Returns a paragraph with the document's spacing by default, so that a company's template keeps its own. */
function spaced(options: IParagraphOptions, children: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({ ...options, children: [...children] });
}

function mark(text: string): Paragraph {
  const style: IRunOptions = { font: FONTS.heading, bold: true, size: SMALL.size, color: 'B00020' };
  return new Paragraph({ alignment: AlignmentType.CENTER, children: runs(text, style) });
}

function pageNumber({ language }: Paper): Paragraph {
  const dash = language === 'zh' ? '—' : '–';
  const number: IRunOptions = { children: [`${dash} `, PageNumber.CURRENT, ` ${dash}`], size: SMALL.size };
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun(number)] });
}

function title(document: Paper): Paragraph {
  const style: IRunOptions = { font: FONTS.title, bold: true, size: TITLE.size };
  return spaced(
    {
      alignment: AlignmentType.CENTER,
      spacing: { before: 120, after: 360, line: TITLE.line, lineRule: LineRuleType.AT_LEAST },
    },
    runs(document.title, style),
  );
}

function headLine({ label, runs: value }: Line): Paragraph {
  return spaced({}, [...runs(`${label}${colon(label)}`, strong), ...runs(textOf(value))]);
}
const strong: IRunOptions = { font: FONTS.heading, bold: true };

/** Returns the rule between head and items. */
function rule(): Paragraph {
  return new Paragraph({
    spacing: { after: 160 },
    border: { bottom: { style: 'single', size: 8, space: 4, color: '000000' } },
    children: [],
  });
}

/** Returns a section. `last`: last part before the signature, kept on its page; a text above a table stays with it. */
function section(
  one: Section,
  { onNewPage = false, last }: { readonly onNewPage?: boolean; readonly last?: Block | undefined },
): (Paragraph | Table)[] {
  const heading = spaced(
    { keepNext: true, pageBreakBefore: onNewPage, indent: { firstLine: one.number === null ? 0 : INDENT } },
    runs(headingText(one), strong),
  );
  const before = (index: number): boolean => one.blocks[index + 1]?.kind === 'table';
  return [heading, ...one.blocks.flatMap((part, index) => block(part, part === last || before(index)))];
}

function block(one: Block, last = false): (Paragraph | Table)[] {
  return one.kind === 'paragraph' ? paragraph(one, last) : [gap(true), table(one), gap()];
}

function gap(keepNext = false): Paragraph {
  return new Paragraph({ keepNext, spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] });
}

/** Maximum length (characters) of a last paragraph that is kept on the signature's page. */
const SHORT = 500;

/** Returns a paragraph per line. A short last text stays with the signature: nobody may sign a page without text. */
function paragraph(one: ModelParagraph, last = false): Paragraph[] {
  const text = textOf(one.runs);
  const alignment = isRagged(text) ? AlignmentType.LEFT : AlignmentType.BOTH;
  return text
    .split('\n')
    .map((line, index) =>
      spaced({ alignment, keepNext: last && text.length < SHORT, indent: { firstLine: INDENT } }, [
        ...(index === 0 ? runs(labelText(one), { font: FONTS.label }) : []),
        ...runs(line),
      ]),
    );
}

/** Returns signature and seal at the right, as in letters. */
function signature({ label, runs: value }: Line, index: number): Paragraph {
  return spaced(
    {
      alignment: AlignmentType.RIGHT,
      keepLines: true,
      keepNext: index < 2,
      spacing: { before: index === 0 ? 720 : 160, line: BODY.line, lineRule: LineRuleType.AT_LEAST },
    },
    [...runs(`${label}${colon(label)}${textOf(value)}`)],
  );
}

function table({ columns, rows }: ModelTable): Table {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const width = (share: number): number => Math.round((A4.width - MARGIN.left - MARGIN.right) * (share / total));
  const cell = (text: string, share: number, style: IRunOptions, header: boolean): TableCell =>
    new TableCell({
      ...(header ? { shading: { fill: 'EDEDED' } } : {}),
      width: { size: width(share), type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 90, right: 90 },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({ spacing: { line: SMALL.line, lineRule: LineRuleType.AT_LEAST }, children: runs(text, style) }),
      ],
    });
  const row = (cells: readonly string[], style: IRunOptions, header: boolean): TableRow =>
    new TableRow({
      cantSplit: cells.every((text) => text.length < 400),
      tableHeader: header,
      children: cells.map((text, i) => cell(text, columns[i]?.width ?? 0, style, header)),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width(total), type: WidthType.DXA },
    columnWidths: columns.map((column) => width(column.width)),
    rows: [
      row(
        columns.map((column) => column.title),
        { font: FONTS.heading, size: SMALL.size },
        true,
      ),
      ...rows.map((cells) => row(cells, { size: SMALL.size }, false)),
    ],
  });
}
