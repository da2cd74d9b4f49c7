import type { RoomId } from '../incident/identity.ts';
import type { Messenger, SendOutcome } from '../use-cases/ports.ts';
import { isOfPlace } from './refusals.ts';

export interface OutagesDependencies {
  /** Makes due the notices that wait for a platform, and starts to send them. */
  readonly hurry: () => Promise<void>;
  /** Called once when a room refuses its cards; again only after it accepted a message. */
  readonly lost: (room: RoomId) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

/** Outages of platforms: notices to an unreachable one are retried with back-off, until its first answer. */
export class Outages {
  readonly #deps: OutagesDependencies;
  readonly #answering = new Set<string>();
  readonly #under = new Set<Promise<void>>();
  readonly #lost = new Set<RoomId>();

  constructor(deps: OutagesDependencies) {
    this.#deps = deps;
  }

  /** Records a platform's answer to a send; the first since the start counts as a return. `room`: the message's. */
  heard({ platform, canEdit }: Pick<Messenger, 'platform' | 'canEdit'>, outcome: SendOutcome, room?: RoomId): void {
    if (outcome.kind === 'unknown') return;
    if (room !== undefined) this.#heardOf(room, outcome, canEdit !== undefined);
    // Each workspace of a platform has an outage of its own.
    const of = room?.split('/').slice(0, 2).join('/') ?? platform;
    if (outcome.kind === 'refused' && outcome.reason === 'unreachable') this.#answering.delete(of);
    else if (!this.#answering.has(of)) this.returned(of);
  }

  /** Records that a platform reports itself as reachable. */
  returned(platform: string): void {
    this.#answering.add(platform);
    this.#do(this.#deps.hurry());
  }

  #heardOf(room: RoomId, outcome: Exclude<SendOutcome, { kind: 'unknown' }>, edits: boolean): void {
    if (outcome.kind === 'sent') {
      this.#lost.delete(room);
      return;
    }
    // On platforms with edits `gone` refers to the message, on others to the room.
    const isRefused = edits ? outcome.reason === 'forbidden' : isOfPlace(outcome.reason);
    if (!isRefused || this.#lost.has(room)) return;
    this.#lost.add(room);
    this.#do(this.#deps.lost(room));
  }

  #do(work: Promise<unknown>): void {
    const under: Promise<void> = work.then(() => {}, this.#deps.failed).finally(() => this.#under.delete(under));
    this.#under.add(under);
  }

  /** Number of rooms that refuse cards. */
  get lost(): number {
    return this.#lost.size;
  }

  get busy(): boolean {
    return this.#under.size > 0;
  }

  async idle(): Promise<void> {
    while (this.busy) await Promise.all(this.#under);
  }
}
