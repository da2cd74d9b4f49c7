import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/incident/identity.ts';
import { direct } from '../../src/use-cases/notices/recipients.ts';
import { leakCase, regime } from '../report/cases.ts';

const story = leakCase();
const lead = story.current.people['li-wei'];
if (!lead) throw new Error('nobody');
const person = lead;
const title = { raw: 'due soon' };
const card = { tone: 'calm', drill: false, title, summary: title, blocks: [] } as const;
const account = (n: number): Account => ({ platform: `chat${n}`, tenant: 't', id: 'li' });

/** Where a notice to somebody with so many accounts goes. */
function to(accounts: number) {
  const all = Array.from({ length: accounts }, (_, n) => account(n));
  const context = { state: story.current, ia: story.assess(), regime, accountsOf: () => all };
  const entry = { incident: story.current.id, version: 1 };
  return direct(context, person, { card, inRoom: card }, entry, 0).map((notice) => notice.to);
}

describe('a notice to a person', () => {
  it.each([1, 2, 3])('with %i accounts goes to the first, and falls back to every other', (accounts) => {
    const others = Array.from({ length: accounts - 1 }, (_, n) => account(n + 1));
    const [only, ...more] = to(accounts);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ kind: 'person', account: account(0) });
    expect(only?.kind === 'person' ? (only.others ?? []) : null).toEqual(others);
  });

  it('without an account goes to the room instead', () => {
    expect(to(0)).toMatchObject([{ kind: 'room' }]);
  });
});
