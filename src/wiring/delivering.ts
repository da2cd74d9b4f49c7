import type { ChatService } from '../platforms/description.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { Clock, Exclusive } from '../use-cases/ports.ts';

export type NamedService = ChatService & { readonly name: string };

/** Pause (ms) before a failed connection is tried again. */
const RETRY = 2_000;
const ONE_CONNECTION = new Set(PLATFORMS.flatMap(({ name, oneConnection }) => (oneConnection ? [name] : [])));

/** Returns true if a platform has only one connection, however many instances run. */
export function isSingle({ name }: { readonly name: string }): boolean {
  return ONE_CONNECTION.has(name);
}

interface Needs {
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  /** Receives the error of a connection that failed to start, with its platform. */
  readonly failed: (error: unknown, platform: string) => void;
}
interface Work {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Runs the work of the one delivering instance: timers, sends, daily tasks, and platforms whose second connection would
 * end the first (`oneConnection`, e.g. WeCom's smart bot). Other instances only handle requests.
 */
export class Delivering {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Returns true if this instance does not have the only connection of a platform. */
  isElsewhere(name: string): boolean {
    return ONE_CONNECTION.has(name) && !this.#needs.exclusive.isHeld;
  }

  /** Returns a platform's health for `/readyz`; a connection of another instance is healthy. */
  health(service: NamedService): ReturnType<ChatService['health']> {
    if (this.isElsewhere(service.name)) return { ok: true, detail: 'another instance has the connection' };
    return service.health();
  }

  /** Runs the work while this instance may deliver. Returns the function that ends it and lets others deliver. */
  begin(work: readonly Work[], services: readonly NamedService[]): () => Promise<void> {
    const singles = services.filter(isSingle).map((service) => this.#connection(service));
    return this.#needs.exclusive.hold({
      held: () => {
        for (const one of [...work, ...singles]) one.start();
      },
      lost: async () => {
        // Platforms stay connected until the work stops: answers to running sends come through them.
        await Promise.all(work.map((one) => one.stop()));
        await Promise.all(singles.map((one) => one.stop()));
      },
    });
  }

  /** Makes a connection whose start may be slow and is retried until it succeeds. */
  #connection(service: NamedService): Work {
    const { clock, failed } = this.#needs;
    let begun: Promise<void> = Promise.resolve();
    let cancel = (): void => {};
    let isWanted = false;
    const begin = (): void => {
      begun = service.start().catch((error: unknown) => {
        failed(error, service.name);
        if (isWanted) cancel = clock.at(clock.now() + RETRY, begin);
      });
    };
    return {
      start: () => {
        isWanted = true;
        begin();
      },
      stop: async () => {
        isWanted = false;
        cancel();
        await begun;
        await service.stop();
      },
    };
  }
}
