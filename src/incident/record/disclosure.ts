import type { EventType } from './events.ts';

/** Events whose content is for the lead and legal: legal advice, and why a filing was late. It is exported on request only. */
const FOR_COUNSEL: ReadonlySet<string> = new Set<EventType>(['point_assessed', 'delay_explained']);

export function isForCounsel(type: string): boolean {
  return FOR_COUNSEL.has(type);
}
