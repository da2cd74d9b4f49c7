import type { MessageKey } from './keys.ts';
import { common } from './zh-CN/common.ts';

/** All Chinese messages, by topic file. */
export const zhCN: Record<MessageKey, string> = { ...common };
