/** Browser storage: entries as long as a tab lives, choices permanently. */
import { type Kept, shaped } from './shapes.ts';

/** Stores entries not submitted yet until the tab is closed, so that a reload or a crash of the page loses none. */
export function keptIn<K extends keyof Kept>(name: K) {
  /** Values in memory, even if the browser stores nothing. */
  const here = new Map<string, string>();
  const key = (id: string) => `jishi.${name}.${id}`;
  return {
    get: (id: string) => shaped(name, here.get(id) ?? sessionStorage.getItem(key(id)) ?? 'null'),
    set(id: string, value: Kept[K]) {
      here.set(id, JSON.stringify(value));
      try {
        sessionStorage.setItem(key(id), JSON.stringify(value));
      } catch {
        // The storage is full, so the entry lives as long as the page.
      }
    },
    delete(id: string) {
      here.delete(id);
      sessionStorage.removeItem(key(id));
    },
  };
}

/** Returns a choice made in this browser; null if there is none. `id`: whose it is, if people have their own. */
export function choiceOf<K extends keyof Kept>(name: K, id = ''): Kept[K] | null {
  try {
    return shaped(name, localStorage.getItem(`jishi.${name}${id}`) ?? 'null');
  } catch {
    return null;
  }
}
export function keepChoice<K extends keyof Kept>(name: K, value: Kept[K], id = '') {
  try {
    localStorage.setItem(`jishi.${name}${id}`, JSON.stringify(value));
  } catch {
    // The storage is full or disabled: the choice ends with the page.
  }
}
