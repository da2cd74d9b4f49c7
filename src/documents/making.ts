import type { ReportDocument } from '../incident/report-document.ts';
import type { Paper } from '../report/paper.ts';

/** File to make from a document; all of it can be sent to another thread. */
export type Order =
  | { readonly format: 'docx'; readonly document: Paper }
  | { readonly format: 'template'; readonly document: ReportDocument; readonly template: Uint8Array }
  /** Page template data as JSON. */
  | { readonly format: 'pdf'; readonly input: string };

/** Makes the file in this thread, in up to 100 ms; libraries load on first use. */
export async function make(order: Order): Promise<Uint8Array> {
  switch (order.format) {
    case 'docx':
      return (await import('./docx.ts')).docx(order.document);
    case 'template':
      return (await import('./template.ts')).filledTemplate(order.template, order.document);
    case 'pdf':
      return (await import('./pdf.ts')).pdf(order.input);
  }
}
