import { common } from './en/common.ts';

/** All English messages, by topic file. */
export const en = { ...common } as const;
