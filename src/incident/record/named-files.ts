import { type EvidenceRef, evidenceRefSchema } from '../commands/parts.ts';
/** Stored files that the content of an event names, at any depth: attachments, proofs of filing. */
export function filesNamedIn(payload: unknown): readonly EvidenceRef[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const file = evidenceRefSchema.safeParse(payload);
  return file.success ? [file.data] : Object.values(payload).flatMap(filesNamedIn);
}
