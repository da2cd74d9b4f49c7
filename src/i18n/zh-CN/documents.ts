import type { documents as en } from '../en/documents.ts';

/** 证据包、各渠道报送文本、单位模板、指引、第十一条材料。 */
export const documents: Record<keyof typeof en, string> = {
  'bundle.version': '条目',
  'bundle.at': '时间（北京时间）',
  'bundle.who': '人员',
  'bundle.what': '事项',
};
