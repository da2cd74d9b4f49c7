import { expect, it } from 'vitest';
import { morningOf } from '../../src/scheduling/daily.ts';

const at = (iso: string): number => Date.parse(iso);

it('a morning begins at nine in the zone of the room, Beijing if it has none', () => {
  expect(morningOf({}, at('2026-03-31T08:59:59+08:00'))).toBeNull();
  expect(morningOf({}, at('2026-03-31T09:00:00+08:00'))).toEqual({
    day: '2026-03-31',
    nine: at('2026-03-31T09:00:00+08:00'),
  });
  expect(morningOf({ zone: 'Europe/Berlin' }, at('2026-03-31T09:00:00+08:00'))).toBeNull();
  expect(morningOf({ zone: 'Europe/Berlin' }, at('2026-03-31T23:59:00+02:00'))?.day).toBe('2026-03-31');
  expect(morningOf({ zone: 'Asia/Kathmandu' }, at('2026-03-31T09:00:00+05:45'))?.day).toBe('2026-03-31');
});

it('a zone nobody knows is Beijing; the change to summer time and a leap day move nothing', () => {
  expect(morningOf({ zone: 'Mars/Olympus' }, at('2026-03-31T09:00:00+08:00'))?.day).toBe('2026-03-31');
  expect(morningOf({ zone: 'Europe/Berlin' }, at('2026-03-29T09:00:00+02:00'))?.nine).toBe(
    at('2026-03-29T09:00:00+02:00'),
  );
  expect(morningOf({}, at('2028-02-29T12:00:00+08:00'))?.day).toBe('2028-02-29');
});
