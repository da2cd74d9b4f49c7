import type { Database, Statement } from 'better-sqlite3';
import type { Fail } from '../../ops/failpoints.ts';
import { isDamage, StoreError } from '../errors.ts';

interface Job {
  /** True if a power cut may undo the write. */
  readonly soft: boolean;
  /** Runs the work in a savepoint. Throws only if the group's whole transaction is lost. */
  attempt(): void;
  /** Settles the caller's promise; `failure` is set if the commit of the group failed. */
  settle(failure: { readonly error: Error } | null): void;
}

export interface GroupHooks {
  readonly fail: Fail;
  /** Runs a function after the current turn of the event loop. */
  readonly afterTurn: (run: () => void) => void;
  /** Called after each commit that was synced to disk. */
  readonly synced: () => void;
}

/**
 * Group commit: all writes queued in one turn of the event loop share one BEGIN IMMEDIATE … COMMIT, each in a savepoint
 * of its own. The group runs synchronously, so no reader sees it half done. A write that throws loses only its
 * savepoint; if the COMMIT fails, every write of the group rejects and none is kept.
 */
export class GroupCommit {
  readonly #db: Database;
  readonly #sql: Readonly<Record<'begin' | 'commit' | 'savepoint' | 'release' | 'rollbackTo', Statement<[]>>>;
  readonly #hooks: GroupHooks;
  #queue: Job[] = [];
  #scheduled: Promise<void> | null = null;
  #closed = false;
  #damage: Error | null = null;
  #syncs = true;

  constructor(db: Database, hooks: GroupHooks) {
    this.#db = db;
    this.#hooks = hooks;
    this.#sql = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      savepoint: db.prepare('SAVEPOINT change'),
      release: db.prepare('RELEASE change'),
      rollbackTo: db.prepare('ROLLBACK TO change'),
    };
  }

  /** Resolves with the result of `work` once the commit is on disk. `work` is synchronous. */
  write<T>(work: () => T): Promise<T> {
    return this.#add(work, false);
  }

  /**
   * Writes data that can be recovered if lost, such as the outcome of a send: the write keeps its order and survives a
   * killed process, but does not wait for the disk. After a power cut the write may be missing, with all later ones;
   * any later `write` syncs it as well.
   */
  note<T>(work: () => T): Promise<T> {
    return this.#add(work, true);
  }

  #add<T>(work: () => T, soft: boolean): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreError('closed', 'the store is closed'));
    if (this.#damage) return Promise.reject(this.#damage);
    return new Promise<T>((resolve, reject) => {
      let done: { readonly value: T } | { readonly error: Error } | null = null;
      this.#queue.push({
        soft,
        attempt: () => {
          done = this.#inSavepoint(work);
        },
        settle: (failure) => {
          if (failure) reject(failure.error);
          else if (!done) reject(new Error('a write was never attempted'));
          else if ('value' in done) resolve(done.value);
          else reject(done.error);
        },
      });
      this.#scheduled ??= new Promise((ran) => {
        this.#hooks.afterTurn(() => {
          this.#flush();
          ran();
        });
      });
    });
  }

  /** Receives errors of readers: once the file is damaged all writing stops, because new data would be lost. */
  suspect(error: unknown): void {
    if (error instanceof Error && isDamage(error)) this.#damage ??= error;
  }

  /** Finishes the queued writes; every later one rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#scheduled;
  }

  #flush(): void {
    const jobs = this.#queue;
    this.#queue = [];
    this.#scheduled = null;
    const failure = this.#commit(jobs);
    for (const job of jobs) job.settle(failure);
  }

  #commit(jobs: readonly Job[]): { readonly error: Error } | null {
    const isNote = jobs.every(({ soft }) => soft);
    try {
      this.#sync(!isNote);
      this.#sql.begin.run();
      for (const job of jobs) job.attempt();
      this.#hooks.fail('before-commit');
      this.#sql.commit.run();
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      this.suspect(error);
      return { error: asError(error) };
    }
    if (!isNote) this.#hooks.synced();
    this.#hooks.fail('after-commit');
    return null;
  }

  /** Sets whether later commits wait for the disk. Prepared each time, because SQLite applies it during preparation. */
  #sync(wait: boolean): void {
    if (this.#syncs === wait) return;
    this.#db.exec(`PRAGMA synchronous = ${wait ? 'FULL' : 'NORMAL'}`);
    this.#syncs = wait;
  }

  #inSavepoint<T>(work: () => T): { readonly value: T } | { readonly error: Error } {
    this.#sql.savepoint.run();
    try {
      const value = work();
      this.#sql.release.run();
      return { value };
    } catch (error) {
      // Some failures (disk full, I/O) end the transaction itself, so nothing of the group can be kept.
      if (!this.#db.inTransaction) throw error;
      this.#sql.rollbackTo.run();
      this.#sql.release.run();
      this.suspect(error);
      return { error: asError(error) };
    }
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
