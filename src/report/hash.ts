import { createHash } from 'node:crypto';
import { canonical } from '../incident/record/chain.ts';
import type { ReportDocument } from './model.ts';

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of a document: the exact text that is approved and filed. */
export function contentHash(document: ReportDocument): string {
  return createHash('sha256').update(canonical(document)).digest('hex');
}
