import { Listeners } from '../ops/listeners.ts';

/** Tells open pages that an incident changed, so that they ask again. In this process only; a lost call is harmless. */
export interface ChangeFeed {
  changed(incident: string): void;
  /** Returns its cancellation. */
  onChange(listener: (incident: string) => void): () => void;
}

export function createFeed(): ChangeFeed {
  const listeners = new Listeners<string>();
  return { changed: (incident) => listeners.call(incident), onChange: (listener) => listeners.add(listener) };
}
