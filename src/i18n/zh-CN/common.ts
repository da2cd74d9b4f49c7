import type { common as en } from '../en/common.ts';

export const common: Record<keyof typeof en, string> = {
  'common.unknown': '不清楚',
  'common.yes': '是',
  'common.no': '否',
};
