import { decodeFields, encodeFields, type Field } from '../shared/protobuf.ts';

/** Frame of Feishu's long connection: the protobuf message `pbbp2.Frame`, as far as it is used. */
export interface Frame {
  readonly service: number;
  /** 0: control (ping, pong), 1: data. */
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

/** Frame of these bytes. Throws if they are cut. */
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
