/** The document is part of the record (a draft keeps its exact text), so its shape is known to the incident already. */
export type {
  Block,
  DraftText,
  Line,
  Paragraph,
  ReportDocument,
  ReportLanguage,
  ReportVersion,
  Run,
  Section,
  Table,
} from '../incident/report-document.ts';
