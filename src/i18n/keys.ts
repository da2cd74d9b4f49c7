import type { en } from './en.ts';

/** Messages of platforms: each one's folder adds its own with `declare module`. */
export interface PlatformMessages {
  /** Name of the console, which always exists. */
  readonly 'platform.console': string;
}

type KeysOf<Topic> = Topic extends unknown ? keyof Topic : never;

/** Keys of all messages. Both languages are complete: a test compares them. */
export type MessageKey = KeysOf<(typeof en)[number]> | keyof PlatformMessages;
