import type { wecom as english } from '../en/wecom.ts';

/** 仅企业微信使用的文字。 */
export const wecom: Record<keyof typeof english, string> = {
  'wecom.refresh': '刷新',
  'wecom.choose': '选择',
  'wecom.which_row': '选择一项',
  'wecom.nothing': '暂无内容',
};
