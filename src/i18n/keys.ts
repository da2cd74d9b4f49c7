import type { en } from './en.ts';

/** Messages of platforms: each folder adds its own with `declare module`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface PlatformMessages {}

/** Every message of the product. Both languages are complete: a test compares them. */
export type MessageKey = keyof typeof en | keyof PlatformMessages;
