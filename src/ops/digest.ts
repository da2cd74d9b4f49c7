import { hash } from 'node:crypto';

/** Returns the SHA-256 of a text in base64url, 43 characters, or its first `length` ones, six bits each. */
export function digest(text: string, length = 43): string {
  return hash('sha256', text, 'base64url').slice(0, length);
}
