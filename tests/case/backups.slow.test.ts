import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { wantedBackups } from '../../src/use-cases/notices/platform-backups.ts';
import { Driven, HOUR, MINUTE } from './harness.ts';

const company = {
  organisation: 'Example',
  entities: [{ id: 'shanghai', name: 'Example (Shanghai)', province: '31' }],
  people: [
    { id: 'li', name: 'li', roles: ['lead'], accounts: [{ platform: 'chat', tenant: 't', id: 'li' }] },
    { id: 'zhao', name: 'zhao', roles: ['approver'], accounts: [{ platform: 'chat', tenant: 't', id: 'zhao' }] },
    { id: 'far', name: 'far', roles: ['filer'], accounts: [{ platform: 'other', tenant: 't', id: 'far' }] },
  ],
};

/** Minutes before `from` + hours at which something is to be posted. */
async function nets(driven: Driven, from: number) {
  const wanted = await wantedBackups(driven.house.engine, 'chat', 20);
  return wanted.map(({ postAt, mention }) => ({
    at: Math.round((from + 4 * HOUR - postAt) / MINUTE),
    mention: mention.map(({ id }) => id).toSorted(),
  }));
}

describe('what a platform keeps in case this machine stops', () => {
  it('rings 15 and 3 minutes before each limit and 3 after it, each with its own words', async () => {
    const driven = await Driven.start();
    await driven.declare();
    const start = driven.clock.now();
    const wanted = await wantedBackups(driven.house.engine, 'chat', 10);
    expect(wanted.map(({ postAt }) => (postAt - start) / MINUTE)).toEqual([45, 57, 63, 225, 237, 243]);
    expect(new Set(wanted.map(({ summary }) => summary)).size).toBe(2);
  });

  it('calls those who can act by name, at the limit all who may, on their own platform only', async () => {
    const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
    const start = driven.clock.now();
    await driven.fourHours();
    expect(await nets(driven, start)).toEqual([
      { at: 15, mention: ['li'] },
      { at: 3, mention: ['li', 'zhao'] },
      { at: -3, mention: ['li', 'zhao'] },
    ]);
  });

  it('is taken back when our own went out, and only then', async () => {
    const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
    const start = driven.clock.now();
    await driven.fourHours();
    const left = async () => (await nets(driven, start)).map(({ at }) => at);
    await driven.follow(3 * HOUR + 31 * MINUTE);
    expect(await left()).toEqual([3, -3]);
    driven.chat.answer = () => ({ kind: 'refused', reason: 'unreachable', detail: 'down' });
    await driven.stride(25 * MINUTE);
    expect(await left()).toEqual([3, -3]);
    driven.chat.answer = () => null;
    await driven.pass(5 * MINUTE);
    expect(await left()).toEqual([]);
  });
});
