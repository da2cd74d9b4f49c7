/** Frame of Feishu's long connection: the used fields of the protobuf message `pbbp2.Frame`. */
export interface Frame {
  /** True for an event, false for an answer to a ping. */
  readonly isData: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}
/** Tags of fields: `number * 8 + 2` for bytes, `number * 8` for numbers. */
const TAG = { sequence: 8, log: 16, service: 24, method: 32, header: 42, payload: 66, key: 10, value: 18 } as const;

/** Decodes a frame. Throws if the bytes are incomplete. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const fields = fieldsIn(bytes);
  const headers = bytesOf(fields, TAG.header).map((header) => {
    const pair = fieldsIn(header);
    const text = (tag: number): string => Buffer.concat(bytesOf(pair, tag)).toString();
    return [text(TAG.key), text(TAG.value)] as const;
  });
  const isData = fields.some(([tag, value]) => tag === TAG.method && value === 1);
  return { isData, headers: Object.fromEntries(headers), payload: Buffer.concat(bytesOf(fields, TAG.payload)) };
}

/** Returns a ping; `service`: number in the address of the connection. */
export function pingOf(service: number): Uint8Array {
  const type = Buffer.concat([field(TAG.key, Buffer.from('type')), field(TAG.value, Buffer.from('ping'))]);
  const numbers = [TAG.sequence, 0, TAG.log, 0, TAG.service, ...varintOf(service), TAG.method, 0];
  return Buffer.concat([Buffer.from(numbers), field(TAG.header, type)]);
}

/** Returns the answer to a frame: its bytes with another payload, because the last value of a field counts. */
export function answered(frame: Uint8Array, payload: string): Uint8Array {
  return Buffer.concat([frame, field(TAG.payload, Buffer.from(payload))]);
}

type Field = readonly [tag: number, value: number | Uint8Array];

function bytesOf(fields: readonly Field[], tag: number): readonly Uint8Array[] {
  return fields.flatMap(([one, value]) => (one === tag && typeof value !== 'number' ? [value] : []));
}

function fieldsIn(bytes: Uint8Array): readonly Field[] {
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
    const [tag, value] = [varint(), varint()];
    const isBytes = (tag & 7) === 2;
    if (isBytes && at + value > bytes.length) throw new Error('a message is cut');
    found.push([tag, isBytes ? bytes.subarray(at, at + value) : value]);
    if (isBytes) at += value;
  }
  return found;
}

function field(tag: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([tag, ...varintOf(bytes.length)]), bytes]);
}

function varintOf(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varintOf(Math.floor(value / 128))];
}
