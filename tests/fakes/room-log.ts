import type { LoggedMessage, RoomLog } from '../../src/use-cases/ports.ts';

/** A room log in memory, for tests of what is said and shown; the real one is tested by its contract. */
export function memoryRoomLog(): RoomLog & { failWith(error: Error | null): void } {
  const messages: (LoggedMessage & { readonly key: string })[] = [];
  const listeners = new Set<(message: LoggedMessage) => void>();
  let seq = 0;
  let failure: Error | null = null;
  const check = () => {
    if (failure) throw failure;
  };
  const tell = (message: LoggedMessage): LoggedMessage => {
    for (const listener of listeners) listener(message);
    return message;
  };
  return {
    failWith(error) {
      failure = error;
    },
    append: async (entry) => {
      check();
      const known = messages.find((m) => m.address === entry.address && m.key === entry.key);
      if (known) return known;
      seq += 1;
      const message = { ...entry, ref: String(messages.length + 1), editedAt: null, seq };
      messages.push(message);
      return tell(message);
    },
    edit: async (ref, body, at) => {
      check();
      const index = messages.findIndex((m) => m.ref === ref);
      const old = messages[index];
      if (!old) return null;
      seq += 1;
      const message = { ...old, body, editedAt: at, seq };
      messages[index] = message;
      return tell(message);
    },
    find: async (address, key) => {
      check();
      return messages.find((m) => m.address === address && m.key === key) ?? null;
    },
    since: async (address, after, limit) =>
      messages
        .filter((m) => m.address === address && m.seq > after)
        .toSorted((a, b) => a.seq - b.seq)
        .slice(0, limit),
    page: async (address, thread, before, limit) =>
      messages
        .filter(
          (m) => m.address === address && m.thread === thread && (before === null || Number(m.ref) < Number(before)),
        )
        .slice(-limit),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
