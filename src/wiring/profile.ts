import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import type { Session, Sessions } from '../http/session-store.ts';
import type { CurrentProfile, Organisation } from '../incident/people/profile.ts';
import { roomOfProfile } from '../incident/rooms.ts';
import { createAudit } from '../ops/audit.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { consoleRoom } from '../platforms/console/platform.ts';
import type { Clock } from '../use-cases/ports.ts';
import { checkProfile, type Laws, loadLaws } from './laws.ts';

type Files = Pick<Config, 'organisationFile' | 'regimesDir'>;

/** A profile that passed the checks of the start, with the law and the template it names. */
interface Loaded {
  /** Time of change of the file, before it was read. */
  readonly changedAt: number;
  readonly organisation: Organisation | null;
  readonly laws: Laws;
  readonly template: Uint8Array | null;
}

async function load({ organisationFile, regimesDir }: Files): Promise<Loaded> {
  const changedAt = changeOf(organisationFile);
  const organisation = organisationFile === null ? null : await loadOrganisation(organisationFile);
  const template = await reportTemplate(organisationFile, organisation);
  const laws = await loadLaws(regimesDir, organisation);
  checkProfile(organisation, laws);
  return { changedAt, organisation, laws, template };
}

function changeOf(file: string | null): number {
  return (file === null ? undefined : statSync(file, { throwIfNoEntry: false }))?.mtimeMs ?? 0;
}

/** Interval (ms) of looking at the file; polling also sees files that are replaced, as Kubernetes does with a ConfigMap. */
const LOOK_EVERY = 5_000;

interface Watched {
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly sessions: Pick<Sessions, 'list' | 'end'>;
  /** Returns true while a session counts under the profile in use. */
  readonly stands: (session: Session) => boolean;
}

/** The organisation profile in use. It is read anew on SIGHUP and when its file changes; a file that is wrong changes nothing. */
export class ProfileInUse {
  readonly #files: Files;
  #loaded: Loaded;

  private constructor(files: Files, loaded: Loaded) {
    this.#files = files;
    this.#loaded = loaded;
  }

  /** Rejects with what is wrong with the profile, its template or the law. */
  static async open(files: Files): Promise<ProfileInUse> {
    return new ProfileInUse(files, await load(files));
  }

  readonly current: CurrentProfile = () => this.#loaded.organisation;

  get laws(): Laws {
    return this.#loaded.laws;
  }

  get template(): Uint8Array | null {
    return this.#loaded.template;
  }

  /** Begins to watch; the returned function ends that. */
  watch(watched: Watched): () => Promise<void> {
    const { clock } = watched;
    let last = Promise.resolve();
    let seen = this.#loaded.changedAt;
    let cancel = (): void => {};
    const reload = (): void => {
      seen = changeOf(this.#files.organisationFile);
      last = last.then(() => this.#reload(watched));
    };
    const look = (): void => {
      if (changeOf(this.#files.organisationFile) !== seen) reload();
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

  async #reload({ log, metrics, sessions, stands }: Watched): Promise<void> {
    const audit = createAudit(log, metrics);
    try {
      const loaded = await load(this.#files);
      const isSame = isDeepStrictEqual(loaded.organisation, this.#loaded.organisation);
      const isMoved = !isDeepStrictEqual(consoleRooms(loaded.organisation), consoleRooms(this.#loaded.organisation));
      this.#loaded = loaded;
      if (isMoved) log.warn('the rooms of the console change at the next start');
      if (isSame) {
        log.info('the profile was read anew and is the same');
        return;
      }
      // People who left or have other roles are signed out at once, open pages included.
      for (const session of sessions.list()) if (!stands(session)) await sessions.end(session.id);
      const profile = { people: loaded.organisation?.people.length, entities: loaded.organisation?.entities.length };
      log.info({ profile }, 'the profile was read anew; incidents keep the one they were declared under');
      audit({ audit: 'administration', outcome: 'done', what: 'profile' });
    } catch (error) {
      metrics.failures.inc({ where: 'profile' });
      log.error({ err: error }, 'the profile is wrong and was not taken; the one before stays in use');
      audit({ audit: 'administration', outcome: 'refused', what: 'profile' });
    }
  }
}

/** The rooms of the console: those of the profile at the start, otherwise the one everybody reads. */
export function consoleRooms(organisation: Organisation | null) {
  const language = organisation?.languages.rooms ?? 'zh-CN';
  const own = organisation?.rooms.filter((room) => room.platform === 'console') ?? [];
  if (own.length === 0) return [consoleRoom(language)];
  return organisation ? own.map((room) => roomOfProfile(organisation, room)) : [];
}
