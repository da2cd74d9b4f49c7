import type { en } from './en.ts';

/** Messages of platforms: each folder adds its own with `declare module`. */
export interface PlatformMessages {
  /** The name of the console, which is always there. */
  readonly 'platform.console': string;
}

/** Every message of the product. Both languages are complete: a test compares them. */
export type MessageKey = keyof typeof en | keyof PlatformMessages;
