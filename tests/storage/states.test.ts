import { expect, it } from 'vitest';
import { type ChainHead, canonical, EMPTY_CHAIN, seal } from '../../src/incident/record/chain.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { evolve, replay } from '../../src/incident/record/evolve.ts';
import { type FoldedRow, PAGE, recordedEvent, States } from '../../src/storage/states.ts';
import { AT, declared, note } from '../contract/fixtures.ts';

const ID = 'INC-2026-0001';
const EVENTS: readonly IncidentEvent[] = [
  declared({ id: ID, state: null, actor: 'lin', recent: null }),
  ...Array.from({ length: 2 * PAGE }, (_, n): IncidentEvent => {
    // At the end a field has a name that every object inherits.
    const field = n === 2 * PAGE - 1 ? 'valueOf' : 'place';
    const value = { state: 'known', text: `${n}` } as const;
    if (n > 2 * PAGE - 9) return { type: 'field_filled', payload: { field, value, basedOn: 1 } };
    return n % 3 === 0 ? note(`${n}`) : { type: 'fact_stated', payload: { fact: `fact_${n % 5}`, value: n } };
  }),
];

const ROWS = EVENTS.reduce<{ readonly rows: readonly FoldedRow[]; readonly head: ChainHead }>(
  ({ rows, head }, event, n) => {
    const at = new Date(AT + n * 1_000).toISOString();
    const bytes = canonical(event.payload);
    const envelope = { incident: ID, type: event.type, v: 1, at, actor: n % 2 ? 'lin' : 'wang', command: `c${n}` };
    const row = seal(head, { ...envelope, salt: 'salt', bytes });
    return { rows: [...rows, row], head: { version: row.version, hash: row.hash } };
  },
  { rows: [], head: EMPTY_CHAIN },
).rows;

/** State of the record up to a version, read in pages. */
function read(states: States, version: number, rows = ROWS) {
  const folding = states.at(ID, { version, hash: rows[version - 1]?.hash ?? '' });
  let step = folding.next();
  while (!step.done) {
    const after = step.value;
    step = folding.next(
      rows
        .slice(0, version)
        .filter((row) => row.version > after)
        .slice(0, PAGE),
    );
  }
  return step.value?.state ?? null;
}

it('a record read in pages has the state of its replay, at every length', () => {
  for (const length of [1, 2, 3, PAGE - 1, PAGE, PAGE + 1, PAGE + 40, ROWS.length]) {
    const state = read(new States(evolve), length);
    expect(state).toStrictEqual(replay(ROWS.slice(0, length).map(recordedEvent)));
  }
});

it('newer rows change no state that was read before', () => {
  const states = new States(evolve);
  const early = read(states, 40);
  const before = structuredClone(early);
  expect(read(states, ROWS.length)).toStrictEqual(replay(ROWS.map(recordedEvent)));
  expect(early).toEqual(before);
});

it('an erased entry changes the version alone', () => {
  const rows = ROWS.slice(0, 30).map((row) => (row.version > 20 && row.version < 25 ? { ...row, bytes: null } : row));
  const state = read(new States(evolve), 30, rows);
  const kept = rows.filter(({ bytes }) => bytes !== null).map((row, n) => ({ ...recordedEvent(row), version: n + 1 }));
  expect(state).toMatchObject({ version: 30, facts: { fact_0: { value: replay(kept)?.facts['fact_0']?.value } } });
  expect(state?.notes).toHaveLength(replay(kept)?.notes.length ?? -1);
});
