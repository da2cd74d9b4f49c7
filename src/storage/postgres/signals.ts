/** Channel on which instances announce what was committed. */
export const CHANNEL = 'jishi';

/**
 * Signal sent by NOTIFY in the transaction it is about. It may get lost with a connection: after reconnecting a
 * listener reads again.
 */
export type Signal =
  /** An incident changed: there may be work, and open pages follow. */
  | { readonly kind: 'incident'; readonly origin: string; readonly incident: string }
  /** Notices that belong to no incident. */
  | { readonly kind: 'work'; readonly origin: string }
  /** A message of a room was added or edited. */
  | { readonly kind: 'message'; readonly origin: string; readonly ref: string };

export function say(signal: Signal): string {
  return JSON.stringify(signal);
}

/** Signal of a received payload; null if no version of this program sends it. */
export function heard(payload: string): Signal | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('origin' in value)) return null;
  const { kind, origin } = value;
  if (typeof origin !== 'string') return null;
  if (kind === 'incident' && 'incident' in value && typeof value.incident === 'string')
    return { kind, origin, incident: value.incident };
  if (kind === 'message' && 'ref' in value && typeof value.ref === 'string') return { kind, origin, ref: value.ref };
  return kind === 'work' ? { kind, origin } : null;
}
