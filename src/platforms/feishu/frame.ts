/** Frame of Feishu's long connection: the used fields of the protobuf message `pbbp2.Frame`. */
export interface Frame {
  readonly service: number;
  /** Frame type: 0 control (ping, pong), 1 data. */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}
const FIELDS = { sequence: 1, log: 2, service: 3, method: 4, header: 5, payload: 8 } as const;

export function encodeFrame({ service, method, headers, payload }: Frame): Uint8Array {
  const pair = (key: string, value: string) => [key, value].map((text, n) => ({ id: n + 1, value: Buffer.from(text) }));
  const { header } = FIELDS;
  return encodeFields([
    { id: FIELDS.sequence, value: 0 },
    { id: FIELDS.log, value: 0 },
    { id: FIELDS.service, value: service },
    { id: FIELDS.method, value: method },
    ...Object.entries(headers).map(([key, text]) => ({ id: header, value: encodeFields(pair(key, text)) })),
    { id: FIELDS.payload, value: payload },
  ]);
}

/** Decodes a frame. Throws if the bytes are incomplete. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const fields = decodeFields(bytes);
  const bytesOf = (list: readonly Field[], id: number): Uint8Array => {
    const value = list.find((one) => one.id === id)?.value;
    return value instanceof Uint8Array ? value : new Uint8Array();
  };
  const number = (id: number): number => Number(fields.find((one) => one.id === id)?.value ?? 0);
  const headers = fields.flatMap(({ id, value }) => {
    const inner = id === FIELDS.header && value instanceof Uint8Array ? decodeFields(value) : null;
    const text = (n: number): string => Buffer.from(bytesOf(inner ?? [], n)).toString();
    return inner ? [[text(1), text(2)] as const] : [];
  });
  return {
    ...{ service: number(FIELDS.service), method: number(FIELDS.method), payload: bytesOf(fields, FIELDS.payload) },
    headers: Object.fromEntries(headers),
  };
}

/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;

/** Field of a protobuf message: its number, and a number or bytes (text or a nested message). */
interface Field {
  readonly id: number;
  readonly value: number | Uint8Array;
}

/** Decodes the fields of a message in order. Throws if the bytes are incomplete. */
function decodeFields(bytes: Uint8Array): readonly Field[] {
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

/** Encodes fields as a message. */
function encodeFields(fields: readonly Field[]): Uint8Array {
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
