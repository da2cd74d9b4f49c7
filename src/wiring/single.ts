import { type ChatService, ONE_CONNECTION } from '../platforms/registry.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { House } from '../wiring.ts';

export type NamedService = ChatService & { readonly name: string };

/** Whether a platform has one connection only, however many instances run. */
export function isSingle({ name }: { readonly name: string }): boolean {
  return ONE_CONNECTION.includes(name);
}

/** Platforms with one connection: it and the deliveries to it are where this instance has it, and nowhere else. */
export class Singles {
  readonly #failed: (error: unknown, platform: string) => void;
  readonly #here = new Map<string, 'held' | 'failing'>();

  constructor(failed: (error: unknown, platform: string) => void) {
    this.#failed = failed;
  }

  /** Wants the connection; the answered function gives it up. */
  hold(
    { store, house }: { readonly store: Pick<OpenStore, 'exclusive'>; readonly house: Pick<House, 'serve'> },
    service: NamedService,
  ): () => Promise<void> {
    const { name } = service;
    let unserve = async (): Promise<void> => {};
    return store.exclusive.hold(name, {
      held: async () => {
        this.#here.set(name, 'held');
        await service.start();
        unserve = house.serve(name);
      },
      lost: async () => {
        if (this.#here.get(name) === 'held') this.#here.delete(name);
        await unserve();
        await service.stop();
      },
      failed: (error) => {
        this.#here.set(name, 'failing');
        this.#failed(error, name);
      },
    });
  }

  /** What `/readyz` says of a platform: that another instance has its connection is as it should be. */
  health(service: NamedService): ReturnType<ChatService['health']> {
    if (!isSingle(service) || this.#here.get(service.name) === 'held') return service.health();
    if (this.#here.has(service.name)) return { ok: false, detail: 'cannot begin; it is tried again' };
    return { ok: true, detail: 'another instance has the connection' };
  }
}
