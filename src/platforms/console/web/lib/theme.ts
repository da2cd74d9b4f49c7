/** Theme: light, dark, or the system's. */
import { changed } from './model.ts';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const KEPT = 'jishi.theme';

export function theme(): 'auto' | 'light' | 'dark' {
  const set = document.documentElement.dataset.theme;
  return set === 'light' || set === 'dark' ? set : 'auto';
}

export function nextTheme() {
  const next = NEXT[theme()];
  if (next === 'auto') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEPT);
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEPT, next);
  }
  changed();
}
