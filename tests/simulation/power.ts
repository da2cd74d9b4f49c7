import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

/** Layout of SQLite's write-ahead log and of its index, see sqlite.org/walformat.html. */
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const INDEX = { frames: 16, salt: 32, saltEnd: 40, copied: 96 };

interface Log {
  /** Changes each time the log is written from its beginning again. */
  readonly salt: string;
  readonly frames: number;
  /** How many of them are in the database file already; they went to the disk before. */
  readonly copied: number;
}

/**
 * What a disk has really kept. A killed process loses nothing it wrote, since the operating system has it; a power cut
 * takes all that was written to the log of the store since somebody last waited for the disk.
 */
export class Power {
  readonly #file: string;
  #onDisk: Log | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** A commit has waited for the disk. */
  synced(): void {
    this.#onDisk = this.#log();
  }

  /**
   * The power goes, while the store is open. Resolves the store's files to what the disk has once it is closed: call what
   * is answered then. Answers null if nothing was lost.
   */
  cut(): { readonly lost: number; readonly restore: () => void } | null {
    const log = this.#log();
    const kept = log.salt === this.#onDisk?.salt ? Math.max(this.#onDisk.frames, log.copied) : log.copied;
    if (log.frames <= kept) return null;
    for (const part of ['', '-wal']) copyFileSync(`${this.#file}${part}`, `${this.#file}${part}.disk`);
    const page = readFileSync(`${this.#file}-wal`).readUInt32BE(8);
    truncateSync(`${this.#file}-wal.disk`, WAL_HEADER + kept * (FRAME_HEADER + page));
    return { lost: log.frames - kept, restore: () => this.#restore() };
  }

  #restore(): void {
    rmSync(`${this.#file}-shm`, { force: true });
    for (const part of ['', '-wal']) {
      writeFileSync(`${this.#file}${part}`, readFileSync(`${this.#file}${part}.disk`));
      rmSync(`${this.#file}${part}.disk`);
    }
  }

  #log(): Log {
    const index = existsSync(`${this.#file}-shm`) ? readFileSync(`${this.#file}-shm`) : Buffer.alloc(INDEX.copied + 4);
    return {
      salt: index.subarray(INDEX.salt, INDEX.saltEnd).toString('hex'),
      frames: index.readUInt32LE(INDEX.frames),
      copied: index.readUInt32LE(INDEX.copied),
    };
  }
}
