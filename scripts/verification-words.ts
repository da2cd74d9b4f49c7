import type { BilingualText, Verification } from '../src/law/types.ts';

/** How far a text was read, in the words of the pages on the law; what is not to be relied on yet stands out. */
export const VERIFIED: Readonly<Record<Verification, BilingualText>> = {
  primary: { zh: '官方页面或者公报', en: 'official page or gazette' },
  copy: {
    zh: '副本（全文见于第三方保存的副本，未核对官方页面）',
    en: 'copy (full text in a copy kept by others; the official page was not compared)',
  },
  quoted: { zh: '他人逐字引用', en: 'quoted word for word by others, who name the official address' },
  secondary: { zh: '**他人转述，须核对官方文本**', en: '**retold by others: compare with the official text**' },
  unverified: { zh: '**未核实**', en: '**unverified**' },
  stated: { zh: '由本单位组织档案填写', en: 'stated in the organisation profile' },
};
