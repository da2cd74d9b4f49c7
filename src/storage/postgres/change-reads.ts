import type { PoolClient } from 'pg';
import type { Account, ActorId } from '../../incident/identity.ts';
import type { ChangeRequest } from '../../use-cases/ports.ts';
import { type Before, isAnswer, type KeptAnswer, type Located } from '../change.ts';
import { stored } from '../json.ts';
import { FOLDED, type FoldedRow, type States, stateAt } from '../states.ts';
import type { Writes } from '../writes.ts';
import { rowsOf } from './connect.ts';

/** Reads shared by the changes of one commit. Each change sees the actors and numbers that earlier ones assigned. */
export interface BatchBefore extends Before {
  /** Adds the actors and numbers that a change assigned. */
  take(writes: Writes): void;
}

interface LockedRow {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly participants: string;
  readonly rooms: string;
}

const LOCK = `SELECT id, version, hash, participants, rooms FROM incidents WHERE id = ANY ($1) ORDER BY id FOR UPDATE`;
const COUNT = `
  INSERT INTO counters AS c (series, year, last) SELECT series, year, 0
  FROM json_to_recordset($1) AS r (series text, year int) ORDER BY series, year
  ON CONFLICT (series, year) DO UPDATE SET last = c.last RETURNING series, year, last`;
const KEPT = `
  SELECT i.platform, i.key, i.body_hash AS "bodyHash", i.incident, i.answer
  FROM json_to_recordset($1) AS r (platform text, key text) JOIN inbox i USING (platform, key)`;
const ACTORS = `
  SELECT a.platform, a.tenant, a.account AS id, a.id AS actor
  FROM json_to_recordset($1) AS r (platform text, tenant text, id text)
  JOIN actors a ON a.platform = r.platform AND a.tenant = r.tenant AND a.account = r.id`;
const PENDING = `SELECT incident, key, due_at AS "dueAt" FROM timers WHERE incident = ANY ($1) AND state = 'pending'`;
const RECENT = `
  SELECT r.key, i.id, i.title FROM json_to_recordset($1) AS r (key text, actor text, since bigint)
  CROSS JOIN LATERAL (SELECT id, title FROM incidents
    WHERE declared_by = r.actor AND created_at >= r.since ORDER BY created_at DESC, seq DESC LIMIT 1) i`;

/**
 * Locks the rows of the changes and reads them. The statements are sent together; each sees the data committed before
 * it began, so data read after a lock is as of that lock.
 */
export async function readBefore(
  tx: PoolClient,
  requests: readonly ChangeRequest[],
  states: States,
): Promise<BatchBefore> {
  const locked = rowsOf<LockedRow>(tx, LOCK, [targetsOf(requests)]);
  const counted = countersOf(tx, requests);
  const kept = keptOf(tx, requests);
  const actors = actorsOf(tx, requests);
  const [rows, counters, answers, accounts] = await Promise.all([locked, counted, kept, actors]);
  // Incidents of earlier answers are loaded too: a repeated request gets its first answer without naming its incident.
  const others = [...answers.values()].flatMap(({ incident }) =>
    incident !== null && !rows.some((row) => row.id === incident) ? [incident] : [],
  );
  const [incidents, more, pending, recent] = await Promise.all([
    foldAll(tx, rows, states),
    others.length === 0
      ? []
      : rowsOf<LockedRow>(tx, LOCK.replace(' FOR UPDATE', ''), [others]).then((some) => foldAll(tx, some, states)),
    pendingOf(tx, rows),
    recentOf(tx, requests, accounts),
  ]);
  const located = new Map([...incidents, ...more]);
  return {
    kept: (delivery) => answers.get(deliveryKey(delivery)) ?? null,
    actor: (account) => accounts.get(accountKey(account)) ?? null,
    last: ({ series, year }) => counters.get(seriesKey(series, year)) ?? 0,
    incident: (id) => located.get(id) ?? null,
    pending: (id) => pending.get(id) ?? new Map(),
    recent: ({ delivery }) => recent.get(deliveryKey(delivery)) ?? null,
    take: ({ actors: made, counted: given }) => {
      for (const { platform, tenant, account, id } of made)
        accounts.set(accountKey({ platform: `${platform}`, tenant: `${tenant}`, id: `${account}` }), `${id}`);
      for (const { series, year, last } of given) counters.set(seriesKey(`${series}`, Number(year)), Number(last));
    },
  };
}

export function deliveryKey({ platform, key }: { readonly platform: string; readonly key: string }): string {
  return JSON.stringify([platform, key]);
}

export function accountKey({ platform, tenant, id }: { platform: string; tenant: string; id: string }): string {
  return JSON.stringify([platform, tenant, id]);
}

export function seriesKey(series: string, year: number): string {
  return `${series}-${year}`;
}

function targetsOf(requests: readonly ChangeRequest[]): readonly string[] {
  return requests.flatMap(({ target }) => ('incident' in target ? [target.incident] : []));
}

/** Reads the rows for some keys, which are sent as JSON; without keys no statement is sent. */
async function rowsFor<R extends object>(tx: PoolClient, sql: string, keys: readonly object[]): Promise<R[]> {
  return keys.length === 0 ? [] : rowsOf<R>(tx, sql, [JSON.stringify(keys)]);
}

async function countersOf(tx: PoolClient, requests: readonly ChangeRequest[]): Promise<Map<string, number>> {
  const wanted = new Map<string, object>();
  for (const { target } of requests) if ('series' in target) wanted.set(seriesKey(target.series, target.year), target);
  const rows = await rowsFor<{ series: string; year: number; last: number }>(tx, COUNT, [...wanted.values()]);
  return new Map(rows.map(({ series, year, last }) => [seriesKey(series, year), last]));
}

async function keptOf(tx: PoolClient, requests: readonly ChangeRequest[]): Promise<Map<string, KeptAnswer>> {
  const deliveries = requests.map(({ delivery }) => delivery);
  type Stored = Omit<KeptAnswer, 'answer'> & { platform: string; key: string; answer: string };
  const rows = await rowsFor<Stored>(tx, KEPT, deliveries);
  return new Map(rows.map((row) => [deliveryKey(row), { ...row, answer: stored(row.answer, isAnswer) }]));
}

async function actorsOf(tx: PoolClient, requests: readonly ChangeRequest[]): Promise<Map<string, ActorId>> {
  const accounts = requests.flatMap(({ actor }) => (typeof actor === 'string' ? [] : [actor]));
  const rows = await rowsFor<Account & { actor: ActorId }>(tx, ACTORS, accounts);
  return new Map(rows.map(({ actor, ...account }) => [accountKey(account), actor]));
}

async function foldAll(
  tx: PoolClient,
  rows: readonly LockedRow[],
  states: States,
): Promise<readonly (readonly [string, Located])[]> {
  const all = await Promise.all(
    rows.map(async ({ id, version, hash, participants, rooms }) => {
      const folded = await stateAt(states, id, { version, hash }, (...values) => rowsOf<FoldedRow>(tx, FOLDED, values));
      return folded ? [[id, { folded, participants, rooms }] as const] : [];
    }),
  );
  return all.flat();
}

async function pendingOf(tx: PoolClient, rows: readonly LockedRow[]): Promise<Map<string, Map<string, number>>> {
  const pending = new Map(rows.map(({ id }) => [id, new Map<string, number>()]));
  if (rows.length === 0) return pending;
  const timers = await rowsOf<{ incident: string; key: string; dueAt: number }>(tx, PENDING, [[...pending.keys()]]);
  for (const { incident, key, dueAt } of timers) pending.get(incident)?.set(key, dueAt);
  return pending;
}

async function recentOf(
  tx: PoolClient,
  requests: readonly ChangeRequest[],
  actors: ReadonlyMap<string, ActorId>,
): Promise<Map<string, { id: string; title: string }>> {
  const asked = requests.flatMap(({ actor, recentSince: since, delivery }) => {
    const id = typeof actor === 'string' ? actor : actors.get(accountKey(actor));
    return since === undefined || id === undefined ? [] : [{ key: deliveryKey(delivery), actor: id, since }];
  });
  const rows = await rowsFor<{ key: string; id: string; title: string }>(tx, RECENT, asked);
  return new Map(rows.map(({ key, ...incident }) => [key, incident]));
}
