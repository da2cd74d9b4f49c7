import { translate } from '../i18n/translate.ts';
import type { ReportDocument } from '../report/model.ts';
import type { Paper } from '../report/paper.ts';
import type { PaperFormat } from '../use-cases/document-port.ts';

export const REPORT_FORMATS = ['md', 'json', 'docx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface RenderedReport {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** A report as a file. The libraries of a format are loaded when it is first used. */
export async function renderReport(document: ReportDocument, format: ReportFormat): Promise<RenderedReport> {
  return {
    name: fileName(document, format),
    mediaType: MEDIA_TYPES[format],
    content: await contentOf(document, format),
  };
}

/** Any other paper as a file. */
export async function renderPaper(paper: Paper, name: string, format: PaperFormat): Promise<RenderedReport> {
  return { name: `${name}.${format}`, mediaType: MEDIA_TYPES[format], content: await paperContent(paper, format) };
}

async function contentOf(document: ReportDocument, format: ReportFormat): Promise<Uint8Array> {
  if (format !== 'json') return paperContent(document, format);
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

async function paperContent(document: Paper, format: PaperFormat): Promise<Uint8Array> {
  switch (format) {
    case 'md':
      return new TextEncoder().encode((await import('./markdown.ts')).markdown(document));
    case 'docx':
      return (await import('./docx.ts')).docx(document);
    case 'pdf':
      return (await import('./pdf.ts')).pdf(document);
  }
}

/** INC-2026-0007-首报-v2-报送稿.docx */
export function fileName({ incident, kind, draft, version, language }: ReportDocument, format: ReportFormat): string {
  const messages = language === 'zh' ? 'zh-CN' : 'en';
  const what = translate(messages, `report.kind.${kind}`);
  return `${incident}-${what}-v${draft}-${translate(messages, `report.version.${version}`)}.${format}`;
}
