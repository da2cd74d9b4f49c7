import type { EventType } from './events.ts';

/** Events whose content is legal advice: it leaves the organisation only on request. */
const FOR_COUNSEL: ReadonlySet<string> = new Set<EventType>(['point_assessed']);

export function isForCounsel(type: string): boolean {
  return FOR_COUNSEL.has(type);
}
