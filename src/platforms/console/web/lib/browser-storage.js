/** Browser storage: entries as long as a tab lives, choices permanently. */

/**
 * Returns storage for entries not submitted yet, until the tab is closed: a reload or a crash of the page loses none.
 * @param {string} name @returns {{ get: (id: string) => any, set: (id: string, value: unknown) => void, delete: (id: string) => void }} `get`: null if nothing is kept
 */
export function keptIn(name) {
  /** Values in memory, even if the browser stores nothing. @type {Map<string, string>} */
  const here = new Map();
  const key = (/** @type {string} */ id) => `jishi.${name}.${id}`;
  return {
    get: (id) => JSON.parse(here.get(id) ?? sessionStorage.getItem(key(id)) ?? 'null'),
    set(id, value) {
      here.set(id, JSON.stringify(value));
      try {
        sessionStorage.setItem(key(id), JSON.stringify(value));
      } catch {
        // The storage is full, so the entry lives as long as the page.
      }
    },
    delete(id) {
      here.delete(id);
      sessionStorage.removeItem(key(id));
    },
  };
}

/** Returns a choice made in this browser; null if there is none. @param {string} name */
export function choiceOf(name) {
  try {
    return JSON.parse(localStorage.getItem(`jishi.${name}`) ?? 'null');
  } catch {
    return null;
  }
}
/** @param {string} name @param {unknown} value */
export function keepChoice(name, value) {
  try {
    localStorage.setItem(`jishi.${name}`, JSON.stringify(value));
  } catch {
    // The storage is full or disabled: the choice ends with the page.
  }
}
