import { expect, it, onTestFinished } from 'vitest';
import { makeToken, openSessions, openTokens, tokenOf } from '../../src/http/token-store.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { emptyDatabase, giveBack, openOn } from './postgres-harness.ts';

it('sessions and tokens of one instance count on every other at once, and end on every other', async () => {
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  const [a, b] = await Promise.all([openOn(url), openOn(url)]);
  onTestFinished(async () => {
    await Promise.all([a.close(), b.close()]);
  });
  const needs = ({ kept, clock }: typeof a) => ({ kept, clock, ids: randomIds });
  const [here, there] = await Promise.all([openSessions(needs(a)), openSessions(needs(b))]);
  const session = { name: 'Li', way: 'link', person: null, version: '', groups: [] } as const;
  const now = a.clock.now();
  const id = await here.add({ ...session, groups: [], since: now, until: now + 3_600_000 });
  expect(await there.find(id)).toMatchObject({ id, name: 'Li' });
  const ended: (string | null)[] = [];
  onTestFinished(there.onChange((changed) => ended.push(changed)));
  expect(await here.end(id)).toBe(true);
  await expect.poll(() => there.find(id)).toBeNull();
  expect(ended).toContain(id);

  const [mine, theirs] = await Promise.all([openTokens(needs(a)), openTokens(needs(b))]);
  const made = await makeToken(mine, { name: 'x', scopes: ['read'], days: 1 }, 'operator', now);
  expect(await tokenOf(theirs, made.token)).toMatchObject({ scopes: ['read'] });
  await mine.end(made.id);
  await expect.poll(() => tokenOf(theirs, made.token)).toBeNull();
});
