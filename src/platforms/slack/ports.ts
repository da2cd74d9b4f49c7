import type { Language, RoomId } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/profile.ts';
import type { Clock, IdSource, InboxStore } from '../../use-cases/ports.ts';

/** What the platform needs from the house beside `App`; each as narrow as its use. */

/** Small durable values of this platform, by key. `put` is on disk when it resolves. */
export interface Kept {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Entries whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string, limit: number): Promise<readonly { readonly key: string; readonly value: string }[]>;
}

/** Which incident hangs below a message: the status card whose handle it is. */
export interface Threads {
  incidentOf(room: RoomId, ref: string): Promise<string | null>;
  /** Open incidents shown in rooms of this platform, with the handle of their root message. */
  open(limit: number): Promise<readonly OpenThread[]>;
}
export interface OpenThread {
  readonly incident: string;
  readonly room: RoomId;
  readonly ref: string;
}

/** A reminder that Slack itself should send if this machine does not. */
export interface WantedBackup {
  readonly incident: string;
  readonly room: RoomId;
  readonly thread: string | null;
  /** When our own reminder goes out, epoch milliseconds. The backup follows three minutes later. */
  readonly dueAt: number;
  readonly language: Language;
  /** State and deadline in one line. */
  readonly summary: string;
}
export interface Backups {
  /** The last reminders of all open incidents that are not sent yet, the earliest first. */
  wanted(limit: number): Promise<readonly WantedBackup[]>;
}

/** What the log gets; never a payload, a token or what people wrote. */
export interface SlackLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface SlackConfig {
  readonly botToken: string;
  /** Socket Mode; null means HTTP mode. */
  readonly appToken: string | null;
  /** The one in use first. */
  readonly signingSecrets: readonly string[];
  /** Another address of the Web API, for tests. */
  readonly apiUrl: string | null;
  readonly command: string;
}

export interface SlackDependencies {
  readonly config: SlackConfig;
  readonly proxy: string | null;
  /** Where people reach the console, if they can. */
  readonly publicUrl: string | null;
  readonly organisation: Organisation | null;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: SlackLog;
  readonly kept: Kept;
  readonly threads: Threads;
  readonly backups: Backups | null;
  readonly inbox: Pick<InboxStore, 'failed'>;
  /** A room came within reach or changed: delivery looks again. */
  wake(): void;
  /** The program cannot go on (token revoked, app removed): it ends with this sentence. */
  end(reason: string): void;
}
