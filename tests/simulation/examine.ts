import Database from 'better-sqlite3';
import { firstBroken } from '../storage/first-broken.ts';
import type { Bot, World } from './bot.ts';
import { endingsAreRight } from './examine-endings.ts';
import { noticesAreRight } from './examine-notices.ts';
import { recordsAreRight } from './examine-records.ts';
import { roomsAreRight } from './examine-rooms.ts';
import type { Ledger } from './ledger.ts';

/** What the promises are held against once everything has come to rest. */
export interface Evidence {
  readonly bot: Bot;
  readonly world: World;
  readonly ledger: Ledger;
  readonly notices: readonly NoticeRow[];
  readonly incidents: readonly string[];
  /** Neither a crash nor a jump of the clock: everything has to be in time. */
  readonly undisturbed: boolean;
}
export interface NoticeRow {
  readonly key: string;
  readonly incident: string | null;
  /** 1 is a reminder. */
  readonly lane: number;
  readonly recipient: string;
  readonly state: string;
  readonly dueAt: number;
  readonly reason: string | null;
}

/** Everything that is wrong after a run, and the heads of the records for its trace. */
export async function examine(run: {
  readonly bot: Bot;
  readonly world: World;
  readonly ledger: Ledger;
  readonly undisturbed: boolean;
  readonly saw: (what: string) => void;
}): Promise<readonly string[]> {
  const { bot, world } = run;
  const db = new Database(world.file, { readonly: true });
  const notices = db
    .prepare<[], NoticeRow>('SELECT key, incident, lane, recipient, state, due_at AS dueAt, reason FROM outbox')
    .all();
  for (const head of db.prepare('SELECT id, version, hash FROM incidents ORDER BY id').all())
    run.saw(JSON.stringify(head));
  db.close();
  const incidents = (await bot.store.incidents({ limit: 1_000 })).map((row) => row.id);
  const evidence: Evidence = { ...run, notices, incidents };
  const wrong = [
    ...(await recordsAreRight(evidence)),
    ...(await noticesAreRight(evidence)),
    ...(await endingsAreRight(evidence)),
    ...(await roomsAreRight(evidence)),
  ];
  await bot.stop();
  const broken = await firstBroken(world.file);
  return broken ? [...wrong, `does not verify: ${JSON.stringify(broken)}`] : wrong;
}
