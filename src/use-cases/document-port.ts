import type { ReportDocument } from '../report/model.ts';

export type ReportFormat = 'md' | 'docx' | 'pdf' | 'json';

/** A file that leaves the building. */
export interface MadeFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** One file of an evidence bundle; paths are ASCII but for the names of attachments, with `/` between folders. */
export interface BundlePart {
  readonly path: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}
/** What the manifest of a bundle says beside the list of files. */
export interface BundleFacts {
  readonly incident: string;
  readonly drill: boolean;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** The last event of the record that is in the bundle. */
  readonly head: { readonly version: number; readonly hash: string };
  /** Versions of events whose content is for counsel only and was left out. */
  readonly withheld: readonly number[];
}

/** Everything that makes files out of what the house knows. Its libraries are loaded when first used. */
export interface DocumentTools {
  render(document: ReportDocument, format: ReportFormat): Promise<MadeFile>;
  /** A zip with the parts in their order, a manifest with the SHA-256 of each, and a program that verifies all of it. */
  bundle(parts: AsyncIterable<BundlePart>, facts: () => BundleFacts): AsyncIterable<Uint8Array>;
}
/** Loads them; cheap after the first time. */
export type LoadDocuments = () => Promise<DocumentTools>;
