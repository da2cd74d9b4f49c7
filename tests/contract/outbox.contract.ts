import { describe, expect, it } from 'vitest';
import type { NoticeSettlement } from '../../src/use-cases/ports.ts';
import { AT, commits, declaring, LIN, note, notice, noting, ROOM } from './fixtures.ts';
import type { Harness } from './harness.ts';

/** How long a claimed notice is left to the one who claimed it (the port's 30 s). */
const LEASE = 30_000;

export function outboxContract(harness: () => Harness): void {
  describe('the outbox', () => {
    claiming(harness);
    settling(harness);
    recovering(harness);
  });
}

function claiming(harness: () => Harness): void {
  it('keeps a notice whole, with the change it came from', async () => {
    const { store } = harness();
    const person = { kind: 'person', account: LIN, language: 'zh-CN', otherwise: ROOM } as const;
    const one = notice('n1', { incident: 'INC-2026-0001', to: person, lane: 'answer' });
    await store.change(declaring('k1', { extras: { notices: [one] } }));
    expect(await store.outbox.get('n1')).toMatchObject({
      ...one,
      state: 'ready',
      fence: 0,
      attempts: 0,
      body: null,
      ref: null,
    });
    expect(await store.outbox.get('n2')).toBeNull();
  });

  it('leaves an existing key alone, from a change and from outside one', async () => {
    const { store } = harness();
    await store.change(declaring('k1', { extras: { notices: [notice('n1', { dueAt: AT + 1 })] } }));
    await store.change(declaring('k2', { extras: { notices: [notice('n1', { dueAt: AT + 2 })] } }));
    await store.outbox.add([notice('n1', { dueAt: AT + 3 }), notice('digest')]);
    expect((await store.outbox.get('n1'))?.dueAt).toBe(AT + 1);
    expect(await store.outbox.counts()).toEqual({ ready: 2, sending: 0, sent: 0, unknown: 0, dead: 0 });
  });

  it('claims answers before reminders before files before status, then the earliest', async () => {
    const { store } = harness();
    await store.outbox.add([
      notice('status', { lane: 'status', dueAt: AT - 9 }),
      notice('file', { lane: 'file', dueAt: AT - 8 }),
      notice('late reminder', { dueAt: AT - 1 }),
      notice('early reminder', { dueAt: AT - 7 }),
      notice('answer', { lane: 'answer', dueAt: AT }),
    ]);
    const claimed = async (limit: number) => (await store.outbox.claim(AT, limit)).map((n) => n.key);
    expect(await claimed(3)).toEqual(['answer', 'early reminder', 'late reminder']);
    expect(await claimed(9)).toEqual(['file', 'status']);
    expect(await claimed(9)).toEqual([]);
  });

  it('keeps messages that were sent without a notice with those that were sent by one, and never sends them', async () => {
    const { store } = harness();
    const sent = notice('n1', { incident: 'INC-2026-0001' });
    await store.outbox.add([
      sent,
      notice('n2', { incident: 'INC-2026-0001' }),
      notice('n3', { incident: 'INC-2026-0002' }),
    ]);
    const fences = new Map((await store.outbox.claim(AT, 9)).map(({ key, fence }) => [key, fence]));
    for (const key of ['n1', 'n3'])
      await store.outbox.settle(key, fences.get(key) ?? 0, { state: 'sent', ref: `r-${key}` });
    const answer = notice('a1', { incident: 'INC-2026-0001', lane: 'answer' });
    for (const _ of [1, 2]) await store.outbox.noteSent(answer, 'r-a1');
    const about = await store.outbox.sentAbout('INC-2026-0001');
    expect(about.map(({ key, ref, to }) => [key, ref, to]).toSorted()).toEqual([
      ['a1', 'r-a1', answer.to],
      ['n1', 'r-n1', sent.to],
    ]);
    expect(await store.outbox.claim(AT + 10 * LEASE, 9)).toEqual([]);
    await store.outbox.prune(answer.dueAt + 1);
    expect(await store.outbox.sentAbout('INC-2026-0001')).toEqual([]);
  });

  it('makes due what waits for the time of a clock that was set back, and ends its leases', async () => {
    const { store } = harness();
    const hour = 3_600_000;
    await store.outbox.add(['a', 'b', 'c', 'd'].map((key) => notice(key)));
    // The clock is an hour ahead: one is sent, one waits for its next attempt, one has no answer, one is on its way.
    const ends = { a: { state: 'sent', ref: 'r' }, b: { state: 'ready', notBefore: AT + hour + 2_000 } } as const;
    for (const { key, fence } of await store.outbox.claim(AT + hour, 9)) {
      if (key === 'a' || key === 'b') await store.outbox.settle(key, fence, ends[key]);
      if (key === 'c') await store.outbox.settle(key, fence, { state: 'unknown', notBefore: AT + hour + 15_000 });
    }
    expect(await store.outbox.claim(AT, 9)).toEqual([]);
    await store.outbox.rewind(AT);
    const again = await store.outbox.claim(AT, 9);
    expect(again.map(({ key, wasUnknown }) => [key, wasUnknown])).toEqual([
      ['b', false],
      ['c', true],
      ['d', true],
    ]);
    // Leases of now stay.
    await store.outbox.rewind(AT);
    expect(await store.outbox.claim(AT, 9)).toEqual([]);
  });

  it('keeps the messages of an open incident, which a stop has to find', async () => {
    const { store } = harness();
    await store.change(declaring('k1'));
    const incident = 'INC-2026-0001';
    await store.outbox.noteSent(notice('m', { incident }), 'ref');
    await store.outbox.noteSent(notice('other', { incident: null }), 'ref');
    await store.outbox.prune(AT + 1_000 * LEASE);
    expect((await store.outbox.sentAbout(incident)).map(({ key }) => key)).toEqual(['m']);
    expect(await store.outbox.get('other')).toBeNull();
    const row = { phase: 'closed' } as const;
    await store.change(noting(incident, 'k2', { decide: (current) => commits(current, [note('end')], { row }) }));
    await store.outbox.prune(AT + 1_000 * LEASE);
    expect(await store.outbox.get('m')).toBeNull();
  });

  it('claims notices of one moment in the order of the record', async () => {
    const { store } = harness();
    const keys = ['INC-2026-0001:9:wecom/c/g', 'INC-2026-0001:10:wecom/c/g', 'INC-2026-0001:11:wecom/c/g'];
    await store.outbox.add(keys.map((key) => notice(key)));
    const claimed = (await store.outbox.claim(AT, 9)).map(({ key }) => key);
    expect(claimed.map((key) => key.split(':')[1])).toEqual(['9', '10', '11']);
  });

  it('gives each notice to one of several claims of one turn', async () => {
    const { store } = harness();
    await store.outbox.add(['a', 'b', 'c', 'd', 'e'].map((key) => notice(key)));
    const claims = await Promise.all([store.outbox.claim(AT, 2), store.outbox.claim(AT, 2), store.outbox.claim(AT, 2)]);
    const keys = claims.flat().map((n) => n.key);
    expect(keys.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('marks a claim: sending, fence and attempts up, committed', async () => {
    const h = harness();
    await h.store.outbox.add([notice('n1')]);
    const [claimed] = await h.store.outbox.claim(AT + 5, 1);
    expect(claimed).toMatchObject({ state: 'sending', fence: 1, attempts: 1, attemptedAt: null, wasUnknown: false });
    expect(await h.store.outbox.get('n1')).toEqual(claimed);
    expect(await h.store.outbox.claim(AT + 6, 1)).toEqual([]);
    await h.reopen();
    expect(await h.store.outbox.get('n1')).toMatchObject({ fence: 1, attempts: 1 });
  });
}

function settling(harness: () => Harness): void {
  const claimOne = async () => {
    const [claimed] = await harness().store.outbox.claim(AT, 1);
    if (!claimed) throw new Error('nothing to claim');
    return claimed;
  };

  it('hurries what waits for its platform, and nothing else', async () => {
    const { store } = harness();
    await store.outbox.add(['down', 'busy', 'uncertain', 'sent'].map((key) => notice(key)));
    const claimed = new Map((await store.outbox.claim(AT, 4)).map(({ key, fence }) => [key, fence]));
    const settle = (key: string, to: NoticeSettlement) => store.outbox.settle(key, claimed.get(key) ?? 0, to);
    const later = { notBefore: AT + 300_000 };
    await settle('down', { state: 'ready', ...later, reason: 'unreachable' });
    await settle('uncertain', { state: 'unknown', ...later, reason: 'unreachable' });
    await settle('busy', { state: 'ready', ...later });
    await settle('sent', { state: 'sent', ref: 'r1' });
    expect(await store.outbox.claim(AT + 1, 9)).toEqual([]);
    expect(await store.outbox.hurry()).toBe(2);
    expect((await store.outbox.claim(AT + 1, 9)).map(({ key }) => key).toSorted()).toEqual(['down', 'uncertain']);
    // Claimed again they are somebody's, and their next wait is about something else.
    expect(await store.outbox.hurry()).toBe(0);
  });

  it('keeps when it was last about to be sent', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1')]);
    const { fence } = await claimOne();
    await store.outbox.keepBody('n1', fence, 'body');
    expect(await store.outbox.get('n1')).toMatchObject({ state: 'sending', attemptedAt: AT });
    await store.outbox.settle('n1', fence, { state: 'unknown', notBefore: AT + 5 });
    const [next] = await store.outbox.claim(AT + 6, 1);
    expect(next).toMatchObject({ attemptedAt: AT, wasUnknown: true });
  });

  it('keeps the body of the first attempt for the next one', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1')]);
    const first = await claimOne();
    expect(await store.outbox.keepBody('n1', first.fence, 'the body\u0000 正文')).toBe(true);
    expect(await store.outbox.settle('n1', first.fence, { state: 'ready', notBefore: AT })).toBe(true);
    expect(await claimOne()).toMatchObject({ body: 'the body\u0000 正文', fence: 2, attempts: 2, wasUnknown: false });
  });

  it('takes nothing under an old fence', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1')]);
    const old = await claimOne();
    await store.outbox.recover(AT + LEASE);
    const [taken] = await store.outbox.claim(AT + LEASE, 1);
    expect(taken?.fence).toBe(old.fence + 1);
    expect(await store.outbox.keepBody('n1', old.fence, 'late')).toBe(false);
    expect(await store.outbox.settle('n1', old.fence, { state: 'sent', ref: 'late' })).toBe(false);
    expect(await store.outbox.get('n1')).toEqual(taken);
  });

  it('takes a settlement once, and none for what was never claimed', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1'), notice('n2', { dueAt: AT + 1 })]);
    expect(await store.outbox.settle('n1', 0, { state: 'sent', ref: 'r' })).toBe(false);
    const { fence } = await claimOne();
    expect(await store.outbox.settle('n1', fence, { state: 'sent', ref: 'r1' })).toBe(true);
    expect(await store.outbox.settle('n1', fence, { state: 'dead', reason: 'again' })).toBe(false);
    expect(await store.outbox.get('n1')).toMatchObject({ state: 'sent', ref: 'r1' });
    expect(await store.outbox.counts()).toMatchObject({ sent: 1, ready: 1 });
  });

  it('ends in sent or dead for good', async () => {
    const { store } = harness();
    await store.outbox.add([notice('a'), notice('b')]);
    for (const to of [
      { state: 'sent', ref: 'r' },
      { state: 'dead', reason: 'gone' },
    ] as const) {
      const { key, fence } = await claimOne();
      await store.outbox.settle(key, fence, to);
    }
    expect(await store.outbox.recover(AT + 10 * LEASE)).toBe(0);
    expect(await store.outbox.claim(AT + 10 * LEASE, 9)).toEqual([]);
    expect(await store.outbox.nextAt()).toBeNull();
  });

  it('does not claim before notBefore, and lets others pass meanwhile', async () => {
    const { store } = harness();
    await store.outbox.add([notice('first'), notice('second', { dueAt: AT + 1 })]);
    const { key, fence } = await claimOne();
    expect(key).toBe('first');
    await store.outbox.settle(key, fence, { state: 'ready', notBefore: AT + 500 });
    expect((await store.outbox.claim(AT + 499, 9)).map((n) => n.key)).toEqual(['second']);
    expect((await store.outbox.claim(AT + 500, 9)).map((n) => n.key)).toEqual(['first']);
  });

  it('says when there is something to do next', async () => {
    const { store } = harness();
    expect(await store.outbox.nextAt()).toBeNull();
    await store.outbox.add([notice('n1', { dueAt: AT - 1 })]);
    expect(await store.outbox.nextAt()).toBeLessThanOrEqual(AT);
    const { fence } = await claimOne();
    // A lease that runs out is something to do, too.
    expect(await store.outbox.nextAt()).toBe(AT + LEASE);
    await store.outbox.settle('n1', fence, { state: 'unknown', notBefore: AT + 15_000 });
    expect(await store.outbox.nextAt()).toBe(AT + 15_000);
  });

  it('says since when a notice lies that could have been tried: not while it waits for its time, its platform or an answer', async () => {
    const { store } = harness();
    const untried = () => store.outbox.untriedSince();
    expect(await untried()).toBeNull();
    await store.outbox.add([notice('n1', { dueAt: AT - 7 })]);
    expect(await untried()).toBe(AT - 7);
    const [claimed] = await store.outbox.claim(AT, 1);
    expect(await untried()).toBe(AT + LEASE);
    await store.outbox.keepBody('n1', claimed?.fence ?? 0, 'body');
    const waiting = { state: 'ready', notBefore: AT + 60_000, reason: 'unreachable' } as const;
    await store.outbox.settle('n1', claimed?.fence ?? 0, waiting);
    expect(await untried()).toBe(AT + 60_000);
    // Hurried, it is due at once; it was tried a moment ago all the same.
    await store.outbox.hurry();
    expect(await untried()).toBe(AT);
    await store.outbox.add([notice('n2', { dueAt: AT - 3 })]);
    expect(await untried()).toBe(AT - 3);
  });
}

function recovering(harness: () => Harness): void {
  it('tells an attempt that its predecessor ended without a known outcome', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1')]);
    const claim = async (now: number) => (await store.outbox.claim(now, 1))[0];
    const first = await claim(AT);
    await store.outbox.settle('n1', first?.fence ?? 0, { state: 'unknown', notBefore: AT + 10 });
    const second = await claim(AT + 10);
    expect(second).toMatchObject({ wasUnknown: true, state: 'sending' });
    await store.outbox.settle('n1', second?.fence ?? 0, { state: 'ready', notBefore: AT + 20 });
    expect(await claim(AT + 20)).toMatchObject({ wasUnknown: false, attempts: 3 });
  });

  it('takes an answer that comes after the lease, as long as nobody has tried again, and nothing less', async () => {
    const { store } = harness();
    await store.outbox.add([notice('n1')]);
    const [first] = await store.outbox.claim(AT, 1);
    const fence = first?.fence ?? 0;
    await store.outbox.recover(AT + LEASE);
    expect(await store.outbox.settle('n1', fence, { state: 'ready', notBefore: AT + LEASE })).toBe(false);
    expect(await store.outbox.settle('n1', fence, { state: 'sent', ref: 'm1' })).toBe(true);
    expect(await store.outbox.claim(AT + LEASE, 1)).toEqual([]);
  });

  it('makes a claim unknown once its lease has run out, not before, once', async () => {
    const h = harness();
    await h.store.outbox.add([notice('n1'), notice('n2')]);
    await h.store.outbox.claim(AT, 1);
    expect(await h.store.outbox.recover(AT + LEASE - 1)).toBe(0);
    expect(await h.store.outbox.recover(AT + LEASE)).toBe(1);
    expect(await h.store.outbox.recover(AT + LEASE)).toBe(0);
    expect(await h.store.outbox.counts()).toMatchObject({ unknown: 1, ready: 1, sending: 0 });
    const again = await h.store.outbox.claim(AT + LEASE, 9);
    expect(again.find((n) => n.attempts === 2)).toMatchObject({ wasUnknown: true, fence: 2 });
  });
}
