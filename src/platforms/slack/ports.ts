import type { RoomId } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import type { WantedBackup } from '../../use-cases/notices/platform-backups.ts';
import type { Clock, IdSource, InboxStore, KeptValues, Log, OpenThread } from '../../use-cases/ports.ts';
import type { SlackConfig } from './index.ts';

/** Dependencies of the platform beside `App`; each as narrow as its use. */

/** Which incident hangs below a message: the status card whose handle it is. */
export interface Threads {
  incidentOf(room: RoomId, ref: string): Promise<string | null>;
  /** Open incidents shown in rooms of this platform, with the handle of their root message. */
  open(limit: number): Promise<readonly OpenThread[]>;
  /** The root message was deleted: it is to be posted anew. */
  gone(incident: string, room: RoomId): Promise<void>;
}
export interface Backups {
  /** The last reminders of all open incidents that are not sent yet, the earliest first. */
  wanted(limit: number): Promise<readonly WantedBackup[]>;
}

export interface SlackDependencies {
  readonly config: SlackConfig;
  readonly proxy: string | null;
  /** Public address of the console, if it has one. */
  readonly publicUrl: string | null;
  readonly organisation: Organisation | null;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly kept: KeptValues;
  readonly threads: Threads;
  readonly backups: Backups | null;
  readonly inbox: Pick<InboxStore, 'failed'>;
  /** A room came within reach or changed: delivery looks again. */
  wake(): void;
  /** The program cannot go on (token revoked, app removed): it ends with this sentence. */
  end(reason: string): void;
}
