/** Entries that are not handed in yet, for as long as the tab lives: a reload or a crash of the page loses none. */

/** @param {string} name @returns {{ get: (id: string) => any, set: (id: string, value: unknown) => void, delete: (id: string) => void }} `get`: null if nothing is kept */
export function keptIn(name) {
  /** Also where the browser keeps nothing. @type {Map<string, string>} */
  const here = new Map();
  const key = (/** @type {string} */ id) => `jishi.${name}.${id}`;
  return {
    get: (id) => JSON.parse(here.get(id) ?? sessionStorage.getItem(key(id)) ?? 'null'),
    set(id, value) {
      here.set(id, JSON.stringify(value));
      try {
        sessionStorage.setItem(key(id), JSON.stringify(value));
      } catch {
        // Full: the entry lives as long as the page.
      }
    },
    delete(id) {
      here.delete(id);
      sessionStorage.removeItem(key(id));
    },
  };
}
