import type { en } from './en.ts';

/** Every message of the product. Both languages are complete: `zhCN` is typed by the English one. */
export type MessageKey = keyof typeof en;
