import type { ReportDocument } from './model.ts';

/**
 * What the layouts show: a title, lines above and below, sections of paragraphs and tables. A report is one; so are the fax
 * sheet, the guide, the emergency card and the pack on Art. 11.
 */
export type Paper = Pick<
  ReportDocument,
  | 'language'
  | 'compiledAt'
  | 'title'
  | 'marks'
  | 'head'
  | 'introduction'
  | 'sections'
  | 'notes'
  | 'signature'
  | 'appendix'
>;
