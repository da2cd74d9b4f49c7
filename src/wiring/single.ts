import type { ChatService } from '../platforms/description.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { BotCore } from '../wiring.ts';

/** Platforms whose second connection ends the first. */
export const ONE_CONNECTION: readonly string[] = PLATFORMS.flatMap(({ name, oneConnection }) =>
  oneConnection ? [name] : [],
);

export type NamedService = ChatService & { readonly name: string };

/** Returns true if a platform has one connection only, however many instances run. */
export function isSingle({ name }: { readonly name: string }): boolean {
  return ONE_CONNECTION.includes(name);
}

/**
 * Time (ms) for which a failure is reported: it is retried well within that, unless another instance has the connection
 * by then.
 */
const TOLD_FOR = 10_000;

/** Platforms with one connection: it and the deliveries to it are where this instance has it, and nowhere else. */
export class Singles {
  readonly #failed: (error: unknown, platform: string) => void;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #held = new Set<string>();
  readonly #failedAt = new Map<string, number>();

  constructor(clock: Pick<Clock, 'now'>, failed: (error: unknown, platform: string) => void) {
    this.#clock = clock;
    this.#failed = failed;
  }

  /** Wants the connection; the answered function gives it up. */
  hold(
    { store, core }: { readonly store: Pick<OpenStore, 'exclusive'>; readonly core: Pick<BotCore, 'serve'> },
    service: NamedService,
  ): () => Promise<void> {
    const { name } = service;
    let unserve = async (): Promise<void> => {};
    return store.exclusive.hold(name, {
      held: async () => {
        this.#held.add(name);
        await service.start();
        unserve = core.serve(name);
      },
      lost: async () => {
        this.#held.delete(name);
        await unserve();
        await service.stop();
      },
      failed: (error) => {
        this.#failedAt.set(name, this.#clock.now());
        this.#failed(error, name);
      },
    });
  }

  /** Returns true if another instance has the only connection of a platform, or nobody has. */
  isElsewhere(name: string): boolean {
    return isSingle({ name }) && !this.#held.has(name);
  }

  /** Health of a platform for `/readyz`; a connection held by another instance is healthy. */
  health(service: NamedService): ReturnType<ChatService['health']> {
    if (!isSingle(service) || this.#held.has(service.name)) return service.health();
    const failedAt = this.#failedAt.get(service.name);
    if (failedAt !== undefined && this.#clock.now() - failedAt < TOLD_FOR)
      return { ok: false, detail: 'cannot begin; it is tried again' };
    return { ok: true, detail: 'another instance has the connection' };
  }
}
