import type { ReportDocument } from '../../incident/report-document.ts';
import type { MailDraft } from '../../report/channels/mail.ts';
import type { Paper } from '../../report/paper.ts';

export const REPORT_FORMATS = ['md', 'docx', 'pdf', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
export type PaperFormat = Exclude<ReportFormat, 'json'>;
/** Formats of a paper for another duty. */
export const PAPER_FORMATS = ['docx', 'pdf', 'md', 'eml', 'json', 'json_begun'] as const;

/** A file made for people, with the name and media type under which it is given out. */
export interface MadeFile<Content = Uint8Array> {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Content;
}

/** One file of an evidence bundle; paths are ASCII except for the names of attachments, with `/` between folders. */
export interface BundlePart {
  readonly path: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}
/** Facts in the manifest of a bundle, beside the list of files. */
export interface BundleFacts {
  readonly incident: string;
  readonly drill: boolean;
  /** Instant of the export, ISO 8601. */
  readonly exportedAt: string;
  /** The last event of the record that is in the bundle. */
  readonly head: { readonly version: number; readonly hash: string };
  /** Time-stamps of an authority in the bundle; null without any: then every time is that of the host. */
  readonly timestamps:
    | readonly { readonly entry: number; readonly hash: string; readonly authority: string; readonly path: string }[]
    | null;
  /** Versions of events whose content is for counsel only and was left out. */
  readonly withheld: readonly number[];
  /** SHA-256 of files named in the record and missing in the store. */
  readonly missing: readonly string[];
}

/** Facts in the manifest of an inspection pack. */
export interface InspectionFacts {
  readonly inspection: { readonly entity: string | null; readonly from: string; readonly to: string };
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Records in the pack, each with its last entry. */
  readonly records: readonly {
    readonly incident: string;
    readonly path: string;
    readonly head: { readonly version: number; readonly hash: string };
  }[];
  /** Entries that a line of the pack points to; each is in its record with its content. */
  readonly pointers: readonly { readonly incident: string; readonly version: number; readonly hash: string }[];
  readonly missing: readonly string[];
}

/** Tools that make files from the record and the regime. Their libraries are loaded when first used. */
export interface DocumentTools {
  /** `name` is that of the file without its ending; absent: the id of the incident. */
  render(document: ReportDocument, format: ReportFormat, name?: string): Promise<MadeFile>;
  /** Any other paper; `name` as above. */
  paper(paper: Paper, name: string, format: PaperFormat): Promise<MadeFile>;
  /** An e-mail as a file that a mail program opens as a draft. `at` is an ISO instant. */
  mail(draft: MailDraft, attachments: readonly MadeFile[], at: string): Promise<Uint8Array>;
  /** Zip with the parts in their order, a manifest with the SHA-256 of each, and a program that verifies them. */
  bundle(parts: AsyncIterable<BundlePart>, facts: () => BundleFacts | InspectionFacts): AsyncIterable<Uint8Array>;
}
/** Loads the documents; cached after the first call. */
export type LoadDocuments = () => Promise<DocumentTools>;
