import type { EventType } from './events.ts';

/** Events for the lead and legal only: legal advice, and reasons of late filings. They are exported on request only. */
const FOR_COUNSEL: ReadonlySet<string> = new Set<EventType>(['point_assessed', 'delay_explained']);

export function isForCounsel(type: string): boolean {
  return FOR_COUNSEL.has(type);
}
