import { convertMillimetersToTwip } from 'docx';

/** Measures of GB/T 9704-2012 (official documents): A4, margins, type sizes in half points, line spacing in twentieths of a point. */
export const A4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) };
export const MARGIN = {
  top: convertMillimetersToTwip(37),
  bottom: convertMillimetersToTwip(35),
  left: convertMillimetersToTwip(28),
  right: convertMillimetersToTwip(26),
  header: convertMillimetersToTwip(15),
  footer: convertMillimetersToTwip(25),
};
export const BODY = { size: 32, line: 560 };
export const TITLE = { size: 44, line: 640 };
export const SMALL = { size: 21, line: 300 };
/** Two characters of the body. */
export const INDENT = 640;

/** The reader's machine supplies the fonts; 仿宋 and 黑体 come with Windows and macOS, others substitute. */
export const FONTS = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  label: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
};
