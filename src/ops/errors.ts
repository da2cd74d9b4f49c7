/** Returns the original message of a thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns the code that a library or the system set on an error, e.g. `ENOENT`; empty if there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Error codes of requests that never left this machine. */
export const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** Returns codes and names of an error and its causes, deepest first; never a message, which may contain a token. */
export function causesOf(error: unknown): readonly string[] {
  const found: string[] = [];
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    found.push('code' in e && typeof e.code === 'string' ? e.code : e.name);
  }
  return found.toReversed();
}

/** Returns the message of an error with the code of its cause, e.g. `fetch failed, ENOTFOUND`. */
export function causeOf(error: unknown): string {
  const [cause = ''] = causesOf(error);
  return /^[A-Z][A-Z0-9_]+$/.test(cause) ? `${messageOf(error)}, ${cause}` : messageOf(error);
}
