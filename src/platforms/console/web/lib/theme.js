/** Theme: light, dark, or the system's. */
import { changed } from './model.js';

const KEPT = 'jishi.theme';

/** @returns {'auto' | 'light' | 'dark'} */
export function theme() {
  const set = document.documentElement.dataset.theme;
  return set === 'light' || set === 'dark' ? set : 'auto';
}

export function nextTheme() {
  const next = /** @type {const} */ ({ auto: 'light', light: 'dark', dark: 'auto' })[theme()];
  if (next === 'auto') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEPT);
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEPT, next);
  }
  changed();
}
