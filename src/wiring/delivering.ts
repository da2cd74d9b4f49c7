import type { ChatService } from '../platforms/description.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { Clock, Exclusive } from '../use-cases/ports.ts';

export type NamedService = ChatService & { readonly name: string };

/** Pause (ms) before a connection that could not begin is tried again. */
const RETRY = 2_000;
const ONE_CONNECTION = new Set(PLATFORMS.flatMap(({ name, oneConnection }) => (oneConnection ? [name] : [])));

/** Returns true if a platform has one connection only, however many instances run. */
export function isSingle({ name }: { readonly name: string }): boolean {
  return ONE_CONNECTION.has(name);
}

interface Needs {
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  /** Receives the error of a connection that could not begin, with its platform. */
  readonly failed: (error: unknown, platform: string) => void;
}
interface Work {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Work of the one delivering instance: timers, sends, daily tasks and the platforms whose second connection ends the
 * first (`oneConnection`, e.g. WeCom's smart bot). The other instances handle requests and stand by.
 */
export class Delivering {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Returns true if another instance has the only connection of a platform, or no instance has. */
  isElsewhere(name: string): boolean {
    return ONE_CONNECTION.has(name) && !this.#needs.exclusive.isHeld;
  }

  /** Health of a platform for `/readyz`; a connection that is another instance's is healthy. */
  health(service: NamedService): ReturnType<ChatService['health']> {
    if (this.isElsewhere(service.name)) return { ok: true, detail: 'another instance has the connection' };
    return service.health();
  }

  /** Does the work whenever this instance may. The returned function ends it and lets another instance deliver. */
  begin(work: readonly Work[], services: readonly NamedService[]): () => Promise<void> {
    const singles = services.filter(isSingle).map((service) => this.#connection(service));
    return this.#needs.exclusive.hold({
      held: () => {
        for (const one of [...work, ...singles]) one.start();
      },
      lost: async () => {
        // Sends under way are answered on the connections of the platforms.
        await Promise.all(work.map((one) => one.stop()));
        await Promise.all(singles.map((one) => one.stop()));
      },
    });
  }

  /** Connection with a possibly slow start, retried until it succeeds. */
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
