import { convertMillimetersToTwip } from 'docx';

/** Measures of GB/T 9704-2012 (official documents): A4, margins, type sizes in half points, line spacing in twentieths of a point. */
export const A4 = { width: 11_906, height: 16_838 };
export const MARGIN = {
  top: convertMillimetersToTwip(37),
  bottom: convertMillimetersToTwip(35),
  left: convertMillimetersToTwip(28),
  right: convertMillimetersToTwip(26),
  header: convertMillimetersToTwip(15),
  footer: convertMillimetersToTwip(25),
};
export const BODY = { size: 32, line: 560, margin: MARGIN };
/** For what has to fit on one page. */
export const COMPACT = {
  size: 20,
  line: 290,
  margin: { ...MARGIN, top: convertMillimetersToTwip(16), bottom: convertMillimetersToTwip(16) },
};
export const TITLE = { size: 44, line: 640 };
export const SMALL = { size: 21, line: 300 };
/** Two characters of the body. */
export const INDENT = 640;

/**
 * The reader's machine supplies the fonts: these come with Windows and with Office on macOS; elsewhere the reader's program
 * substitutes. 方正小标宋, which the standard names for titles, is on few machines, so the title is 宋体 in bold.
 */
export const FONTS = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  label: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' },
};
