import type { DocumentTools } from '../use-cases/document-port.ts';
import { bundleZip } from './bundle.ts';
import { emlFile } from './eml.ts';
import { renderPaper, renderReport } from './render.ts';

export const documentTools: DocumentTools = {
  render: renderReport,
  paper: renderPaper,
  bundle: bundleZip,
  mail: emlFile,
};
