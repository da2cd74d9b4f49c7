import type { ReportDocument } from '../report/model.ts';

/** Replaced by the compiler in the next commit. */
export async function pdf(document: ReportDocument): Promise<Uint8Array> {
  throw new Error(`no PDF of ${document.incident} yet`);
}
