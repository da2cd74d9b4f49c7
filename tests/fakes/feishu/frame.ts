/** Frames of Feishu's long connection: the protobuf message `pbbp2.Frame`, as far as it is used. */
export interface Frame {
  readonly service: number;
  /** 0: control (ping, pong), 1: data. */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

const VARINT = 0;
const BYTES = 2;

export function encodeFrame({ service, method, headers, payload }: Frame): Buffer {
  const pairs = Object.entries(headers).map(([key, value]) =>
    field(5, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))])),
  );
  const numbers = [number(1, 1), number(2, 1), number(3, service), number(4, method)];
  return Buffer.concat([...numbers, ...pairs, field(8, Buffer.from(payload))]);
}

export function decodeFrame(bytes: Buffer): Frame {
  const fields = read(bytes);
  const one = (id: number): number => Number(fields.find((it) => it.id === id)?.value ?? 0);
  const headers = fields.flatMap(({ id, value }) => {
    if (id !== 5 || typeof value === 'number') return [];
    const [key, text] = read(value).map((it) => String(it.value));
    return [[key ?? '', text ?? '']];
  });
  // Of a field that stands twice the last value counts.
  const payload = fields.findLast(({ id }) => id === 8)?.value;
  return { service: one(3), method: one(4), headers: Object.fromEntries(headers), payload: String(payload ?? '') };
}

function read(bytes: Buffer): readonly { readonly id: number; readonly value: number | Buffer }[] {
  const found: { id: number; value: number | Buffer }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    if ((key & 7) === VARINT) found.push({ id: key >> 3, value });
    else {
      found.push({ id: key >> 3, value: bytes.subarray(at, at + value) });
      at += value;
    }
  }
  return found;
}

function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}
const number = (id: number, value: number): Buffer => Buffer.concat([varintOf((id << 3) | VARINT), varintOf(value)]);
const field = (id: number, bytes: Buffer): Buffer =>
  Buffer.concat([varintOf((id << 3) | BYTES), varintOf(bytes.length), bytes]);
