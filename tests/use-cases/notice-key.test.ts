import { expect, it } from 'vitest';
import { formatKey, keyInRoom, parseKey } from '../../src/use-cases/notices/notice-key.ts';

const entry = { incident: 'INC-2026-0007', version: 12 };
const ROOM = 'chat/t:1/ops:a';

/** Keys as rows of the outbox and the record have them. */
it.each([
  ['INC-2026-0007:12:actor-li', { kind: 'told', ...entry, to: 'actor-li' }],
  [`INC-2026-0007:12:${ROOM}`, { kind: 'told', ...entry, to: ROOM }],
  [`INC-2026-0007:12:anchor:${ROOM}`, { kind: 'anchor', ...entry, to: ROOM }],
  [`INC-2026-0007:12:moved:${ROOM}`, { kind: 'moved', ...entry, to: ROOM }],
  [
    'INC-2026-0007:12:actor-li~2:chat/t/li:x~y',
    { kind: 'told', ...entry, to: 'actor-li', by: { way: 2, place: 'chat/t/li:x~y' } },
  ],
  ['DRILL-2026-0001:3:', { kind: 'told', incident: 'DRILL-2026-0001', version: 3, to: '' }],
] as const)('%s is read and written as it was', (text, key) => {
  expect(parseKey(text)).toEqual(key);
  expect(formatKey(key)).toBe(text);
});

it.each(['digest:chat/t/ops:2026-03-31', 'wecom-app:stopped-7:li', 'INC-2026-0007', ''])(
  '%s is about no entry of a record',
  (text) => expect(parseKey(text)).toBeNull(),
);

it('what takes the place of a notice is named after it', () => {
  expect(formatKey({ kind: 'back', of: 'INC-2026-0007:12:actor-li' })).toBe('INC-2026-0007:12:actor-li:back');
  expect(formatKey({ kind: 'back', of: entry })).toBe('INC-2026-0007:12:back');
  expect(formatKey({ kind: 'settled', of: 'INC-2026-0007:12:actor-li' })).toBe('INC-2026-0007:12:actor-li:settled');
  expect(formatKey({ kind: 'settled', of: entry })).toBe('INC-2026-0007:12:settled');
});

it('a morning has a key of its own in each room', () => {
  expect(formatKey({ kind: 'digest', room: ROOM, day: '2026-03-31' })).toBe(`digest:${ROOM}:2026-03-31`);
});

it('what a room hears of an entry has one key, whoever it hears it for', () => {
  expect(keyInRoom('INC-2026-0007:12:actor-li', ROOM)).toBe(`INC-2026-0007:12:${ROOM}`);
  expect(keyInRoom('INC-2026-0007:12:actor-chen', ROOM)).toBe(`INC-2026-0007:12:${ROOM}`);
});
