import { canonical, sha256 } from '../incident/record/chain.ts';
import type { ReportDocument } from '../incident/report-document.ts';

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of a document: the exact text that is approved and filed. */
export function contentHash(document: ReportDocument): string {
  return sha256(canonical(document));
}
