/** Tells open pages that an incident changed, so that they ask again. In this process only; a lost call is harmless. */
export interface ChangeFeed {
  changed(incident: string): void;
  /** Returns its cancellation. */
  onChange(listener: (incident: string) => void): () => void;
}

export function createFeed(): ChangeFeed {
  const listeners = new Set<(incident: string) => void>();
  return {
    changed(incident) {
      for (const listener of listeners) listener(incident);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
