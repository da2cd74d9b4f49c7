/** Browser storage: entries as long as a tab lives, choices permanently. */
import { type Kept, shaped } from './shapes.ts';

/**
 * Stores entries not submitted yet until the tab is closed, so that a reload or a crash of the page loses none. Choices
 * are in `localStorage`; an id says whose they are, if people have their own.
 */
export function keptIn<K extends keyof Kept>(name: K, storage: Storage = sessionStorage) {
  /** Values that the browser does not store: they live as long as the page. */
  const here = new Map<string, string>();
  const key = (id: string) => (id === '' ? `jishi.${name}` : `jishi.${name}.${id}`);
  return {
    get: (id = '') => shaped(name, here.get(id) ?? storage.getItem(key(id)) ?? 'null'),
    set(value: Kept[K], id = '') {
      here.delete(id);
      try {
        storage.setItem(key(id), JSON.stringify(value));
      } catch {
        here.set(id, JSON.stringify(value));
      }
    },
    delete(id = '') {
      here.delete(id);
      storage.removeItem(key(id));
    },
  };
}

/** Texts and ticks not sent yet, by their place: neither a render nor a reload loses them. */
export const lines = keptIn('line');
export const ticks = keptIn('ticks');
