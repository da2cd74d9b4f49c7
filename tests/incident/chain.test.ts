import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChainHead,
  canonical,
  EMPTY_CHAIN,
  GENESIS,
  type RecordRow,
  seal,
  verifyChain,
} from '../../src/incident/record/chain.ts';

/** A record of `payloads`, sealed one after the other. */
function chainOf(payloads: readonly unknown[]): RecordRow[] {
  const rows: RecordRow[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (const [n, payload] of payloads.entries()) {
    const row = seal(head, {
      incident: 'INC-2026-0001',
      type: 'note_added',
      v: 1,
      at: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
      actor: `actor${n % 3}`,
      command: `command${n}`,
      bytes: canonical(payload),
      salt: `salt${n}`,
    });
    rows.push(row);
    head = { version: row.version, hash: row.hash };
  }
  return rows;
}
const headOf = (rows: readonly RecordRow[]): ChainHead => ({
  version: rows.length,
  hash: rows.at(-1)?.hash ?? GENESIS,
});
const records = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }).map(chainOf);

describe('canonical JSON', () => {
  it('writes the published example of RFC 8785, section 3.2.2, byte for byte', () => {
    const input = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units (RFC 8785, section 3.2.3)', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = Object.keys(JSON.parse(canonical(Object.fromEntries(keys.map((k) => [k, 1])))));
    expect(sorted).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  });

  it('does not depend on the order of keys and loses nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonical(reversed)).toBe(canonical(value));
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });

  it('is what an independent implementation writes', () => {
    const texts = fc.string({ unit: 'grapheme' });
    const values = fc.jsonValue({ stringUnit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(texts, fc.nat().map(String)), values), (value) => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('leaves out undefined members, mends half surrogate pairs and throws for what JSON cannot say', () => {
    expect(canonical({ b: undefined, a: 'x\ud83d', '\udc00k': ['\udc00'] })).toBe(
      '{"a":"x\ufffd","\ufffdk":["\ufffd"]}',
    );
    for (const bad of [undefined, { a: Number.NaN }, [Number.POSITIVE_INFINITY]])
      expect(() => canonical(bad)).toThrow();
  });
});

describe('the hash chain', () => {
  it('is what the documentation says it is', () => {
    const [row] = chainOf([{ text: '你好' }]);
    // printf '%s' 'salt0{"text":"你好"}' | sha256sum
    expect(row?.payloadHash).toBe('d74bdddece16e691e77e404554bb4adf97f61e5717cdfba25acf33331b4dfcea');
    // sha256sum of the canonical envelope
    expect(row?.hash).toBe('2e26c4d09e41a32b2fe4defa0fc1079e259abdf11af8feb309b45c63bf918e4d');
  });

  it('holds for every record, with and without its head', () => {
    fc.assert(
      fc.property(records, (rows) => {
        expect(verifyChain(rows)).toBeNull();
        expect(verifyChain(rows, headOf(rows))).toBeNull();
      }),
    );
    expect(verifyChain([])).toBeNull();
  });

  it('breaks at the row where any one field was changed', () => {
    const fields = [
      'incident',
      'type',
      'at',
      'actor',
      'command',
      'bytes',
      'salt',
      'payloadHash',
      'prev',
      'hash',
      'version',
      'v',
    ] as const;
    fc.assert(
      fc.property(records, fc.nat(), fc.constantFrom(...fields), fc.nat(), (rows, which, field, position) => {
        const index = which % rows.length;
        const tampered = rows.map((row, n) => (n === index ? { ...row, [field]: changed(row[field], position) } : row));
        expect(verifyChain(tampered)?.version).toBe(index + 1);
      }),
    );
  });

  it('breaks where a row is missing, doubled or swapped', () => {
    const rows = chainOf([1, 2, 3, 4]);
    expect(verifyChain(rows.toSpliced(1, 1))).toEqual({ version: 2, flaw: 'version' });
    expect(verifyChain(rows.toSpliced(0, 1))).toEqual({ version: 1, flaw: 'version' });
    expect(verifyChain([...rows.slice(0, 2), ...rows.slice(1)])).toEqual({ version: 3, flaw: 'version' });
    const [a, b, c] = rows;
    if (!a || !b || !c) throw new Error('rows are missing');
    expect(verifyChain([a, c, b])).toEqual({ version: 2, flaw: 'version' });
  });

  it('breaks where a row was replaced by one sealed anew, and where one was moved to another incident', () => {
    const rows = chainOf([1, 2, 3]);
    const [first, second, third] = rows;
    if (!first || !second?.bytes || !second.salt || !third) throw new Error('rows are missing');
    const forged = seal({ version: 1, hash: first.hash }, { ...second, bytes: '"forged"', salt: second.salt });
    expect(verifyChain([first, forged, third])).toEqual({ version: 3, flaw: 'prev' });
    expect(verifyChain([first, { ...second, incident: 'INC-2026-0002' }])).toEqual({ version: 2, flaw: 'hash' });
  });

  it('finds an end that was cut off, and rows added after it, by the head', () => {
    const rows = chainOf([1, 2, 3]);
    expect(verifyChain(rows.slice(0, 2))).toBeNull();
    expect(verifyChain(rows.slice(0, 2), headOf(rows))).toEqual({ version: 3, flaw: 'head' });
    expect(verifyChain([], headOf(rows))).toEqual({ version: 1, flaw: 'head' });
    expect(verifyChain(rows, headOf(rows.slice(0, 2)))).toEqual({ version: 3, flaw: 'head' });
  });

  it('still holds when payload and salt were erased together, and not when only one was', () => {
    const rows = chainOf([{ name: '林' }, { name: 'Wang' }]);
    const erase = (patch: object) => rows.map((row, n) => (n === 0 ? { ...row, ...patch } : row));
    expect(verifyChain(erase({ bytes: null, salt: null }), headOf(rows))).toBeNull();
    expect(verifyChain(erase({ bytes: null }))).toEqual({ version: 1, flaw: 'payload' });
    expect(verifyChain(erase({ salt: null }))).toEqual({ version: 1, flaw: 'payload' });
  });

  it('answers, and does not throw, for rows that are not even rows', () => {
    const [row] = chainOf([1]);
    if (!row) throw new Error('no row');
    const broken = { ...row, v: Number.NaN };
    expect(verifyChain([broken])).toEqual({ version: 1, flaw: 'hash' });
  });
});

/** Another value of the same type, changed at one place. */
function changed(value: string | number | null, position: number): string | number {
  if (typeof value === 'number') return value + 1;
  if (value === null || value === '') return 'x';
  const at = position % value.length;
  const other = value[at] === 'a' ? 'b' : 'a';
  return value.slice(0, at) + other + value.slice(at + 1);
}
