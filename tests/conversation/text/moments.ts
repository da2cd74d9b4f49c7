import fc from 'fast-check';
import { DateTime } from 'luxon';

/** 1999-2035, so that changes of clocks and leap years are among them. */
export const instant = fc
  .integer({ min: 915_148_800, max: 2_051_222_400 })
  .map((seconds) => DateTime.fromSeconds(seconds));
export const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');

export function isoOf(at: DateTime): string {
  return at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}
