import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import type { ComponentHealth } from '../http/health.ts';
import type { Session, Sessions } from '../http/token-store.ts';
import type { CurrentProfile, Organisation } from '../incident/people/profile.ts';
import { roomOfProfile } from '../incident/rooms.ts';
import { createAudit } from '../ops/audit.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { consoleRoom } from '../platforms/console/platform.ts';
import type { Clock, KeptValues } from '../use-cases/ports.ts';
import { checkProfile, type Laws, loadLaws } from './laws.ts';
import { openForReading, type Where } from './reading.ts';

type Files = Pick<Config, 'organisationFile' | 'regimesDir'>;

/** Profile that passed all checks, with its law and template. */
interface Loaded {
  /** Change time of the file before it was read. */
  readonly changedAt: number;
  readonly text: string | null;
  readonly organisation: Organisation | null;
  readonly laws: Laws;
  readonly template: Uint8Array | null;
}

const NO_PROFILE = { text: null, organisation: null };

/** Reads a profile, whose schema loads with the first one. */
async function read(file: string, copy?: string): Promise<Pick<Loaded, 'text' | 'organisation'>> {
  const { organisationText, parseOrganisation } = await import('../config/organisation.ts');
  const text = copy ?? (await organisationText(file));
  return { text, organisation: parseOrganisation(text, file) };
}

/** Loads the profile; `copy`: text to use instead of the file's. */
async function load({ organisationFile, regimesDir }: Files, copy?: string): Promise<Loaded> {
  const changedAt = changeOf(organisationFile);
  const { text, organisation } = organisationFile === null ? NO_PROFILE : await read(organisationFile, copy);
  const template = await reportTemplate(organisationFile, organisation);
  const laws = await loadLaws(regimesDir, organisation);
  await checkProfile(organisation, laws);
  return { changedAt, text, organisation, laws, template };
}

function changeOf(file: string | null): number {
  if (file === null) return 0;
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch {
    // The error is ignored here: reading the file reports that this user may not enter its folder.
    return 0;
  }
}

/** Key in the store of the last profile that passed the checks. */
const LAST_GOOD = 'profile:last-good';

/** Returns the last profile in this store that passed the checks; null if none, or the store cannot be read. */
async function lastGood(where: Where): Promise<string | null> {
  const store = await openForReading(where).catch(() => null);
  try {
    const [row] = (await store?.kept.list(LAST_GOOD, 1)) ?? [];
    return row?.value ?? null;
  } finally {
    await store?.close();
  }
}

/** Interval (ms) of polling the file; polling also notices replaced files, as with a Kubernetes ConfigMap. */
const LOOK_EVERY = 5_000;
/** Time (ms) in which a changed profile reaches every instance. */
const ROLLED_OUT = 60_000;

interface Watched {
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly kept: Pick<KeptValues, 'get' | 'put' | 'watch'>;
  readonly sessions: Pick<Sessions, 'list' | 'end'>;
  /** Returns true while a session is valid under the current profile. */
  readonly stands: (session: Session) => boolean;
  /** Called at the start and after each change, to bring open incidents in line with the profile; `isNew`: it differs. */
  readonly apply: (isNew: boolean) => Promise<void>;
}

/**
 * Organisation profile in use, reloaded on SIGHUP and when its file changes. A faulty file changes nothing, even after
 * a restart: the last good profile is kept in the store and stays in use.
 */
export class ProfileInUse {
  readonly #files: Files;
  #loaded: Loaded;
  /** Reason for not using the file; null if it is in use. */
  #fault: unknown;
  /** Text in the store, which the last instance with a good profile wrote; null: unknown. */
  #shared: string | null = null;
  /** Time (epoch ms) since which that text is not ours. */
  #apartSince: number | null = null;
  #isApart = false;

  private constructor(files: Files, loaded: Loaded, fault: unknown) {
    this.#files = files;
    this.#loaded = loaded;
    this.#fault = fault;
  }

  /** Rejects with all faults of the profile, template or law if there is no last good profile either. */
  static async open(files: Files & Where): Promise<ProfileInUse> {
    try {
      return new ProfileInUse(files, await load(files), null);
    } catch (error) {
      const copy = files.organisationFile === null ? null : await lastGood(files);
      const loaded = copy === null ? null : await load(files, copy).catch(() => null);
      if (loaded === null) throw error;
      return new ProfileInUse(files, loaded, error);
    }
  }

  /** True while the file is faulty and an earlier profile is in use. */
  get isStale(): boolean {
    return this.#fault !== null;
  }

  /** Returns the profile's part of `/readyz`; empty if the file is in use. */
  health(): readonly ComponentHealth[] {
    const detail = this.isStale
      ? 'the file is wrong; an earlier profile is in use'
      : this.#isApart && 'another instance uses another profile';
    return detail ? [{ name: 'profile', ok: false, detail }] : [];
  }

  readonly current: CurrentProfile = () => this.#loaded.organisation;

  get laws(): Laws {
    return this.#loaded.laws;
  }

  get template(): Uint8Array | null {
    return this.#loaded.template;
  }

  /** Starts watching the file; returns the function that stops it. */
  watch(watched: Watched): () => Promise<void> {
    const { clock, kept } = watched;
    if (this.isStale) this.#say(watched);
    const hear = (_: string, text: string | null): void => {
      this.#shared = text;
    };
    const isNew = this.isStale ? Promise.resolve(false) : this.#keep(watched);
    let last = isNew
      .then(() => kept.watch(LAST_GOOD, 1, hear))
      .catch((error: unknown) => watched.log.warn({ err: error }, 'profiles of other instances are not compared'));
    last = last.then(async () => this.#apply(watched, await isNew));
    let seen = this.#loaded.changedAt;
    let cancel = (): void => {};
    const reload = (): void => {
      seen = changeOf(this.#files.organisationFile);
      last = last.then(() => this.#reload(watched));
    };
    const look = (): void => {
      if (changeOf(this.#files.organisationFile) !== seen) reload();
      this.#compare(watched);
      cancel = clock.at(clock.now() + LOOK_EVERY, look);
    };
    look();
    process.on('SIGHUP', reload);
    return async () => {
      process.off('SIGHUP', reload);
      cancel();
      await last;
    };
  }

  /** Warns once if the profile of another instance differs from ours for longer than a change takes to reach all. */
  #compare({ clock, log }: Watched): void {
    const { text } = this.#loaded;
    if (text === null || this.#shared === null || this.#shared === text) {
      this.#apartSince = null;
      this.#isApart = false;
      return;
    }
    this.#apartSince ??= clock.now();
    if (this.#isApart || clock.now() - this.#apartSince < ROLLED_OUT) return;
    this.#isApart = true;
    log.warn('another instance uses another profile; give every instance the same file');
  }

  /** Keeps the profile in the store; returns true if the one kept before was another. */
  async #keep({ kept, log }: Watched): Promise<boolean> {
    const { text } = this.#loaded;
    if (text === null) return false;
    this.#shared = text;
    try {
      const before = await kept.get(LAST_GOOD);
      if (before !== text) await kept.put(LAST_GOOD, text);
      return before !== text;
    } catch (error) {
      log.warn({ err: error }, 'the profile could not be kept for a start with a wrong file');
      return true;
    }
  }

  async #apply({ apply, log }: Watched, isNew: boolean): Promise<void> {
    await apply(isNew).catch((error: unknown) => log.error({ err: error }, 'incidents do not follow the profile yet'));
  }

  #say({ log, metrics }: Watched): void {
    metrics.failures.inc({ where: 'profile' });
    log.error({ err: this.#fault }, 'the profile is wrong and was not taken; the one before stays in use');
  }

  async #reload(watched: Watched): Promise<void> {
    const { log, metrics, sessions, stands } = watched;
    const audit = createAudit(log, metrics);
    try {
      const loaded = await load(this.#files);
      const isSame = isDeepStrictEqual(loaded.organisation, this.#loaded.organisation);
      const isMoved = !isDeepStrictEqual(consoleRooms(loaded.organisation), consoleRooms(this.#loaded.organisation));
      this.#loaded = loaded;
      this.#fault = null;
      await this.#keep(watched);
      if (isMoved) log.warn('the rooms of the console change at the next start');
      if (isSame) {
        log.info('the profile was read anew and is the same');
        return;
      }
      // Sessions of people who left or changed roles end at once, including open pages.
      for (const session of sessions.list()) if (!stands(session)) await sessions.end(session.id);
      await this.#apply(watched, true);
      const profile = { people: loaded.organisation?.people.length, entities: loaded.organisation?.entities.length };
      log.info({ profile }, 'the profile was read anew; incidents keep the one they were declared under');
      audit({ audit: 'administration', outcome: 'done', what: 'profile' });
    } catch (error) {
      this.#fault = error;
      this.#say(watched);
      audit({ audit: 'administration', outcome: 'refused', what: 'profile' });
    }
  }
}

/** Returns the console's rooms: those of the profile at the start, otherwise one room for everybody. */
export function consoleRooms(organisation: Organisation | null) {
  const language = organisation?.languages.rooms ?? 'zh-CN';
  const own = organisation?.rooms.filter((room) => room.platform === 'console') ?? [];
  if (own.length === 0) return [consoleRoom(language)];
  return organisation ? own.map((room) => roomOfProfile(organisation, room)) : [];
}
