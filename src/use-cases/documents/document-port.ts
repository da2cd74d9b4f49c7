import type { ReportDocument } from '../../incident/report-document.ts';
import type { MailDraft } from '../../report/channels/mail.ts';
import type { Paper } from '../../report/paper.ts';
import type { Refusal } from '../ports.ts';

export const REPORT_FORMATS = ['md', 'docx', 'pdf', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
export type PaperFormat = Exclude<ReportFormat, 'json'>;
/** Formats of a paper for another duty. */
export const PAPER_FORMATS = ['docx', 'pdf', 'md', 'eml', 'json', 'json_begun'] as const;

/** File made for people, with its name and media type. */
export interface MadeFile<Content = Uint8Array> {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Content;
}

/** File of an evidence bundle; paths are ASCII except for names of attachments, with `/` between folders. */
export interface BundlePart {
  readonly path: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}
/** Data in the manifest of a bundle besides the list of files. */
export interface BundleFacts {
  readonly incident: string;
  readonly drill: boolean;
  /** Instant of the export, ISO 8601. */
  readonly exportedAt: string;
  /** Last event of the record in the bundle. */
  readonly head: { readonly version: number; readonly hash: string };
  /** Time-stamps of an authority in the bundle; null if there are none, so that every time is the host's. */
  readonly timestamps:
    | readonly { readonly entry: number; readonly hash: string; readonly authority: string; readonly path: string }[]
    | null;
  /** Versions of events whose content is for counsel only and was left out. */
  readonly withheld: readonly number[];
  /** SHA-256 of files named in the record and missing in the store. */
  readonly missing: readonly string[];
  readonly tooLong?: readonly string[];
}

export interface InspectionFacts {
  /** Paths of DOCX and PDF files that would be too long; the bundle has their text as Markdown. Absent: none. */
  readonly tooLong?: readonly string[];
  readonly inspection: { readonly entity: string | null; readonly from: string; readonly to: string };
  /** Instant of the export, ISO 8601. */
  readonly exportedAt: string;
  /** Records in the pack, each with its last entry. */
  readonly records: readonly {
    readonly incident: string;
    readonly path: string;
    readonly head: { readonly version: number; readonly hash: string };
  }[];
  /** Entries that lines of the pack point to; each is in its record with its content. */
  readonly pointers: readonly { readonly incident: string; readonly version: number; readonly hash: string }[];
  readonly missing: readonly string[];
}

/** Tools that make files from the record and the regime. Their libraries are loaded when first used. */
export interface DocumentTools {
  /** Renders a report. `name`: file name without ending; absent: the incident's id. */
  render(document: ReportDocument, format: ReportFormat, name?: string): Promise<MadeFile | Refusal>;
  /** Renders any other paper. `name`: file name without ending. A DOCX or PDF that would be too long is refused. */
  paper(paper: Paper, name: string, format: PaperFormat): Promise<MadeFile | Refusal>;
  /** Writes an e-mail as a file that mail programs open as a draft. `at` is an ISO instant. */
  mail(draft: MailDraft, attachments: readonly MadeFile[], at: string): Promise<Uint8Array>;
  /** Writes a zip of the parts in order, a manifest with the SHA-256 of each, and a program that verifies them. */
  bundle(parts: AsyncIterable<BundlePart>, facts: () => BundleFacts | InspectionFacts): AsyncIterable<Uint8Array>;
}
/** Loads the documents; cached after the first call. */
export type LoadDocuments = () => Promise<DocumentTools>;
