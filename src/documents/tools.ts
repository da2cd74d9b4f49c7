import type { DocumentTools } from '../use-cases/documents/document-port.ts';
import { bundleZip } from './bundle.ts';
import { emlFile } from './eml.ts';
import { renderPaper, renderReport } from './render.ts';

/** `template` is the company's own DOCX, already checked; null for the layout of official documents. */
export function documentTools(template: Uint8Array | null): DocumentTools {
  return {
    render: (document, format, name) => renderReport(document, format, template, name),
    paper: renderPaper,
    bundle: bundleZip,
    mail: emlFile,
  };
}
