import { createHash } from 'node:crypto';

/** Form data of a browser, by the names of its fields. */
export type Sent = Readonly<Record<string, string | File | (string | File)[]>>;

export function text(value: Sent[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: Sent[string] | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** Keys of deliveries are of one length. */
export function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
