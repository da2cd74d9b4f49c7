import type { DocumentTools } from '../use-cases/document-port.ts';
import { bundleZip } from './bundle.ts';
import { renderReport } from './render.ts';

export const documentTools: DocumentTools = { render: renderReport, bundle: bundleZip };
