import { type ChatService, ONE_CONNECTION } from '../platforms/registry.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { House } from '../wiring.ts';

export type NamedService = ChatService & { readonly name: string };

/** Whether a platform has one connection only, however many instances run. */
export function isSingle({ name }: { readonly name: string }): boolean {
  return ONE_CONNECTION.includes(name);
}

/** The one connection of a platform, and deliveries to it by whoever has that. */
export function holdSingle(
  { store, house }: { readonly store: Pick<OpenStore, 'exclusive'>; readonly house: Pick<House, 'serve'> },
  service: NamedService,
): () => Promise<void> {
  let unserve = async (): Promise<void> => {};
  return store.exclusive.hold(service.name, {
    held: async () => {
      await service.start();
      unserve = house.serve(service.name);
    },
    lost: async () => {
      await unserve();
      await service.stop();
    },
  });
}
