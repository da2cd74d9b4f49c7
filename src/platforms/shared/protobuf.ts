/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;

/** Field of a protobuf message: its number, and a number or the bytes of a text or of another message. */
export interface Field {
  readonly id: number;
  readonly value: number | Uint8Array;
}

/** Fields of a message, in their order. Throws if it is cut. */
export function decodeFields(bytes: Uint8Array): readonly Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('a message is cut');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    const isBytes = (key & 7) === BYTES;
    if (isBytes && at + value > bytes.length) throw new Error('a message is cut');
    found.push({ id: key >> 3, value: isBytes ? bytes.subarray(at, at + value) : value });
    if (isBytes) at += value;
  }
  return found;
}

/** Bytes of a message with these fields. */
export function encodeFields(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.flatMap(({ id, value }) =>
      typeof value === 'number'
        ? [varintOf((id << 3) | VARINT), varintOf(value)]
        : [varintOf((id << 3) | BYTES), varintOf(value.length), value],
    ),
  );
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}
