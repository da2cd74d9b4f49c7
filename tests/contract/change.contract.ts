import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/incident/record/chain.ts';
import type { ChangeOutcome, Current, RecordRow } from '../../src/use-cases/ports.ts';
import { AT, commits, declared, declaring, LIN, note, notice, noting, ROOM, refusing, WANG } from './fixtures.ts';
import { collect, type Harness } from './harness.ts';

export function changeContract(harness: () => Harness): void {
  describe('a change', () => {
    records(harness);
    keys(harness);
    groups(harness);
    actors(harness);
  });
}

function records(harness: () => Harness): void {
  it('declares under the next id of its series and year', async () => {
    const { store } = harness();
    const ids = [];
    for (const [n, series] of (['INC', 'DRILL', 'INC'] as const).entries()) {
      ids.push((await store.change(declaring(`k${n}`, { target: { series, year: 2026 } }))).id);
    }
    ids.push((await store.change(declaring('k9', { target: { series: 'INC', year: 2027 } }))).id);
    expect(ids).toEqual(['INC-2026-0001', 'DRILL-2026-0001', 'INC-2026-0002', 'INC-2027-0001']);
  });

  it('keeps events with their envelope, and folds the same state from them after a restart', async () => {
    const h = harness();
    const first = committed(await h.store.change(declaring('k1')));
    const second = committed(await h.store.change(noting(first.id, 'k2', { actor: WANG, at: AT + 1_000 })));
    const events = await h.store.events(first.id);
    expect(events.map((e) => [e.version, e.event.type, e.at])).toEqual([
      [1, 'declared', '2026-03-02T01:00:00.000Z'],
      [2, 'note_added', '2026-03-02T01:00:01.000Z'],
    ]);
    expect(new Set(events.map((e) => e.command)).size).toBe(2);
    expect(await h.store.events(first.id, 2)).toEqual(events.slice(1));
    await h.reopen();
    expect(await h.store.incident(first.id)).toEqual(second.state);
    expect(await h.store.events(first.id)).toEqual(events);
  });

  it('gives the events of one command one command id', async () => {
    const { store } = harness();
    const { id } = await store.change(declaring('k1'));
    await store.change(noting(id ?? '', 'k2', { decide: (c) => commits(c, [note('a'), note('b')]) }));
    const [, second, third] = await store.events(id ?? '');
    expect(second?.command).toBe(third?.command);
  });

  it('writes a record whose chain holds, without names or accounts in its envelope', async () => {
    const { store } = harness();
    const { id } = committed(await store.change(declaring('k1')));
    for (let n = 2; n < 6; n += 1) await store.change(noting(id, `k${n}`));
    const rows = await rowsOf(store.record(id));
    expect(await rowsOf(store.record(id, rows.length - 1))).toEqual(rows.slice(-1));
    expect(rows).toHaveLength(5);
    expect(verifyChain(rows)).toBeNull();
    expect(new Set(rows.map((r) => r.salt)).size).toBe(5);
    for (const row of rows) expect(JSON.stringify({ ...row, bytes: null })).not.toContain(LIN.id);
  });

  it('sees what changes before it in the same turn made', async () => {
    const { store } = harness();
    const { id } = committed(await store.change(declaring('k0')));
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => store.change(noting(id, `n${n}`))));
    expect(all.map((o) => committed(o).state.version)).toEqual(Array.from({ length: 20 }, (_, n) => n + 2));
    expect((await store.incident(id))?.notes).toHaveLength(20);
  });

  it('writes no event when nothing changes, and still answers', async () => {
    const { store } = harness();
    const { id } = committed(await store.change(declaring('k1')));
    const same = await store.change(noting(id, 'k2', { decide: (c) => commits(c, [], { result: 'same' }) }));
    expect(same).toMatchObject({ kind: 'committed', result: 'same', state: { version: 1 } });
    expect(await store.events(id)).toHaveLength(1);
  });

  it('rejects an incident without events, and one decided for an id nobody declared', async () => {
    const { store } = harness();
    await expect(store.change(declaring('k1', { decide: (c) => commits(c, []) }))).rejects.toThrow();
    const uncounted = noting('INC-2026-0777', 'k2', { decide: (c) => commits(c, [declared(c)]) });
    await expect(store.change(uncounted)).rejects.toThrow();
    expect((await store.change(declaring('k3'))).id).toBe('INC-2026-0001');
    expect(await store.incident('INC-2026-0777')).toBeNull();
  });

  it('keeps half a surrogate pair and a NUL from breaking anything', async () => {
    const { store } = harness();
    const { id } = committed(await store.change(declaring('k1')));
    const text = `cut \ud83d here \u0000 中文 😀`;
    const change = await store.change(noting(id, 'k2', { decide: (c) => commits(c, [note(text)]) }));
    expect(committed(change).state.notes[0]?.text).toBe('cut \ufffd here \u0000 中文 😀');
    expect(verifyChain(await rowsOf(store.record(id)))).toBeNull();
  });
}

function keys(harness: () => Harness): void {
  it('answers the same key with the kept result, once more after a restart, and does nothing', async () => {
    const h = harness();
    const first = committed(
      await h.store.change(declaring('k1', { extras: { result: { said: 'ok' }, notices: [notice('n1')] } })),
    );
    for (const restart of [false, true]) {
      if (restart) await h.reopen();
      const again = await h.store.change(declaring('k1', { extras: { result: 'other', notices: [notice('n2')] } }));
      expect(again).toMatchObject({ kind: 'replayed', replayed: true, id: first.id, result: { said: 'ok' } });
      expect(again.kind === 'replayed' && again.state).toEqual(first.state);
    }
    expect(await h.store.events(first.id)).toHaveLength(1);
    expect(await h.store.outbox.get('n2')).toBeNull();
    expect((await h.store.change(declaring('k2'))).id).toBe('INC-2026-0002');
  });

  it('recognises the same key twice in one turn', async () => {
    const { store } = harness();
    const kinds = (await Promise.all([1, 2, 3].map(() => store.change(declaring('k1'))))).map((o) => o.kind);
    expect(kinds).toEqual(['committed', 'replayed', 'replayed']);
  });

  it('refuses another body under a key, and keeps platforms apart', async () => {
    const { store } = harness();
    await store.change(declaring('k1'));
    const reused = await store.change(declaring('k1', { body: 'something else' }));
    expect(reused).toMatchObject({ kind: 'refused', refusal: { code: 'key_reused' } });
    const request = declaring('k1', { body: 'something else' });
    const elsewhere = { ...request, delivery: { ...request.delivery, platform: 'api' } };
    expect(await store.change(elsewhere)).toMatchObject({ kind: 'committed', id: 'INC-2026-0002' });
  });

  it('keeps a refusal under its key, without an id, an event, an actor or anything else', async () => {
    const { store } = harness();
    const refusal = { code: 'duplicate', params: { why: 'because' } };
    const refused = await store.change(declaring('k1', { decide: refusing('duplicate') }));
    expect(refused).toEqual({ kind: 'refused', id: null, refusal });
    expect(await store.change(declaring('k1'))).toEqual(refused);
    expect(await store.actorOf(LIN)).toBeNull();
    const { id } = committed(await store.change(declaring('k2')));
    expect(id).toBe('INC-2026-0001');
    expect(await store.change(noting(id, 'k3', { decide: refusing('forbidden') }))).toMatchObject({
      kind: 'refused',
      id,
    });
    expect(await store.events(id)).toHaveLength(1);
  });

  it('forgets pruned keys only', async () => {
    const { store } = harness();
    await store.change(declaring('old', { at: AT - 1 }));
    await store.change(declaring('young'));
    expect(await store.inbox.prune(AT, AT)).toBe(1);
    expect((await store.change(declaring('young'))).kind).toBe('replayed');
    expect((await store.change(declaring('old'))).kind).toBe('committed');
  });

  it('keeps payloads that failed, the newest report of each, newest first', async () => {
    const { store } = harness();
    const entry = { platform: 'chat', key: 'f1', body: '{}', error: 'first', at: AT };
    await store.inbox.failed(entry);
    await store.inbox.failed({ ...entry, key: 'f2', at: AT + 1 });
    await store.inbox.failed({ ...entry, error: 'second', at: AT + 2 });
    const listed = await store.inbox.listFailed(10);
    expect(listed.map((f) => [f.key, f.error])).toEqual([
      ['f1', 'second'],
      ['f2', 'first'],
    ]);
    expect(await store.inbox.prune(0, AT + 2)).toBe(1);
    expect((await store.inbox.listFailed(10)).map(({ key }) => key)).toEqual(['f1']);
    expect(await store.inbox.listFailed(1)).toHaveLength(1);
  });
}

function groups(harness: () => Harness): void {
  it('lets one change of a turn fail alone, wholly', async () => {
    const { store } = harness();
    const { id } = committed(await store.change(declaring('k0')));
    const boom = (): never => {
      throw new Error('boom');
    };
    const outcomes = await Promise.allSettled([
      store.change(noting(id, 'a')),
      store.change(noting(id, 'b', { actor: WANG, decide: boom })),
      store.change(noting(id, 'c')),
      store.change(declaring('d', { decide: boom })),
      store.change(declaring('e')),
    ]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await store.incident(id))?.notes.map((n) => n.text)).toEqual(['a', 'c']);
    expect(outcomes[4]).toMatchObject({ value: { id: 'INC-2026-0002' } });
    expect(await store.actorOf(WANG)).toBeNull();
    // Its key is free again: the platform will deliver once more.
    expect((await store.change(noting(id, 'b'))).kind).toBe('committed');
  });

  it('undoes a change that fails after it wrote, in memory too', async () => {
    const h = harness();
    const { id } = committed(await h.store.change(declaring('k0')));
    const unwritable = { key: 'x', kind: 'reminder', dueAt: Number.NaN };
    const decide = (c: Current) => commits(c, [note('lost')], { timers: [unwritable], notices: [notice('lost')] });
    await expect(h.store.change(noting(id, 'a', { decide }))).rejects.toThrow();
    expect((await h.store.incident(id))?.version).toBe(1);
    const next = committed(await h.store.change(noting(id, 'b')));
    expect(next.state.notes.map((n) => n.text)).toEqual(['b']);
    await h.reopen();
    expect(await h.store.incident(id)).toEqual(next.state);
    expect(await h.store.outbox.get('lost')).toBeNull();
    expect(verifyChain(await rowsOf(h.store.record(id)))).toBeNull();
  });

  it('shows a reader nothing of a change before its group is committed, and then all of it', async () => {
    const { store, readsAtOnce } = harness();
    const id = 'INC-2026-0001';
    const look = () => [store.incident(id), store.actorOf(LIN), store.outbox.get('n1'), store.incidents({ limit: 1 })];
    let between: Promise<unknown>[] = [];
    const second = declaring('k2', {
      actor: WANG,
      decide: (c) => {
        between = look();
        return commits(c, [declared(c)]);
      },
    });
    const group = [store.change(declaring('k1', { extras: { notices: [notice('n1')] } })), store.change(second)];
    const before = look();
    await Promise.all(group);
    const nothing = [null, null, null, []];
    const all = await Promise.all(look());
    expect(all).not.toContainEqual(null);
    for (const seen of [await Promise.all(before), await Promise.all(between)]) {
      if (readsAtOnce) expect(seen).toEqual(nothing);
      for (const [n, one] of seen.entries()) expect([nothing[n], all[n]]).toContainEqual(one);
    }
  });
}

function actors(harness: () => Harness): void {
  it('gives an account one opaque actor, whoever asks and however often', async () => {
    const h = harness();
    const { id } = committed(await h.store.change(declaring('k1')));
    const lin = await h.store.actorOf(LIN);
    await h.reopen();
    const seen: string[] = [];
    const look = (c: Current) => {
      seen.push(c.actor);
      return commits(c, [note(c.actor)]);
    };
    for (const [n, actor] of ([LIN, WANG, 'clock', 'api'] as const).entries()) {
      await h.store.change(noting(id, `l${n}`, { actor, decide: look }));
    }
    expect(seen).toEqual([lin, await h.store.actorOf(WANG), 'clock', 'api']);
    expect(new Set(seen).size).toBe(4);
    expect(lin).not.toContain('lin');
  });

  it('does not confuse accounts whose parts read the same when joined', async () => {
    const { store } = harness();
    const odd = { platform: 'chat', tenant: 'acme/lin', id: 'x' };
    await store.change(declaring('k1', { actor: odd }));
    expect(await store.actorOf({ platform: 'chat', tenant: 'acme', id: 'lin/x' })).toBeNull();
    expect(await store.actorOf(odd)).not.toBeNull();
  });

  it('tells decide the latest incident the same actor declared since an instant', async () => {
    const { store } = harness();
    await store.change(declaring('k1', { title: 'First' }));
    await store.change(declaring('k2', { title: 'Second', at: AT + 1_000 }));
    await store.change(declaring('k3', { title: 'Hers', at: AT + 2_000, actor: WANG }));
    const recent = async (key: string, since?: number, actor = LIN) => {
      let seen: Current['recent'] | undefined;
      const decide = (c: Current) => {
        seen = c.recent;
        return refusing('no')(c);
      };
      await store.change(declaring(key, { actor, decide, ...(since === undefined ? {} : { recentSince: since }) }));
      return seen;
    };
    expect(await recent('r1', AT)).toEqual({ id: 'INC-2026-0002', title: 'Second' });
    expect(await recent('r2', AT + 1_001)).toBeNull();
    expect(await recent('r3')).toBeNull();
    expect(await recent('r4', AT, { ...LIN, id: 'nobody' })).toBeNull();
    await store.change(noting('INC-2026-0002', 'k4', { extras: { row: { title: 'Renamed', rooms: [ROOM] } } }));
    expect(await recent('r5', AT)).toEqual({ id: 'INC-2026-0002', title: 'Renamed' });
  });
}

function committed(outcome: ChangeOutcome): Exclude<ChangeOutcome, { kind: 'refused' }> {
  if (outcome.kind !== 'committed') throw new Error(`expected a commit, got ${JSON.stringify(outcome)}`);
  return outcome;
}

async function rowsOf(rows: AsyncIterable<RecordRow>): Promise<RecordRow[]> {
  return collect(rows);
}
